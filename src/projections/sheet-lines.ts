/** The lines of a sheet: accounts of which the record says the same, with the events behind them, and what was corrected or retracted of it. */

import { extentIn } from '../domain/codec.ts';
import { splitStream } from '../domain/ids.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { eventsBehind } from '../domain/pairs/pair-grounds.ts';
import { type BesideStatus, besideStatus, type PairState } from '../domain/pairs/pair-state.ts';
import { isPublishedBy } from '../domain/published.ts';
import { msOf, parseInstant } from '../domain/time.ts';
import { alike } from './chronology-page.ts';
import { streamNamed } from './dictionaries.ts';
import { type Entry, entriesOf } from './entries.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import type { KnownOrder } from './order-indexes.ts';
import type { PairLife } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

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
  /** Which events of the log these are. */
  readonly events: EventsNamed;
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
/** Accounts of a line of which something was changed later. */
type Changed = { readonly accounts: number; readonly examples: readonly string[] };
/** Events by number and position: where they follow one another, `last - first + 1` of them. */
export type EventsNamed = {
  readonly number: number;
  readonly first: number;
  readonly last: number;
  /** The first few, in log order, and how many more. */
  readonly named: readonly EventNamed[];
  readonly more: number;
};
type EventNamed = { readonly event: string; readonly position: number };
/** One account of a line, with the events behind it and where each stands in its sources. */
export type EachAccount = {
  readonly target: string;
  readonly verbatim: string;
  readonly events: readonly (EventNamed & { readonly type: string; readonly locators: readonly string[] })[];
};
export type SheetLine = BesideStatus & {
  readonly accounts: number;
  readonly is: string;
  readonly status: string;
  readonly ground: string | null;
  readonly responseDeclined: boolean;
  readonly behind: readonly Behind[];
  /** A few of the accounts, as first written. */
  readonly examples: readonly string[];
  /** Whose record by then was corrected, and by which events. */
  readonly corrected?: Changed & { readonly by: EventsNamed };
  /** What counts no more of what was recorded of them by then, and the events that took it out. */
  readonly retracted?: Changed & { readonly entries: EventsNamed; readonly by: EventsNamed };
  /** All of the accounts, where that was asked for. */
  readonly each?: readonly EachAccount[];
};
export type PairNow = { readonly pair: PairLife; readonly state: PairState };
type Asking = {
  readonly model: ReadModel;
  readonly log: Log;
  readonly known: KnownOrder;
  /** Instant in ms since 1970. */
  readonly t: number;
  readonly each: boolean;
};
/** What is on record of one account: `behind` its status, and what of it was changed later. */
type OnRecord = { readonly behind: readonly Entry[]; readonly corrected: readonly Entry[]; readonly retracted: readonly Entry[] };
type Collected = { readonly now: PairNow; readonly record: OnRecord };

export const sheetLines = async (asking: Asking, pairs: readonly PairNow[]): Promise<readonly SheetLine[]> => {
  const { model, log, known } = asking;
  const ofOrder = entriesOf(await historyOf(model, log, streamNamed(model, known.no), known.standpoint.knownAt));
  const lines = new Map<string, Collected[]>();
  for (const now of pairs) {
    const record = await onRecord(asking, now, ofOrder);
    const { place, status, ground, responseDeclined } = now.state;
    const key = JSON.stringify([place, status, ground, responseDeclined, besideStatus(now.state), record.behind.map(keyOf)]);
    const line = lines.get(key) ?? [];
    line.push({ now, record });
    lines.set(key, line);
  }
  return [...lines.values()]
    .map((line) => lineOf(asking, line))
    .sort((a, b) => PLACES_SHOWN.indexOf(a.is) - PLACES_SHOWN.indexOf(b.is) || b.accounts - a.accounts);
};
const PLACES_SHOWN = ['in_effect', 'not_in_effect', 'open', 'unknown', 'population_open', 'apart'];

const ANY_CHANGED = 'SELECT 1 FROM target_fact WHERE target = ? AND before <= ? LIMIT 1';

