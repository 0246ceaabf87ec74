/** The naive evaluator on statuses: the first row of the table that matches, and what is undetermined. */
import { describe, expect, it } from 'vitest';
import {
  type Draft,
  eventId,
  orderServed,
  targetBlocked,
  targetDeclined,
  targetListed,
  targetReinstated,
  targetWithdrawn,
} from './naive-events.ts';
import {
  account,
  at,
  citing,
  covered,
  due,
  issued,
  lifted,
  listed,
  logOf,
  order,
  otherOrder,
  statusAt,
  until,
  withheld,
} from './naive-examples.ts';
import { orderRevoked, orderStayed, stayLifted } from './naive-order-events.ts';

describe('after its order has ended', () => {
  const ended = (...more: readonly Draft[]) => logOf(...due(), withheld(at(1)), orderRevoked(order, at(4)), ...more);
  const listedToo = (occurred: number) => targetListed(account, at(occurred), { order: otherOrder });

  it('a pair whose restriction still cites it says so', () => {
    expect(statusAt(ended(), 5)).toEqual(['restricted_after_order_ended']);
    expect(statusAt(ended(targetReinstated(account, at(5), [{ restriction: eventId(4), territory: ['IN'] }])), 5)).toEqual(['order_ended']);
    const byRules = targetBlocked(account, at(1), { basis: 'platform_rules', orders: [order], measure: 'suspended' });
    expect(statusAt(logOf(...due(), byRules, orderRevoked(order, at(4))), 5)).toEqual(['order_ended']);
  });

  it('and not where another order that lists the target stands', () => {
    const other = (...more: readonly Draft[]) => statusAt(ended(issued({}, otherOrder, at(2)), listedToo(3), ...more), 5);
    expect(other()).toEqual(['order_ended']); // though it was never served
    expect(other(orderStayed(otherOrder, at(3)))).toEqual(['order_ended']); // a stay ends nothing
    expect(other(orderRevoked(otherOrder, at(3)))).toEqual(['restricted_after_order_ended']);
    expect(other(targetWithdrawn(account, at(4), otherOrder))).toEqual(['restricted_after_order_ended']);
    expect(statusAt(ended(issued({}, otherOrder, at(2)), listedToo(6)), 5)).toEqual(['restricted_after_order_ended']);
    expect(statusAt(ended(issued({ expires: 5 }, otherOrder, at(2)), listedToo(3)), 5)).toEqual(['restricted_after_order_ended']);
  });
});

describe('what is in effect', () => {
  it('is preexisting if all of it provably began before the order bound', () => {
    const bound = [issued({ rule: 'tr-5651-8a' }), listed, orderServed(order, at(3))];
    expect(statusAt(logOf(...bound, withheld(at(1))), 5)).toEqual(['in_effect_preexisting']);
    expect(statusAt(logOf(...bound, withheld(at(2, 3))), 5)).toEqual(['in_effect_on_time']);
    expect(statusAt(logOf(...bound, withheld(at(1)), withheld(at(4))), 5)).toEqual(['in_effect_on_time']);
  });

  it('counts as late by its first satisfaction while in force, not by its last', () => {
    const log = logOf(...due({ rule: 'tr-5651-8a' }), until(withheld(at(2)), 5), withheld(at(6)));
    expect(statusAt(log, 7)).toEqual(['in_effect_on_time']);
    const stayed = logOf(
      ...due({ rule: 'tr-5651-8a' }),
      orderStayed(order, at(1)),
      stayLifted(order, at(3), eventId(4)),
      until(withheld(at(2)), 3),
      withheld(at(7)),
    );
    // Satisfied from 2 to 3 while the order was stayed: first satisfied in force at 7; due at 6, since the clock stood for two hours.
    expect(statusAt(stayed, 7)).toEqual(['in_effect_late']);
  });
});

