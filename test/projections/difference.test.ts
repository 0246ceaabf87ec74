/** How much work one question about a difference takes upon itself. */
import { expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import { type DifferenceQuestion, differenceOf } from '../../src/projections/difference.ts';
import { listRow, recordScene, serviceBody } from '../support/bodies.ts';
import { withLedger } from '../support/reading.ts';

it('a page compares so many accounts, and goes on where it ended; accounts of an event are counted while they are not too many', async () => {
  await withLedger(async (ledger) => {
    const scene = await recordScene(ledger);
    await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: ['two', 'three'].map(listRow) });
    const from = await ledger.position();
    await ledger.post(`/v1/orders/${scene.order}/service`, { ...serviceBody, occurredAt: '2021-01-31T12:15:00+05:30' });
    const { model, log } = ledger.uses;
    const question: DifferenceQuestion = {
      ...{ orders: [parseOrderId(scene.order)], kinds: ['account'], from, to: from + 1, limit: 10, after: null },
      at: Date.parse('2021-01-31T12:20:00+05:30'),
    };
    // The second service is the earlier one: at 12:20 all three were bound by it, and by none that was known before.
    const ask = (limits: object, more: object = {}) =>
      differenceOf({ model, log, compliance: createCompliance(model), ...limits }, { ...question, ...more });
    const whole = await ask({ comparedMax: 4, countedMax: 3 });
    expect([whole.changes.length, whole.next, whole.orderEvents?.map(({ accounts }) => accounts)]).toEqual([3, null, [3]]);
    const short = await ask({ comparedMax: 2, countedMax: 2 });
    expect([short.changes.length, short.orderEvents?.map(({ accounts }) => accounts)]).toEqual([2, [null]]);
    const rest = await ask({ comparedMax: 2 }, { after: short.next });
    expect([...short.changes, ...rest.changes]).toEqual(whole.changes);
    expect(rest.next).toBeNull();
  });
});
