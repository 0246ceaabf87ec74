/** Which targets an order lists, and which orders list a target, at the very positions at which that changes. */
import { describe, expect, it } from 'vitest';
import { parseOrderId, parseStreamName, parseTargetId, splitStream } from '../../src/domain/ids.ts';
import { findStream } from '../../src/projections/dictionaries.ts';
import { listedByKind } from '../../src/projections/listing-counts.ts';
import { findTarget, listTargets, ordersListing, targetsOfOrder } from '../../src/projections/target-register.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  type Draft,
  eventCorrected,
  eventId,
  eventRetracted,
  orderId,
  orderIssued,
  targetListed,
  targetOf,
  targetStream,
} from '../support/naive-events.ts';
import { hourText, storedExtent } from '../support/random-case.ts';

const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
const issue = (order: number): Draft => orderIssued(orderId(order), hours(0), { demand: { measure: 'remove', territory: 'WORLD' } });
const account = targetOf('account', 'one');
const other = targetOf('account', 'two');
const ofAccount = (position: number) => ({ stream: targetStream(account), id: eventId(position) });
const id = parseTargetId(splitStream(parseStreamName(targetStream(account))).id);

const model = foldedFrom(
  logOf([
    issue(0), // 1
    issue(1),
    targetListed(account, hours(1), { order: orderId(0) }), // 3
    targetListed(other, hours(1), { order: orderId(0) }), // 4
    targetListed(account, hours(2), { order: orderId(1) }), // 5
    eventCorrected(ofAccount(3), { changes: { occurredAt: hours(3) } }), // 6
    eventRetracted(ofAccount(3)), // 7
    targetListed(account, hours(4), { order: orderId(0) }), // 8
  ]),
);
const extent = (at: number) => ({ earliest: hourText(at), latest: hourText(at) });

describe('the targets that an order lists', () => {
  const listed = (knownAt: number, order = 0) =>
    targetsOfOrder(model, parseOrderId(orderId(order)), { after: 0, limit: 10, knownAt }).rows.map(({ key, listing, listedAt }) => [
      key,
      listing,
      listedAt.earliest,
    ]);

  it('are those of the readings that stand at a position', () => {
    const two = ['two', eventId(4), hourText(1)];
    expect(listed(2)).toEqual([]);
    expect(listed(3)).toEqual([['one', eventId(3), hourText(1)]]);
    expect(listed(5)).toEqual([['one', eventId(3), hourText(1)], two]);
    expect(listed(6)).toEqual([['one', eventId(3), hourText(3)], two]);
    expect(listed(7)).toEqual([two]);
    expect(listed(8)).toEqual([['one', eventId(8), hourText(4)], two]);
    expect(listed(4, 1)).toEqual([]);
    expect(listed(5, 1)).toEqual([['one', eventId(5), hourText(2)]]);
    expect(listed(8, 2)).toEqual([]);
  });

  it('come in pages', () => {
    const page = (after: number, limit: number) => targetsOfOrder(model, parseOrderId(orderId(0)), { after, limit, knownAt: 5 });
    const first = page(0, 1);
    expect(first.rows.map(({ key }) => key)).toEqual(['one']);
    const second = page(first.next ?? 0, 1);
    expect([second.rows.map(({ key }) => key), second.next]).toEqual([['two'], undefined]);
    expect(page(0, 2).next).toBeUndefined();
  });
});

describe('a target that an order gave up', () => {
  const withdrawn = (target: typeof account, hour: number, order: number): Draft => ({
    stream: targetStream(target),
    type: 'TargetWithdrawn',
    data: { occurredAt: hours(hour), assertion: 'direct_record', synthetic: true, target, order: orderId(order), reason: 'By mistake.' },
  });
  const givenUp = foldedFrom(
    logOf([
      issue(0), // 1
      issue(1),
      targetListed(account, hours(1), { order: orderId(0) }), // 3
      targetListed(other, hours(1), { order: orderId(0) }), // 4
      targetListed(account, hours(2), { order: orderId(1) }), // 5
      withdrawn(account, 6, 0), // 6
      eventCorrected(ofAccount(6), { changes: { occurredAt: hours(7) } }), // 7
      eventRetracted(ofAccount(6)), // 8
    ]),
  );
  const listedBy = (knownAt: number) =>
    ordersListing(givenUp, id, knownAt).map(({ order, withdrawal, withdrawnAt }) => [order, withdrawal, withdrawnAt?.earliest]);

  it('is listed all the same, with when it was given up, at the positions at which that is known', () => {
    const bound = [orderId(1), undefined, undefined];
    expect(listedBy(5)).toEqual([[orderId(0), undefined, undefined], bound]);
    expect(listedBy(6)).toEqual([[orderId(0), eventId(6), hourText(6)], bound]);
    expect(listedBy(7)).toEqual([[orderId(0), eventId(6), hourText(7)], bound]);
    expect(listedBy(8)).toEqual([[orderId(0), undefined, undefined], bound]);
  });

  it('stays on the list of the order, and in its count', () => {
    const rows = (order: number) =>
      targetsOfOrder(givenUp, parseOrderId(orderId(order)), { after: 0, limit: 10, knownAt: 7 }).rows.map(
        ({ key, listing, withdrawal, withdrawnAt }) => [key, listing, withdrawal, withdrawnAt],
      );
    expect(rows(0)).toEqual([
      ['one', eventId(3), eventId(6), extent(7)],
      ['two', eventId(4), undefined, undefined],
    ]);
    expect(rows(1)).toEqual([['one', eventId(5), undefined, undefined]]);
    const list = findStream(givenUp, parseStreamName(`order-${orderId(0)}`)) ?? 0;
    expect(listedByKind(givenUp, list, 7)).toEqual({ account: 2 });
  });
});

describe('the orders that list a target', () => {
  it('are those of the readings that stand at a position', () => {
    const orders = (knownAt: number) =>
      ordersListing(model, id, knownAt).map(({ order, listing, listedAt }) => ({ order, listing, listedAt }));
    const first = (at: number) => ({ order: orderId(0), listing: eventId(3), listedAt: extent(at) });
    const second = { order: orderId(1), listing: eventId(5), listedAt: extent(2) };
    expect(orders(2)).toEqual([]);
    expect(orders(3)).toEqual([first(1)]);
    expect(orders(5)).toEqual([first(1), second]);
    expect(orders(6)).toEqual([first(3), second]);
    expect(orders(7)).toEqual([second]);
    expect(orders(8)).toEqual([second, { order: orderId(0), listing: eventId(8), listedAt: extent(4) }]);
  });

  it('are of a target that is known from the first event about it on', () => {
    expect(findTarget(model, id, 2)).toBeUndefined();
    expect(findTarget(model, id, 3)).toMatchObject({ id, key: 'one' });
    // What was retracted was said all the same.
    expect(findTarget(model, id, 7)).toMatchObject({ id });
    const keys = (knownAt: number) => listTargets(model, { after: 0, limit: 10, knownAt }).rows.map(({ key }) => key);
    expect([keys(2), keys(3), keys(4)]).toEqual([[], ['one'], ['one', 'two']]);
  });
});
