/** The reference of the mapping language: its examples are mappings, what it says of them is what they read, and its limits are those of the code. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '../../src/application/mapping/compile-mapping.ts';
import { ENTRIES_MAX, MAPPING_DEPTH_MAX, MAPPING_NODES_MAX, parseMapping } from '../../src/application/mapping/mapping.ts';
import { factsIn, row } from '../application/mapping/sheet.ts';
import { readBackOf } from '../support/read-back.ts';

const text = readFileSync(new URL('../../docs/reference/mapping.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json);
const [first = ''] = examples;

describe('docs/reference/mapping.md', () => {
  it.each(examples.map((json) => [json.slice(0, 60), json] as const))('has an example that compiles: %s', (_start, json) => {
    expect(compileMapping(parseMapping(JSON.parse(json))).columns.size).toBeGreaterThan(1);
  });

  it('says of its first example what it reads', () => {
    const [cells = ''] = text.match(/@synthetic-one \| [^`]*/) ?? [];
    const [Handle = '', Order = '', Withheld = ''] = cells.split(' | ');
    const [fact] = factsIn(compileMapping(parseMapping(JSON.parse(first))).read(row({ Handle, Order, Withheld })));
    const { target, times } = readBackOf(fact?.command.data ?? {}, 'Asia/Kolkata');
    expect(target).toBe('account synthetic-one on twitter.com');
    expect(times).toEqual([{ field: 'occurredAt', words: '1 February 2021, 14:00 IST' }]);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('withheld in India on 1 February 2021, 14:00 IST');
  });

  it('has the limits of the code', () => {
    for (const limit of [ENTRIES_MAX, MAPPING_DEPTH_MAX]) expect(text).toMatch(new RegExp(`\\| ${limit}( each)? \\|`));
    expect(text).toContain(new Intl.NumberFormat('en-US').format(MAPPING_NODES_MAX));
  });
});
