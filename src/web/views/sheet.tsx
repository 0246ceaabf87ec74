/** The sheet of an instant, to be printed: what was in effect at it and by it, what was not, and on what record. */
import { figureWords } from '../../wording/figure-text.ts';
import { recordedHour } from '../../wording/hours.ts';
import { behindWords, changedWords, NOTHING_BEHIND, sheetLineWords, someOf } from '../../wording/sheet-words.ts';
import { partsAt, standingAt, unservedOf } from '../../wording/standing.ts';
import { counted, safe } from '../../wording/text.ts';
import { CAVEAT, DEFINITION_WORDS, type Unit, unitOf } from '../../wording/words.ts';
import type { Order, OrderSheet, Sheet, SheetLine } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { linkText } from '../hour-steps.ts';
import { go, hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { accountsHref, standpointQuery } from '../parts/boxes.tsx';
import { totalName } from '../parts/chart-data.ts';
import { Controls } from '../parts/controls.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { Footing } from '../parts/footing.tsx';
import { AccountsNumber, Among, sheetShown } from '../parts/make-up.tsx';
import { ReportHead } from '../parts/report-head.tsx';
import { useTitle } from '../parts/title.ts';
import type { Narrowing } from '../parts/which.ts';
import { faultsOf, standpointOf } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { type Subject, useSubject } from '../use-subject.ts';

export const SheetView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const { subject, failure } = useSubject(id, standpoint);
  const { by } = standpoint;
  const sheet = useAnswer<Sheet>(
    subject && pathWith('/v1/compliance/state', { case: id, at: subject.at, knownAt: subject.position, reportedBy: by }),
  );
  const faults = faultsOf(place.query, subject?.found.zone);
  const casePath = `/cases/${encodeURIComponent(id)}`;
  useTitle('Sheet');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  const failed = failure ?? sheet.failure;
  if (failed) return <Failed failure={failed} what="This sheet" path={place.path} query={place.query} />;
  if (!subject || !sheet.value) return <Waiting what="the sheet" />;
  const { found, zone, known, at, why, position, orders } = subject;
  const unit = unitOf(sheet.value.kinds);
  const title = `What was in effect at ${recordedHour(at, zone)}, and by then`;
  return (
    <article class="sheet" aria-busy={sheet.isLate}>
      <p class="way">
        <Link href={hrefOf(casePath, standpointQuery(place))}>{safe(found.title)}</Link>
      </p>
      <h1>
        {title}
        {found.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportHead
        title={`${title}: ${safe(found.title)}${found.synthetic ? ' [ILLUSTRATION]' : ''}`}
        {...{ at, zone, known, by }}
        filters={[]}
      />
      <Controls
        {...{ place, standpoint, at, why, zone, position }}
        caseZone={found.zone}
        onAt={(moved) => go(hrefOf(place.path, { ...place.query, at: linkText(moved, zone) }))}
      />
      <p>
        <button type="button" onClick={() => print()}>
          Print this sheet
        </button>
      </p>
      {orders.map((order) => {
        const own = sheet.value?.orders.find((one) => one.order === order.id);
        return own && <OrderPart key={order.id} {...{ subject, order, own, unit, by }} query={standpointQuery(place)} />;
      })}
      {orders.length > 1 && sheet.value.total && (
        <section>
          <h2>{totalName(orders.length)}</h2>
          <Numbers figures={sheet.value.total} unit={unit} unserved={unservedOf(partsAt(orders, sheet.value.orders, at))} />
          <Footing presumption={sheet.value.total} {...{ at, zone, known, by, unit }} />
        </section>
      )}
      <p class="footing">{CAVEAT}</p>
    </article>
  );
};

const Numbers = ({
  figures,
  unit,
  unserved,
  before,
}: {
  readonly figures: Pick<OrderSheet, 'effective' | 'ever'>;
  readonly unit: Unit;
  readonly unserved: number;
  readonly before?: number;
}) => (
  <p>
    {DEFINITION_WORDS.effective}: <strong>{figureWords(figures.effective, unit, [], unserved)}</strong>
    <br />
    {DEFINITION_WORDS.ever}: <strong>{figureWords(figures.ever, unit, [], unserved)}</strong>
    {before !== undefined && before > 0 && `; ${counted(before)} of these not at this time`}
  </p>
);

type OrderPartProps = {
  readonly subject: Subject;
  readonly order: Order;
  readonly own: OrderSheet;
  readonly unit: Unit;
  readonly by: string | undefined;
  readonly query: { readonly [name: string]: string | undefined };
};

const OrderPart = ({ subject, order, own, unit, by, query }: OrderPartProps) => (
  <section>
    <h2>
      <Link href={hrefOf(`/orders/${order.id}`, query)}>Order {safe(order.ref)}</Link>
    </h2>
    <Numbers figures={own} unit={unit} unserved={unservedOf(partsAt([order], [own], subject.at))} before={own.inEffectBefore} />
    {own.lines === null ? (
      <p>More accounts than one sheet goes through: the case lists them, page by page.</p>
    ) : (
      own.lines.map((line, _, lines) => <LinePart key={sheetKey(line)} {...{ line, lines, subject, order, unit, query }} />)
    )}
    <Footing presumption={own} at={subject.at} zone={subject.zone} known={subject.known} by={by} unit={unit} />
  </section>
);

const sheetKey = ({ accounts, status, ground, examples }: SheetLine): string => `${accounts} ${status} ${ground} ${examples[0]}`;

type LinePartProps = Pick<OrderPartProps, 'subject' | 'order' | 'unit' | 'query'> & {
  readonly line: SheetLine;
  readonly lines: NonNullable<OrderSheet['lines']>;
};

const LinePart = ({ line, lines, subject: { found, at, zone, refs }, order, unit, query }: LinePartProps) => {
  const number = {
    line: sheetShown([line], lines),
    hrefOf: (narrowing: Narrowing) => accountsHref(`/cases/${found.id}`, { ...query, at: linkText(at, zone) }, [order.id], narrowing),
  };
  const whom = line.accounts === 1 ? `this ${unit.one}` : `these ${unit.many}`;
  return (
    <div class="sheet-line">
      <p>
        <strong>
          <AccountsNumber {...number} />
        </strong>{' '}
        {sheetLineWords(line, standingAt(order, at))}
        <Among {...number} />
      </p>
      <ul>
        {line.behind.length === 0 && <li>{NOTHING_BEHIND}</li>}
        {line.behind.map((behind) => {
          const { said, record } = behindWords(behind, { whom, zone, refs });
          return (
            <li key={said}>
              {said}
              <br />
              <span class="grounds">{record}</span>
            </li>
          );
        })}
        {changedWords(line).map((words) => (
          <li key={words}>{words}</li>
        ))}
        <li>{someOf(line)}</li>
      </ul>
    </div>
  );
};
