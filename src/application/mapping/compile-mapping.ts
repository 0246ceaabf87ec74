/** A mapping compiled against the events that it names: everything that no row could mend is found here, and rows are then read fast. Pure. */
import { askedBody } from '../../domain/asking.ts';
import { findEventType } from '../../domain/events/event-types.ts';
import type { Json } from '../../domain/json.ts';
import { type Bounds, parseTimeExtent } from '../../domain/time.ts';
import { itemsIn, shown, wordOf } from './cell.ts';
import type { Compiling, Path } from './compiling.ts';
import { compileCondition } from './condition.ts';
import { compileEntry, type EntrySource } from './entry.ts';
import { refusalWords } from './fault.ts';
import type { BeforeEntry, Mapping, RowEntry } from './mapping.ts';
import { type MappingFault, MappingInvalid, pointerOf } from './mapping-fault.ts';
import { type CompiledMapping, type RowFact, rowReader, type Step } from './row-facts.ts';
import { complain, type View } from './view.ts';

const FACTS_PER_ROW_MAX = 1_000; // a list in one cell; longer ones are rows

/** Throws `MappingInvalid` for what does not fit the events that the mapping names: what is found here no row could mend. */
export const compileMapping = (mapping: Mapping): CompiledMapping => {
  // What stands in `common` is compiled for each entry, and complained of once.
  const faults = new Map<string, MappingFault>();
  const fault = (path: Path, detail: string): void => {
    const pointer = pointerOf(path);
    faults.set(`${pointer}: ${detail}`, { pointer, detail });
  };
  const compiling: Compiling = { vocabularies: vocabulariesOf(mapping, fault), zone: mapping.zone, dates: mapping.dates, fault };
  refuseRepeatedNames(mapping, fault);
  refuseUnusedCommon(mapping, fault);
  const { common = {}, before = [], rows } = mapping;
  const first = before.map((entry, index) => compileEntry({ ...named(entry), common }, ['before', index], compiling));
  for (const [index, entry] of first.entries()) {
    if (entry && entry.columns.length > 0)
      fault(['before', index], `what stands before the rows has no columns: ${entry.columns.join(', ')}`);
  }
  const steps = rows.map((entry, index) => compileStep(entry, { ...named(entry), common }, ['rows', index], compiling));
  const period = periodOf(mapping, fault);
  if (faults.size > 0) throw new MappingInvalid([...faults.values()]);
  const columns = new Set([...steps.flatMap((step) => step.columns), ...(mapping.identity ? [mapping.identity.column] : [])]);
  return {
    mapping,
    before: first.flatMap((entry) => entry?.fact(BLANK_ROW(), null) ?? []),
    columns,
    period,
    read: rowReader(mapping, steps, columns),
  };
};

type Fault = Compiling['fault'];

const named = ({ name, event, fields }: BeforeEntry): Omit<EntrySource, 'common'> => ({ name: name ?? event, event, fields });

const BLANK_ROW = (): View => ({ cells: new Map(), item: undefined, faults: [] });

const vocabulariesOf = ({ vocabularies = {} }: Mapping, fault: Fault): Compiling['vocabularies'] =>
  new Map(
    Object.entries(vocabularies).map(([name, words]) => {
      const known = new Map<string, { readonly written: string; readonly meaning: Json }>();
      for (const [written, meaning] of Object.entries(words)) {
        const word = wordOf(written);
        if (word === '' || known.has(word))
          fault(['vocabularies', name, written], 'blank, or there twice: case and spaces do not tell words apart');
        known.set(word, { written, meaning });
      }
      return [name, known];
    }),
  );

const refuseRepeatedNames = ({ before = [], rows }: Mapping, fault: Fault): void => {
  const seen = new Set<string>();
  const entries = [
    ...before.map((entry, index) => ({ entry, path: ['before', index] })),
    ...rows.map((entry, index) => ({ entry, path: ['rows', index] })),
  ];
  for (const { entry, path } of entries) {
    const name = entry.name ?? entry.event;
    if (seen.has(name)) fault(path, `a second entry called "${name}": give each a "name" of its own`);
    seen.add(name);
  }
};

/** What no event of the mapping can say is mistyped. */
const refuseUnusedCommon = ({ common = {}, before = [], rows }: Mapping, fault: Fault): void => {
  const types = [...before, ...rows].flatMap(({ event }) => findEventType(event) ?? []);
  for (const field of Object.keys(common)) {
    if (types.length > 0 && !types.some((type) => Object.hasOwn(askedBody(type).shape, field)))
      fault(['common', field], 'no event of this mapping has a field of that name');
  }
};

const periodOf = ({ period, zone }: Mapping, fault: Fault): Bounds | undefined => {
  if (period === undefined) return undefined;
  if (zone === undefined) fault(['period'], 'days need the zone of the mapping: say "zone"');
  const end = (day: 'from' | 'to'): Bounds | undefined => {
    const parsed = parseTimeExtent({ date: period[day], zone: zone ?? 'UTC', allowEarly: true });
    if ('value' in parsed) return parsed.value;
    fault(['period', day], 'invalid' in parsed ? parsed.invalid : refusalWords(parsed.refusal));
    return undefined;
  };
  const [from, to] = [end('from'), end('to')];
  if (from === undefined || to === undefined) return undefined;
  if (from.earliest > to.latest) fault(['period'], 'it ends before it begins');
  return { earliest: from.earliest, latest: to.latest };
};

const compileStep = ({ when, each }: RowEntry, source: EntrySource, path: Path, compiling: Compiling): Step => {
  const condition = when === undefined ? undefined : compileCondition(when, [...path, 'when'], compiling);
  const entry = compileEntry(source, path, compiling);
  const add = (view: View, item: string | null, facts: Map<string, RowFact>): void => {
    const fact = entry?.fact(view, item);
    // Said twice by one row, it is one fact.
    if (fact !== undefined && !facts.has(fact.identity)) facts.set(fact.identity, fact);
  };
  const columns = [...(condition?.columns ?? []), ...(each ? [each.column] : []), ...(entry?.columns ?? [])];
  const run: Step['run'] = (view, facts) => {
    if (condition !== undefined && !condition.holds(view)) return;
    if (each === undefined) return add(view, null, facts);
    const cell = view.cells.get(each.column);
    const items = cell === undefined ? [] : itemsIn(cell, each.list);
    if (items.length > FACTS_PER_ROW_MAX)
      complain(view, each.column, {
        code: 'LIST_TOO_LONG',
        detail: `${items.length} items in one cell, at most ${FACTS_PER_ROW_MAX}: give each a row of its own`,
      });
    else for (const item of items) add({ ...view, item: { column: each.column, cell: item } }, shown(item), facts);
  };
  return { columns, run };
};
