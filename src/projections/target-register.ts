/** The register of targets, and of those that an order lists, as known at a position. */
import { orderIssued } from '../domain/events/order-issued.ts';
import type { FactShape } from '../domain/facts.ts';
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
/** What one order's list says of a target. `listing` is the event that lists it, `withdrawal` the one that gave it up, if one did. */
type Listing = {
  readonly listing: string;
  readonly listedAt: Bounds;
  readonly withdrawal?: string;
  readonly withdrawnAt?: Bounds;
};
export type ListedTarget = TargetEntry & Listing;
export type ListingOrder = Listing & {
  readonly order: string;
  readonly ref: string | null;
  readonly caseId: string | null;
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

const SINCE = 'SELECT since FROM target WHERE no = ? AND since <= ?';
const SHAPE_SAYING = 'SELECT no FROM shape WHERE text = ?';
const LISTED_BY = `
  SELECT ${COLUMNS}, fact.event, fact.earliest, fact.latest
  FROM pair JOIN target ON target.no = pair.target JOIN target_fact AS fact ON fact.target = pair.target
  WHERE pair.list = ? AND pair.target > ? AND fact.shape = ? AND fact.refers = pair.list AND fact.since <= ? AND fact.before > ?
  ORDER BY pair.target LIMIT ?`;
const LISTING_ORDERS = `
  SELECT refers, event, earliest, latest FROM target_fact WHERE target = ? AND shape = ? AND since <= ? AND before > ? ORDER BY event`;
const ONE_FACT = `
  SELECT event, earliest, latest FROM target_fact WHERE target = ? AND shape = ? AND refers = ? AND since <= ? AND before > ?`;

const shapeNumber = (model: ReadModel, shape: FactShape): number => Number(model.get(SHAPE_SAYING, JSON.stringify(shape))?.[0] ?? 0);
const LISTED: FactShape = { kind: 'listed' };
const WITHDRAWN: FactShape = { kind: 'withdrawn' };

/** The targets that an order lists, those that it gave up since among them. */
export const targetsOfOrder = (model: ReadModel, order: OrderId, { after, limit, knownAt }: Page): Listed<ListedTarget> => {
  const no = findStream(model, streamOf('order', order));
  if (no === undefined) return { rows: [], next: undefined };
  const rows = model.all(LISTED_BY, no, after, shapeNumber(model, LISTED), knownAt, knownAt, limit + 1);
  const withdrawn = shapeNumber(model, WITHDRAWN);
  return listed(rows, limit, (row) => ({
    ...targetEntry(model, row),
    ...listingOf(model, row.slice(5)),
    ...withdrawalOf(model, model.get(ONE_FACT, Number(row[0]), withdrawn, no, knownAt, knownAt)),
  }));
};

/** The orders that list a target, or listed it and gave it up. */
export const ordersListing = (model: ReadModel, target: TargetId, knownAt: number): readonly ListingOrder[] => {
  const no = findStream(model, streamOf('target', target));
  if (no === undefined) return [];
  const withdrawn = shapeNumber(model, WITHDRAWN);
  return model.all(LISTING_ORDERS, no, shapeNumber(model, LISTED), knownAt, knownAt).map(([order, ...listing]) => {
    const issue = recordsOf(model, Number(order), knownAt)
      .map((record): AnyRecord => record)
      .find((record) => orderIssued.isTypeOf(record));
    return {
      order: splitStream(streamNamed(model, Number(order))).id,
      ref: issue?.data.ref ?? null,
      caseId: issue?.data.caseId ?? null,
      ...listingOf(model, listing),
      ...withdrawalOf(model, model.get(ONE_FACT, no, withdrawn, Number(order), knownAt, knownAt)),
    };
  });
};

/** An event by its id and its position in the log. */
export type EventNamed = { readonly event: string; readonly position: number };
/** By which event an order lists a target, and by which it gave it up. `list`: number of the order's stream. */
export const eventsListing = (
  model: ReadModel,
  { list, target, knownAt }: { readonly list: number; readonly target: number; readonly knownAt: number },
) => {
  const by = (shape: FactShape): EventNamed | undefined => {
    const row = model.get(ONE_FACT, target, shapeNumber(model, shape), list, knownAt, knownAt);
    return row && eventAt(model, Number(row[0]));
  };
  const [listedIn, withdrawnIn] = [by(LISTED), by(WITHDRAWN)];
  return { ...(listedIn && { listedIn }), ...(withdrawnIn && { withdrawnIn }) };
};

/** What is recorded of a target: its first event, and the orders that list it, each with the event that says so. */
export type Elsewhere = {
  readonly recordedIn: EventNamed;
  readonly listedBy: readonly { readonly order: string; readonly listedIn: EventNamed }[];
};

/** `undefined` if nothing is recorded of it by then. */
export const elsewhereOf = (model: ReadModel, id: TargetId, knownAt: number): Elsewhere | undefined => {
  const no = findStream(model, streamOf('target', id));
  const since = no === undefined ? undefined : model.get(SINCE, no, knownAt)?.[0];
  if (no === undefined || since === undefined) return undefined;
  const listings = model.all(LISTING_ORDERS, no, shapeNumber(model, LISTED), knownAt, knownAt);
  return {
    recordedIn: eventAt(model, Number(since)),
    listedBy: listings.map(([order, event]) => ({
      order: splitStream(streamNamed(model, Number(order))).id,
      listedIn: eventAt(model, Number(event)),
    })),
  };
};

const eventAt = (model: ReadModel, position: number): EventNamed => ({ event: placeAt(model, position).id, position });

/** Of the rows read, one more than asked for, those of the page and where the next begins. */
const listed = <T>(rows: readonly Row[], limit: number, entryOf: (row: Row) => T): Listed<T> => {
  const shown = rows.slice(0, limit);
  return { rows: shown.map(entryOf), next: rows.length > limit ? Number(shown.at(-1)?.[0]) : undefined };
};

export const targetEntry = (model: ReadModel, [no, platform, kind, key, verbatim]: Row): TargetEntry => ({
  id: splitStream(streamNamed(model, Number(no))).id,
  platform: String(platform),
  kind: String(kind),
  key: String(key),
  verbatim: String(verbatim),
});

const listingOf = (model: ReadModel, [position, earliest, latest]: Row) => ({
  listing: placeAt(model, Number(position)).id,
  listedAt: boundsOf(earliest, latest),
});

const withdrawalOf = (model: ReadModel, row: Row | undefined) => {
  if (row === undefined) return {};
  const [position, earliest, latest] = row;
  return { withdrawal: placeAt(model, Number(position)).id, withdrawnAt: boundsOf(earliest, latest) };
};

const boundsOf = (earliest: Row[number] | undefined, latest: Row[number] | undefined): Bounds => ({
  earliest: instantFromMs(Number(earliest)),
  latest: instantFromMs(Number(latest)),
});
