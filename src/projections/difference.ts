/** What changed between two points of knowledge, for the same instant: the figures, the accounts, and the events that the ledger learned of in between. */
import { correctionIn, logEventOf, retractionIn } from '../domain/codec.ts';
import { EVENT_CORRECTED, EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { isFact } from '../domain/history.ts';
import { type OrderId, splitStream } from '../domain/ids.ts';
import { isSame } from '../domain/json.ts';
import { stateAt } from '../domain/pairs/pair-life.ts';
import { type BesideStatus, besideStatus } from '../domain/pairs/pair-state.ts';
import { isPublishedBy } from '../domain/published.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import type { Compliance, ComplianceScope, StateOfCompliance } from './compliance.ts';
import { streamNamed } from './dictionaries.ts';
import { type Log, placeAt, readPlace } from './log.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { PairLife } from './order-pairs.ts';
import { createOrderTouches } from './order-touches.ts';
import type { ReadModel } from './read-model.ts';

export type DifferenceQuestion = Omit<ComplianceScope, 'knownAt'> & {
  /** Positions, the second not before the first. */
  readonly from: number;
  readonly to: number;
  /** Instant in ms since 1970. */
  readonly at: number;
  /** The account after which the page begins; `null` at the start. */
  readonly after: Place | null;
  readonly limit: number;
};
/** An account under the order at a place in the question's list. */
export type Place = { readonly order: number; readonly target: number };

/** An event that the ledger learned of in between. */
export type Learned = {
  readonly event: string;
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly recordedAt: string;
  /** Of a correction or retraction: the event that it is about, and why. */
  readonly about?: string;
  readonly reason?: string;
  readonly explanation?: string;
};
type Reading = BesideStatus & {
  readonly is: string;
  readonly status: string;
  readonly ground: string | null;
  readonly responseDeclined: boolean;
};
export type Change = {
  readonly order: OrderId;
  readonly target: string;
  readonly kind: string;
  readonly platform: string;
  readonly key: string;
  readonly verbatim: string;
  /** `null`: not on the order's list, as known then. */
  readonly before: Reading | null;
  readonly after: Reading | null;
  /** In the account's own stream, in log order, the first few; none where only the order changed. */
  readonly events: readonly Learned[];
  readonly eventsMore: number;
};
/** `accounts` are those whose reading changed with the event; `null`: not counted, the lists are too long. */
export type OrderEvent = Learned & { readonly order: OrderId; readonly accounts: number | null };
export type Difference = {
  readonly before: StateOfCompliance;
  readonly after: StateOfCompliance;
  /** Events of the orders themselves, on the first page alone. */
  readonly orderEvents?: readonly OrderEvent[];
  readonly changes: readonly Change[];
  readonly next: Place | null;
};

/** One question compares at most so many accounts; a page may therefore be short, and says where to go on. */
const COMPARED_MAX = 100_000;
/** Accounts times events, beyond which the accounts of each event are not counted: some seconds. */
const COUNTED_MAX = 1_000_000;
const EVENTS_SHOWN = 20;

type Uses = {
  readonly model: ReadModel;
  readonly log: Log;
  readonly compliance: Compliance;
  readonly comparedMax?: number;
  readonly countedMax?: number;
};

export const differenceOf = async (uses: Uses, question: DifferenceQuestion): Promise<Difference> => {
  const { from, to, at, after, limit, ...scope } = question;
  const figures = (knownAt: number): StateOfCompliance => uses.compliance.at({ ...scope, knownAt }, at);
  const state = { before: figures(from), after: figures(to) };
  const compare = comparing(uses, question);
  const { found, next } = pageOf(question, compare, uses.comparedMax ?? COMPARED_MAX);
  const changes: Change[] = [];
  for (const changed of found) changes.push(await changeOf(uses, question, changed));
  if (after !== null) return { ...state, changes, next };
  return { ...state, orderEvents: await orderEventsOf(uses, question, compare), changes, next };
};

// ---- Accounts, compared

type Compared = { readonly target: number; readonly kind: string; readonly before: Reading | null; readonly after: Reading | null };
type Comparing = {
  /** By position in between: what happened to the order itself, or to another that its accounts are under as well. */
  readonly orderEvents: readonly number[];
  /** How many accounts may have to be compared. */
  readonly size: number;
  /** All that can have changed after a target, in its number's order. */
  readonly between: (from: number, to: number, afterTarget: number) => Generator<Compared>;
};

const comparing = ({ model, compliance }: Uses, { orders, from, to, at, kinds, after: _a, limit: _l, ...scope }: DifferenceQuestion) => {
  const touches = createOrderTouches(model, from, to);
  return orders.map((id): Comparing => {
    const known = (knownAt: number): KnownOrder | undefined => compliance.order(id, { ...scope, knownAt });
    const { orderEvents, size, targets } = touches.of(id);
    return {
      orderEvents,
      size,
      *between(start, end, afterTarget) {
        const [a, b] = [known(start), known(end)];
        const pairs = orderEvents.length > 0 ? bothOf(a, b, afterTarget) : touchedOf(a, b, targets(afterTarget));
        for (const [was, is] of pairs) {
          const pair = is ?? was;
          if (pair && kinds.some((kind: TargetKind) => kind === pair.kind))
            yield { target: pair.target, kind: pair.kind, before: readingOf(was, at), after: readingOf(is, at) };
        }
      },
    };
  });
};

type Both = readonly [was: PairLife | undefined, is: PairLife | undefined];

/** Two lists side by side, both in the order of the targets' numbers. */
function* bothOf(a: KnownOrder | undefined, b: KnownOrder | undefined, after: number): Generator<Both> {
  const [before, now] = [pairsAfter(a, after), pairsAfter(b, after)];
  let [was, is] = [before.next().value, now.next().value];
  while (was || is) {
    const first = Math.min(was?.target ?? Infinity, is?.target ?? Infinity);
    yield [was?.target === first ? was : undefined, is?.target === first ? is : undefined];
    if (was?.target === first) was = before.next().value;
    if (is?.target === first) is = now.next().value;
  }
}

function* pairsAfter(known: KnownOrder | undefined, after: number): Generator<PairLife, undefined> {
  for (let next: number | undefined = after; known && next !== undefined; ) {
    const page: ReturnType<KnownOrder['pairs']['page']> = known.pairs.page(next);
    yield* page.pairs;
    next = page.next;
  }
  return undefined;
}

function* touchedOf(a: KnownOrder | undefined, b: KnownOrder | undefined, targets: Iterable<number>): Generator<Both> {
  for (const target of targets) yield [a?.pairs.one(target), b?.pairs.one(target)];
}

const readingOf = (pair: PairLife | undefined, t: number): Reading | null => {
  if (!pair) return null;
  const state = stateAt(pair.steps, t);
  const { place, status, ground, responseDeclined } = state;
  return {
    ...{ is: place, status, ground: place === 'in_effect' ? (ground ?? 'undetermined') : null, responseDeclined },
    ...besideStatus(state),
  };
};

const isChanged = ({ before, after }: Compared): boolean => !isSame(before, after);

type Found = Compared & { readonly order: number };

const pageOf = (
  { from, to, after, limit }: DifferenceQuestion,
  compare: readonly Comparing[],
  comparedMax: number,
): { readonly found: readonly Found[]; readonly next: Place | null } => {
  const found: Found[] = [];
  let compared = 0;
  for (let order = after?.order ?? 0; order < compare.length; order += 1) {
    for (const pair of compare[order]?.between(from, to, after?.order === order ? after.target : 0) ?? []) {
      if (isChanged(pair)) found.push({ ...pair, order });
      compared += 1;
      if (found.length === limit || compared === comparedMax) return { found, next: { order, target: pair.target } };
    }
  }
  return { found, next: null };
};

// ---- Events

const TARGET = 'SELECT platform, key, verbatim FROM target WHERE no = ?';
/** Positions at which what is known of a target changed. */
const TOUCHED_AT = `
  SELECT since FROM target_fact WHERE target = ? AND since > ? AND since <= ?
  UNION SELECT before FROM target_fact WHERE target = ? AND before > ? AND before <= ? ORDER BY 1`;

const changeOf = async (
  uses: Uses,
  { orders, from, to, reportedBy }: DifferenceQuestion,
  { order, target, kind, before, after }: Found,
): Promise<Change> => {
  const { model } = uses;
  const [platform, key, verbatim] = model.get(TARGET, target) ?? [];
  const positions = model.all(TOUCHED_AT, target, from, to, target, from, to).map(([position]) => Number(position));
  const events: Learned[] = [];
  for (const position of positions.slice(0, EVENTS_SHOWN)) {
    const learned = await learnedAt(uses, position, reportedBy);
    if (learned) events.push(learned);
  }
  return {
    order: orderAt(orders, order),
    target: splitStream(streamNamed(model, target)).id,
    kind,
    platform: String(platform),
    key: String(key),
    verbatim: String(verbatim),
    before,
    after,
    events,
    eventsMore: Math.max(0, positions.length - EVENTS_SHOWN),
  };
};

const orderAt = (orders: readonly OrderId[], place: number): OrderId => {
  const order = orders[place];
  if (order === undefined) throw new RangeError(`no order at place ${place}`);
  return order;
};

/** `undefined` for what was published later than asked about; a correction has no source of its own. */
const learnedAt = async ({ model, log }: Uses, position: number, reportedBy: number | undefined): Promise<Learned | undefined> => {
  const place = placeAt(model, position);
  const event = logEventOf((await readPlace(log, place)).event);
  if (reportedBy !== undefined && isFact(event) && !isPublishedBy(event.data, reportedBy)) return undefined;
  const told = { event: event.id, position, type: event.type, stream: event.stream, recordedAt: event.recordedAt };
  if (event.type !== EVENT_CORRECTED && event.type !== EVENT_RETRACTED) return told;
  const { event: about, reason, explanation } = event.type === EVENT_CORRECTED ? correctionIn(event) : retractionIn(event);
  return { ...told, about, reason, ...(explanation !== undefined && { explanation }) };
};

/** Each with the accounts whose reading is another one from it on, as all else was known then. */
const orderEventsOf = async (
  uses: Uses,
  { orders, reportedBy }: DifferenceQuestion,
  compare: readonly Comparing[],
): Promise<readonly OrderEvent[]> => {
  const isCounted = compare.reduce((sum, { orderEvents, size }) => sum + orderEvents.length * size, 0) <= (uses.countedMax ?? COUNTED_MAX);
  const events: OrderEvent[] = [];
  for (const [place, { orderEvents, between }] of compare.entries()) {
    for (const position of orderEvents) {
      const learned = await learnedAt(uses, position, reportedBy);
      if (!learned) continue;
      const accounts = isCounted ? between(position - 1, position, 0).reduce((sum, pair) => sum + Number(isChanged(pair)), 0) : null;
      events.push({ order: orderAt(orders, place), ...learned, accounts });
    }
  }
  return events;
};
