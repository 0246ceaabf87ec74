/** Rows read one line too high, or exchanged: what one row moves away is in the way of none, whatever the order of the rows. */
import { describe, expect, it } from 'vitest';
import { inScene, type Scene } from '../examples/variants/scene.ts';
import { account } from '../support/bodies.ts';
import type { Body } from '../support/ledger.ts';

type Result = { readonly stream: string; readonly event: string };

const recorded = async (scene: Scene, names: readonly string[], withheld: readonly string[]) => {
  const order = await scene.order('A');
  await scene.serve(order);
  await scene.list(order, names);
  await scene.cover(order);
  const { results } = await scene.withhold(withheld, order, 5); // in the same words of each
  return { order, results };
};
const moved = async (scene: Scene, results: readonly Result[], to: readonly string[], order: readonly number[] = [...results.keys()]) => {
  const rows = results.map(({ stream, event }, place) => ({
    ...{ stream, event, to: account(to[place] ?? '') },
    ...{ reason: 'wrong', explanation: 'Read one line too high' },
  }));
  const { body } = await scene.ledger.post('/v1/corrections/moves', { rows: order.map((place) => rows[place]) });
  expect(body.results.map(({ status }: Body) => status)).toEqual(results.map(() => 'moved'));
};
const statuses = async (scene: Scene, order: string) =>
  Object.fromEntries((await scene.pairs(order, 20)).map(({ verbatim, status }) => [verbatim, status]));

describe('facts that move one line down, all alike', () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  it.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])('are each where they belong, rows in the order %j', (order) =>
    inScene(async (scene) => {
      const found = await recorded(scene, NAMES, ['a', 'b', 'c']);
      await moved(scene, found.results, ['b', 'c', 'd'], order);
      expect(await statuses(scene, found.order)).toEqual({ a: 'outstanding', b: 'in_effect', c: 'in_effect', d: 'in_effect' });
    }),
  );

  it('are where they belong after a repeat, and after all went back', () =>
    inScene(async (scene) => {
      const { order, results } = await recorded(scene, NAMES, ['a', 'b', 'c']);
      const rows = results.map(({ stream, event }: Result, place: number) => ({
        ...{ stream, event, to: account(['b', 'c', 'd'][place] ?? ''), reason: 'wrong', explanation: 'One line' },
      }));
      const headers = { 'idempotency-key': 'one-line' };
      const first = await scene.ledger.post('/v1/corrections/moves', { rows }, headers);
      const again = await scene.ledger.post('/v1/corrections/moves', { rows }, headers);
      expect(again.body.results.map(({ status }: Body) => status)).toEqual(['repeated', 'repeated', 'repeated']);
      const back = first.body.results.map(({ to, facts }: Body) => ({ stream: to, event: facts[0].recorded.event }));
      await moved(scene, back, ['a', 'b', 'c']);
      expect(await statuses(scene, order)).toEqual({ a: 'in_effect', b: 'in_effect', c: 'in_effect', d: 'outstanding' });
    }));
});

describe('facts that change places', () => {
  it('take with them what tells of them', () =>
    inScene(async (scene) => {
      const { order, results } = await recorded(scene, ['a', 'b'], ['a', 'b']);
      await scene.reinstate(['a'], 9);
      await moved(scene, results, ['b', 'a']);
      expect(await statuses(scene, order)).toEqual({ a: 'in_effect', b: 'reversed_while_in_force' });
    }));

  it('may be listings', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      const { results } = await scene.list(order, ['a', 'b']);
      await moved(scene, results, ['b', 'c']);
      expect(Object.keys(await statuses(scene, order)).toSorted()).toEqual(['b', 'c']);
    }));
});
