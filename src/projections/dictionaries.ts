/** Short numbers for long names: streams and fact shapes, given out in log order, so that a rebuilt model has the same. */
import type { FactShape } from '../domain/facts.ts';
import { parseStreamName, type StreamName } from '../domain/ids.ts';
import { type TargetKind, targetKind } from '../domain/target-ref.ts';
import type { ReadModel, Row } from './read-model.ts';

/** Bounds memory, not correctness: what is not remembered is looked up. A stream takes some 120 bytes. */
const REMEMBERED_MAX = 200_000;

const FIND_STREAMS = 'SELECT no, name FROM stream WHERE hash = ?';
const LAST_STREAM = 'SELECT coalesce(max(no), 0) FROM stream';
const ADD_STREAM = 'INSERT INTO stream (no, hash, name) VALUES (?, ?, ?)';
const NAME_STREAM = 'SELECT name FROM stream WHERE no = ?';

export type Streams = {
  /** The stream's number; a new one for a name not seen before, which need not be looked for where it is known to be new. */
  readonly numberOf: (stream: StreamName, isNew?: boolean) => number;
};

export const createStreams = (model: ReadModel, rememberedMax = REMEMBERED_MAX): Streams => {
  const remembered = new Map<StreamName, number>();
  let last: number | undefined;
  return {
    numberOf(stream, isNew = false) {
      const known = remembered.get(stream);
      if (known !== undefined) return known;
      let no = isNew ? undefined : findStream(model, stream);
      if (no === undefined) {
        no = (last ?? Number(model.get(LAST_STREAM)?.[0])) + 1;
        last = no;
        model.run(ADD_STREAM, no, hashOf(stream), stream);
      }
      if (remembered.size >= rememberedMax) remembered.clear();
      remembered.set(stream, no);
      return no;
    },
  };
};

/** `undefined` for a stream of which no event is reflected. */
export const findStream = (model: ReadModel, stream: StreamName): number | undefined => {
  const rows = model.all(FIND_STREAMS, hashOf(stream));
  const row = rows.find(([, name]) => name === stream);
  return row && Number(row[0]);
};
export const streamNamed = (model: ReadModel, no: number): StreamName => parseStreamName(String(model.get(NAME_STREAM, no)?.[0]));

const REFLECTED = `
  SELECT 1 FROM record WHERE subject = ? AND stream = subject AND since <= ? UNION ALL SELECT 1 FROM target WHERE no = ? AND since <= ? LIMIT 1`;

/** The streams of facts that have this id, whatever they are about, with an event reflected by that position. */
export const streamsWithId = (model: ReadModel, id: string, knownAt: number): readonly StreamName[] =>
  model
    .all(FIND_STREAMS, hashOfId(id))
    .map(([no, name]) => ({ no: Number(no), name: String(name) }))
    .filter(({ no, name }) => name.slice(name.indexOf('-') + 1) === id && model.get(REFLECTED, no, knownAt, no, knownAt) !== undefined)
    .map(({ name }) => parseStreamName(name));

/** 52 bits of the id's last digits: of a UUID the random ones; the ledger's own stream has none. */
const hashOf = (stream: StreamName): number => hashOfId(stream);
const hashOfId = (text: string): number => Number.parseInt(text.replaceAll('-', '').slice(-13), 16) || 0;

const FIND_SHAPE = 'SELECT no FROM shape WHERE text = ?';
const LAST_SHAPE = 'SELECT coalesce(max(no), 0) FROM shape';
const ADD_SHAPE = 'INSERT INTO shape (no, text) VALUES (?, ?)';

export type Shapes = {
  readonly numberOf: (shape: FactShape) => number;
  /** Whether the number is that of a listing. */
  readonly isListed: (no: number) => boolean;
};

const LISTED = JSON.stringify({ kind: 'listed' } satisfies FactShape);

export const createShapes = (model: ReadModel): Shapes => {
  const remembered = new Map<string, number>();
  let listed: number | undefined;
  return {
    numberOf(shape) {
      const text = JSON.stringify(shape);
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const stored = model.get(FIND_SHAPE, text);
      const no = stored ? Number(stored[0]) : Number(model.get(LAST_SHAPE)?.[0]) + 1;
      if (!stored) model.run(ADD_SHAPE, no, text);
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      remembered.set(text, no);
      return no;
    },
    isListed(no) {
      listed ??= remembered.get(LISTED) ?? numberIn(model.get(FIND_SHAPE, LISTED));
      return no === listed;
    },
  };
};
const numberIn = (row: Row | undefined): number | undefined => row && Number(row[0]);

/** Kinds of target by their place in the vocabulary, which only grows at its end. */
export const kindNumber = (kind: TargetKind): number => targetKind.options.indexOf(kind);
export const kindOfNumber = (number: number): TargetKind => targetKind.options[number] ?? 'class';

/** An id is stored as its 16 bytes; the database takes them out of the text, which is cheaper than handing bytes over. */
export const ID = "unhex(?, '-')";
const POSITION_OF = `SELECT position FROM event WHERE id = ${ID}`;

/** The position of an event; `undefined` if it is not reflected yet. */
export const findPosition = (model: ReadModel, eventId: string): number | undefined => {
  const row = model.get(POSITION_OF, eventId);
  return row && Number(row[0]);
};

/** A UUID from its 16 bytes. */
export const idText = (bytes: Uint8Array): string => bytes.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
