/**
 * One sheet for orders at an instant: what was in effect then, what had been by then, what was not and why, on what record each rests, and how long after
 * the act it was recorded. Accounts of which the record says the same are one line.
 */

import type { Json, JsonObject } from '../domain/json.ts';
import { eventsBehind } from '../domain/pairs/pair-grounds.ts';
import { stateAt } from '../domain/pairs/pair-life.ts';
import { outcomesIn, type PairState, YES } from '../domain/pairs/pair-state.ts';
import { msOf, parseInstant } from '../domain/time.ts';
import { alike } from './chronology-page.ts';
import type { Compliance, ComplianceScope, OrderFigures, StateOfCompliance } from './compliance.ts';
import { streamNamed } from './dictionaries.ts';
import { type Entry, entriesOf } from './entries.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { PairLife } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

/** More accounts than this under one order are counted, and not gone through one by one. */
const SHEET_ACCOUNTS_MAX = 20_000;

/** One event behind a line, as far as it is the same for all accounts of the line. */
export type Behind = {
  readonly type: string;
  readonly occurredAt: Entry['occurredAt'];
  /** What it says of measure, places, basis, reason, grounds. */
  readonly says: JsonObject;
  /** The orders that it is about. */
  readonly orders: readonly string[];
  readonly assertion: Json;
  readonly sources: readonly SourceLine[];
  /** When the ledger learned of it: the first and the last of the accounts. */
  readonly recordedAt: { readonly first: string; readonly last: string };
  /** Milliseconds from the last instant at which it can have occurred until it was recorded; below zero where that is not over yet. */
  readonly recordedAfterMs: { readonly shortest: number; readonly longest: number };
};
export type SourceLine = {
  readonly name: string;
  /** SHA-256 of a registered file; `null`: no file. */
  readonly evidence: string | null;
  /** Where in the source: the first few, and how many more. */
  readonly locators: readonly string[];
  readonly locatorsMore: number;
};
export type SheetLine = {
  readonly accounts: number;
  readonly is: string;
  readonly status: string;
  readonly ground: string | null;
  readonly responseDeclined: boolean;
  readonly behind: readonly Behind[];
  /** A few of the accounts, as first written. */
  readonly examples: readonly string[];
};
export type OrderSheet = OrderFigures & {
  /** Of those that were in effect at some time by then, how many are not now. */
  readonly inEffectBefore: number;
  /** `null`: more accounts than are gone through. */
  readonly lines: readonly SheetLine[] | null;
};
export type Sheet = Omit<StateOfCompliance, 'orders'> & { readonly orders: readonly OrderSheet[] };

export const stateSheet = async (
  { model, log, compliance }: { readonly model: ReadModel; readonly log: Log; readonly compliance: Compliance },
  scope: ComplianceScope,
  t: number,
): Promise<Sheet> => {
  const state = compliance.at(scope, t);
  const orders: OrderSheet[] = [];
  for (const figures of state.orders) {
    const known = compliance.order(figures.order, scope);
    if (!known) continue;
    const pairs = pairsAt(known, scope, t);
    const inEffectBefore = pairs?.filter(
      ({ state: { outcomes } }) => outcomesIn(outcomes, 'ever') === YES && outcomesIn(outcomes, 'effective') !== YES,
    ).length;
    orders.push({
      ...figures,
      inEffectBefore: inEffectBefore ?? before(figures),
      lines: pairs ? await linesOf(model, log, known, pairs, t) : null,
    });
  }
  return { ...state, orders };
};

/** Where times are exact the two differ by just those. */
const before = ({ ever, effective }: OrderFigures): number => Math.max(0, ever.numerator - effective.numerator);

type PairNow = { readonly pair: PairLife; readonly state: PairState };

const pairsAt = (known: KnownOrder, { kinds }: ComplianceScope, t: number): readonly PairNow[] | undefined => {
  const found: PairNow[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: ReturnType<KnownOrder['pairs']['page']> = known.pairs.page(after);
    for (const pair of page.pairs) if (kinds.some((kind) => kind === pair.kind)) found.push({ pair, state: stateAt(pair.steps, t) });
    if (found.length > SHEET_ACCOUNTS_MAX) return undefined;
    after = page.next;
  }
  return found;
};

type Collected = { readonly pairs: PairNow[]; readonly entries: (readonly Entry[])[] };

