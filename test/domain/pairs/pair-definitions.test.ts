/** Each definition, status and flag over lives that a person can reckon, where uncertain times, clocks and other orders meet. */
import { describe, expect, it } from 'vitest';
import { makeUpOf } from '../../../src/domain/make-up.ts';
import { statusesAt } from '../../../src/domain/pairs/pair-life.ts';
import { inFrance, inIndia } from '../../support/controls.ts';
import {
  expectPair,
  factsOf,
  h,
  histogramAt,
  justBefore,
  life,
  maybe,
  NOTHING,
  no,
  order,
  outside,
  restricted,
  unknown,
  yes,
} from '../../support/pair-lives.ts';

describe('how a pair ceased to be in effect', () => {
  const lostBy = (...restrictions: Parameters<typeof restricted>[0][]) => {
    const { statuses } = makeUpOf(histogramAt(h(30), life(order(), { restrictions: restrictions.map(restricted) })));
    expect(statuses).toMatchObject([{ status: 'reversed_while_in_force', pairs: 1 }]);
    return statuses[0]?.lost;
  };
  const [lifted, ranOut] = [
    { lifted: 1, ran_out: 0 },
    { lifted: 0, ran_out: 1 },
  ];

  it('is by a lift, or by the end that was set from the start', () => {
    expect(lostBy({ from: 6, lifted: [[10, inIndia]] })).toEqual(lifted);
    expect(lostBy({ from: 6, until: 10 })).toEqual(ranOut);
    expect(lostBy({ from: 6, until: 20, lifted: [[10, inIndia]] })).toEqual(lifted);
    expect(lostBy({ from: 6, territory: 'WORLD', lifted: [[10, inIndia]] })).toEqual(lifted); // it goes on elsewhere
  });

  it('is told by what was lost last', () => {
    expect(lostBy({ from: 6, lifted: [[10, inIndia]] }, { from: 12, until: 20 })).toEqual(ranOut);
    expect(lostBy({ from: 6, until: 10 }, { from: 8, lifted: [[20, inIndia]] })).toEqual(lifted);
    expect(lostBy({ from: 6, until: 10 }, { from: 8, strength: 'limited', lifted: [[20, inIndia]] })).toEqual(ranOut); // the other is too weak
  });

  it('is left open where two ended at once in different ways, or the readings differ', () => {
    expect(lostBy({ from: 6, until: 10 }, { from: 7, lifted: [[10, inIndia]] })).toBeUndefined();
    expect(lostBy({ from: 6, until: 10, lifted: [[[8, 12], inIndia]] })).toBeUndefined();
    expect(lostBy({ from: 6, lifted: [[[8, 12], inIndia]] })).toEqual(lifted);
  });
});

describe('without a break since first applied', () => {
  it('is lost for good at the first live instant without', () => {
    // In effect from 6, lifted at 10, again from 12: at 20 in effect, and not without a break.
    const one = life(order(), { restrictions: [restricted({ from: 6, lifted: [[10, inIndia]] }), restricted({ from: 12 })] });
    expectPair(justBefore(10), one, { effective: yes, sustained: yes });
    expectPair(h(20), one, { effective: yes, ever: yes, sustained: no });
  });

  it('is not lost by an exchange at one instant', () => {
    const one = life(order(), { restrictions: [restricted({ from: 6, lifted: [[10, inIndia]] }), restricted({ from: 10 })] });
    expectPair(h(20), one, { sustained: yes });
  });

  it('is open where the exchange may have left a gap', () => {
    // Lifted between 8 and 10, again from 9: a gap only if it was lifted before 9.
    const one = life(order(), { restrictions: [restricted({ from: 6, lifted: [[[8, 10], inIndia]] }), restricted({ from: 9 })] });
    expectPair(h(20), one, { effective: yes, sustained: maybe });
  });
});

