/** An order whose list is secret: acts that cite it stand, and are of no pair, until the list is on record. */
import { describe, expect, it } from 'vitest';
import { hour, inScene, short, statuses } from './scene.ts';

describe('a secret list', () => {
  it('leaves no percentage, and a warning beside each act that cites the order', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { statedTargetCount: 2 });
      await scene.serve(order);
      await scene.cover(order);
      const { results } = await scene.withhold(['a'], order, 5);
      expect(results[0].warnings).toEqual(['not_listed']);
      const { total } = await scene.at([order], 10);
      for (const definition of ['effective', 'anyRestriction', 'ever', 'sustained', 'citingOrder', 'platformStyle', 'timeWeighted'])
        expect([definition, total[definition].percent, total[definition].reason]).toEqual([definition, null, 'no_target_list']);
      expect(total.distinctTargets.map(short)).toEqual(['no_target_list', 'no_target_list']);
      expect(short(total.onTime)).toBe('no_target_list');
    }));

  it('makes pairs from its receipt once it is recorded, and counts what was done before it came as begun before the order bound', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { statedTargetCount: 2 });
      await scene.serve(order);
      await scene.cover(order);
      await scene.withhold(['a'], order, 5);
      // Listed when the order was issued, and not received before 20.
      await scene.list(order, ['a', 'b'], { receivedAt: hour(20) });
      const before = (await scene.at([order], 19)).total;
      expect([short(before.effective), statuses(before)]).toEqual(['empty_population', { not_yet_binding: 2 }]);
      // As platforms count, what is listed under an issued order counts before it binds.
      expect(short(before.platformStyle)).toBe('1/2');
      const after = (await scene.at([order], 20)).total;
      // a is in effect by a restriction that began before its pair bound; it cites the order, and is counted as citing it.
      expect([short(after.effective), short(after.citingOrder)]).toEqual(['1/2', '1/2']);
      expect(statuses(after)).toEqual({ in_effect_preexisting: 1, outstanding: 1 });
    }));
});
