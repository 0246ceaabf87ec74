/** What is wrong with a mapping is said before any row is read: each place, with a sentence. A mapping is somebody else's file. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { ENTRIES_MAX, MAPPING_DEPTH_MAX, MAPPING_NODES_MAX, parseMapping } from '../../../src/application/mapping/mapping.ts';
import { FAULTS_MAX } from '../../../src/application/mapping/mapping-fault.ts';
import { INSTRUCTIONS } from '../../../src/application/mapping/value.ts';
import { askedBody, canBeAsked } from '../../../src/domain/asking.ts';
import type { Command } from '../../../src/domain/command.ts';
import { EVENT_TYPES, findEventType } from '../../../src/domain/events/event-types.ts';
import { splitStream } from '../../../src/domain/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../src/domain/json.ts';
import * as controls from '../../support/controls.ts';
import { compiled, entry, faultsOf, handle, mappingOf, pointersOf, withheld } from './sheet.ts';

const one = (fields: JsonObject, more?: JsonObject, beside?: JsonObject) => mappingOf([entry(fields, more)], beside);
const good = one(withheld);

describe('a mapping', () => {
  it('that is right has no faults', () => {
    expect(faultsOf(good)).toEqual([]);
    expect([...compiled([entry(withheld)]).columns]).toEqual(['Handle', 'When']);
  });

  it.each([
    ['nothing', null, ['']],
    ['a list', [], ['']],
    ['text', 'mapping', ['']],
    ['another version', { ...good, mapping: 2 }, ['/mapping']],
    ['no version', { ...good, mapping: undefined }, ['/mapping']],
    ['an unknown member', { ...good, rowz: [] }, ['/rowz']],
    ['no rows', { ...good, rows: [] }, ['/rows']],
    ['too many rows', mappingOf(Array.from({ length: ENTRIES_MAX + 1 }, (_, i) => entry(withheld, { name: `${i}` }))), ['/rows']],
    ['another kind of file', { ...good, file: { format: 'pdf' } }, ['/file/format']],
    ['an unknown zone', { ...good, zone: 'Indien' }, ['/zone']],
    ['an unknown order of dates', { ...good, dates: 'd/m/y' }, ['/dates']],
    ['a period without zone', { ...good, zone: undefined, period: { from: '2021-01-01', to: '2021-02-01' } }, ['/period']],
    ['a period that ends before it begins', { ...good, period: { from: '2021-02-02', to: '2021-02-01' } }, ['/period']],
    ['a period of days that are not there', { ...good, period: { from: '2021-02-30', to: '2021-03-01' } }, ['/period/from']],
    ['a word twice in a vocabulary', { ...good, vocabularies: { v: { 'A b': 1, 'a  B': 2 } } }, ['/vocabularies/v/a  B']],
    [
      'a common field that no event has',
      { ...good, common: { asertion: 'direct_record' } },
      ['/common/asertion', '/rows/0/fields', '/rows/0/fields'],
    ],
    ['a common field that is wrong', { ...good, common: { assertion: 'hearsay' } }, ['/common/assertion']],
    ['two entries of one name', mappingOf([entry(withheld), entry(withheld)]), ['/rows/1']],
  ])('of %s is refused', (_what, json, pointers) => {
    const found = pointersOf(json);
    expect(found.filter((pointer) => pointer !== '/rows/0/fields')).toEqual(pointers.filter((pointer) => pointer !== '/rows/0/fields'));
    expect(found.length).toBeGreaterThan(0);
  });

  it.each([
    ['an unknown event', mappingOf([{ event: 'TargetWitheld', fields: {} }]), '/rows/0/event', 'TargetWithheld is meant?'],
    ['an event that a row cannot be', mappingOf([{ event: 'EvidenceRegistered', fields: {} }]), '/rows/0/event', 'TargetListed'],
    ['a correction', mappingOf([{ event: 'EventCorrected', fields: {} }]), '/rows/0/event', 'no event'],
    ['an unknown field', one({ ...withheld, teritory: 'WORLD' }), '/rows/0/fields/teritory', 'territory is meant?'],
    ['a field that reaches into prototypes', one({ ...withheld, toString: 'x' }), '/rows/0/fields/toString', 'no field of that name'],
    ['a batch', one({ ...withheld, batchId: 'x' }), '/rows/0/fields/batchId', 'the import itself'],
    ['a missing field', one({ ...withheld, basis: null }), '/rows/0/fields', 'needs the field basis'],
    ['a target named twice', one({ ...withheld, targetId: { column: 'Id' } }), '/rows/0/fields', 'exactly one of target and targetId'],
    ['no target', one({ ...withheld, target: null }), '/rows/0/fields', 'exactly one of target and targetId'],
    ['a constant of another form', one({ ...withheld, basis: 'because' }), '/rows/0/fields/basis', 'legal_order, platform_rules, unstated'],
    ['a constant that is refused', one({ ...withheld, territory: ['UK'] }), '/rows/0/fields/territory', '"UK" is no territory'],
    ['an unknown reading', one({ ...withheld, text: { column: 'A', as: 'number' } }), '/rows/0/fields/text/as', 'one of text, integer'],
    ['an unknown option', one({ ...withheld, text: { column: 'A', trim: true } }), '/rows/0/fields/text', '"trim"'],
    [
      'an option that means nothing',
      one({ ...withheld, text: { column: 'A', zone: 'UTC' } }),
      '/rows/0/fields/text/zone',
      'time or instant',
    ],
    ['a blank column', one({ ...withheld, text: { column: ' ' } }), '/rows/0/fields/text/column', ''],
    [
      'a default that is optional',
      one({ ...withheld, text: { column: 'A', default: 'x', optional: true } }),
      '/rows/0/fields/text',
      'not both',
    ],
    [
      'an unknown vocabulary',
      one({ ...withheld, text: { column: 'A', vocabulary: 'v' } }),
      '/rows/0/fields/text/vocabulary',
      'no vocabulary "v"',
    ],
    ['a target without platform', one({ ...withheld, target: { column: 'A', as: 'target' } }), '/rows/0/fields/target', '"platform"'],
    ['a time read as text', one({ ...withheld, occurredAt: { column: 'When' } }), '/rows/0/fields/occurredAt', '"as": "time"'],
    ['an end read as text', one({ ...withheld, until: { column: 'Until', optional: true } }), '/rows/0/fields/until', '"as": "instant"'],
    ['a territory read as text', one({ ...withheld, territory: { column: 'Where' } }), '/rows/0/fields/territory', '"as": "territory"'],
    ['two instructions', one({ ...withheld, text: { column: 'A', template: '{A}' } }), '/rows/0/fields/text', 'one of them at a time'],
    ['an open brace', one({ ...withheld, text: { template: 'of {A' } }), '/rows/0/fields/text/template', 'brace'],
    ['a template without column', one({ ...withheld, text: { template: 'of A' } }), '/rows/0/fields/text/template', 'no column'],
    [
      'an id of nothing',
      one({ ...withheld, orders: [{ idOf: 'target', system: 's', id: 'x' }] }),
      '/rows/0/fields/orders/0/idOf',
      'one of case',
    ],
    [
      'an id that is none',
      one({ ...withheld, orders: [{ idOf: 'order', system: 's', id: 'a\nb' }] }),
      '/rows/0/fields/orders/0/id',
      'one line',
    ],
    ['a condition without column', one(withheld, { when: { is: 'x' } }), '/rows/0/when/column', ''],
    ['a condition that asks nothing', one(withheld, { when: { column: 'A' } }), '/rows/0/when', 'exactly one of'],
    ['a condition that asks twice', one(withheld, { when: { column: 'A', is: 'x', blank: true } }), '/rows/0/when', 'exactly one of'],
    ['all of nothing', one(withheld, { when: { all: [] } }), '/rows/0/when', 'stands alone'],
    [
      'all and any',
      one(withheld, { when: { all: [{ column: 'A', is: 'x' }], any: [{ column: 'A', is: 'x' }] } }),
      '/rows/0/when',
      'stands alone',
    ],
    [
      'a condition on what no word means',
      one(withheld, { when: { column: 'A', vocabulary: 'v', is: 'blocked' } }, { vocabularies: { v: { weg: 'block' } } }),
      '/rows/0/when',
      'means "blocked"',
    ],
    ['a column before the rows', mappingOf([entry(withheld)], { before: [entry(withheld, { name: 'b' })] }), '/before/0', 'Handle'],
    [
      'an opening named twice',
      mappingOf([
        {
          event: 'CaseOpened',
          fields: {
            id: controls.theCase,
            externalId: { system: 's', id: 'c' },
            title: 't',
            zone: 'UTC',
            occurredAt: { date: '2021', zone: 'UTC' },
          },
        },
      ]),
      '/rows/0/fields',
      'not both',
    ],
    [
      'a statement of no time',
      mappingOf([
        {
          event: 'StatementMade',
          fields: { caseId: controls.theCase, kind: 'reason', speaker: {}, medium: 'oral', orders: [], summary: 's' },
        },
      ]),
      '/rows/0/fields',
      'when it was made',
    ],
    [
      'a following event of no stream',
      mappingOf([{ event: 'OrderServed', fields: { channel: 'e-mail', occurredAt: { date: '2021', zone: 'UTC' } } }]),
      '/rows/0/fields',
      'order',
    ],
  ])('with %s says so at its place', (_what, json, pointer, words) => {
    const found = faultsOf(json).filter((fault) => fault.startsWith(`${pointer}: `));
    expect(found).not.toEqual([]);
    expect(found.join('\n')).toContain(words);
  });

  it('says of a common field once what is wrong with it', () => {
    const rows = [entry(withheld), entry(withheld, { name: 'second' })];
    expect(pointersOf(mappingOf(rows, { common: { assertion: 'hearsay' } }))).toEqual(['/common/assertion']);
  });

  it('leaves a place among the sources for the file itself', () => {
    const named = (length: number, source: (at: number) => JsonObject = (at) => ({ name: `Paper ${at}` })): JsonObject =>
      mappingOf([entry({ ...withheld, sources: Array.from({ length }, (_, at) => source(at)) })]);
    const tooMany = ['/rows/0/fields/sources: at most 49 sources: an event takes 50, and one of them is the file itself'];
    expect(faultsOf(named(49))).toEqual([]);
    expect(faultsOf(named(50))).toEqual(tooMany);
    expect(faultsOf(named(50, () => ({ name: { column: 'Paper' } })))).toEqual(tooMany);
    const before = { event: 'CaseOpened', fields: { title: 'x', zone: 'UTC', occurredAt: '2021-01-31T11:00:00Z' } };
    const sources = Array.from({ length: 50 }, (_, at) => ({ name: `Paper ${at}` }));
    expect(faultsOf(mappingOf([entry(withheld)], { before: [{ ...before, fields: { ...before.fields, sources } }] })).join()).toContain(
      '/before/0/fields/sources: at most 49',
    );
  });

  it('with many faults names them all, up to a bound', () => {
    const many = mappingOf(
      Array.from({ length: ENTRIES_MAX }, (_, i) => entry({ ...withheld, basis: 'x', territory: 'y' }, { name: `${i}` })),
    );
    expect(faultsOf(many)).toHaveLength(FAULTS_MAX);
    expect(pointersOf(one({ ...withheld, basis: 'x', territory: ['y'] }))).toEqual(['/rows/0/fields/territory', '/rows/0/fields/basis']);
  });
});

describe('a hostile mapping', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('cannot reach into prototypes by %s', (name) => {
    for (const at of ['common', 'vocabularies']) {
      const json: unknown = JSON.parse(JSON.stringify(good).replace('"rows":', `"${at}":{"${name}":{"polluted":true}},"rows":`));
      expect(faultsOf(json).join()).toContain(`may not be called ${name}`);
    }
    expect({}).not.toHaveProperty('polluted');
  });

  it('is as deep as it may be, and one deeper is refused', () => {
    const deep = (levels: number): Json => (levels === 0 ? 'x' : [deep(levels - 1)]);
    const nested = (levels: number) => ({ ...good, vocabularies: { v: { word: deep(levels) } } });
    const within = MAPPING_DEPTH_MAX - 3; // the mapping, its vocabularies, this one
    expect(faultsOf(nested(within))).toEqual([]);
    expect(faultsOf(nested(within + 1)).join()).toContain('inside one another');
    let endless: Json = 'x';
    for (let level = 0; level < 200_000; level += 1) endless = [endless];
    expect(faultsOf({ ...good, common: { text: endless } }).join()).toContain('inside one another');
  });

  it('of too many values is refused', () => {
    const words = Object.fromEntries(Array.from({ length: MAPPING_NODES_MAX }, (_, i) => [`word ${i}`, i]));
    expect(faultsOf({ ...good, vocabularies: { v: words } }).join()).toContain('a mapping is a small file');
  });

  it('of a megabyte of text is refused, and quickly', () => {
    const long = 'x'.repeat(1024 * 1024);
    const pointers = pointersOf({ ...good, name: long, note: long, zone: long });
    expect(pointers).toEqual(expect.arrayContaining(['/name', '/note', '/zone']));
    expect(pointersOf(one({ ...withheld, text: { template: `{${long}` } }))).not.toEqual([]);
    expect(pointersOf(one({ ...withheld, text: { template: '{'.repeat(2_000) } }))).not.toEqual([]);
    expect(pointersOf(one({ ...withheld, target: { ...handle, column: long } }))).not.toEqual([]);
  });
});

describe('every event that can be asked for', () => {
  /** Requests as tests of the domain make them; a control that needs arguments is none of those. */
  const commands = (): readonly Command[] =>
    Object.values(controls).flatMap((control: unknown) => {
      if (!isCallable(control) || control.length > 0) return [];
      const made: unknown = tried(control);
      return isCommand(made) ? [made] : [];
    });
  const isCallable = (control: unknown): control is () => unknown => typeof control === 'function';
  const tried = (control: () => unknown): unknown => {
    try {
      return control();
    } catch {
      return undefined;
    }
  };
  const isCommand = (made: unknown): made is Command =>
    isJsonObject(made) && typeof made['type'] === 'string' && isJsonObject(made['data']) && !('revision' in made);

  /** The key is the ledger's to compute. */
  const unkeyed = (json: Json | undefined): Json | undefined => {
    if (Array.isArray(json)) return json.map((each: Json) => unkeyed(each) ?? null);
    if (!isJsonObject(json)) return json;
    return Object.fromEntries(
      Object.entries(json).flatMap(([key, value]) => (key === 'key' && 'verbatim' in json ? [] : [[key, unkeyed(value)]])),
    );
  };

  const asked = commands().filter(({ type }) => {
    const found = findEventType(type);
    return found !== undefined && canBeAsked(found);
  });

  it('is among the examples', () => {
    expect(new Set(asked.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES.filter(canBeAsked).map(({ name }) => name)));
  });

  it.each(asked.map((command) => [command.type, command] as const))('%s comes out as by its own route', (_type, { type, stream, data }) => {
    const known = findEventType(type);
    const fields = unkeyed(data);
    if (!known || !isJsonObject(fields)) throw new Error('no example');
    const { category, id } = splitStream(stream);
    const naming = category === 'target' ? {} : known.opens ? { id } : { [category]: id };
    const mapping = compileMapping(
      parseMapping(
        mappingOf([entry(withheld)], {
          before: [{ name: 'before', event: type, fields: { ...fields, ...naming } }],
          common: { assertion: 'direct_record' },
        }),
      ),
    );
    expect(mapping.before.map(({ command }) => command)).toEqual([{ type, stream, data }]);
  });

  it('has no rule across its fields, which are parsed one by one', () => {
    for (const { input } of EVENT_TYPES.filter(canBeAsked)) expect(input.def.checks ?? []).toEqual([]);
  });

  it('has no field that reads as an instruction', () => {
    const names = (schema: unknown): readonly string[] => {
      if (Array.isArray(schema)) return schema.flatMap(names);
      if (!isJsonObject(schema)) return [];
      const { properties } = schema;
      return [...(isJsonObject(properties) ? Object.keys(properties) : []), ...Object.values(schema).flatMap(names)];
    };
    for (const type of EVENT_TYPES.filter(canBeAsked)) {
      const fields = names(z.toJSONSchema(askedBody(type), { io: 'input', unrepresentable: 'any' }));
      expect(fields).toContain('assertion');
      for (const instruction of INSTRUCTIONS) expect(fields).not.toContain(instruction);
    }
  });
});
