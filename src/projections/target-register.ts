/** The register of targets, and of those that an order lists, as known at a position. */
import { orderIssued } from '../domain/events/order-issued.ts';
import { type OrderId, splitStream, streamOf, type TargetId } from '../domain/ids.ts';
import { type Bounds, instantFromMs } from '../domain/time.ts';
import { findStream, streamNamed } from './dictionaries.ts';
import { placeAt } from './log.ts';
import type { ReadModel, Row } from './read-model.ts';
import { type AnyRecord, type Page, recordsOf } from './records.ts';
import type { Listed } from './registers.ts';

export type TargetEntry = {
  readonly id: string;
  readonly platform: string;
  readonly kind: string;
  readonly key: string;
  /** As first written. */
  readonly verbatim: string;
};
/** `listing` is the event that lists it. */
export type ListedTarget = TargetEntry & { readonly listing: string; readonly listedAt: Bounds };
export type ListingOrder = {
  readonly order: string;
  readonly ref: string | null;
  readonly caseId: string | null;
  readonly listing: string;
  readonly listedAt: Bounds;
};

const COLUMNS = 'target.no, target.platform, target.kind, target.key, target.verbatim';
const TARGETS = `SELECT ${COLUMNS} FROM target WHERE no > ? AND since <= ? ORDER BY no LIMIT ?`;
const TARGET = `SELECT ${COLUMNS} FROM target WHERE no = ? AND since <= ?`;

export const listTargets = (model: ReadModel, { after, limit, knownAt }: Page): Listed<TargetEntry> =>
  listed(model.all(TARGETS, after, knownAt, limit + 1), limit, (row) => targetEntry(model, row));

/** `undefined` if nothing about it was recorded by that position. */
export const findTarget = (model: ReadModel, id: TargetId, knownAt: number): TargetEntry | undefined => {
  const no = findStream(model, streamOf('target', id));
  const row = no === undefined ? undefined : model.get(TARGET, no, knownAt);
  return row && targetEntry(model, row);
};

const LISTED_SHAPE = 'SELECT no FROM shape WHERE text = ?';
const LISTED = JSON.stringify({ kind: 'listed' });
const LISTED_BY = `
  SELECT ${COLUMNS}, fact.event, fact.earliest, fact.latest
  FROM pair JOIN target ON target.no = pair.target JOIN target_fact AS fact ON fact.target = pair.target
  WHERE pair.list = ? AND pair.target > ? AND fact.shape = ? AND fact.refers = pair.list AND fact.since <= ? AND fact.before > ?
  ORDER BY pair.target LIMIT ?`;
const LISTING_ORDERS = `
  SELECT refers, event, earliest, latest FROM target_fact WHERE target = ? AND shape = ? AND since <= ? AND before > ? ORDER BY event`;

const listedShape = (model: ReadModel): number => Number(model.get(LISTED_SHAPE, LISTED)?.[0] ?? 0);

/** The targets that an order lists. */
export const targetsOfOrder = (model: ReadModel, order: OrderId, { after, limit, knownAt }: Page): Listed<ListedTarget> => {
  const no = findStream(model, streamOf('order', order));
  if (no === undefined) return { rows: [], next: undefined };
  const rows = model.all(LISTED_BY, no, after, listedShape(model), knownAt, knownAt, limit + 1);
  return listed(rows, limit, (row) => ({ ...targetEntry(model, row), ...listingOf(model, row.slice(5)) }));
};

/** The orders that list a target. */
export const ordersListing = (model: ReadModel, target: TargetId, knownAt: number): readonly ListingOrder[] => {
  const no = findStream(model, streamOf('target', target));
  if (no === undefined) return [];
  return model.all(LISTING_ORDERS, no, listedShape(model), knownAt, knownAt).map(([order, ...listing]) => {
    const issue = recordsOf(model, Number(order), knownAt)
      .map((record): AnyRecord => record)
      .find((record) => orderIssued.isTypeOf(record));
    return {
      order: splitStream(streamNamed(model, Number(order))).id,
      ref: issue?.data.ref ?? null,
      caseId: issue?.data.caseId ?? null,
      ...listingOf(model, listing),
    };
  });
};

/** Of the rows read, one more than asked for, those of the page and where the next begins. */
const listed = <T>(rows: readonly Row[], limit: number, entryOf: (row: Row) => T): Listed<T> => {
  const shown = rows.slice(0, limit);
  return { rows: shown.map(entryOf), next: rows.length > limit ? Number(shown.at(-1)?.[0]) : undefined };
};

const targetEntry = (model: ReadModel, [no, platform, kind, key, verbatim]: Row): TargetEntry => ({
  id: splitStream(streamNamed(model, Number(no))).id,
  platform: String(platform),
  kind: String(kind),
  key: String(key),
  verbatim: String(verbatim),
});

const listingOf = (model: ReadModel, [position, earliest, latest]: Row) => ({
  listing: placeAt(model, Number(position)).id,
  listedAt: { earliest: instantFromMs(Number(earliest)), latest: instantFromMs(Number(latest)) },
});
