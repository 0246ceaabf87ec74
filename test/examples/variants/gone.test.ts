/** Accounts that are gone, by no act of the platform: before service, after it, restricted or not. */
import { describe, expect, it } from 'vitest';
import { inScene, short, shortTime, statuses } from './scene.ts';

describe('accounts that are gone', () => {
  it('before service are no obligation at any time', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order, 10);
      await scene.list(order, ['early', 'late', 'held', 'there']);
      await scene.cover(order);
      await scene.act('gone', ['early'], 4, { cause: 'owner' });
      await scene.withhold(['held'], order, 12);
      await scene.act('gone', ['late', 'held'], 20, { cause: 'unknown' });
      const at = async (hours: number) => (await scene.at([order], hours)).total;
      // At 15: three live, of which one is withheld.
      const before = await at(15);
      expect([short(before.effective), statuses(before)]).toEqual(['1/3', { target_gone: 1, in_effect: 1, outstanding: 2 }]);
      // From 20: `late` is outside; `held` is gone and restricted as asked, so it stays in effect.
      const after = await at(20);
      expect([short(after.effective), statuses(after)]).toEqual(['1/2', { target_gone: 2, in_effect: 1, outstanding: 1 }]);
      expect(after.makeUp.apart).toMatchObject({ target_gone: 2 });
      // Ever live: all but `early`.
      expect(short(after.ever)).toBe('1/3');
      // At 30: `late` 10 h, `held` 20 h, `there` 20 h required; `held` 18 h in effect.
      expect(shortTime((await at(30)).timeWeighted)).toBe('18 of 50 h');
      // As platforms count: one block or withholding among four listed.
      expect(short(after.platformStyle)).toBe('1/4');
    }));

  it('and restored later are outside from then on', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, 5);
      await scene.act('gone', ['a'], 8, { cause: 'owner' });
      await scene.reinstate(['a'], 12);
      expect(statuses((await scene.at([order], 11)).total)).toEqual({ in_effect: 1 });
      expect(statuses((await scene.at([order], 12)).total)).toEqual({ target_gone: 1 });
    }));
});
