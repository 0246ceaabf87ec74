/** What is told of rows that were not recorded: the first of the file, whatever the order in which they were settled. */
import { describe, expect, it } from 'vitest';
import { createTally } from '../../../src/application/import/tally.ts';
import type { RowFault } from '../../../src/application/mapping/fault.ts';
import { ROWS_LISTED_MAX } from '../../../src/domain/events/import-completed.ts';

const tallied = (rows: readonly number[], faultsEach = 1) => {
  const tally = createTally({ ofRefusal: ({ code }) => code, fieldOf: () => undefined, ofDoubt: (doubt) => doubt });
  const fault: RowFault = { column: 'Account', value: null, code: 'CELL_BLANK', detail: 'blank' };
  for (const row of rows) tally.faulty({ row, cells: new Map() }, Array<RowFault>(faultsEach).fill(fault));
  return tally;
};
const listedIn = (tally: ReturnType<typeof tallied>): readonly (number | 'before')[] =>
  tally.listed().map(({ at }) => (at === 'before' ? at : at.row));
const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);

describe('the rows that are listed', () => {
  it('are the lowest of the file, in its order, though they were settled last', () => {
    expect(listedIn(tallied(upTo(5_000).toReversed()))).toEqual(upTo(ROWS_LISTED_MAX));
    const waited = [...upTo(1_500).filter((row) => row > 3), 2, 1, 3];
    expect(listedIn(tallied(waited))).toEqual(upTo(ROWS_LISTED_MAX));
    const shuffled = upTo(6_007).map((row) => 1 + ((row * 1_009) % 6_007));
    expect(listedIn(tallied(shuffled))).toEqual(upTo(ROWS_LISTED_MAX));
  });

  it('have no more to say together than one event holds, and each is counted', () => {
    const tally = tallied(upTo(2_000).toReversed(), 3);
    expect(tally.listed().reduce((sum, { entries }) => sum + entries.length, 0)).toBe(ROWS_LISTED_MAX);
    expect(listedIn(tally)).toEqual(upTo(334));
    expect(tally.listed().at(-1)?.entries).toHaveLength(1);
    expect(tally.counts().rows).toMatchObject({ rows: 2_000, refused: 2_000 });
  });

  it('are the same, asked twice and between', () => {
    const tally = tallied([5, 4]);
    expect(listedIn(tally)).toEqual([4, 5]);
    tally.faulty({ row: 1, cells: new Map() }, [{ column: null, value: null, code: 'CELL_BLANK', detail: 'blank' }]);
    expect(listedIn(tally)).toEqual([1, 4, 5]);
  });
});
