/** What a new type of event could slip past: each field that says when, who or which is known to the rules and searches that go by a field's name. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { citationsOf, EXTENT_FIELDS } from '../../src/domain/decide.ts';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { party, storedFields } from '../../src/domain/fields.ts';
import { sha256Text, uuidText } from '../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { PARTY_FIELDS } from '../../src/projections/chronology.ts';

/** A place in an event's data: `sources[].publishedAt`. */
type Place = { readonly path: string; readonly schema: z.ZodType };

const unwrapped = (schema: unknown): z.ZodType => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) return unwrapped(schema.unwrap());
  if (schema instanceof z.ZodType) return schema;
  throw new TypeError('not a schema');
};

/** A schema that stands here by itself; what it is made of is its own business. */
const WHOLE: readonly z.ZodType[] = [...Object.values(storedFields), party];

const placesIn = (path: string, of: unknown): readonly Place[] => {
  const schema = unwrapped(of);
  if (WHOLE.includes(schema)) return [{ path, schema }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([field, inner]) => placesIn(path === '' ? field : `${path}.${field}`, inner));
  if (schema instanceof z.ZodArray) return placesIn(`${path}[]`, schema.element);
  return [{ path, schema }];
};

const PLACES = EVENT_TYPES.flatMap((type) => placesIn('', type.stored).map((place) => ({ ...place, type: type.name })));
const pathsOf = (...schemas: readonly z.ZodType[]): readonly string[] =>
  [...new Set(PLACES.filter(({ schema }) => schemas.includes(schema)).map(({ path }) => path))].toSorted();
const SAMPLE_ID = '00000000-0000-4000-8000-000000000001';
const SAMPLE_SHA256 = 'e'.repeat(64);

describe('the fields of every type of event', () => {
  it('are looked through to the last', () => {
    expect(PLACES.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['sources[].publishedAt', 'lifts[].restriction', 'demand.territory']),
    );
    // A schema of a kind that is not looked into could hold anything.
    const opaque = PLACES.filter(
      ({ schema }) =>
        !WHOLE.includes(schema) &&
        !(schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodBoolean || schema instanceof z.ZodNumber),
    );
    expect(opaque.map(({ path, type }) => `${type} ${path}`)).toEqual([]);
  });

  it('that say when something happened are held against the time of recording', () => {
    // When a source was published says nothing about when what it says happened.
    const elsewhere = ['sources[].publishedAt'];
    expect(pathsOf(storedFields.extent)).toEqual([...EXTENT_FIELDS, ...elsewhere].toSorted());
  });

  it('that name a party are searched for it', () => {
    const fields = pathsOf(party).map((path) => path.replace(/\[\]$/, ''));
    expect(fields).toEqual(PARTY_FIELDS.toSorted());
  });

  it('that name a case, an order, a meeting, a claim or a file are looked up', () => {
    const named = (path: string, id: string) => citationsOf(dataWith(path, id)).map(({ field, stream }) => `${field} ${stream}`);
    const elsewhere = {
      'confirmed[].facts[]': 'what rows of a file say, recorded or not',
      'notRecorded[].fact': 'what a row of a file says, and is not recorded',
      batchId: 'names no stream: rows that came together',
      'follows[]': 'events, looked up one by one',
      'lifts[].restriction': 'events of the same stream, held against it by their own type',
      restriction: 'an event of the same stream, held against it by its own type',
      stay: 'an event of the same stream, held against it by its own type',
      stop: 'an event of the same stream, held against it by its own type',
    };
    const looked = pathsOf(uuidText).filter((path) => !Object.hasOwn(elsewhere, path));
    expect(looked.map((path) => named(path, SAMPLE_ID))).toEqual([
      [`caseId case-${SAMPLE_ID}`],
      [`meetingId meeting-${SAMPLE_ID}`],
      [`order order-${SAMPLE_ID}`],
      [`orders order-${SAMPLE_ID}`],
      [`population order-${SAMPLE_ID}`],
      [`restates claim-${SAMPLE_ID}`],
    ]);
    // A file's own hash names the stream that it stands in.
    const files = pathsOf(sha256Text).filter((path) => path !== 'sha256');
    expect(files.map((path) => named(path, SAMPLE_SHA256))).toEqual([
      [`derivedFrom evidence-${SAMPLE_SHA256}`],
      [`file evidence-${SAMPLE_SHA256}`],
      [`mapping evidence-${SAMPLE_SHA256}`],
      [`sources evidence-${SAMPLE_SHA256}`],
    ]);
  });

  it('that hold an id of any form are of the forms that are looked for above', () => {
    const holds = ({ schema }: Place, id: string) => schema.safeParse(id).success && !schema.safeParse('plain words').success;
    const ids = PLACES.filter((place) => holds(place, SAMPLE_ID) || holds(place, SAMPLE_SHA256));
    expect([...new Set(ids.map(({ path }) => path))].toSorted()).toEqual(pathsOf(uuidText, sha256Text));
  });
});

/** Data that say nothing but this. */
const dataWith = (path: string, id: string): JsonObject => {
  const [field = '', ...rest] = path.split('.');
  const inner: Json = rest.length > 0 ? dataWith(rest.join('.'), id) : id;
  return field.endsWith('[]') ? { [field.slice(0, -2)]: [inner] } : { [field]: inner };
};
