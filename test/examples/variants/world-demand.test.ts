/** An order that asks for the whole world, met in one country. */
import { describe, expect, it } from 'vitest';
import { flags, inScene, short, statuses } from './scene.ts';

const WORLD = { demand: { measure: 'disable_access', territory: 'WORLD' } };

describe('a demand for the world', () => {
  it('is not met in one country, nor in several; it is by a worldwide block', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', WORLD);
      await scene.serve(order);
      await scene.list(order, ['a', 'b']);
      await scene.cover(order);
      await scene.withhold(['a'], order, 5, { territory: ['IN', 'FR'] });
      const some = (await scene.at([order], 6)).total;
      // A measure that would do, and does not reach all places: a of 2 has any measure, none is in effect.
      expect([short(some.effective), short(some.anyRestriction), short(some.platformStyle)]).toEqual(['0/2', '1/2', '1/2']);
      expect(statuses(some)).toEqual({ insufficient_territory: 1, outstanding: 1 });
      await scene.block(['a'], 10);
      expect(short((await scene.at([order], 10)).total.effective)).toBe('1/2');
    }));

  it('that lost one country is met by what is withheld there, and only as long as it is', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', WORLD);
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      const { results } = await scene.block(['a'], 5);
      const block = results[0].event;
      await scene.withhold(['a'], order, 6);
      await scene.reinstate(['a'], 10, { restrictions: [block], territory: ['IN'] });
      expect(short((await scene.at([order], 10)).total.effective)).toBe('1/1');
      await scene.reinstate(['a'], 12, { territory: ['IN'] });
      const { total } = await scene.at([order], 12);
      expect([short(total.effective), statuses(total)]).toEqual(['0/1', { reversed_while_in_force: 1 }]);
    }));

  it('of one country, met by the world, is met and wider than ordered', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.block(['a'], 5);
      const { total } = await scene.at([order], 6);
      expect([short(total.effective), flags(total)]).toEqual(['1/1', { wider_than_order: 1 }]);
      expect(total.makeUp.inEffect).toMatchObject({ platform_rules: 1 });
    }));
});
