/** What is recorded of targets, as a line of the terminal says it: of one, and of many that say the same. */
import { describe, expect, it } from 'vitest';
import { classesOf, sentence, type Told } from '../../src/wording/sentences.ts';

const said = (type: string, says: Told['says'], rest: Partial<Told> = {}): string =>
  sentence({ type, says, orders: [], whom: '@one', classes: {}, zone: 'Asia/Kolkata', ...rest });

describe('a line says', () => {
  it('who is on a list, and what the list states that they are', () => {
    const says = { classes: [{ class: 'news_media', assertedBy: 'platform' }] };
    expect(said('TargetListed', says, { orders: ['A1'], classes: classesOf({ says }) })).toBe(
      '@one listed by order A1; stated as 1 news media',
    );
    expect(said('TargetListed', {}, { orders: ['A1'], whom: '3 accounts', classes: { activist: 1, journalist: 2 } })).toBe(
      '3 accounts listed by order A1; stated as 1 activist, 2 journalist',
    );
    expect(said('TargetListed', {}, { orders: ['A1'] })).toBe('@one listed by order A1');
  });

  it('who was taken from a list, and why; of many no reason of any one', () => {
    expect(said('TargetWithdrawn', { reason: 'Listed by\u001bmistake' }, { orders: ['A1'] })).toMatch(
      /^@one withdrawn from the list of order A1 \(Listed by.*mistake\)$/,
    );
    expect(said('TargetWithdrawn', {}, { orders: ['A1'], whom: '2 accounts' })).toBe('2 accounts withdrawn from the list of order A1');
  });

  it('what was limited, where, on what basis and until when', () => {
    const says = { measure: 'excluded_from_trends', territory: ['IN'], basis: 'platform_rules' };
    expect(said('TargetLimited', says)).toBe("@one excluded from trends in IN, under the platform's own rules, citing no order");
    const until = '2021-02-28T18:30:00.000Z';
    expect(said('TargetLimited', { ...says, measure: 'other', territory: 'WORLD', basis: 'legal_order', until }, { orders: ['A1'] })).toBe(
      '@one limited in a way not named worldwide, citing A1, until 1 Mar 2021 00:00 IST',
    );
  });

  it('who was told, and how', () => {
    expect(said('UserNotified', { channel: 'e-mail', restriction: 'x' })).toBe('user notified about @one (e-mail)');
    expect(said('UserNotified', {}, { whom: '12 accounts', orders: ['A1'] })).toBe('user notified about 12 accounts, citing A1');
  });

  it('what is gone, and whether anybody knows why', () => {
    expect(said('TargetGone', { cause: 'owner' })).toBe('@one no longer there (taken away by the owner)');
    expect(said('TargetGone', { cause: 'unknown' }, { orders: ['A1'] })).toBe('@one no longer there (why, is not known), citing A1');
  });

  it.each([
    ['renamed_to', 'renamed to'],
    ['successor', 'succeeded by'],
    ['same_as', 'the same as'],
  ])('that one is %s another, and how sure that is', (relation, words) => {
    const to = { platform: 'birdsite.example', kind: 'account', key: 'two', verbatim: '@Two' };
    expect(said('TargetLinked', { relation, to, confidence: 'probable' })).toBe(`@one ${words} @Two on birdsite.example (probable)`);
    expect(said('TargetLinked', {}, { whom: '2 accounts' })).toBe('2 accounts linked to others');
  });
});