const linesOf = async (
  model: ReadModel,
  log: Log,
  known: KnownOrder,
  pairs: readonly PairNow[],
  t: number,
): Promise<readonly SheetLine[]> => {
  const lines = new Map<string, Collected>();
  for (const now of pairs) {
    const behind = eventsBehind(known.view, now.pair.facts, t);
    const entries = await entriesBehind(model, log, now.pair.target, behind, known.standpoint.knownAt);
    const { place, status, ground, responseDeclined } = now.state;
    const key = JSON.stringify([place, status, ground, responseDeclined, entries.map(keyOf)]);
    const line = lines.get(key) ?? { pairs: [], entries: [] };
    line.pairs.push(now);
    line.entries.push(entries);
    lines.set(key, line);
  }
  return [...lines.values()]
    .map((line) => lineOf(model, line))
    .sort((a, b) => PLACES_SHOWN.indexOf(a.is) - PLACES_SHOWN.indexOf(b.is) || b.accounts - a.accounts);
};
const PLACES_SHOWN = ['in_effect', 'not_in_effect', 'open', 'unknown', 'population_open', 'apart'];

/** Answers for the whole order stand in its own stream: they are in its figures, and name no account. */
const entriesBehind = async (
  model: ReadModel,
  log: Log,
  target: number,
  events: readonly number[],
  knownAt: number,
): Promise<readonly Entry[]> => {
  if (events.length === 0) return [];
  const history = await historyOf(model, log, streamNamed(model, target), knownAt);
  return entriesOf(history).filter(({ position }) => events.includes(position));
};

/** What makes two accounts stand in one line; which row of a file each stands in does not. */
const keyOf = (entry: Entry): unknown => [
  entry.type,
  entry.occurredAt,
  alike(entry),
  entry.orders,
  entry.assertion,
  sourcesOf(entry).map(({ name, evidence }) => [name, evidence]),
];

type SourceRead = { readonly name: string; readonly evidence: string | null; readonly locator: string | undefined };
const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const sourcesOf = ({ sources }: Entry): readonly SourceRead[] =>
  (Array.isArray(sources) ? sources : []).flatMap((source: Json): SourceRead[] => {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) return [];
    const read = new Map(Object.entries(source));
    return [{ name: textOf(read.get('name')) ?? '', evidence: textOf(read.get('evidence')) ?? null, locator: textOf(read.get('locator')) }];
  });

const EXAMPLES_MAX = 3;
const LOCATORS_MAX = 3;
const VERBATIM = 'SELECT verbatim FROM target WHERE no = ?';

const lineOf = (model: ReadModel, { pairs, entries }: Collected): SheetLine => {
  const [first] = pairs;
  if (!first) throw new Error('a line of no account');
  const { place, status, ground, responseDeclined } = first.state;
  return {
    accounts: pairs.length,
    is: place,
    status,
    ground: place === 'in_effect' ? (ground ?? 'undetermined') : null,
    responseDeclined,
    behind: (entries[0] ?? []).map((entry, at) =>
      behindOf(
        entry,
        entries.flatMap((all) => all[at] ?? []),
      ),
    ),
    examples: pairs.slice(0, EXAMPLES_MAX).map(({ pair }) => String(model.get(VERBATIM, pair.target)?.[0])),
  };
};

const behindOf = (first: Entry, all: readonly Entry[]): Behind => {
  const recorded = all.map(({ recordedAt }) => recordedAt).sort();
  const after = all.map(({ recordedAt, occurredAt }) => msOf(parseInstant(recordedAt)) - msOf(occurredAt.latest));
  return {
    type: first.type,
    occurredAt: first.occurredAt,
    says: alike(first),
    orders: first.orders,
    assertion: first.assertion,
    sources: sourcesOf(first).map(({ name, evidence }, at) => {
      const locators = [...new Set(all.flatMap((entry) => sourcesOf(entry)[at]?.locator ?? []))];
      return { name, evidence, locators: locators.slice(0, LOCATORS_MAX), locatorsMore: Math.max(0, locators.length - LOCATORS_MAX) };
    }),
    recordedAt: { first: recorded[0] ?? '', last: recorded.at(-1) ?? '' },
    recordedAfterMs: { shortest: Math.min(...after), longest: Math.max(...after) },
  };
};