describe('what is not in effect', () => {
  it('is reversed only by a loss while the order was in force', () => {
    const loss = (...more: readonly Draft[]) => statusAt(logOf(...due(), until(withheld(at(2)), 5), ...more, covered(0, 20)), 9);
    expect(loss()).toEqual(['reversed_while_in_force']);
    expect(loss(orderStayed(order, at(4)), stayLifted(order, at(8), eventId(5)))).toEqual(['outstanding']);
    const issuedAt5 = [issued({}, order, at(5)), targetListed(account, at(5), { order }), orderServed(order, at(5))];
    expect(statusAt(logOf(...issuedAt5, until(withheld(at(2)), 5), covered(0, 20)), 6)).toEqual(['reversed_while_in_force']);
    expect(statusAt(logOf(issued(), listed, orderServed(order, at(5)), until(withheld(at(2)), 5), covered(0, 20)), 6)).toEqual([
      'reversed_while_in_force',
    ]);
  });

  it('is reversed before it is insufficient, and insufficient before it is declined', () => {
    const narrow = withheld(at(1), ['FR']);
    const declined = targetDeclined(account, at(3), [order]);
    expect(statusAt(logOf(...due(), narrow, until(withheld(at(2)), 5), declined), 6)).toEqual(['reversed_while_in_force']);
    expect(statusAt(logOf(...due(), narrow, declined), 6)).toEqual(['insufficient_territory']);
    expect(statusAt(logOf(...due({ measure: 'remove' }), narrow), 6)).toEqual(['insufficient_measure']);
    expect(statusAt(logOf(...due(), declined), 6)).toEqual(['declined']);
  });

  it('is declined before it is unknown, and unknown before a deadline counts', () => {
    expect(statusAt(logOf(...due({ rule: 'tr-5651-8a' })), 6)).toEqual(['unknown']);
    expect(statusAt(logOf(...due({ rule: 'tr-5651-8a' }), targetDeclined(account, at(3), [order])), 6)).toEqual(['declined']);
    expect(statusAt(logOf(...due({ rule: 'tr-5651-8a' }), covered(0, 20)), 6)).toEqual(['overdue']);
  });
});

describe('uncertain times', () => {
  it('are read all at their earliest, then all at their latest', () => {
    const log = logOf(...due({ rule: 'tr-5651-8a' }), withheld(at(3, 6)), covered(0, 20));
    expect(statusAt(log, 2)).toEqual(['pending']);
    expect(statusAt(log, 3)).toEqual(['in_effect_on_time', 'pending']);
    expect(statusAt(log, 5)).toEqual(['in_effect_on_time', 'overdue']);
    expect(statusAt(log, 6)).toEqual(['in_effect_on_time', 'in_effect_late']);
  });

  it('move together, though each may have fallen on its own', () => {
    // Withheld and lifted within the same hours: at either end in one instant, so it never held.
    const log = logOf(
      ...due(),
      withheld(at(3, 5)),
      targetReinstated(account, at(3, 5), [{ restriction: eventId(4), territory: ['IN'] }]),
      covered(0, 20),
    );
    expect(statusAt(log, 6)).toEqual(['outstanding']);
  });

  it('are read as far as they are possible: nothing is lifted before it began, and nothing begins after its until', () => {
    // One act ends both, and the second began at 6: so at 5 the first was in force.
    const both = logOf(...due(), withheld(at(2)), withheld(at(6)), lifted(at(4, 7), ['IN'], 4, 5));
    expect(statusAt(both, 5)).toEqual(['in_effect']);
    // In force by 5 at the latest, if only at that instant: somebody acted.
    const bounded = logOf(...due(), until(withheld(at(4, 7), ['FR']), 5));
    expect(statusAt(bounded, 8)).toEqual(['outstanding']);
  });

  it('and what is unstated is read as no, then as yes', () => {
    expect(statusAt(logOf(...due(), withheld(at(2), 'UNSTATED')), 3)).toEqual(['in_effect', 'insufficient_territory']);
    expect(statusAt(logOf(...due({ measure: 'unstated' }), targetBlocked(account, at(2), { ...citing, measure: 'suspended' })), 3)).toEqual(
      ['in_effect', 'insufficient_measure'],
    );
  });
});