describe('within the time limit', () => {
  const timed = (said = {}) => order({ clock: { hours: 10 }, ...said }); // binds at 5, due at 15

  it('is asked once it is over, of those that were live then', () => {
    const one = life(timed(), { restrictions: [restricted({ from: 15 })] });
    expectPair(justBefore(15), one, { onTime: outside, status: 'pending' });
    expectPair(h(15), one, { onTime: yes, status: 'in_effect_on_time' });
    const late = life(timed(), { restrictions: [restricted({ from: 16 })] });
    expectPair(h(15), late, { onTime: no, status: 'overdue' });
    expectPair(h(16), late, { onTime: no, effective: yes, status: 'in_effect_late' });
  });

  it('was kept by what was in effect before the order bound, and by what was lifted since', () => {
    expectPair(h(15), life(timed(), { restrictions: [restricted({ from: 1 })] }), { onTime: yes, status: 'in_effect_preexisting' });
    const lifted = life(timed(), { restrictions: [restricted({ from: 6, lifted: [[8, inIndia]] })] });
    expectPair(h(15), lifted, { onTime: yes, effective: no, status: 'reversed_while_in_force' });
  });

  it('follows an uncertain service: due between 14 and 18, and reached with it', () => {
    // Served between 4 and 8; in effect from 16. Bound by 6: late. Bound after 6: in time.
    const one = life(timed({ binding: [4, 8] }), { restrictions: [restricted({ from: 16 })] });
    expectPair(justBefore(14), one, { onTime: outside });
    const possiblyNo = { ...NOTHING, denominatorMaybe: 1, percent: [0, 0] };
    expectPair(h(15), one, { onTime: possiblyNo });
    expectPair(h(20), one, { onTime: maybe, effective: yes });
  });

  it('is unknown of those that were silent, unless the record was complete until it was over', () => {
    expectPair(h(20), life(timed({ covered: [] })), { onTime: unknown, status: 'unknown' });
    expectPair(h(20), life(timed({ covered: [[0, 15]] })), { onTime: no, effective: unknown });
  });

  it('runs from the issue where the rule says so', () => {
    const one = life(timed({ clock: { hours: 10, startsAt: 'issue' } }), { restrictions: [restricted({ from: 11 })] }); // due at 10
    expectPair(h(10), one, { onTime: no, status: 'overdue' });
  });

  it('stands still while stayed or stopped, both at once counted once', () => {
    // Five of ten hours ran by 10; stayed 10 to 20, stopped 15 to 25: goes on at 25, due at 30.
    const one = life(timed({ stays: [{ from: 10, to: 20 }], stops: [{ from: 15, to: 25 }] }));
    expectPair(h(22), one, { status: 'tolled' });
    expectPair(justBefore(30), one, { status: 'pending', onTime: outside });
    expectPair(h(30), one, { status: 'overdue', onTime: no });
  });
});

describe('any measure, and as platforms report', () => {
  it('take what is weaker or narrower; a limit counts for the first alone', () => {
    const weaker = life(order(), { restrictions: [restricted({ from: 6, strength: 'limited' })] });
    expectPair(h(7), weaker, { effective: no, anyRestriction: yes, platformStyle: no, status: 'insufficient_measure' });
    const narrower = life(order(), { restrictions: [restricted({ from: 6, territory: inFrance })] });
    expectPair(h(7), narrower, { effective: no, anyRestriction: yes, platformStyle: yes, status: 'insufficient_territory' });
  });

  it('as platforms report, counts from the listing on, whatever the order’s force', () => {
    const one = life(order({ revoked: { at: 20 } }), { restrictions: [restricted({ from: 1, basis: 'platform_rules', cites: false })] });
    expectPair(h(2), one, { effective: outside, platformStyle: yes });
    expectPair(h(30), one, { effective: outside, platformStyle: yes, status: 'order_ended' });
  });
});

