/** An interim direction that is not confirmed: it has ended, restores nothing by itself, and may have directed that. */
import { describe, expect, it } from 'vitest';
import { flags, inScene, type Scene, short, statuses } from './scene.ts';

/** a, b, c withheld citing it at 5; c restored at 30. Not confirmed at 40. */
const refused = async (scene: Scene, restorationDirected: boolean) => {
  const order = await scene.order('A', {
    instrument: 'interim_direction',
    urgency: 'emergency',
    deadlineRule: { id: 'in-s69a-emergency', version: 1 },
  });
  await scene.serve(order);
  await scene.list(order, ['a', 'b', 'c']);
  await scene.cover(order);
  await scene.withhold(['a', 'b', 'c'], order, 5);
  await scene.reinstate(['c'], 30);
  await scene.follow(order, 'revocation', 40, { how: 'not_confirmed', by: { role: 'Review committee' }, restorationDirected });
  return order;
};

describe('a confirmation that is refused', () => {
  it('ends the order for every account, those still restricted citing it included', () =>
    inScene(async (scene) => {
      const order = await refused(scene, false);
      const before = (await scene.at([order], 39)).total;
      // Until 40: a and b of 3; c was lifted while the order stood.
      expect([short(before.effective), statuses(before)]).toEqual(['2/3', { in_effect: 2, reversed_while_in_force: 1 }]);
      const after = (await scene.at([order], 40)).total;
      expect(short(after.effective)).toBe('empty_population');
      expect(statuses(after)).toEqual({ restricted_after_order_ended: 2, order_ended: 1 });
      expect(after.makeUp.apart).toMatchObject({ revoked: 3 });
      expect(flags(after)).toEqual({});
      // What ever was stays: all three were in effect while it was in force.
      expect(short(after.ever)).toBe('3/3');
      // As platforms count, whatever the order's force: a and b of 3 listed.
      expect(short(after.platformStyle)).toBe('2/3');
    }));

  it('leaves restoration due where that was directed and nothing was restored yet', () =>
    inScene(async (scene) => {
      const order = await refused(scene, true);
      expect(flags((await scene.at([order], 41)).total)).toEqual({ restoration_due: 2 });
      await scene.reinstate(['a'], 42, { reason: 'order_revoked' });
      expect(flags((await scene.at([order], 42)).total)).toEqual({ restoration_due: 1 });
    }));

  it('stops the time for which accounts were required', () =>
    inScene(async (scene) => {
      const order = await refused(scene, false);
      // Bound from 1 to 40: 39 h each, 117 h. In effect from 5: a and b 35 h each, c 25 h: 95 h. Later nothing is added.
      for (const hours of [40, 90]) {
        const { timeWeighted } = (await scene.at([order], hours)).total;
        expect(timeWeighted.hours).toEqual({ numerator: 95, denominator: 117 });
      }
    }));
});
