/** Blocking, withholding and limiting: what restricts a target has rules in common. */
import { describe, expect, it } from 'vitest';
import { targetBlocked } from '../../../src/domain/events/target-blocked.ts';
import { targetLimited } from '../../../src/domain/events/target-limited.ts';
import { targetWithheld } from '../../../src/domain/events/target-withheld.ts';
import { refusalOf } from '../../../src/domain/refusing.ts';
import {
  account,
  block,
  corrected,
  evidence,
  extent,
  inFranceAndIndia,
  inIndia,
  issueOrder,
  ist,
  istDay,
  istRange,
  later,
  lift,
  limit,
  listedInOrderOne,
  mondayAfternoon,
  mondayEvening,
  orderNowhere,
  orderOne,
  orderTwo,
  recorded,
  reinstate,
  retracted,
  storedAccount,
  targetId,
  theDayBefore,
  tuesdayNoon,
  twoOrders,
  withheldInIndia,
  withhold,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];

describe.each([
  ['blocking', block],
  ['withholding', withhold],
  ['limiting', limit],
])('%s a target', (_, restrict) => {
  it('cites an order if it follows one', () => {
    given(...listed)
      .when(restrict({ basis: 'legal_order', orders: [] }))
      .refuses({ code: 'BASIS_WITHOUT_ORDER' });
    given(...listed)
      .when(restrict({ basis: 'legal_order', orders: [orderOne] }))
      .emits();
  });

  it.each(['platform_rules', 'unstated'])('may rest on %s and cite an order or none', (basis) => {
    given(...listed)
      .when(restrict({ basis, orders: [] }))
      .emits();
    given(...listed)
      .when(restrict({ basis, orders: [orderOne], policy: 'Spam' }))
      .emits();
  });

  it('cites orders that are there', () => {
    given(...listed)
      .when(restrict({ orders: [orderOne, orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
  });

  it('cites orders to its own platform', () => {
    given(...twoOrders)
      .when(restrict({ target: account('@someone', 'othersite.example'), orders: [orderOne] }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
  });

  it('is not before the issue of any order that it cites', () => {
    given(...listed)
      .when(restrict({ orders: [orderOne, orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
    given(...listed)
      .when(restrict({ orders: [orderOne, orderTwo], occurredAt: istRange('02-01 00:00', '02-04 12:00') }))
      .emits({}, ['not_listed']);
    given(...listed)
      .when(restrict({ orders: [], basis: 'platform_rules', occurredAt: ist('01-01 00:00') }))
      .emits();
  });

  it('ends, if it says when, after it began', () => {
    const refusal = (until: string) =>
      ({ code: 'ENDS_BEFORE_START', field: 'until', start: extent(mondayAfternoon)['earliest'], end: extent(until)['earliest'] }) as const;
    given(...listed)
      .when(restrict({ until: mondayAfternoon }))
      .refuses(refusal(mondayAfternoon));
    given(...listed)
      .when(restrict({ until: later(mondayAfternoon, -1) }))
      .refuses(refusal(later(mondayAfternoon, -1)));
    given(...listed)
      .when(restrict({ until: later(mondayAfternoon, 1) }))
      .emits();
    given(...listed)
      .when(restrict({ until: '2040-01-01T00:00:00Z' }))
      .emits();
    given(...listed)
      .when(restrict({ occurredAt: istDay('02-01'), until: ist('02-01 06:00') }))
      .emits();
  });

  it('warns when a cited order does not list the target, and records it all the same', () => {
    given(...twoOrders)
      .when(restrict({ orders: [orderOne] }))
      .emits({}, ['not_listed']);
    given(...listed)
      .when(restrict({ orders: [orderOne] }))
      .emits();
  });

  it('takes the target by its id, as first written', () => {
    given(...listed)
      .when(restrict({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount() });
    given(...twoOrders)
      .when(restrict({ targetId: targetId() }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'targetId', reference: targetId() });
  });

  it('keeps the writing of each source', () => {
    given(...listed)
      .when(restrict({ target: account('SYNTHETIC-o1-001') }))
      .emits({ target: storedAccount('SYNTHETIC-o1-001') });
  });

  it('repeats quietly by name and by id', () => {
    const fact = recorded(restrict());
    given(...listed, fact)
      .when(restrict())
      .emitsNothing(fact);
    given(...listed, fact)
      .when(restrict({ targetId: targetId() }))
      .emitsNothing(fact);
  });

  it('stands alone beside another that is open', () => {
    const fact = recorded(restrict());
    given(...listed, fact)
      .when(restrict({ occurredAt: mondayEvening }))
      .emits();
  });

  it('warns when it looks like one that stands, and stands alone all the same', () => {
    const fact = recorded(restrict());
    const alike = restrict({ policy: 'Spam' });
    given(...listed, fact)
      .when(alike)
      .emits({}, ['possible_duplicate']);
    given(...listed, fact, retracted(fact))
      .when(alike)
      .emits();
    given(...listed, fact, corrected(fact, { occurredAt: extent(mondayEvening) }))
      .when(alike)
      .emits();
  });

  it('looks like no other that began at another time or rests on another basis', () => {
    const fact = recorded(restrict({ basis: 'legal_order', orders: [orderOne] }));
    given(...listed, fact)
      .when(restrict({ basis: 'legal_order', orders: [orderOne], occurredAt: istDay('02-01') }))
      .emits();
    given(...listed, fact)
      .when(restrict({ basis: 'legal_order', orders: [orderOne], occurredAt: istRange('02-01 14:00', '02-01 15:00') }))
      .emits();
    given(...listed, fact)
      .when(restrict({ basis: 'unstated', orders: [orderOne] }))
      .emits();
  });

  it('may be reported after its own end and before all that is known', () => {
    const lifted = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia)] });
    given(...listed, withheldInIndia, lifted)
      .when(restrict({ occurredAt: ist('01-31 12:00'), until: ist('01-31 13:00'), orders: [], basis: 'unstated' }))
      .emits();
    given(...listed, withheldInIndia, lifted)
      .when(restrict({ occurredAt: theDayBefore }))
      .emits();
    given(...listed, withheldInIndia, lifted)
      .when(restrict({ occurredAt: tuesdayNoon }))
      .emits();
  });

  it('is still recorded after the order that it cites has expired', () => {
    const expired = recorded(issueOrder({ expiresAt: ist('02-01 00:00') }));
    given(...listed.filter(({ id }) => id !== twoOrders[1].id), expired)
      .when(restrict({ orders: [orderOne] }))
      .emits();
  });

  it('is real, if nothing that it names and nothing in its stream says otherwise', () => {
    given(...twoOrders)
      .when(restrict({ orders: [], basis: 'unstated' }))
      .emits({ synthetic: false });
    given(...twoOrders)
      .when(restrict({ orders: [], basis: 'unstated', synthetic: true }))
      .emits();
  });

  it('is not synthetic in a stream of real facts, though the order cited is', () => {
    const real = recorded(restrict({ orders: [], basis: 'unstated' }), { synthetic: false });
    given(...twoOrders, real)
      .when(restrict({ orders: [orderOne], synthetic: true }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: real.stream });
    given(...twoOrders, real)
      .when(restrict({ orders: [orderOne] }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: true, reference: orderOne });
  });
});

describe('what a restriction says to the figures', () => {
  it.each([
    ['suspended', 'removal'],
    ['terminated', 'removal'],
    ['removed', 'removal'],
    ['access_disabled', 'access_disabled'],
  ])('a block that is %s has the strength of %s, worldwide', (measure, strength) => {
    const fact = recorded(block({ measure, orders: [orderTwo, orderOne], until: '2021-02-01T09:00:00Z' }));
    const [restricted, until] = targetBlocked.facts(fact);
    expect(restricted).toEqual({
      shape: {
        kind: 'restricted',
        strength,
        measure,
        basis: 'platform_rules',
        territory: 'WORLD',
        orders: [orderOne, orderTwo],
        evidenced: false,
      },
      about: undefined,
      earliest: Date.parse('2021-02-01T08:30:00Z'),
      latest: Date.parse('2021-02-01T08:30:00Z'),
    });
    const end = Date.parse('2021-02-01T09:00:00Z');
    expect(until).toEqual({ shape: { kind: 'until' }, about: { restriction: fact.id }, earliest: end, latest: end });
  });

  it('a withholding applies where it says, from some instant of its extent on', () => {
    const fact = recorded(withhold({ territory: ['IN', 'FR', 'IN'], occurredAt: istDay('02-01') }));
    expect(targetWithheld.facts(fact)).toEqual([
      {
        shape: {
          kind: 'restricted',
          strength: 'withheld',
          measure: 'withheld',
          basis: 'legal_order',
          territory: inFranceAndIndia,
          orders: [orderOne],
          evidenced: false,
        },
        about: undefined,
        earliest: Date.parse('2021-01-31T18:30:00Z'),
        latest: Date.parse('2021-02-01T18:29:59.999Z'),
      },
    ]);
  });

  it('a limit is weaker than both, and says what it limits and where', () => {
    const fact = recorded(limit({ measure: 'labelled', territory: 'WORLD', basis: 'legal_order', orders: [orderOne] }));
    const at = Date.parse('2021-02-01T08:30:00Z');
    expect(targetLimited.facts(fact)).toEqual([
      {
        shape: {
          kind: 'restricted',
          strength: 'limited',
          measure: 'labelled',
          basis: 'legal_order',
          territory: 'WORLD',
          orders: [orderOne],
          evidenced: false,
        },
        about: undefined,
        earliest: at,
        latest: at,
      },
    ]);
  });

  it.each([
    ['a block', targetBlocked, block],
    ['a withholding', targetWithheld, withhold],
    ['a limit', targetLimited, limit],
  ])('%s is evidenced if a source of it is a registered file', (_, type, restrict) => {
    const isEvidenced = (...sources: readonly object[]) => {
      const [fact] = type.facts(recorded(restrict({ sources })));
      return fact?.shape.kind === 'restricted' && fact.shape.evidenced;
    };
    expect(isEvidenced({ name: 'A newspaper' })).toBe(false);
    expect(isEvidenced({ name: 'A newspaper' }, { name: 'A file', evidence })).toBe(true);
  });
});

describe('the territory of a withholding', () => {
  it.each([['WORLD'], [['WORLD']], [['in']], [['UK']], [[]]])('is not %j', (territory) => {
    const request = {
      target: account(),
      occurredAt: mondayAfternoon,
      assertion: 'direct_record',
      orders: [],
      basis: 'unstated',
      territory,
    };
    const issues = targetWithheld.input.safeParse(request).error?.issues ?? [];
    expect(issues).not.toEqual([]);
    expect(issues.every(({ path }) => path[0] === 'territory')).toBe(true);
    if (territory.length > 0) expect(issues.map((issue) => refusalOf(issue)?.code)).toEqual(['TERRITORY_UNKNOWN']);
  });

  it('may be unstated, and is never implied', () => {
    given(...listed)
      .when(withhold({ territory: 'UNSTATED' }))
      .emits();
    expect(targetWithheld.input.safeParse({ ...withhold().data, territory: undefined }).success).toBe(false);
  });
});
