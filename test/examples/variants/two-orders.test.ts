/** Two orders over the same accounts: two pairs, one account, one restriction; and what the end of one of them means. */
import { describe, expect, it } from 'vitest';
import { flags, inScene, type Scene, short, statuses } from './scene.ts';

/** a, b and c in both orders, d in the second alone. a is withheld citing the first, b citing the second; c and d are left alone. */
const both = async (scene: Scene) => {
  const [first, second] = [await scene.order('A'), await scene.order('B')];
  for (const order of [first, second]) {
    await scene.serve(order);
    await scene.cover(order);
  }
  await scene.list(first, ['a', 'b', 'c']);
  await scene.list(second, ['a', 'b', 'c', 'd']);
  await scene.withhold(['a'], first, 5);
  await scene.withhold(['b'], second, 5);
  return { first, second };
};

describe('two orders over the same accounts', () => {
  it('are seven pairs of four accounts, whatever each restriction cites', () =>
    inScene(async (scene) => {
      const { first, second } = await both(scene);
      const { orders, total } = await scene.at([first, second], 10);
      // A: a and b of 3. B: a and b of 4. Together 4 of 7; percentages are not averaged (66.67 and 50 would be 58.34, not 57.14).
      expect([...orders, total].map(({ effective }) => short(effective))).toEqual(['2/3', '2/4', '4/7']);
      expect(total.effective.percent).toEqual({ low: 57.14, high: 57.14 });
      // Citing itself: a under A, b under B.
      expect([...orders, total].map(({ citingOrder }) => short(citingOrder))).toEqual(['1/3', '1/4', '2/7']);
      expect(total.makeUp.inEffect).toMatchObject({ citing_order: 2, other_order: 2 });
      // Accounts: a and b in effect under every order; under one at least the same. 2 of 4 either way.
      expect(total.distinctTargets.map(short)).toEqual(['2/4', '2/4']);
    }));

  it('part where only one of them is satisfied', () =>
    inScene(async (scene) => {
      const [india, world] = [
        await scene.order('A'),
        await scene.order('B', { demand: { measure: 'disable_access', territory: 'WORLD' } }),
      ];
      for (const order of [india, world]) {
        await scene.serve(order);
        await scene.cover(order);
        await scene.list(order, ['a']);
      }
      await scene.withhold(['a'], india, 5);
      const { total } = await scene.at([india, world], 10);
      // Withheld in India: enough for A, not for B: under every order 0 of 1, under one at least 1 of 1.
      expect(total.distinctTargets.map(short)).toEqual(['0/1', '1/1']);
      expect(short(total.effective)).toBe('1/2');
    }));

  it('when one is revoked: what is held by it alone, and what the other still asks for', () =>
    inScene(async (scene) => {
      const { first, second } = await both(scene);
      await scene.withhold(['d'], second, 6);
      await scene.follow(second, 'revocation', 20, { how: 'set_aside', by: { organisation: 'Court' }, restorationDirected: true });
      const { orders } = await scene.at([first, second], 21);
      // Under B nothing is live any more. b cites B and is asked for by A: ended, also required. d cites B alone and nobody else asks for it.
      expect(short(orders[1].effective)).toBe('empty_population');
      expect(orders[1].makeUp.apart).toMatchObject({ revoked: 4 });
      expect(statuses(orders[1])).toEqual({ order_ended: 3, restricted_after_order_ended: 1 });
      // Restoration is directed: b and d are held by restrictions that cite B alone.
      expect(flags(orders[1])).toEqual({ also_required_by: 1, restoration_due: 2 });
      // A is as before: a citing it, b by what cites the other.
      expect(short(orders[0].effective)).toBe('2/3');
      expect(statuses(orders[0])).toEqual({ in_effect: 2, outstanding: 1 });
    }));
});
