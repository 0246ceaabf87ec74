/** What an event says, in a sentence: of every type that there is, and of one that there is not yet. */
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { sentence } from '../../src/wording/sentences.ts';
import { EVENT_WORDS, spoken } from '../../src/wording/words.ts';

const told = (type: string) => sentence({ type, says: {}, orders: ['O1'], whom: 'an account', classes: {}, zone: 'UTC' });
/** Of these there is a sentence only where more of them is at hand. */
const CHANGES = ['EventCorrected', 'EventRetracted'];
const needsAnHour = (type: string): boolean => ['CoverageDeclared', 'DeadlineSet'].includes(type);

describe('the sentence of an event', () => {
  it.each(EVENT_TYPES.map(({ name }) => name).filter((name) => !needsAnHour(name)))('there is one of %s', (type) => {
    expect(told(type)).not.toBe(spoken(type));
    expect(told(type)).not.toBe(type);
  });

  it.each(CHANGES)('of %s says what it is', (type) => {
    expect(told(type)).toBe(EVENT_WORDS[type]);
  });

  it('of a type that this version does not know is its name', () => {
    expect(told('HearingHeld')).toBe(spoken('HearingHeld'));
  });
});
