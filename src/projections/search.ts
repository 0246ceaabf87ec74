/** What has a name or words in it: targets by their handles and addresses, and what is said of no one target by its names and words. As known at a position. */
import { parseData } from '../domain/codec.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { rangeOf } from '../domain/time.ts';
import type { Key } from './chronology-window.ts';
import { occurredIn } from './entries.ts';
import type { ReadModel, Row } from './read-model.ts';
import type { Steps } from './steps.ts';
import { type TargetEntry, targetEntry } from './target-register.ts';

export type Search = { readonly words: string; readonly knownAt: number; readonly limit: number };
/** How what was asked for is found, the best first: as the name itself, as its beginning, somewhere in it, or in what else is said. */
export const MATCHES = ['is', 'begins', 'has', 'says'] as const;
export type Match = (typeof MATCHES)[number];
type Matched = { readonly match: Match };
/** The best `limit` of all, in their order. `isComplete`: everything was gone through. */
export type Found<T> = { readonly found: readonly (T & Matched)[]; readonly hasMore: boolean; readonly isComplete: boolean };

/** Bound the time of one search; a ledger with more answers from those recorded first, and says so. */
const STREAMS_SEARCHED_MAX = 4_000_000;
const STEP_STREAMS = 50_000; // some 10 ms, in which nobody else is answered
const RECORDS_STEP = 1_000;
const RECORDS_SEARCHED_MAX = 100_000;

/** As names and words are compared: without regard to capitals and to forms of a letter. */
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const withoutSign = (name: string): string => name.replace(/^[@#]/, '');

const matchOf = (names: readonly string[], wanted: string): Match | undefined => {
  if (names.includes(wanted)) return 'is';
  if (names.some((name) => name.startsWith(wanted))) return 'begins';
  return names.some((name) => name.includes(wanted)) ? 'has' : undefined;
};

/** Keeps of each rank as many as could be shown. */
const createRanks = <T>(ranks: number, limit: number) => {
  const kept = Array.from({ length: ranks }, (): T[] => []);
  let number = 0;
  return {
    add(rank: number, found: T): void {
      number += 1;
      const alike = kept[rank];
      if (alike && alike.length < limit) alike.push(found);
    },
    best: (): readonly T[] => kept.flat().slice(0, limit),
    hasMore: (): boolean => number > limit,
  };
};

// ---- Targets

const LAST_TARGET = 'SELECT coalesce(max(no), 0) FROM target';
const HAVING = `
  SELECT no, platform, kind, key, verbatim FROM target
  WHERE no > ? AND no <= ? AND since <= ? AND (instr(key, ?) > 0 OR instr(verbatim, ?) > 0) ORDER BY no LIMIT ?`;

/** Those whose name is what was asked for stand first, then those that begin with it, then those that have it in them. */
export const searchTargets = function* (model: ReadModel, { words, knownAt, limit }: Search): Steps<Found<TargetEntry>> {
  const wanted = withoutSign(plain(words));
  const last = Number(model.get(LAST_TARGET)?.[0]);
  const end = Math.min(last, STREAMS_SEARCHED_MAX);
  const ranks = createRanks<Matched & { readonly row: Row }>(MATCHES.length, limit);
  for (let from = 0; from < end; from += STEP_STREAMS) {
    for (const row of model.all(HAVING, from, Math.min(from + STEP_STREAMS, end), knownAt, wanted, words.trim(), STEP_STREAMS)) {
      const match = matchOf([String(row[3]), withoutSign(plain(String(row[4])))], wanted) ?? 'has';
      ranks.add(MATCHES.indexOf(match), { row, match });
    }
    yield;
  }
  const found = ranks.best().map(({ row, match }) => ({ ...targetEntry(model, row), match }));
  return { found, hasMore: ranks.hasMore(), isComplete: end === last };
};

// ---- What is said of no one target

const RECORDS = `
  SELECT subject, event, data, type FROM record
  WHERE (subject, event) > (?, ?) AND subject = stream AND since <= ? AND before > ? ORDER BY subject, since, event LIMIT ?`;

/** What cases and orders begin with: what people look for by name stands before what merely speaks of it. */
const OPENINGS: readonly string[] = ['CaseOpened', 'OrderIssued'];

/** Cases, orders, meetings, statements, claims and files whose names or words have the words in them; those found alike in log order of their streams. */
export const searchRecords = function* (model: ReadModel, { words, knownAt, limit }: Search): Steps<Found<Key>> {
  const wanted = plain(words);
  const ranks = createRanks<Matched & Key>(2 * MATCHES.length, limit);
  let [subject, event, searched] = [0, 0, 0];
  for (;;) {
    const rows = model.all(RECORDS, subject, event, knownAt, knownAt, RECORDS_STEP);
    for (const [, position, data, type] of rows) {
      const said = parseData(String(data));
      const match = matchOf(namesIn(said).map(plain), wanted) ?? (says(said, wanted) ? 'says' : undefined);
      if (match === undefined) continue;
      const rank = 2 * MATCHES.indexOf(match) + (OPENINGS.includes(String(type)) ? 0 : 1);
      ranks.add(rank, { ...rangeOf(occurredIn(said)), position: Number(position), match });
    }
    searched += rows.length;
    const last = rows.at(-1);
    const isAll = last === undefined || rows.length < RECORDS_STEP;
    if (isAll || searched >= RECORDS_SEARCHED_MAX) return { found: ranks.best(), hasMore: ranks.hasMore(), isComplete: isAll };
    [subject, event] = [Number(last[0]), Number(last[1])];
    yield;
  }
};

/** By what people call it: a reference, a title, its id where it comes from. */
const namesIn = ({ ref, title, externalId }: JsonObject): readonly string[] =>
  [ref, title, isJsonObject(externalId) ? externalId['id'] : undefined].filter((name) => typeof name === 'string');

/** Values alone: the names of fields are ours. */
const says = (value: Json | undefined, wanted: string): boolean => {
  if (typeof value === 'string') return plain(value).includes(wanted);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((member: Json | undefined) => says(member, wanted));
};
