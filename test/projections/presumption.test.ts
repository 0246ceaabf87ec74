/** What is only presumed: to when the record is declared complete, by whom, and since when nothing is known any more. */
import { describe, expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  coverageDeclared,
  type Draft,
  eventRetracted,
  instantText,
  orderId,
  orderIssued,
  orderServed,
  targetBlocked,
  targetDeclined,
  targetListed,
  targetOf,
  targetReinstated,
  targetWithheld,
} from '../support/naive-events.ts';
import { BASE, storedExtent } from '../support/random-case.ts';

const HOUR_MS = 3_600_000;
const MS = 1 / HOUR_MS; // of an hour
const hourText = (at: number): string => instantText(BASE.add({ milliseconds: Math.round(at * HOUR_MS) }));
const hours = (earliest: number, latest = earliest) => storedExtent({ earliest, latest });
const issue = (order: number, at = 0): Draft =>
  orderIssued(orderId(order), hours(at), { demand: { measure: 'disable_access', territory: ['IN'] } });
const cover = (order: number, from: number, to: number, by: object = { name: `Recorder ${order}` }, completeness = 'complete'): Draft => {
  const { data, ...place } = coverageDeclared(orderId(order), hours(from), { from: hourText(from), to: hourText(to), completeness });
  return { ...place, data: { ...data, by } };
};
const account = targetOf('account', 'one');

/** Presumptions of each order and of the total, at hours since the base. */
const asking = (drafts: readonly Draft[]) => {
  const compliance = createCompliance(foldedFrom(logOf(drafts)));
  return (t: number, orders: readonly number[] = [0], knownAt = drafts.length) => {
    const scope = { orders: orders.map((order) => parseOrderId(orderId(order))), knownAt, kinds: ['account'] as const };
    return compliance.at(scope, msOf(parseInstant(hourText(t))));
  };
};
const says = (coveredTo: number | null, coveredBy: string | null, presumedSince: number | null) => ({
  coveredTo: coveredTo === null ? null : hourText(coveredTo),
  coveredBy,
  presumedSince: presumedSince === null ? null : hourText(presumedSince),
});

describe('what is presumed of an order whose record is declared complete', () => {
  it('is nothing up to the end of that, and that nothing was changed since from then on', () => {
    const at = asking([issue(0), cover(0, 1, 8)]);
    expect(at(5).orders).toMatchObject([says(8, 'Recorder 0', null)]);
    expect(at(8 - MS).orders).toMatchObject([says(8, 'Recorder 0', null)]);
    expect(at(8).orders).toMatchObject([says(8, 'Recorder 0', null)]);
    expect(at(8 + MS).orders).toMatchObject([says(8, 'Recorder 0', 8)]);
    expect(at(20).total).toMatchObject(says(8, 'Recorder 0', 8));
  });

  it('is, where it is not so declared yet, that nothing was changed since the last that is on record', () => {
    const at = asking([issue(0), cover(0, 2, 8), targetListed(account, hours(1), { order: orderId(0) })]);
    expect(at(0.5).orders).toMatchObject([says(8, 'Recorder 0', 0)]);
    expect(at(2 - MS).orders).toMatchObject([says(8, 'Recorder 0', 1)]);
    expect(at(2).orders).toMatchObject([says(8, 'Recorder 0', null)]);
  });

  it('counts, between two declarations, from the end of the one before', () => {
    const early = cover(0, 1, 4, { name: 'A' });
    const at = asking([issue(0), early, cover(0, 8, 10, { name: 'B' }), targetListed(account, hours(5), { order: orderId(0) })]);
    expect(at(6).orders).toMatchObject([says(4, 'A', 4)]);
    expect(at(9).orders).toMatchObject([says(10, 'B', null)]);
  });

  it('counts from the latest end at which the record is covered, and not from what happened later', () => {
    const at = asking([issue(0), cover(0, 1, 4, { name: 'A' }), cover(0, 6, 10, { name: 'B' }), cover(0, 9, 12, {}, 'none')]);
    // The declaration of nothing took the last hour away again.
    expect(at(20).orders).toMatchObject([says(9 - MS, 'B', 9 - MS)]);
    const withLater = asking([issue(0), cover(0, 1, 4), targetListed(account, hours(6), { order: orderId(0) })]);
    expect(withLater(8).orders).toMatchObject([says(4, 'Recorder 0', 4)]);
  });

  it('is known only once the declaration is', () => {
    const at = asking([issue(0), cover(0, 1, 4), cover(0, 1, 8, { name: 'Later' })]);
    expect(at(6, [0], 1).orders).toMatchObject([says(null, null, 0)]);
    expect(at(6, [0], 2).orders).toMatchObject([says(4, 'Recorder 0', 4)]);
    expect(at(6, [0], 3).orders).toMatchObject([says(8, 'Later', null)]);
  });

  it('names whoever declared it, as well as the source does', () => {
    const by = (party: object) => asking([issue(0), cover(0, 1, 4, party)])(5).total?.coveredBy;
    const all = { organisation: 'Birdsite', name: 'A. Person', role: 'counsel', description: 'somebody' };
    expect(by(all)).toBe('Birdsite');
    expect(by({ ...all, organisation: undefined })).toBe('A. Person');
    expect(by({ role: 'counsel', description: 'somebody' })).toBe('counsel');
    expect(by({ description: 'somebody' })).toBe('somebody');
    expect(by({ country: 'IN' })).toBeNull();
  });
});

