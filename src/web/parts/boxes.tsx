/** The figures at the hour looked at: a box for each order, and one for all of them. */
import { figureText } from '../../wording/figure-text.ts';
import { mismatchNote } from '../../wording/order-words.ts';
import { standingAt, unservedOf } from '../../wording/standing.ts';
import { counted, safe } from '../../wording/text.ts';
import { DEFINITION_WORDS, FLAG_WORDS, kindWord, noPercentWords, type Unit, unitOf } from '../../wording/words.ts';
import type { Figures, Moment, Order, OrderMoment, Total } from '../answers.ts';
import { hrefOf, Link, type Place } from '../location.tsx';
import type { Subject } from '../use-subject.ts';
import { type FiguresAt, TOTAL, totalName } from './chart-data.ts';
import { Footing } from './footing.tsx';
import { addedUp, type HrefOf, MakeUpList, makeUpLines, sheetMakeUp } from './make-up.tsx';
import { type Narrowing, whichText } from './which.ts';

type BoxesProps = {
  readonly subject: Subject;
  readonly place: Place;
  readonly at: string;
  readonly by: string | undefined;
  /** Of this very hour; `undefined` while the hour moves, and the curve answers. */
  readonly sheet: Moment | undefined;
  readonly figuresAt: FiguresAt;
};

export const Boxes = (props: BoxesProps) => {
  const { subject, sheet, figuresAt } = props;
  const unit = sheet ? unitOf(sheet.kinds) : undefined;
  const { orders } = subject;
  const missing = (sheet?.orders ?? [])
    .filter(({ effective }) => effective.reason === 'no_target_list')
    .map(({ order }) => safe(subject.refs.get(order) ?? order));
  return (
    <div class="boxes">
      {orders.map((order) => {
        const own = sheet?.orders.find((one) => one.order === order.id);
        const figures = own ?? figuresAt(order.id);
        if (figures) return <OrderBox key={order.id} {...props} order={order} figures={figures} own={own} unit={unit} />;
        return (
          <p key={order.id} class="box waiting">
            Order {safe(order.ref)}: asking …
          </p>
        );
      })}
      {orders.length > 1 && (
        <TotalBox
          {...props}
          figures={sheet ? (sheet.total ?? undefined) : figuresAt(TOTAL)}
          isMixed={sheet?.total === null}
          missing={missing}
          unit={unit}
        />
      )}
    </div>
  );
};

type OrderBoxProps = BoxesProps & {
  readonly order: Order;
  readonly figures: Figures;
  readonly own: OrderMoment | undefined;
  readonly unit: Unit | undefined;
};

const OrderBox = ({ subject, place, at, by, order, figures, own, unit }: OrderBoxProps) => {
  const standing = standingAt(order, at);
  const unserved = unservedOf([{ apart: figures.makeUp.apart, standing }]);
  const lines = own?.lines ? sheetMakeUp(own.lines, standing) : makeUpLines(figures.makeUp, standing);
  const listHref: HrefOf = (narrowing) => accountsHref(place.path, place.query, [order.id], narrowing);
  return (
    <section class="box" aria-label={`Order ${safe(order.ref)}`}>
      <h2>
        <Link href={hrefOf(`/orders/${order.id}`, standpointQuery(place))}>Order {safe(order.ref)}</Link>
      </h2>
      <Numbers figures={figures} unit={unit} missing={[]} unserved={unserved} hrefOf={listHref} />
      <MakeUpList lines={lines} hrefOf={listHref} />
      <Ever figures={figures} before={own?.inEffectBefore} isEach={own?.lines != null} unit={unit} unserved={unserved} hrefOf={listHref} />
      <Notes order={order} withoutEvidence={own?.makeUp.withoutEvidence} hrefOf={listHref} />
      <Footing presumption={own} at={at} zone={subject.zone} known={subject.known} by={by} {...(unit && { unit })} />
    </section>
  );
};

/** Where the accounts are listed that a number counts. */
export const accountsHref = (path: string, query: Place['query'], orders: readonly string[], narrowing: Narrowing): string =>
  `${hrefOf(path, { ...query, list: orders.join(','), which: whichText(narrowing), rows: undefined })}#accounts`;

/** What is shown of another page is of the same hour and state of knowledge. */
export const standpointQuery = ({ query: { at, known, zone, by } }: Place): Place['query'] => ({ at, known, zone, by });

type TotalBoxProps = BoxesProps & {
  readonly figures: Figures | Total | undefined;
  readonly isMixed: boolean;
  readonly missing: readonly string[];
  readonly unit: Unit | undefined;
};

