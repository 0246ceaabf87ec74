/** What has a name or words in it: targets by their handles and addresses, and what is said of no one target by its own words. As known at a position. */
import { parseData } from '../domain/codec.ts';
import type { Json } from '../domain/json.ts';
import { rangeOf } from '../domain/time.ts';
import type { Steps } from './chronology-targets.ts';
import type { Key } from './chronology-window.ts';
import { occurredIn } from './entries.ts';
import type { ReadModel, Row } from './read-model.ts';
import { type TargetEntry, targetEntry } from './target-register.ts';

export type Search = { readonly words: string; readonly knownAt: number; readonly limit: number };
/** `isComplete`: everything was gone through. */
export type FoundTargets = { readonly rows: readonly TargetEntry[]; readonly hasMore: boolean; readonly isComplete: boolean };
export type FoundEvents = { readonly keys: readonly Key[]; readonly hasMore: boolean; readonly isComplete: boolean };

/** Bound the time of one search; a ledger with more answers from those recorded first, and says so. */
const STREAMS_SEARCHED_MAX = 4_000_000;
const STEP_STREAMS = 50_000; // some 10 ms, in which nobody else is answered
const RECORDS_STEP = 1_000;
const RECORDS_SEARCHED_MAX = 100_000;

/** As names and words are compared: without regard to capitals and to forms of a letter. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

// ---- Targets

const LAST_TARGET = 'SELECT coalesce(max(no), 0) FROM target';
const HAVING = `
  SELECT no, platform, kind, key, verbatim FROM target
  WHERE no > ? AND no <= ? AND since <= ? AND (instr(key, ?) > 0 OR instr(verbatim, ?) > 0) ORDER BY no LIMIT ?`;

/** Those whose name is what was asked for stand first, then those that begin with it, then those that have it in them. */
export const searchTargets = function* (model: ReadModel, { words, knownAt, limit }: Search): Steps<FoundTargets> {
  const wanted = plain(words).replace(/^[@#]/, '');
  const last = Number(model.get(LAST_TARGET)?.[0]);
  const end = Math.min(last, STREAMS_SEARCHED_MAX);
  const found: Row[][] = [[], [], []]; // by rank; of each as many as could be shown
  let number = 0;
  for (let from = 0; from < end; from += STEP_STREAMS) {
    for (const row of model.all(HAVING, from, Math.min(from + STEP_STREAMS, end), knownAt, wanted, words.trim(), STEP_STREAMS)) {
      const key = String(row[3]);
      number += 1;
      const alike = found[rankOf(key, wanted)];
      if (alike && alike.length < limit) alike.push(row);
    }
    yield;
  }
  const rows = found.flat().slice(0, limit);
  return { rows: rows.map((row) => targetEntry(model, row)), hasMore: number > rows.length, isComplete: end === last };
};
const rankOf = (key: string, wanted: string): number => (key === wanted ? 0 : key.startsWith(wanted) ? 1 : 2);

// ---- What is said of no one target

const RECORDS = `
  SELECT subject, event, data FROM record
  WHERE (subject, event) > (?, ?) AND subject = stream AND since <= ? AND before > ? ORDER BY subject, since, event LIMIT ?`;

/** Cases, orders, meetings, statements and claims whose words have the words in them, in log order of their streams. */
export const searchRecords = function* (model: ReadModel, { words, knownAt, limit }: Search): Steps<FoundEvents> {
  const wanted = plain(words.trim());
  const keys: Key[] = [];
  let [subject, event, searched] = [0, 0, 0];
  for (;;) {
    const rows = model.all(RECORDS, subject, event, knownAt, knownAt, RECORDS_STEP);
    for (const [, position, data] of rows) {
      const said = parseData(String(data));
      if (!textsIn(said).some((text) => plain(text).includes(wanted))) continue;
      if (keys.length === limit) return { keys, hasMore: true, isComplete: true };
      keys.push({ ...rangeOf(occurredIn(said)), position: Number(position) });
    }
    searched += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < RECORDS_STEP) return { keys, hasMore: false, isComplete: true };
    if (searched >= RECORDS_SEARCHED_MAX) return { keys, hasMore: false, isComplete: false };
    [subject, event] = [Number(last[0]), Number(last[1])];
    yield;
  }
};

/** Values alone: the names of fields are ours. */
const textsIn = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((member: Json | undefined) => textsIn(member));
};
