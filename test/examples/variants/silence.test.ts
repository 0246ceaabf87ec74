/** Accounts about which nothing is on record: unknown, never "not restricted", unless somebody declared the record complete. */
import { describe, expect, it } from 'vitest';
import { inScene, type Scene, short, shortTime, statuses } from './scene.ts';

/** a is withheld at 5; b is silent; the record is complete from 0 to 10 only. */
const silent = async (scene: Scene) => {
  const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
  await scene.serve(order); // due at 5
  await scene.list(order, ['a', 'b']);
  await scene.cover(order, 0, 10);
  await scene.withhold(['a'], order, 5);
  return order;
};

describe('silence', () => {
  it('means nothing happened for as long as the record is complete, its end included', () =>
    inScene(async (scene) => {
      const order = await silent(scene);
      for (const hours of [6, 10]) {
        const { total } = await scene.at([order], hours);
        expect([short(total.effective), statuses(total)]).toEqual(['1/2', { in_effect_on_time: 1, overdue: 1 }]);
      }
    }));

  it('is unknown after it, by each definition in its own way', () =>
    inScene(async (scene) => {
      const order = await silent(scene);
      const { total } = await scene.at([order], 20);
      expect(statuses(total)).toEqual({ in_effect_on_time: 1, unknown: 1 });
      // Now: 1 of 2, or 2 of 2. So far and without a break: b may have been restricted after 10.
      const band = '1/2 unknown 1 [50, 100]';
      expect([total.effective, total.anyRestriction, total.ever, total.platformStyle].map(short)).toEqual([band, band, band, band]);
      expect(short(total.sustained)).toBe(band);
      expect(short(total.citingOrder)).toBe(band);
      // In time: due at 5, when the record was complete: b was not.
      expect(short(total.onTime)).toBe('1/2');
      expect(total.distinctTargets.map(short)).toEqual([band, band]);
      expect(total.platformStyle.columns).toMatchObject({ legal_order: 1, no_action: 0, unknown: 1 });
      // From 1 to 20, 19 h each. a 15 h in effect. b: 9 h known not, 10 h unknown: at least 15 of 38, at most 25 of 38.
      expect(total.timeWeighted).toMatchObject({ unknown: String(10 * 3_600_000), percent: { low: 39.47, high: 65.79 } });
    }));

  it('is broken by a late report, for the time before it too', () =>
    inScene(async (scene) => {
      const order = await silent(scene);
      await scene.withhold(['b'], order, 30);
      const { total } = await scene.at([order], 30);
      expect([short(total.effective), short(total.ever)]).toEqual(['2/2', '2/2']);
      // From 1 to 30, 29 h each: a 25 h; b none, all of it known now: 25 of 58.
      expect(shortTime(total.timeWeighted)).toBe('25 of 58 h');
      expect(total.timeWeighted.unknown).toBe('0');
      // Asked about an earlier hour it is as silent as it was then.
      expect(short((await scene.at([order], 20)).total.effective)).toBe('1/2 unknown 1 [50, 100]');
    }));

  it('is broken by a refusal, and kept again by a later acceptance of the whole list', () =>
    inScene(async (scene) => {
      const order = await silent(scene);
      await scene.decline(['b'], order, 15);
      expect(statuses((await scene.at([order], 16)).total)).toEqual({ in_effect_on_time: 1, declined: 1 });
      const answer = { answer: 'accepted', by: { organisation: 'Platform' }, scope: 'all', grounds: [] };
      await scene.follow(order, 'responses', 18, answer);
      // The last response is no refusal: whether b was restricted since is not on record.
      const { total } = await scene.at([order], 20);
      expect([short(total.effective), statuses(total)]).toEqual(['1/2 unknown 1 [50, 100]', { in_effect_on_time: 1, unknown: 1 }]);
      expect(total.timeWeighted.unknown).toBe(String(10 * 3_600_000));
    }));

  it('about some of the list changes nothing for any one of it', () =>
    inScene(async (scene) => {
      const order = await silent(scene);
      await scene.follow(order, 'responses', 15, { answer: 'declined', by: { organisation: 'Platform' }, scope: 'some', grounds: [] });
      expect(statuses((await scene.at([order], 20)).total)).toEqual({ in_effect_on_time: 1, unknown: 1 });
    }));
});