describe('what is presumed of an order whose record nobody declares complete', () => {
  const restriction = { orders: [orderId(0)], basis: 'legal_order', territory: ['IN'] };
  const meeting: Draft = {
    stream: 'meeting-00000000-0000-4000-8000-000000000021',
    type: 'MeetingHeld',
    data: {
      ...issue(0).data,
      occurredAt: hours(11),
      orders: [orderId(0)],
      participants: [],
      mode: 'unstated',
      purpose: 'dialogue',
    },
  };
  const served: Draft = { ...orderServed(orderId(0), hours(1)), data: { ...orderServed(orderId(0), hours(1)).data, receivedAt: hours(2) } };
  const drafts: readonly Draft[] = [
    issue(0),
    served,
    targetListed(account, hours(3), { order: orderId(0), receivedAt: hours(5) }),
    targetWithheld(account, hours(6, 7), { ...restriction, until: hourText(9) }),
    meeting,
    targetDeclined(account, hours(13), [orderId(0)]),
    // Of an account that the order does not list.
    targetBlocked(targetOf('account', 'other'), hours(15), { orders: [orderId(0)], basis: 'legal_order', measure: 'suspended' }),
    // Of another order.
    issue(1, 16),
  ];

  it('is that nothing was changed since the last that happened by then to the order or its targets', () => {
    const at = asking(drafts);
    const since = (t: number) => at(t).orders[0]?.presumedSince;
    expect(at(4).orders).toMatchObject([says(null, null, 3)]);
    expect(since(-1)).toBeNull();
    expect(since(0)).toBe(hourText(0));
    expect(since(1)).toBe(hourText(1));
    // Neither when the order or the list arrived is an event of its own, nor the end that a restriction was given from the start.
    expect(since(2)).toBe(hourText(1));
    expect(since(5)).toBe(hourText(3));
    // An event whose hour is open may still have been to come.
    expect(since(6)).toBe(hourText(3));
    expect(since(7 - MS)).toBe(hourText(3));
    expect(since(7)).toBe(hourText(7));
    expect(since(9)).toBe(hourText(7));
    // A meeting says nothing about what is in force.
    expect(since(12)).toBe(hourText(7));
    expect(since(13)).toBe(hourText(13));
    expect(since(20)).toBe(hourText(13));
  });

  it('counts a lift, and no longer what was retracted', () => {
    const [withheld] = logOf(drafts).filter(({ type }) => type === 'TargetWithheld');
    if (!withheld) throw new Error('no restriction');
    const lifted = targetReinstated(account, hours(8), [{ restriction: withheld.id, territory: ['IN'] }]);
    const declined = logOf(drafts).find(({ type }) => type === 'TargetDeclined');
    const at = asking([...drafts, lifted, ...(declined ? [eventRetracted(declined)] : [])]);
    expect(at(20, [0], drafts.length).total?.presumedSince).toBe(hourText(13));
    expect(at(20).total?.presumedSince).toBe(hourText(8));
  });

  it('is nothing where nothing had happened, or no order is asked for', () => {
    const at = asking(drafts);
    expect(at(-1).total).toMatchObject(says(null, null, null));
    expect(at(20, []).total).toMatchObject(says(null, null, null));
  });
});

describe('what is presumed of several orders', () => {
  const drafts = [issue(0), cover(0, 1, 8), issue(1), cover(1, 1, 6), issue(2), cover(2, 1, 10), issue(3, 2)];

  it('is what is presumed of the one that is covered least far', () => {
    const at = asking(drafts);
    for (const orders of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      expect(at(6, orders).total).toMatchObject(says(6, 'Recorder 1', null));
      expect(at(7, orders).total).toMatchObject(says(6, 'Recorder 1', 6));
    }
    expect(at(20, [2, 0, 1]).total).toMatchObject(says(6, 'Recorder 1', 6));
    expect(at(7, [2, 0]).total).toMatchObject(says(8, 'Recorder 0', null));
    expect(at(7, [0, 1]).orders).toMatchObject([says(8, 'Recorder 0', null), says(6, 'Recorder 1', 6)]);
  });

  it('is covered to no instant if one of them is not', () => {
    const at = asking([...drafts, targetListed(account, hours(5), { order: orderId(0) })]);
    for (const orders of [
      [0, 3],
      [3, 0],
    ]) {
      // The last that happened to any of them.
      expect(at(4, orders).total).toMatchObject(says(null, null, 2));
      expect(at(7, orders).total).toMatchObject(says(null, null, 5));
    }
    expect(at(7, [0, 3]).orders).toMatchObject([says(8, 'Recorder 0', null), says(null, null, 2)]);
    // Nor once the others' ends are past.
    for (const orders of [
      [0, 1, 3],
      [3, 1, 0],
    ])
      expect(at(9, orders).total).toMatchObject(says(null, null, 5));
  });
});