describe('citing this order', () => {
  it('asks whether those alone satisfy', () => {
    const one = life(order(), {
      restrictions: [restricted({ from: 6, territory: inFrance }), restricted({ from: 6, basis: 'platform_rules', cites: false })],
    });
    expectPair(h(7), one, { effective: yes, citingOrder: no });
    expectPair(h(7), life(order(), { restrictions: [restricted({ from: 6 })] }), { citingOrder: yes });
  });
});

describe('an order that has ended', () => {
  const revoked = (restorationDirected = false) => order({ revoked: { at: 20, restorationDirected } });
  const held = { restrictions: [restricted({ from: 6 })] };

  it('leaves behind what still cites it, if nobody else asks for it', () => {
    expectPair(h(20), life(revoked(), held), { status: 'restricted_after_order_ended', effective: outside, ever: yes, flags: [] });
    expectPair(h(20), life(revoked(), { ...held, others: [{ issued: 10 }] }), { status: 'order_ended', flags: ['also_required_by'] });
    // The other lists it only from 25 on, and ends at 30.
    const other = life(revoked(), { ...held, others: [{ issued: 10, listed: 25, ended: 30 }] });
    expectPair(h(24), other, { status: 'restricted_after_order_ended' });
    expectPair(h(25), other, { status: 'order_ended' });
    expectPair(h(30), other, { status: 'restricted_after_order_ended' });
  });

  it('may direct restoration, due of what cites it alone', () => {
    expectPair(h(20), life(revoked(true), held), { flags: ['restoration_due'] });
    const both = { restrictions: [restricted({ from: 6, citesOther: true })] };
    expectPair(h(20), life(revoked(true), both), { flags: [] });
  });

  it('at an uncertain time leaves the population open meanwhile', () => {
    const one = life(order({ revoked: { at: [20, 30] } }), held);
    expectPair(h(25), one, { effective: { ...NOTHING, maybe: 1, denominatorMaybe: 1, percent: [100, 100] }, status: 'undetermined' });
    expectPair(h(30), one, { effective: outside, status: 'restricted_after_order_ended' });
  });
});

describe('flags of what is in effect', () => {
  it('say that it reaches beyond the demand, and that no file shows it', () => {
    const world = { from: 6, strength: 'removal', territory: 'WORLD', basis: 'platform_rules', cites: false } as const;
    expectPair(h(7), life(order(), { restrictions: [restricted(world)] }), { flags: ['without_evidence', 'wider_than_order'] });
    expectPair(h(7), life(order(), { restrictions: [restricted({ from: 6, evidenced: true })] }), { flags: [] });
  });
});

describe('readings of the status', () => {
  const readings = (of: Parameters<typeof factsOf>[0], told: Parameters<typeof factsOf>[1], t: number) =>
    statusesAt(of, factsOf(of, told), t);

  it('are one where times are exact', () => {
    expect(readings(order(), { restrictions: [restricted({ from: 6 })] }, h(7))).toEqual(['in_effect']);
  });

  it('are those with every time at its earliest, and at its latest', () => {
    const morning = { restrictions: [restricted({ from: [6, 12] })] };
    expect(readings(order(), morning, h(8))).toEqual(['in_effect', 'outstanding']);
    expect(readings(order({ clock: { hours: 3 } }), morning, h(20))).toEqual(['in_effect_on_time', 'in_effect_late']);
  });

  it('are two where the record leaves a territory unstated', () => {
    const somewhere = { restrictions: [restricted({ from: 6, territory: 'UNSTATED' })] };
    expect(readings(order(), somewhere, h(7))).toEqual(['insufficient_territory', 'in_effect']);
  });
});

describe('more extents at once than are followed', () => {
  it('leave everything open, and never anything certain', () => {
    // Seven restrictions, each begun at some time between 6 and 20.
    const many = life(order(), { restrictions: Array.from({ length: 7 }, () => restricted({ from: [6, 20] })) });
    const anything = { ...NOTHING, maybe: 1, denominatorMaybe: 1, percent: [0, 100] };
    expectPair(h(7), many, { effective: anything, ever: anything, sustained: anything });
  });
});
