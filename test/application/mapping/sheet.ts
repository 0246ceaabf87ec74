/** Rows and mappings for the tests of an import, said briefly. */
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import { MappingInvalid } from '../../../src/application/mapping/mapping-fault.ts';
import type { CompiledMapping, RowFact, RowReading } from '../../../src/application/mapping/row-facts.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Cell, SheetRow } from '../../../src/sheets/row.ts';

type Said = string | number | boolean | readonly (string | number)[] | Cell | undefined;

/** As a reader of JSON lines gives it; text is as CSV has it. Blank text is no cell. */
const cellFor = (said: Exclude<Said, undefined>): Cell => {
  if (typeof said === 'string') return { kind: 'text', text: said };
  if (typeof said === 'number') return { kind: 'number', value: said, text: String(said) };
  if (typeof said === 'boolean') return { kind: 'boolean', value: said };
  return 'kind' in said ? said : { kind: 'list', items: said.map(cellFor) };
};

export const row = (cells: { readonly [column: string]: Said }, number = 2): SheetRow => ({
  row: number,
  cells: new Map(Object.entries(cells).flatMap(([column, said]) => (said === undefined || said === '' ? [] : [[column, cellFor(said)]]))),
});

export const local = (text: string): Cell => ({
  kind: 'local',
  local: text.length > 10 ? text : `${text}T00:00:00`,
  hasTime: text.length > 10,
});

export const handle: JsonObject = { column: 'Handle', as: 'target', platform: 'twitter.com', kind: 'account' };
export const orderNamed: JsonObject = { idOf: 'order', system: 'sheet', id: { column: 'Order' } };
export const withheld: JsonObject = {
  target: handle,
  orders: [],
  territory: ['IN'],
  basis: 'unstated',
  occurredAt: { column: 'When', as: 'time' },
};

export const entry = (fields: JsonObject, more: JsonObject = {}): JsonObject => ({ event: 'TargetWithheld', ...more, fields });

export const mappingOf = (rows: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  mapping: 1,
  name: 'A test',
  file: { format: 'csv' },
  zone: 'Asia/Kolkata',
  dates: 'day-month-year',
  common: { assertion: 'direct_record', synthetic: true },
  ...more,
  rows,
});

export const compiled = (rows: readonly JsonObject[], more?: JsonObject): CompiledMapping =>
  compileMapping(parseMapping(mappingOf(rows, more)));

/** Places and sentences of what is wrong with a mapping. */
export const faultsOf = (json: unknown): readonly string[] => {
  try {
    compileMapping(parseMapping(json));
    return [];
  } catch (error) {
    if (!(error instanceof MappingInvalid)) throw error;
    return error.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  }
};
export const pointersOf = (json: unknown): readonly string[] => faultsOf(json).map((fault) => fault.split(': ')[0] ?? '');

export const factsIn = (reading: RowReading): readonly RowFact[] => {
  if (reading.kind === 'facts') return reading.facts;
  throw new Error(`no facts: ${JSON.stringify(reading)}`);
};

/** `column code value` of each fault. */
export const refusedAs = (reading: RowReading): readonly string[] => {
  if (reading.kind !== 'refused') throw new Error(`not refused: ${JSON.stringify(reading)}`);
  return reading.faults.map(({ column, code, value }) => `${column} ${code} ${value}`);
};
export const detailOf = (reading: RowReading): string =>
  reading.kind === 'refused' ? reading.faults.map(({ detail }) => detail).join('\n') : '';
