/**
 * Which events belong to the chronology of a case, an order, a target or a party, in occurred order, as known at a position: the events with its case's
 * id, its orders' streams, target events that cite its orders or whose target they list. Retracted ones are there, struck.
 *
 * Rows decide what stands where; what an event says is read from the log, for the page that is shown. A long list is gone through in steps, between
 * which others may be answered: rows known at a position never change what they say of it.
 */
import { parseData } from '../domain/codec.ts';
import { EVENT_TYPES } from '../domain/events/event-types.ts';
import { type CaseId, type OrderId, streamOf, type TargetId } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { isPublishedBy } from '../domain/published.ts';
import { msOf, parseInstant } from '../domain/time.ts';
import { type Candidate, lastReading, ofListedTargets, ofOneTarget, type Seen } from './chronology-targets.ts';
import { createGroupWindow, createWindow, type Group, type Key, type Window } from './chronology-window.ts';
import { findStream } from './dictionaries.ts';
import type { ReadModel } from './read-model.ts';
import type { Steps } from './steps.ts';

export type ChronologyQuestion = {
  readonly knownAt: number;
  /** Without what all sources published later than this, ms since 1970. */
  readonly reportedBy?: number | undefined;
  /** Events that pass every filter given; at least one of the first four is. */
  readonly case?: CaseId | undefined;
  readonly order?: OrderId | undefined;
  readonly target?: TargetId | undefined;
  /** Part of the name, role or organisation of a party that the event names, in any case of letters. */
  readonly party?: string | undefined;
  /** Events that can have happened in [from, to), ms since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly types?: readonly string[] | undefined;
  readonly after: Key | undefined;
  readonly limit: number;
};

export const chronologyKeys = function* (model: ReadModel, question: ChronologyQuestion): Steps<Window<Key>> {
  const window = createWindow<Key>(question);
  yield* scan(model, question, ({ earliest, latest, position }) => window.add({ earliest, latest, position }));
  return window.result();
};

/** The same, with entries that say the same of many targets at the same extent as one. */
export const chronologyGroups = function* (model: ReadModel, question: ChronologyQuestion): Steps<Window<Group>> {
  const window = createGroupWindow(question);
  yield* scan(model, question, (candidate) => window.add(candidate));
  return window.result();
};

export type DensityQuestion = Omit<ChronologyQuestion, 'after' | 'limit' | 'from' | 'to'> & {
  readonly from: number;
  readonly to: number;
  readonly parts: number;
};

/** How many events lie in each of equal parts of [from, to), each counted at the first instant at which it can have happened. */
export const chronologyDensity = function* (model: ReadModel, question: DensityQuestion): Steps<readonly number[]> {
  const { from, to, parts } = question;
  const counts = Array<number>(parts).fill(0);
  yield* scan(model, { ...question, after: undefined, limit: 0 }, ({ earliest }) => {
    if (earliest < from) return;
    const part = Math.floor(((earliest - from) * parts) / (to - from));
    counts[part] = (counts[part] ?? 0) + 1;
  });
  return counts;
};

const scan = function* (model: ReadModel, question: ChronologyQuestion, use: (candidate: Candidate) => void): Steps<void> {
  const { from = -Infinity, to = Infinity, types } = question;
  const take = (candidate: Candidate): void => {
    if (candidate.latest >= from && candidate.earliest < to && (types?.includes(candidate.type) ?? true)) use(candidate);
  };
  const subjects = subjectsOf(model, question);
  const party = question.party?.normalize('NFKC').toLowerCase();
  if (question.target === undefined) {
    for (const candidate of recordCandidates(model, subjects, question)) {
      if (party === undefined || namesParty(candidate.data ?? {}, party)) take(candidate);
    }
  }
  if (party !== undefined) return; // no event about a target names a party
  if (types && !types.some((type) => TARGET_TYPES.has(type))) return; // a million targets have nothing to say of what is asked
  if (question.target !== undefined) {
    for (const candidate of ofOneTarget(model, question.target, subjects?.orders, question)) take(candidate);
    return;
  }
  for (const list of subjects?.orders ?? []) yield* ofListedTargets(model, list, subjects?.orders ?? [], question, take);
};

const TARGET_TYPES: ReadonlySet<string> = new Set(EVENT_TYPES.filter(({ category }) => category === 'target').map(({ name }) => name));

// ---- What is about no target

/** Numbers of the streams asked about; `undefined`: all of them. */
type Subjects = { readonly all: readonly number[]; readonly orders: readonly number[] };

/** Orders ever issued in the case, for what was retracted is shown struck. */
const ORDERS_OF_CASE = "SELECT DISTINCT stream FROM record WHERE subject = ? AND type = 'OrderIssued' AND since <= ? ORDER BY stream";

const subjectsOf = (model: ReadModel, { case: caseId, order, knownAt }: ChronologyQuestion): Subjects | undefined => {
  if (order !== undefined) {
    const no = findStream(model, streamOf('order', order));
    return no === undefined ? { all: [], orders: [] } : { all: [no], orders: [no] };
  }
  if (caseId === undefined) return undefined;
  const no = findStream(model, streamOf('case', caseId));
  if (no === undefined) return { all: [], orders: [] };
  const orders = model.all(ORDERS_OF_CASE, no, knownAt).map(([stream]) => Number(stream));
  return { all: [no, ...orders], orders };
};

const RECORD_COLUMNS = "event, before, type, data, json_extract(data, '$.occurredAt.earliest'), json_extract(data, '$.occurredAt.latest')";
const RECORDS_OF_SUBJECT = `SELECT ${RECORD_COLUMNS} FROM record WHERE subject = ? AND since <= ?`;
const ALL_RECORDS = `SELECT ${RECORD_COLUMNS} FROM record WHERE since <= ?`;

const recordCandidates = (model: ReadModel, subjects: Subjects | undefined, { knownAt, reportedBy }: Seen): readonly Candidate[] => {
  const rows = subjects
    ? subjects.all.flatMap((subject) => model.all(RECORDS_OF_SUBJECT, subject, knownAt))
    : model.all(ALL_RECORDS, knownAt);
  const byEvent = Map.groupBy(rows, ([event]) => Number(event));
  return [...byEvent].flatMap(([position, readings]) => {
    const { rows: reading, isStruck, isCorrected } = lastReading(readings, (row) => Number(row[1]), knownAt);
    const [, , type, text, earliest, latest] = reading[0] ?? [];
    const data = parseData(String(text));
    if (reportedBy !== undefined && !isPublishedBy(data, reportedBy)) return [];
    const ends = { earliest: msOf(parseInstant(String(earliest))), latest: msOf(parseInstant(String(latest))) };
    return [
      {
        ...ends,
        position,
        type: String(type),
        data,
        same: `${position}`,
        isStruck,
        isCorrected,
        target: undefined,
        kind: undefined,
        classes: [],
      },
    ];
  });
};

/** A test holds every event type to this list. */
export const PARTY_FIELDS: readonly string[] = [
  'authority',
  'requestedBy',
  'addressee',
  'to',
  'by',
  'participants',
  'speaker',
  'claimant',
  'relayedBy',
];
const NAMES_OF_PARTY = ['name', 'role', 'organisation', 'description'];

const namesParty = (data: JsonObject, wanted: string): boolean =>
  PARTY_FIELDS.flatMap((field) => data[field] ?? []).some((party) =>
    NAMES_OF_PARTY.some((member) => {
      const name =
        typeof party === 'object' && party !== null && !Array.isArray(party)
          ? Object.entries(party).find(([key]) => key === member)?.[1]
          : undefined;
      return typeof name === 'string' && name.normalize('NFKC').toLowerCase().includes(wanted);
    }),
  );
