/**
 * Figures of lives that a person can reckon: each states in a comment how its numbers follow from the rules. Hours count from 0; an
 * order binds at hour 5 and demands that access be disabled in India, unless a life says otherwise.
 */
import { describe, expect, it } from 'vitest';
import { pairFigure, sumOf } from '../../src/domain/figures.ts';
import { makeUpOf } from '../../src/domain/make-up.ts';
import { NEVER } from '../../src/domain/pairs/pair-facts.ts';
import type { Life } from '../../src/domain/pairs/pair-life.ts';
import { inFrance, inFranceAndIndia, inIndia } from '../support/controls.ts';
import {
  counts,
  expectAt,
  h,
  histogramAt,
  justBefore,
  life,
  maybe,
  NOTHING,
  no,
  order,
  outside,
  type Restricted,
  restricted,
  unknown,
  yes,
} from '../support/pair-lives.ts';

const HOUR = 3_600_000;

const figuresAt = (t: number, ...lives: readonly Life[]) => {
  const histogram = histogramAt(t, ...lives);
  return {
    effective: pairFigure('effective', histogram, undefined),
    ever: pairFigure('ever', histogram, undefined),
    makeUp: makeUpOf(histogram),
  };
};

describe('an uncertain morning', () => {
  // Withheld "in the morning", between hour 6 and hour 12 (both ends possible), covered throughout.
  const steps = life(order(), { restrictions: [restricted({ from: [6, 12] })] });

  it('is not in effect before it can have begun', () => {
    // Hour 5 to before 6: binding, not restricted under any choice, covered, so a plain no.
    expectAt(h(5), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
    expectAt(justBefore(6), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
  });

  it('is open while the hour decides', () => {
    // Hour 6: an event at 6 counts at 6, so yes is possible; it may also still be to come, so no is possible: [0/1, 1/1].
    expectAt(h(6), steps, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    expectAt(justBefore(12), steps, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
  });

  it('is in effect from its latest instant on', () => {
    expectAt(h(12), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
  });

  it('widens the band of a total by one pair of two', () => {
    // Beside a pair in effect since hour 6: 1 certain yes, 1 open. low = 1/(1+1), high = 2/(2+0).
    const certain = life(order(), { restrictions: [restricted({ from: 6 })] });
    const { effective } = figuresAt(h(8), steps, certain);
    expect(counts(effective)).toEqual({ ...NOTHING, numerator: 1, maybe: 1, denominator: 2, percent: [50, 100] });
  });

  it('and an uncertain end: certainly in effect only between the latest beginning and the earliest end', () => {
    // Begun in [6, 8], lifted in [10, 12]: before 6 no, [6, 8) open, [8, 10) yes, [10, 12) open, from 12 no. Ever: from 8 on yes for good.
    const between = life(order(), { restrictions: [restricted({ from: [6, 8], lifted: [[[10, 12], inIndia]] })] });
    expectAt(justBefore(8), between, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    expectAt(h(8), between, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(justBefore(10), between, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(10), between, { effective: maybe, ever: yes, makeUp: { open: 1 } });
    expectAt(h(12), between, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('that overlaps its own end: never certain, and the end bounds the beginning', () => {
    // Begun in [6, 12], lifted in [8, 10] and an end is never before its start: so begun by 10 at the latest, and over at 10.
    const overlapping = life(order(), { restrictions: [restricted({ from: [6, 12], lifted: [[[8, 10], inIndia]] })] });
    expectAt(h(6), overlapping, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    expectAt(justBefore(10), overlapping, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    // At 10 it is over. Whether it was ever in effect: begun and lifted at one same instant leaves none, so that stays open. All extents at their
    // earliest it was lost at 8; all at their latest it never began before its end: the readings differ.
    expectAt(h(10), overlapping, { effective: no, ever: maybe, makeUp: { notInEffect: [['undetermined']] } });
  });
});

describe('an uncertain beginning', () => {
  it('is bounded by a lift of a part: what was freed had begun', () => {
    // Blocked everywhere in [6, 12], freed in France in [8, 10]: begun by 10, and in India in force from then on.
    const blocked = restricted({ from: [6, 12], strength: 'removal', territory: 'WORLD', lifted: [[[8, 10], inFrance]] });
    const steps = life(order(), { restrictions: [blocked] });
    expectAt(justBefore(10), steps, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    const { effective, ever } = figuresAt(h(10), steps);
    expect([counts(effective), counts(ever)]).toEqual([yes, yes]);
  });
});

describe('a silent pair', () => {
  it('is unknown where nothing is declared complete: never a no', () => {
    // No restriction, no refusal, not covered. u = 1: [0/1, 1/1].
    const steps = life(order({ covered: [] }));
    expectAt(h(10), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
  });

  it('is a no where the record is complete, at both ends of the period, and unknown again after it', () => {
    // Complete from 0 to 24: at 24 still covered, a millisecond later not.
    const steps = life(order({ covered: [[0, 24]] }));
    expectAt(h(5), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
    expectAt(h(24), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
    expectAt(h(24) + 1, steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
  });

  it('is covered now and yet unknown for the time before', () => {
    // Complete only from 10 to 24. At 12: not in effect now (effective: no), but from binding at 5 to 10 nothing is known (ever: unknown).
    const steps = life(order({ covered: [[10, 24]] }));
    expectAt(h(12), steps, { effective: no, ever: unknown, makeUp: { notInEffect: [['outstanding']] } });
    expectAt(h(7), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
  });

  it('ends with the first report: what then is not in force is a no, also without coverage', () => {
    // Withheld at 10, lifted at 12, nothing declared: silent and unknown before 10, since silence is judged at the instant asked about.
    const steps = life(order({ covered: [] }), { restrictions: [restricted({ from: 10, lifted: [[12, inIndia]] })] });
    expectAt(justBefore(10), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
    expectAt(h(11), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(13), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('ends with a refusal', () => {
    const steps = life(order({ covered: [] }), { declines: [10] });
    expectAt(justBefore(10), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
    expectAt(h(10), steps, { effective: no, ever: no, makeUp: { notInEffect: [['declined', true]] } });
  });

  it('ends with any restriction, however weak', () => {
    const steps = life(order({ covered: [] }), {
      restrictions: [restricted({ from: 10, strength: 'limited', basis: 'platform_rules', cites: false })],
    });
    expectAt(h(10), steps, { effective: no, ever: no, makeUp: { notInEffect: [['insufficient_measure']] } });
  });

  it('ends with what may have been in force: the record is then not silent', () => {
    // A label set in [6, 12], nothing declared. At 7 it may be on: not silent, and under no choice does it suffice. Why not, the hour decides.
    const steps = life(order({ covered: [] }), { restrictions: [restricted({ from: [6, 12], strength: 'limited' })] });
    expectAt(justBefore(6), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
    expectAt(h(7), steps, { effective: no, ever: no, makeUp: { notInEffect: [['undetermined']] } });
    expectAt(h(12), steps, { effective: no, ever: no, makeUp: { notInEffect: [['insufficient_measure']] } });
  });

  it('is not broken by what was over before the order bound', () => {
    // Withheld at 1, lifted at 4, binding at 5: no restriction in force at any instant from binding on.
    const steps = life(order({ covered: [] }), { restrictions: [restricted({ from: 1, lifted: [[4, inIndia]] })] });
    expectAt(h(6), steps, { effective: unknown, ever: unknown, makeUp: { unknown: 1 } });
    // Lifted at the very instant of binding it was lost when the pair was in force, and the reversal is looked for before silence.
    const atBinding = life(order({ covered: [] }), { restrictions: [restricted({ from: 1, lifted: [[5, inIndia]] })] });
    expectAt(h(6), atBinding, { effective: no, ever: no, makeUp: { notInEffect: [['reversed_while_in_force']] } });
    // A millisecond later it was: satisfied at 5, and lost while in force.
    const justAfter = life(order({ covered: [] }), { restrictions: [restricted({ from: 1, lifted: [[5 + 1 / HOUR, inIndia]] })] });
    expectAt(h(6), justAfter, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('makes a band with those that are known', () => {
    // k = 1 in effect, 1 covered no … of one order that is not covered: 1 yes, 1 declined (no), 2 unknown: [1/4, 3/4].
    const uncovered = order({ covered: [] });
    const lives = [
      life(uncovered, { restrictions: [restricted({ from: 6 })] }),
      life(uncovered, { declines: [6] }),
      life(uncovered),
      life(uncovered),
    ];
    expect(counts(figuresAt(h(10), ...lives).effective)).toEqual({
      ...NOTHING,
      numerator: 1,
      unknown: 2,
      denominator: 4,
      percent: [25, 75],
    });
  });
});

describe('an order that expires', () => {
  const expiring = order({ expires: 20 });

  it('takes its pairs out of what is asked now, not out of what ever was', () => {
    // In effect from 10. Expiry at 20: at 20 it has ended (a period is half-open). Ever: it was in effect while live.
    const steps = life(expiring, { restrictions: [restricted({ from: 10 })] });
    expectAt(justBefore(20), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(20), steps, { effective: outside, ever: yes, makeUp: { apart: { expired: 1 } } });
  });

  it('is not met by what comes at its end', () => {
    const steps = life(expiring, { restrictions: [restricted({ from: 20 })] });
    expectAt(h(21), steps, { effective: outside, ever: no, makeUp: { apart: { expired: 1 } } });
  });

  it('leaves open what was never known while it ran', () => {
    const steps = life(order({ expires: 20, covered: [] }));
    expectAt(h(21), steps, { effective: outside, ever: unknown, makeUp: { apart: { expired: 1 } } });
    // Complete from before binding to the last instant before expiry: nobody needs to vouch for the time after it.
    const covered = life(order({ expires: 20, covered: [[5, 20 - 1 / HOUR]] }));
    expectAt(h(21), covered, { effective: outside, ever: no, makeUp: { apart: { expired: 1 } } });
  });

  it('never binds if it is served at or after its end', () => {
    const steps = life(order({ binding: 20, expires: 20 }), { restrictions: [restricted({ from: 10 })] });
    expectAt(justBefore(20), steps, { effective: outside, ever: outside, makeUp: { apart: { not_yet_binding: 1 } } });
    expectAt(h(20), steps, { effective: outside, ever: outside, makeUp: { apart: { expired: 1 } } });
  });
});

describe('a pair before its order binds', () => {
  it('is apart', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 1 })] });
    expectAt(justBefore(5), steps, { effective: outside, ever: outside, makeUp: { apart: { not_yet_binding: 1 } } });
    const unserved = life(order({ binding: [NEVER / HOUR, NEVER / HOUR] }), { restrictions: [restricted({ from: 1 })] });
    expectAt(h(1_000), unserved, { effective: outside, ever: outside, makeUp: { apart: { not_yet_binding: 1 } } });
  });

  it('binds with the later of service and list', () => {
    // Served at 5, the list received at 9.
    const steps = life(order(), { listed: 9 });
    expectAt(justBefore(9), steps, { effective: outside, ever: outside, makeUp: { apart: { not_yet_binding: 1 } } });
    expectAt(h(9), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
  });

  it('may or may not be an obligation yet', () => {
    // Served in [5, 9], withheld at 6. At 7: bound or not; if bound, satisfied. a = b = 0, c = 1, d = 0: low is 0/0 and takes the other bound.
    const steps = life(order({ binding: [5, 9] }), { restrictions: [restricted({ from: 6 })] });
    const possible = { ...NOTHING, maybe: 1, denominatorMaybe: 1, percent: [100, 100] };
    expectAt(h(7), steps, { effective: possible, ever: possible, makeUp: { populationOpen: 1 } });
    expectAt(h(9), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    // Not withheld: if bound, a no. b = 1, d = 0: low = 0/1, high = 0/0 and takes the other bound.
    const never = life(order({ binding: [5, 9] }));
    const possiblyNo = { ...NOTHING, denominatorMaybe: 1, percent: [0, 0] };
    expectAt(h(7), never, { effective: possiblyNo, ever: possiblyNo, makeUp: { populationOpen: 1 } });
  });
});

describe('why a pair is in effect', () => {
  const ground = (restrictions: readonly Restricted[]): string[] => {
    const { inEffect } = figuresAt(h(10), life(order(), { restrictions: restrictions.map(restricted) })).makeUp;
    return Object.entries(inEffect).flatMap(([status, pairs]) => (pairs > 0 ? [status] : []));
  };
  const rules = { basis: 'platform_rules', cites: false } as const;

  it('is preexisting if all that it rests on provably began before binding', () => {
    expect(ground([{ from: 4, ...rules }])).toEqual(['preexisting']);
    expect(ground([{ from: [1, 5 - 1 / HOUR], ...rules }])).toEqual(['preexisting']);
    expect(ground([{ from: 5, ...rules }])).toEqual(['platform_rules']);
    expect(ground([{ from: [4, 5], ...rules }])).toEqual(['platform_rules']);
    expect(
      ground([
        { from: 4, ...rules },
        { from: 6, ...rules },
      ]),
    ).toEqual(['platform_rules']);
  });

  it('is what cites this order, if that alone satisfies it', () => {
    expect(ground([{ from: 4 }])).toEqual(['citing_order']);
    expect(ground([{ from: 4, ...rules }, { from: 6 }])).toEqual(['citing_order']);
    // What cites it does not reach India: the rest does.
    expect(
      ground([
        { from: 6, territory: inFrance },
        { from: 6, ...rules, strength: 'removal', territory: 'WORLD' },
      ]),
    ).toEqual(['platform_rules']);
  });

  it('is another order, else the platform’s rules, else not said', () => {
    expect(ground([{ from: 6, cites: false }])).toEqual(['other_order']);
    expect(
      ground([
        { from: 6, ...rules },
        { from: 7, cites: false },
      ]),
    ).toEqual(['other_order']);
    expect(
      ground([
        { from: 6, ...rules },
        { from: 7, basis: 'unstated' },
      ]),
    ).toEqual(['platform_rules']);
    expect(ground([{ from: 6, basis: 'unstated' }])).toEqual(['unstated']);
  });
});

describe('why a pair is not in effect', () => {
  it('is declined after it was restored: the reversal comes first, and the refusal stands with it', () => {
    // Withheld 10, lifted 12, refused 14.
    const steps = life(order(), { restrictions: [restricted({ from: 10, lifted: [[12, inIndia]] })], declines: [14] });
    expectAt(h(11), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(12), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
    expectAt(h(14), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force', true]] } });
  });

  it('is not reversed if it was lost before the order bound', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 1, lifted: [[5, inIndia]] })] });
    // Lost at 5, the very instant of binding: the pair was in force then.
    expectAt(h(6), steps, { effective: no, ever: no, makeUp: { notInEffect: [['reversed_while_in_force']] } });
    const earlier = life(order(), { restrictions: [restricted({ from: 1, lifted: [[4, inIndia]] })] });
    expectAt(h(6), earlier, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
  });

  it('is restored, restricted again, and in effect again', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 6, lifted: [[7, inIndia]] }), restricted({ from: 9 })] });
    expectAt(h(8), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
    expectAt(h(9), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
  });

  it('is the end that the measure was given, as a lift would be', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 6, until: 8 })] });
    expectAt(justBefore(8), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(8), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('is the measure before the territory', () => {
    // Demanded: removal in France and India. Access disabled everywhere does not suffice; nor would it in France alone.
    const removal = order({ demand: { measure: 'remove', territory: inFranceAndIndia } });
    const steps = life(removal, { restrictions: [restricted({ from: 6, strength: 'access_disabled', territory: 'WORLD' })] });
    expectAt(h(7), steps, { effective: no, ever: no, makeUp: { notInEffect: [['insufficient_measure']] } });
    const narrow = order({ demand: { measure: 'disable_access', territory: inFranceAndIndia } });
    const places = life(narrow, {
      restrictions: [restricted({ from: 6 }), restricted({ from: 6, strength: 'limited', territory: 'WORLD' })],
    });
    expectAt(h(7), places, { effective: no, ever: no, makeUp: { notInEffect: [['insufficient_territory']] } });
  });
});

describe('several restrictions', () => {
  const both = order({ demand: { measure: 'disable_access', territory: inFranceAndIndia } });

  it('satisfy together what none does alone', () => {
    // France from 6, India from 8: the union covers from 8 on; India lifted at 10: lost while in force.
    const steps = life(both, {
      restrictions: [restricted({ from: 6, territory: inFrance }), restricted({ from: 8, lifted: [[10, inIndia]] })],
    });
    expectAt(h(7), steps, { effective: no, ever: no, makeUp: { notInEffect: [['insufficient_territory']] } });
    expectAt(h(8), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(10), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('make up for what was lifted of a worldwide one', () => {
    // Blocked from 6, lifted in India at 8 (before it, from 7, withheld in India by another act): never lost.
    const world = order({ demand: { measure: 'disable_access', territory: 'WORLD' } });
    const blocked = restricted({ from: 6, strength: 'removal', territory: 'WORLD', lifted: [[8, inIndia]] });
    const steps = life(world, { restrictions: [blocked, restricted({ from: 7 })] });
    for (const hour of [6, 7, 8, 50]) expectAt(h(hour), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    const alone = life(world, { restrictions: [blocked] });
    expectAt(h(8), alone, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });

  it('are each in force until all their codes are lifted', () => {
    // Withheld in France and India from 6; India lifted at 7, France at 9. Demanded in India: lost at 7, and then the reversal is what counts.
    const steps = life(order(), {
      restrictions: [
        restricted({
          from: 6,
          territory: inFranceAndIndia,
          lifted: [
            [7, inIndia],
            [9, inFrance],
          ],
        }),
      ],
    });
    expectAt(h(6), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(7), steps, { effective: no, ever: yes, makeUp: { notInEffect: [['reversed_while_in_force']] } });
  });
});

describe('what only possibly satisfies', () => {
  it('a measure that was not stated: neither a yes nor a no', () => {
    // Any measure possibly suffices for an unstated demand. Not silent, so not unknown either: [0/1, 1/1].
    const unstated = order({ demand: { measure: 'unstated', territory: inIndia } });
    const steps = life(unstated, { restrictions: [restricted({ from: 6, strength: 'removal', territory: 'WORLD' })] });
    expectAt(justBefore(6), steps, { effective: no, ever: no, makeUp: { notInEffect: [['outstanding']] } });
    expectAt(h(6), steps, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
  });

  it('a territory that was not stated', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 6, territory: 'UNSTATED', lifted: [[9, inFrance]] })] });
    expectAt(h(8), steps, { effective: maybe, ever: maybe, makeUp: { open: 1 } });
    // Lifting any part of it ends it: then surely not in effect. Whether it ever was stays open; read as yes it was reversed, read as no it never was
    // in effect and nothing is in force any more: the readings differ.
    expectAt(h(9), steps, { effective: no, ever: maybe, makeUp: { notInEffect: [['undetermined']] } });
  });

  it('a worldwide block that lacks a place, where the order states none', () => {
    // Nobody knows whether the order means India: until the lift at 8 the world covers anything; then possibly, and never a certain no.
    const anywhere = order({ demand: { measure: 'disable_access', territory: 'UNSTATED' } });
    const steps = life(anywhere, {
      restrictions: [restricted({ from: 6, strength: 'removal', territory: 'WORLD', lifted: [[8, inIndia]] })],
    });
    expectAt(justBefore(8), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
    expectAt(h(8), steps, { effective: maybe, ever: yes, makeUp: { open: 1 } });
  });

  it('is no longer asked where another restriction certainly does', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 6, territory: 'UNSTATED' }), restricted({ from: 7 })] });
    expectAt(h(7), steps, { effective: yes, ever: yes, makeUp: { inEffect: { citing_order: 1 } } });
  });
});

describe('figures of no pairs', () => {
  it('have no percentage, and say why', () => {
    expect(counts(pairFigure('effective', new Map(), undefined))).toEqual(outside);
    expect(counts(pairFigure('effective', new Map(), 'no_target_list'))).toEqual({ ...NOTHING, percent: null, reason: 'no_target_list' });
  });

  it('of a total in which one order has no list keep their numbers, and have no percentage', () => {
    const steps = life(order(), { restrictions: [restricted({ from: 6 })] });
    const histogram = histogramAt(h(7), steps, steps, steps);
    expect(counts(pairFigure('effective', histogram, 'no_target_list'))).toEqual({
      ...NOTHING,
      numerator: 3,
      denominator: 3,
      percent: null,
      reason: 'no_target_list',
    });
  });

  it('add up by pairs, never by percentages', () => {
    // 1 of 1 and 0 of 3: 1 of 4, not 50 %.
    const inEffect = life(order(), { restrictions: [restricted({ from: 6 })] });
    const outstanding = life(order());
    const sum = sumOf([histogramAt(h(7), inEffect), histogramAt(h(7), outstanding, outstanding), histogramAt(h(7), outstanding)]);
    expect(counts(pairFigure('effective', sum, undefined))).toEqual({ ...NOTHING, numerator: 1, denominator: 4, percent: [25, 25] });
  });
});
