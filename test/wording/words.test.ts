/** Every event that can be recorded has words: a new one would else be shown by the name of its type. */
import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { EVENT_WORDS, notInEffectWords } from '../../src/wording/words.ts';

it('words are there for every type of event', () => {
  expect(Object.keys(EVENT_WORDS).toSorted()).toEqual(
    [...EVENT_TYPES.map(({ name }) => name), 'EventCorrected', 'EventRetracted'].toSorted(),
  );
});

it('an account is called restored where the record says so, and refused then where the refusal came later', () => {
  const words = (ending?: Parameters<typeof notInEffectWords>[3], refused = true) =>
    notInEffectWords('reversed_while_in_force', refused, 'with_grounds', ending);
  expect(words()).toBe('lifted or run out while the order stood; refused, with grounds');
  expect(words('restored')).toBe('restored while the order stood; refused, with grounds');
  expect(words('restored_then_refused')).toBe('restored while the order stood, then refused, with grounds');
  expect(words('restored_then_refused', false)).toBe('restored while the order stood');
  expect(notInEffectWords('declined', true, 'with_grounds', 'restored')).toBe('refused, with grounds');
});