const TotalBox = ({ subject, place, sheet, at, by, figures, isMixed, missing, unit, figuresAt }: TotalBoxProps) => {
  const name = totalName(subject.orders.length);
  if (isMixed) return <p class="box">No total: synthetic and real orders are never added up.</p>;
  if (!figures) return null;
  const told = subject.orders.flatMap((order) => {
    const standing = standingAt(order, at);
    const own = sheet?.orders.find((one) => one.order === order.id);
    const one = own ?? figuresAt(order.id);
    if (!one) return [];
    const lines = own?.lines ? sheetMakeUp(own.lines, standing) : makeUpLines(one.makeUp, standing);
    return [{ apart: one.makeUp.apart, standing, lines: lines.map((line) => ({ ...line, order: order.id })) }];
  });
  const unserved = unservedOf(told);
  const all: readonly string[] = subject.orders.map(({ id }) => id);
  const listHref: HrefOf = (narrowing, orders = all) => accountsHref(place.path, place.query, orders, narrowing);
  return (
    <section class="box" aria-label={name}>
      <h2>{name}</h2>
      <Numbers figures={figures} unit={unit} missing={missing} unserved={unserved} hrefOf={listHref} />
      <MakeUpList lines={addedUp(told.flatMap(({ lines }) => lines))} hrefOf={listHref} />
      <Ever figures={figures} before={undefined} isEach={false} unit={unit} unserved={unserved} hrefOf={listHref} />
      <Footing presumption={sheet?.total ?? undefined} at={at} zone={subject.zone} known={subject.known} by={by} {...(unit && { unit })} />
    </section>
  );
};

type NumbersProps = {
  readonly figures: Figures;
  readonly unit: Unit | undefined;
  readonly missing: readonly string[];
  /** As for `noPercentWords`. */
  readonly unserved: number;
  readonly hrefOf: HrefOf;
};

const Numbers = ({ figures: { effective }, unit = DEFAULT_UNIT, missing, unserved, hrefOf }: NumbersProps) => (
  <p class="figure">
    <span class="terms">{DEFINITION_WORDS.effective}</span>{' '}
    <strong>
      <RatioLinked text={figureText(effective, unit)} figure={effective} of={EFFECTIVE} hrefOf={hrefOf} />
    </strong>{' '}
    {effective.reason !== undefined && <span class="why">{noPercentWords(effective.reason, 'effective', unit, missing, unserved)}</span>}
  </p>
);

type RatioProps = {
  readonly text: string;
  readonly figure: Figures['effective'] | Figures['ever'];
  readonly of: readonly [numerator: Narrowing, denominator: Narrowing];
  readonly hrefOf: HrefOf;
};
const EFFECTIVE: RatioProps['of'] = [{ is: 'in_effect' }, { status: 'counted' }];
const EVER: RatioProps['of'] = [{ ever: 'counted' }, { ever: 'population' }];

/** Both numbers of a figure lead to the accounts that they count. */
const RatioLinked = ({ text, figure: { numerator, denominator }, of: [ofNumerator, ofDenominator], hrefOf }: RatioProps) => {
  const [counts, all] = [counted(numerator), counted(denominator)];
  const [before = '', ...after] = text.split(`${counts}/${all}`);
  if (after.length !== 1) return <>{text}</>;
  return (
    <>
      {before}
      <Link href={hrefOf(ofNumerator)}>{counts}</Link>/<Link href={hrefOf(ofDenominator)}>{all}</Link>
      {after}
    </>
  );
};

const DEFAULT_UNIT = unitOf(['account', 'post', 'url']);

type EverProps = Pick<NumbersProps, 'figures' | 'unit' | 'unserved' | 'hrefOf'> & {
  readonly before: number | undefined;
  /** Each account was looked at, and `before` is no difference of two figures. */
  readonly isEach: boolean;
};

const Ever = ({ figures: { ever }, before = 0, isEach, unit = DEFAULT_UNIT, unserved, hrefOf }: EverProps) => (
  <p class="ever">
    <span class="terms">{DEFINITION_WORDS.ever}</span>{' '}
    <strong>
      <RatioLinked text={figureText(ever, unit)} figure={ever} of={EVER} hrefOf={hrefOf} />
    </strong>
    {ever.reason !== undefined && <span class="why">{noPercentWords(ever.reason, 'ever', unit, [], unserved)}</span>}
    {before > 0 && (
      <>; {isEach ? <Link href={hrefOf({ ever: 'before' })}>{counted(before)}</Link> : counted(before)} of these not at this time</>
    )}
  </p>
);

const Notes = ({
  order: { flags, listed, statedTargetCount },
  withoutEvidence = 0,
  hrefOf,
}: {
  readonly order: Order;
  readonly withoutEvidence: number | undefined;
  readonly hrefOf: HrefOf;
}) => {
  const others = Object.entries(listed.byKind).filter(([kind, number]) => number > 0 && !['account', 'post', 'url'].includes(kind));
  const notes = [
    ...(flags.includes('count_mismatch') && statedTargetCount !== undefined ? [mismatchNote(listed.counted, statedTargetCount)] : []),
    ...(others.length > 0
      ? [`not counted here: ${others.map(([kind, number]) => `${counted(number)} ${kindWord(kind, number)}`).join(', ')}`]
      : []),
  ];
  return notes.length === 0 && withoutEvidence === 0 ? null : (
    <ul class="notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {withoutEvidence > 0 && (
        <li>
          <Link href={hrefOf({ status: 'without_evidence' })}>{counted(withoutEvidence)}</Link> {FLAG_WORDS.without_evidence}
        </li>
      )}
    </ul>
  );
};
