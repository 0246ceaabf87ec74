/** Every event that can be recorded has words: a new one would else be shown by the name of its type. */
import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { EVENT_WORDS } from '../../src/wording/words.ts';

it('words are there for every type of event', () => {
  expect(Object.keys(EVENT_WORDS).toSorted()).toEqual(
    [...EVENT_TYPES.map(({ name }) => name), 'EventCorrected', 'EventRetracted'].toSorted(),
  );
});
