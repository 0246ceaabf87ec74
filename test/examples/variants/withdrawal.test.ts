/** The authority takes accounts off its list: from then on they are no obligation, and what was is kept. */
import { describe, expect, it } from 'vitest';
import { inScene, short, shortTime, statuses } from './scene.ts';

describe('a withdrawal', () => {
  it('takes the account out of the figures from its instant on, restricted or not', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a', 'b', 'c']);
      await scene.cover(order);
      await scene.withhold(['a', 'b'], order, 5);
      await scene.withdraw(order, ['b', 'c'], 15);
      const before = (await scene.at([order], 14)).total;
      expect([short(before.effective), statuses(before)]).toEqual(['2/3', { in_effect: 2, outstanding: 1 }]);
      const after = (await scene.at([order], 15)).total;
      expect(short(after.effective)).toBe('1/1');
      // b is still withheld citing the order that gave it up; nobody else asks for it.
      expect(statuses(after)).toEqual({ in_effect: 1, restricted_after_order_ended: 1, order_ended: 1 });
      expect(after.makeUp.apart).toMatchObject({ withdrawn: 2, revoked: 0, expired: 0 });
      // Ever: a and b of the three that were live at some time. As platforms count: a and b of three listed.
      expect([short(after.ever), short(after.platformStyle)]).toEqual(['2/3', '2/3']);
      // At 25: a 24 h, b and c 14 h each: 52 h required; a 20 h and b 10 h in effect.
      expect(shortTime((await scene.at([order], 25)).total.timeWeighted)).toBe('30 of 52 h');
      expect((await scene.pairs(order, 16, { status: 'restricted_after_order_ended' })).map(({ key, ending }) => [key, ending])).toEqual([
        ['b', 'withdrawn'],
      ]);
    }));

  it('before the time was due leaves nothing due; after it, it was due all the same', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'eu-tco-3', version: 1 } });
      await scene.serve(order); // at 1: due at 2
      await scene.list(order, ['a', 'b']);
      await scene.cover(order);
      await scene.withdraw(order, ['a'], 1.5);
      await scene.withdraw(order, ['b'], 3);
      // a was no obligation at 2, b was and is not met: 0 of 1, at 2.5 and for good.
      for (const hours of [2.5, 4]) expect(short((await scene.at([order], hours)).total.onTime)).toBe('0/1');
    }));
});
