/** A committee has to look at an emergency order within 48 hours of its issue (rule in-s69a-emergency@1): what is said when no record shows that it did. */
import { describe, expect, it } from 'vitest';
import type { Body } from '../../support/ledger.ts';
import { hour, inScene, type Scene, short, statuses } from './scene.ts';

const emergency = { instrument: 'interim_direction', urgency: 'emergency', deadlineRule: { id: 'in-s69a-emergency', version: 1 } };
const END = hour(48);
const AFTER = hour(48).replace('Z', '.001Z');

const opened = async (scene: Scene): Promise<string> => {
  const order = await scene.order('A', emergency); // issued at hour 0
  await scene.serve(order);
  await scene.list(order, ['a', 'b']);
  await scene.cover(order);
  await scene.withhold(['a'], order, 3);
  return order;
};
const meet = (scene: Scene, order: string, when: number | object, purpose = 'review_committee'): Promise<Body> =>
  scene.ledger
    .post('/v1/meetings', {
      ...{ caseId: scene.caseId, orders: [order], participants: [{ role: 'Committee' }], mode: 'unstated', purpose },
      ...{ occurredAt: typeof when === 'number' ? hour(when) : when, assertion: 'direct_record' },
    })
    .then(({ body }) => body);
const committee = ({ duties }: Body): string => duties.find(({ provision }: Body) => provision.endsWith('r.9(3)')).state;
const told = async (scene: Scene, order: string, when: number | string) => {
  const found = await scene.deadlines(order, when);
  return [committee(found), found.flags];
};

describe('a review within 48 hours', () => {
  it('is overdue a millisecond after them, and not at their end', () =>
    inScene(async (scene) => {
      const order = await opened(scene);
      expect(await told(scene, order, -1)).toEqual(['not_started', []]);
      expect(await told(scene, order, END)).toEqual(['due', []]);
      expect(await told(scene, order, AFTER)).toEqual(['not_on_record', ['review_overdue']]);
    }));

  it('changes no figure and no status by being overdue', () =>
    inScene(async (scene) => {
      const order = await opened(scene);
      // One of two is withheld, before the end as after it.
      for (const hours of [48, 49]) {
        const { total } = await scene.at([order], hours);
        expect([short(total.effective), statuses(total)]).toEqual(['1/2', { in_effect: 1, outstanding: 1 }]);
      }
    }));

  it('is met by a committee that met on the order at the very end, and not by one that met later', () =>
    inScene(async (scene) => {
      const [inTime, late] = [await opened(scene), await scene.order('B', emergency)];
      await meet(scene, inTime, 48);
      await meet(scene, late, { earliest: AFTER, latest: hour(60) });
      expect(await told(scene, inTime, 100)).toEqual(['met', []]);
      expect(await told(scene, late, 100)).toEqual(['not_on_record', ['review_overdue']]);
    }));

  it('is not overdue where a meeting, a confirmation or a revocation may lie within it', () =>
    inScene(async (scene) => {
      const orders = await Promise.all(['A', 'B', 'C'].map((ref) => scene.order(ref, emergency)));
      const [met = '', confirmed = '', revoked = ''] = orders;
      const around = { earliest: hour(47), latest: hour(50) };
      await meet(scene, met, around);
      await scene.follow(confirmed, 'confirmation', around, { by: { role: 'Secretary' } });
      await scene.follow(revoked, 'revocation', around, { how: 'not_confirmed', by: { role: 'Secretary' }, restorationDirected: true });
      for (const order of orders) expect(await told(scene, order, 100)).toEqual(['possibly_met', []]);
    }));

  it('is met by no other meeting, nor by one that was retracted', () =>
    inScene(async (scene) => {
      const order = await opened(scene);
      await meet(scene, order, 10, 'dialogue');
      const { id, event } = await meet(scene, order, 20);
      expect(await told(scene, order, 100)).toEqual(['met', []]);
      const rows = [{ stream: `meeting-${id}`, event, reason: 'wrong', explanation: 'Another order.' }];
      const { body } = await scene.ledger.post('/v1/retractions', { rows });
      expect(body.results[0].status).toBe('recorded');
      expect(await told(scene, order, 100)).toEqual(['not_on_record', ['review_overdue']]);
      const knownAt = body.results[0].position - 1;
      expect((await scene.deadlines(order, 100, { knownAt })).flags).toEqual([]);
    }));

  it('of every two months is due again from each one held', () =>
    inScene(async (scene) => {
      const order = await opened(scene);
      const periodic = async (hours: number) => {
        const { duties } = await scene.deadlines(order, hours);
        const { state, by } = duties.find(({ provision }: Body) => provision.endsWith('r.14'));
        return [state, by?.latest];
      };
      // 60 days are 1,440 hours.
      expect(await periodic(100)).toEqual(['due', Temporal.Instant.from(hour(1_440)).toString({ smallestUnit: 'millisecond' })]);
      expect((await periodic(1_441))[0]).toBe('not_on_record');
      await meet(scene, order, 1_000, 'periodic_review');
      expect(await periodic(1_441)).toEqual(['due', Temporal.Instant.from(hour(2_440)).toString({ smallestUnit: 'millisecond' })]);
      await scene.follow(order, 'revocation', 2_000, { how: 'revoked', by: { role: 'Secretary' }, restorationDirected: false });
      expect(await periodic(2_001)).toEqual(['ended', undefined]);
    }));

  it('that refused to confirm says whether restoration was directed', () =>
    inScene(async (scene) => {
      const orders = await Promise.all(['A', 'B'].map((ref) => scene.order(ref, emergency)));
      for (const [place, order] of orders.entries())
        await scene.follow(order, 'revocation', 30, { how: 'not_confirmed', by: { role: 'Secretary' }, restorationDirected: place === 0 });
      const said = await Promise.all(
        orders.map(
          async (order) => (await scene.deadlines(order, 40)).duties.find(({ what }: Body) => what.startsWith('not confirmed')).state,
        ),
      );
      expect(said).toEqual(['met', 'not_on_record']);
    }));
});