/** `ofOrder`: an answer for the whole order stands in the order's own stream. */
const onRecord = async ({ model, log, known, t }: Asking, { pair }: PairNow, ofOrder: readonly Entry[]): Promise<OnRecord> => {
  const { knownAt, reportedBy } = known.standpoint;
  const events = eventsBehind(known.view, pair.facts, t);
  const isBehind = ({ position }: Entry): boolean => events.includes(position);
  if (events.length === 0 && model.get(ANY_CHANGED, pair.target, knownAt) === undefined)
    return { behind: [], corrected: [], retracted: [] };
  const own = entriesOf(await historyOf(model, log, streamNamed(model, pair.target), knownAt));
  const shown = own.filter((entry) => isOfBy(entry, t) && (reportedBy === undefined || isPublishedBy(sourcesIn(entry), reportedBy)));
  return {
    behind: [...own, ...ofOrder].filter(isBehind).sort((a, b) => a.position - b.position),
    corrected: shown.filter((entry) => entry.correctedBy && !entry.retracted),
    retracted: shown.filter((entry) => entry.retracted),
  };
};

const sourcesIn = ({ sources = [] }: Entry): JsonObject => ({ sources });

/** Whether it can have happened by then, as it stands or as it was first recorded. */
const isOfBy = ({ occurredAt, struck = {} }: Entry, t: number): boolean =>
  [occurredAt, extentIn(struck, 'occurredAt')].some((extent) => extent && msOf(extent.earliest) <= t);

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

const lineOf = ({ model, each }: Asking, line: readonly Collected[]): SheetLine => {
  const [first] = line;
  if (!first) throw new Error('a line of no account');
  const { place, status, ground, responseDeclined } = first.now.state;
  const verbatim = ({ now }: Collected): string => String(model.get(VERBATIM, now.pair.target)?.[0]);
  return {
    accounts: line.length,
    is: place,
    status,
    ground: place === 'in_effect' ? (ground ?? 'undetermined') : null,
    responseDeclined,
    ...besideStatus(first.now.state),
    behind: first.record.behind.map((entry, at) =>
      behindOf(
        entry,
        line.flatMap(({ record }) => record.behind[at] ?? []),
      ),
    ),
    examples: line.slice(0, EXAMPLES_MAX).map(verbatim),
    ...changesOf(line, verbatim),
    ...(each && { each: line.map((one) => eachOf(model, one, verbatim(one))) }),
  };
};

const eachOf = (model: ReadModel, { now, record }: Collected, verbatim: string): EachAccount => ({
  target: splitStream(streamNamed(model, now.pair.target)).id,
  verbatim,
  events: record.behind.map((entry) => ({
    event: entry.event,
    position: entry.position,
    type: entry.type,
    locators: sourcesOf(entry).flatMap(({ locator }) => locator ?? []),
  })),
});

const changesOf = (line: readonly Collected[], nameOf: (one: Collected) => string): Pick<SheetLine, 'corrected' | 'retracted'> => {
  const corrected = line.filter(({ record }) => record.corrected.length > 0);
  const retracted = line.filter(({ record }) => record.retracted.length > 0);
  const corrections = corrected.flatMap(({ record }) => record.corrected.flatMap(({ correctedBy = [] }) => correctedBy));
  const entries = retracted.flatMap(({ record }) => record.retracted);
  const retractions = entries.flatMap((entry) => entry.retracted ?? []);
  const changed = (of: readonly Collected[]): Changed => ({ accounts: of.length, examples: of.slice(0, EXAMPLES_MAX).map(nameOf) });
  return {
    ...(corrected.length > 0 && { corrected: { ...changed(corrected), by: eventsNamed(corrections) } }),
    ...(retracted.length > 0 && {
      retracted: { ...changed(retracted), entries: eventsNamed(entries), by: eventsNamed(retractions) },
    }),
  };
};

const EVENTS_MAX = 20;

/** One event may stand behind many accounts. */
const eventsNamed = (events: readonly EventNamed[]): EventsNamed => {
  const all = [...new Map(events.map(({ event, position }) => [position, { event, position }])).values()];
  const named = all.sort((a, b) => a.position - b.position);
  return {
    number: named.length,
    first: named[0]?.position ?? 0,
    last: named.at(-1)?.position ?? 0,
    named: named.slice(0, EVENTS_MAX),
    more: Math.max(0, named.length - EVENTS_MAX),
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
    events: eventsNamed(all),
    recordedAt: { first: recorded[0] ?? '', last: recorded.at(-1) ?? '' },
    recordedAfterMs: { shortest: Math.min(...after), longest: Math.max(...after) },
  };
};
