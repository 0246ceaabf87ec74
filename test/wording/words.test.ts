/** Every event that can be recorded has words: a new one would else be shown by the name of its type. */
import { expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { EVENT_WORDS, notInEffectWords, statusCountWords } from '../../src/wording/words.ts';

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
  expect(notInEffectWords('reversed_while_in_force', true, 'not_asked', 'not_asked', 'lifted')).toBe(
    'restored while the order stood; refused',
  );
  expect(notInEffectWords('reversed_while_in_force', false, 'not_asked', 'restored', 'ran_out')).toBe('ran out while the order stood');
  expect(notInEffectWords('declined', true, 'with_grounds', 'restored')).toBe('refused, with grounds');
});

it('a count says which of its accounts were refused as well, in the words of each account', () => {
  const found = { status: 'reversed_while_in_force', pairs: 37, lost: { lifted: 37, ran_out: 0 } } as const;
  const said = { refusals: 'with_grounds', ending: 'restored_then_refused' } as const;
  expect(statusCountWords({ ...found, refused: 37 }, said)).toBe('37 restored while the order stood, then refused, with grounds');
  expect(statusCountWords({ ...found, refused: 37 })).toBe('37 restored while the order stood; refused');
  expect(statusCountWords({ ...found, refused: 7 }, said)).toBe('37 restored while the order stood (7 of them refused)');
  expect(statusCountWords(found, said)).toBe('37 restored while the order stood');
  expect(statusCountWords({ status: 'declined', pairs: 2 }, said)).toBe('2 refused, with grounds');
});

it('a count says how its accounts ceased to be restricted: alike, each in its way, or as far as the record says', () => {
  const of = (lifted: number, ranOut: number) =>
    statusCountWords({ status: 'reversed_while_in_force', pairs: 1_250, lost: { lifted, ran_out: ranOut } });
  expect(of(1_250, 0)).toBe('1,250 restored while the order stood');
  expect(of(0, 1_250)).toBe('1,250 ran out while the order stood');
  expect(of(1_200, 50)).toBe('1,250 lifted or run out while the order stood (1,200 restored, 50 ran out)');
  expect(of(1_200, 0)).toBe('1,250 lifted or run out while the order stood (1,200 restored)');
  expect(statusCountWords({ status: 'reversed_while_in_force', pairs: 2 })).toBe('2 lifted or run out while the order stood');
  expect(statusCountWords({ status: 'in_effect_late', pairs: 3, timingOpen: 2 })).toBe(
    '3 in effect, first after the time set (for 2 of them on time is not excluded, since the hours overlap)',
  );
});
