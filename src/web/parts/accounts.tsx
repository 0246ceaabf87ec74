/** The accounts behind a figure, one by one: a page of them at a time, however many there are. */
import { useMemo } from 'preact/hooks';
import { ruleWords } from '../../wording/due-words.ts';
import { endHourOf, hourOf } from '../../wording/hours.ts';
import { sheetLineWords } from '../../wording/sheet-words.ts';
import { standingAt } from '../../wording/standing.ts';
import { counted, safe } from '../../wording/text.ts';
import { FLAG_WORDS, NOT_ASKED, type OrderSaid, pairWords, type Standing } from '../../wording/words.ts';
import type { Order, OrderMoment, PairRow, PairsPage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { go, hrefOf, Link, type Place } from '../location.tsx';
import { useAnswer } from '../use-answer.ts';
import { standpointQuery } from './boxes.tsx';
import { type Cell, DataTable } from './data-table.tsx';
import { Failed, Waiting } from './failed.tsx';
import { FILE_PAGE_ROWS, pagesOf } from './file-pages.ts';
import { Footing, type Known } from './footing.tsx';
import { type Presumed, type TableTerms, tableHead } from './table-head.ts';
import { askedFor, SELECTIONS, whichWords } from './which.ts';

const ROWS = 100;
const SETTLE_MS = 200;

type OfOrder = { readonly presumption: Presumed | null | undefined; readonly sheet: OrderMoment | undefined };
type AccountsProps = {
  readonly orders: readonly Order[];
  readonly place: Place;
  readonly at: string;
  readonly by: string | undefined;
  readonly zone: string;
  readonly known: Known;
  readonly of: TableTerms['of'];
  /** What the list of an order goes by: its presumption, `undefined` while it is asked; its sheet of this hour, if it is there, which tells more of accounts. */
  readonly ofOrder: (order: string) => OfOrder;
  /** Where there is no sheet: what the order's events say of all of its accounts. */
  readonly said?: OrderSaid;
};

/** Whose accounts are asked for, as ids with commas in between; by default those of the first order. */
const ordersListed = (orders: readonly Order[], { query: { list = '' } }: Place): readonly Order[] => {
  const asked = list.split(',');
  const listed = orders.filter(({ id }) => asked.includes(id));
  return listed.length > 0 ? listed : orders.slice(0, 1);
};
const idsOf = (orders: readonly Order[]): string => orders.map(({ id }) => id).join(',');

export const Accounts = (props: AccountsProps) => {
  const { orders, place } = props;
  const listed = ordersListed(orders, place);
  const { which = '' } = place.query;
  if (listed.length === 0) return null;
  const change = (query: Place['query']): void => go(hrefOf(place.path, { ...place.query, rows: undefined, ...query }));
  const [all, chosen] = [idsOf(orders), idsOf(listed)];
  return (
    <section class="accounts">
      <h2 id="accounts">
        {listed.length === 1 ? listed.map(nameOf) : `Accounts under orders ${listed.map(({ ref }) => safe(ref)).join(', ')}`}
      </h2>
      <p class="filters">
        {orders.length > 1 && (
          <label>
            Order{' '}
            <select value={chosen} onChange={({ currentTarget }) => change({ list: currentTarget.value })}>
              {orders.map(({ id, ref }) => (
                <option key={id} value={id}>
                  {safe(ref)}
                </option>
              ))}
              {listed.length > 1 && chosen !== all && <option value={chosen}>these {counted(listed.length)}</option>}
              <option value={all}>all {counted(orders.length)}</option>
            </select>
          </label>
        )}{' '}
        <label>
          Show{' '}
          <select value={which} onChange={({ currentTarget }) => change({ which: currentTarget.value, list: chosen })}>
            {SELECTIONS.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
            {!SELECTIONS.some(([id]) => id === which) && <option value={which}>{whichWords(which)}</option>}
          </select>
        </label>
      </p>
      {listed.map((order) => (
        <AccountsOf key={order.id} {...props} {...props.ofOrder(order.id)} order={order} isAlone={listed.length === 1} />
      ))}
    </section>
  );
};

const nameOf = ({ ref }: Order): string => `Accounts under order ${safe(ref)}`;

type AccountsOfProps = AccountsProps & OfOrder & { readonly order: Order; readonly isAlone: boolean };

const AccountsOf = (props: AccountsOfProps) => {
  const { order, isAlone, place, at, by, zone, known, of, presumption, sheet, said = NOT_ASKED } = props;
  const { which = '' } = place.query;
  // A page further on is one of a single order's.
  const cursor = isAlone ? place.query['rows'] : undefined;
  const question = { ...askedFor(which), order: order.id, at, knownAt: known.position, reportedBy: by };
  const { value, failure, isLate } = useAnswer<PairsPage>(
    pathWith('/v1/compliance/pairs', { ...question, ...(cursor === undefined ? {} : { cursor }), limit: ROWS }),
    SETTLE_MS,
  );
  const standing = standingAt(order, at);
  const cells = useMemo(
    () => rowWords({ zone, standing, said, query: standpointQuery(place) }, sheet),
    [zone, standing, sheet, said, place],
  );
  const rows = useMemo(() => (value?.rows ?? []).map((row) => ({ key: row.target, cells: cells(row) })), [value, cells]);
  const name = nameOf(order);
  return (
    <div aria-busy={isLate}>
      {!isAlone && <h3>{name}</h3>}
      {failure && <Failed failure={failure} what="This list of accounts" path={place.path} query={place.query} />}
      {!failure && !value && <Waiting what="the accounts" />}
      {value && value.rows.length === 0 && value.next === null && (
        <p class="notice">
          No account of this order fits at {hourOf(at, zone)}.{' '}
          {isAlone && which !== '' && (
            <Link href={hrefOf(place.path, { ...place.query, which: undefined, rows: undefined })}>Show all of them</Link>
          )}
        </p>
      )}
      {value && value.rows.length > 0 && (
        <DataTable
          name={`${name}${which === '' ? '' : `, ${whichWords(which)}`}`}
          about={tableHead({
            ...{ of, orders: [order], at: value.validAt, zone, known, by, presumption },
            more: [['only', whichWords(which)], ...(value.rule ? [['due', `${ruleWords(value.rule)}. ${value.caveat}`] as const] : [])],
          })}
          columns={COLUMNS}
          rows={rows}
          all={() =>
            pagesOf<PairsPage>(
              pathWith('/v1/compliance/pairs', { ...question, limit: FILE_PAGE_ROWS }),
              (page) => page.rows.map(cells),
              'accounts',
            )
          }
        />
      )}
      {value && presumption !== null && <Footing {...{ presumption, at: value.validAt, zone, known, by }} />}
      {value?.rule && value.rows.some(({ due }) => due?.at) && (
        <p class="footing">
          {ruleWords(value.rule)}. {value.caveat}
        </p>
      )}
      <p class="pager">
        {cursor !== undefined && <Link href={`${hrefOf(place.path, { ...place.query, rows: undefined })}#accounts`}>First page</Link>}{' '}
        {value?.next && (
          <Link href={`${hrefOf(place.path, { ...place.query, list: order.id, rows: value.next })}#accounts`}>
            Next {counted(ROWS)}
            {isAlone ? '' : ` under order ${safe(order.ref)}`}
          </Link>
        )}
      </p>
    </div>
  );
};

const COLUMNS = ['Account', 'What it is', 'Since', 'Due', 'Flags'];

// ---- Rows

type Context = {
  readonly zone: string;
  readonly standing: Standing;
  readonly said: OrderSaid;
  readonly words: ReadonlyMap<string, string>;
  readonly query: Place['query'];
};

const rowWords = (about: Omit<Context, 'words'>, sheet: OrderMoment | undefined): ((row: PairRow) => readonly Cell[]) => {
  const context = { ...about, words: wordsIn(sheet, about.standing) };
  return (row) => cellsOf(row, context);
};

const keyOf = ({ is, status, ground, responseDeclined }: Pick<PairRow, 'is' | 'status' | 'ground' | 'responseDeclined'>): string =>
  `${is} ${status} ${ground} ${responseDeclined}`;

/** Where all lines of the sheet that are of one kind say the same, each account of that kind is told in those words. */
const wordsIn = (sheet: OrderMoment | undefined, standing: Standing): ReadonlyMap<string, string> =>
  new Map(
    [...Map.groupBy(sheet?.lines ?? [], keyOf)].flatMap(([key, lines]) => {
      const words = new Set(lines.map((line) => sheetLineWords(line, standing)));
      return words.size === 1 ? [[key, [...words].join('')] as const] : [];
    }),
  );

const cellsOf = (row: PairRow, { zone, standing, said, words, query }: Context): readonly Cell[] => {
  const name = safe(row.verbatim);
  return [
    { text: name, shown: <Link href={hrefOf(`/targets/${row.target}`, query)}>{name}</Link> },
    { text: words.get(keyOf(row)) ?? pairWords(row, standing, said.refusals, said.ending) },
    { text: sinceWords(row, zone) },
    { text: dueWords(row, zone) },
    { text: row.flags.map((flag) => FLAG_WORDS[flag]).join('; ') },
  ];
};

/** Since when it is in effect, or not: the status may be younger. */
const sinceWords = ({ since }: PairRow, zone: string): string => {
  if (since === null) return '';
  return since.earliest === since.latest ? hourOf(since.latest, zone) : `by ${endHourOf(since.latest, zone)} at the latest`;
};
const dueWords = ({ due }: PairRow, zone: string): string => {
  if (!due?.at) return '';
  const { earliest, latest } = due.at;
  return earliest === latest ? hourOf(latest, zone) : `${hourOf(earliest, zone)} to ${hourOf(latest, zone)}, hour not known`;
};
