/** A stay of the whole order: its pairs are outside of the figures while it lasts, time does not run, and nothing is restored by it. */
import { describe, expect, it } from 'vitest';
import { flags, inScene, type Scene, short, shortTime, statuses } from './scene.ts';

/** Served at 1 under a rule of 36 hours; stayed from 11 to 31. a is withheld at 6, b at 50; c is withheld at 6 and restored at 20, within the stay. */
const stayed = async (scene: Scene, restorationDirected = false) => {
  const order = await scene.order('A', { deadlineRule: { id: 'in-it-rules-3-1-d', version: 1 } });
  await scene.serve(order);
  await scene.list(order, ['a', 'b', 'c']);
  await scene.cover(order);
  await scene.withhold(['a', 'c'], order, 6);
  await scene.follow(order, 'stay', 11, { by: { organisation: 'Court' }, restorationDirected });
  await scene.reinstate(['c'], 20, { reason: 'order_stayed' });
  await scene.follow(order, 'stay-lift', 31, { by: { organisation: 'Court' } });
  await scene.withhold(['b'], order, 50);
  return order;
};

describe('a stay', () => {
  it('takes every pair out of the figures while it lasts, and puts it back', () =>
    inScene(async (scene) => {
      const order = await stayed(scene);
      const told = async (hours: number) => {
        const { total } = await scene.at([order], hours);
        return [short(total.effective), statuses(total)];
      };
      expect(await told(10)).toEqual(['2/3', { in_effect_on_time: 2, pending: 1 }]);
      expect(await told(11)).toEqual(['empty_population', { suspended_by_stay: 3 }]);
      expect(await told(30)).toEqual(['empty_population', { suspended_by_stay: 3 }]);
      // c was lifted while stayed: at that instant the order was not in force, so that is no reversal; nothing does what is asked any more.
      expect(await told(31)).toEqual(['1/3', { in_effect_on_time: 1, pending: 2 }]);
    }));

  it('stops the clock: 36 hours from 1, less the 20 of the stay, are over at 57', () =>
    inScene(async (scene) => {
      const order = await stayed(scene);
      const onTime = async (hours: number) => {
        const { total } = await scene.at([order], hours);
        return [short(total.onTime), statuses(total)];
      };
      // Ten hours ran before the stay, 26 are left: 31 + 26 = 57. b is withheld at 50, in time; c was first in effect at 6, in time, and is not now.
      expect(await onTime(56)).toEqual(['empty_population', { in_effect_on_time: 2, pending: 1 }]);
      expect(await onTime(57)).toEqual(['3/3', { in_effect_on_time: 2, overdue: 1 }]);
    }));

  it('breaks nothing by itself: without a break since first applied', () =>
    inScene(async (scene) => {
      const order = await stayed(scene);
      // a from 6 on, b from 50 on; c was lost at 20, and is seen unrestricted at 31, when the order is in force again.
      expect(short((await scene.at([order], 60)).total.sustained)).toBe('2/3');
      // Live from 1 to 11 and from 31 to 60: 39 h each, 117 h. a: 5 + 29 = 34 h; b: 10 h; c: 5 h. 49 of 117.
      expect(shortTime((await scene.at([order], 60)).total.timeWeighted)).toBe('49 of 117 h');
    }));

  it('that directs restoration leaves it due while it lasts', () =>
    inScene(async (scene) => {
      const order = await stayed(scene, true);
      expect(flags((await scene.at([order], 15)).total)).toEqual({ restoration_due: 2 });
      expect(flags((await scene.at([order], 25)).total)).toEqual({ restoration_due: 1 });
      expect(flags((await scene.at([order], 31)).total)).toEqual({});
    }));
});
