/** Times set, extended, stopped and restarted: what was due when, and who was in time. */
import { describe, expect, it } from 'vitest';
import { hour, inScene, short, statuses } from './scene.ts';

const by = { organisation: 'Ministry' };

describe('a time that is set', () => {
  it('overrides the rule from when it was set, before the rule’s was over or after it', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order); // due at 5 by the rule
      await scene.list(order, ['a', 'b']);
      await scene.cover(order);
      await scene.withhold(['a'], order, 8);
      await scene.follow(order, 'deadline', 10, { dueAt: hour(20), by, reason: 'Extended as asked' });
      const told = async (hours: number) => {
        const { total } = await scene.at([order], hours);
        return [short(total.onTime), statuses(total)];
      };
      expect(await told(4)).toEqual(['empty_population', { pending: 2 }]);
      // By the rule both were late at 9.
      expect(await told(9)).toEqual(['0/2', { in_effect_late: 1, overdue: 1 }]);
      // As of 10 it is due at 20: a is in time, nobody is late yet.
      expect(await told(10)).toEqual(['empty_population', { in_effect_on_time: 1, pending: 1 }]);
      expect(await told(20)).toEqual(['1/2', { in_effect_on_time: 1, overdue: 1 }]);
    }));

  it('is moved by no stop and no stay', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.follow(order, 'deadline', 2, { dueAt: hour(12), by, reason: 'Set' });
      await scene.follow(order, 'tolling', 3, { act: 'stop', cause: 'clarification' });
      expect(statuses((await scene.at([order], 11)).total)).toEqual({ pending: 1 });
      expect(statuses((await scene.at([order], 12)).total)).toEqual({ overdue: 1 });
    }));
});

describe('a clock that is stopped', () => {
  it('goes on with what was left, under a rule that says so', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order); // 4 h from 1
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.follow(order, 'tolling', 3, { act: 'stop', cause: 'clarification' }); // 2 h left
      await scene.follow(order, 'tolling', 10, { act: 'restart' }); // due at 12
      const told = async (hours: number) => statuses((await scene.at([order], hours)).total);
      expect(await told(2)).toEqual({ pending: 1 });
      expect(await told(3)).toEqual({ tolled: 1 });
      expect(await told(9.99)).toEqual({ tolled: 1 });
      expect(await told(10)).toEqual({ pending: 1 });
      expect(await told(12)).toEqual({ overdue: 1 });
    }));

  it('begins anew under a rule that says so: one hour from when it is possible', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'eu-tco-3', version: 1 } });
      await scene.serve(order); // 1 h from 1
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.follow(order, 'tolling', 1.5, { act: 'stop', cause: 'impossibility' });
      await scene.follow(order, 'tolling', 8, { act: 'restart' }); // due at 9
      await scene.withhold(['a'], order, 9);
      expect(statuses((await scene.at([order], 8.75)).total)).toEqual({ pending: 1 });
      // At the very instant counts as in time.
      const { total } = await scene.at([order], 9);
      expect([short(total.onTime), statuses(total)]).toEqual(['1/1', { in_effect_on_time: 1 }]);
    }));

  it('at or after the time that was due changes nothing of it', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.follow(order, 'tolling', 5, { act: 'stop', cause: 'other' }); // due at 5
      expect(statuses((await scene.at([order], 5)).total)).toEqual({ overdue: 1 });
      expect(short((await scene.at([order], 30)).total.onTime)).toBe('0/1');
    }));
});

describe('an order that sets no number of hours', () => {
  it('makes nobody late; a tolerance is the asker’s, and changes no status', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a', 'b', 'c']);
      await scene.cover(order);
      await scene.withhold(['a'], order, 3);
      await scene.withhold(['b'], order, 8);
      const plain = (await scene.at([order], 20)).total;
      expect([short(plain.onTime), statuses(plain)]).toEqual(['no_numeric_deadline', { in_effect: 2, outstanding: 1 }]);
      // Held to 4 hours from 1: due at 5. a was in time.
      const held = (await scene.at([order], 20, { tolerance: 'PT4H' })).total;
      expect([short(held.onTime), statuses(held)]).toEqual(['1/3', { in_effect: 2, outstanding: 1 }]);
    }));
});
