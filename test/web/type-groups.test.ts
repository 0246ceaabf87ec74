/** Each type of event has its place on the page: one that nobody put anywhere would be in no selection of the timeline, and in no lane of the chart. */
import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { LANES } from '../../src/web/parts/chart-lanes.tsx';
import { SELECTIONS } from '../../src/web/parts/timeline.tsx';

/** Of files and imports, which have pages and lists of their own. */
const ELSEWHERE = ['evidence', 'import'];
const names = (of: (category: string) => boolean): readonly string[] =>
  EVENT_TYPES.flatMap(({ name, category }) => (of(category) ? [name] : [])).toSorted();

it('puts each type of event into one selection of the timeline', () => {
  const selected = Object.values(SELECTIONS).flatMap(({ types }) => types.split(','));
  expect(selected.toSorted()).toEqual(names((category) => !ELSEWHERE.includes(category)));
});

it('puts each type of event about no one account into one lane of the chart', () => {
  const shown = LANES.flatMap(([, types]) => types);
  expect(shown.toSorted()).toEqual(names((category) => !['target', 'case', ...ELSEWHERE].includes(category)));
});
