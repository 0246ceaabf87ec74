/** Reinstating a target: which restrictions end, and where. */
import { describe, expect, it } from 'vitest';
import { targetReinstated } from '../../../src/domain/events/target-reinstated.ts';
import {
  account,
  block,
  corrected,
  eventNowhere,
  extent,
  type Fact,
  inFrance,
  inFranceAndIndia,
  inIndia,
  ist,
  istDay,
  istRange,
  later,
  lift,
  listedInOrderOne,
  mondayAfternoon,
  mondayEvening,
  mondayNoon,
  orderNowhere,
  orderOne,
  orderTwo,
  places,
  recorded,
  reinstate,
  reported,
  retracted,
  type Said,
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
const withheldIn = (territory: unknown, said: Said = {}): Fact => recorded(withhold({ territory, ...said }));
const reinstated = (lifts: readonly unknown[], said: Said = {}): Fact =>
  recorded(reinstate(said), { lifts, territory: undefined, restrictions: undefined });
const blocked = recorded(block());
const asked = { restrictions: undefined, territory: undefined }; // what only the request has

describe('reinstating a target', () => {
  it('writes out the restrictions that it ends', () => {
    given(...listed, withheldInIndia)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });

  it('ends every restriction that can be in force then, in the order in which they were recorded', () => {
    const inUnstated = withheldIn('UNSTATED');
    given(...listed, blocked, withheldInIndia, inUnstated)
      .when(reinstate())
      .emits({ lifts: [lift(blocked, 'WORLD'), lift(withheldInIndia, inIndia), lift(inUnstated, 'UNSTATED')] });
  });

  it('leaves alone what provably began later or had ended by then', () => {
    const nextDay = withheldIn(inFrance, { occurredAt: tuesdayNoon });
    const overBefore = withheldIn(['DE'], { until: mondayEvening });
    const overJustAfter = withheldIn(['GB'], { until: later(mondayEvening, 1) });
    given(...listed, nextDay, overBefore, withheldInIndia, overJustAfter)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia), lift(overJustAfter, places(['GB']))] });
  });

  it('ends what may have begun by then', () => {
    const sometime = withheldIn(inFrance, { occurredAt: istRange('02-01 19:50', '02-02 12:00') });
    const after = withheldIn(['DE'], { occurredAt: { earliest: later(mondayEvening, 1), latest: tuesdayNoon } });
    given(...listed, sometime, after)
      .when(reinstate())
      .emits({ lifts: [lift(sometime, inFrance)] });
  });

  it('leaves alone what was retracted', () => {
    const wrong = withheldIn(inFrance);
    given(...listed, withheldInIndia, wrong, retracted(wrong))
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });

  it('ends a restriction where it applies as corrected', () => {
    const moved = corrected(withheldInIndia, { territory: inFrance });
    given(...listed, withheldInIndia, moved)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inFrance)] });
  });

  it('takes the target by its id', () => {
    given(...listed, withheldInIndia)
      .when(reinstate({ targetId: targetId() }))
      .emits({ targetId: undefined, target: storedAccount(), lifts: [lift(withheldInIndia, inIndia)] });
    given(...twoOrders)
      .when(reinstate({ targetId: targetId() }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'targetId', reference: targetId() });
  });

  it('has more restrictions to lift than one request may name', () => {
    const many = Array.from({ length: 1_001 }, (_, n) => withheldIn(inIndia, { policy: `Rule ${n}` }));
    given(...listed, ...many)
      .when(reinstate())
      .emits({ lifts: many.map((each) => lift(each, inIndia)) });
  });
});

describe('what a reinstatement refuses', () => {
  it('where nothing is restricted', () => {
    given(...listed)
      .when(reinstate())
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
    given(...listed, withheldInIndia, reinstated([lift(withheldInIndia, inIndia)], { occurredAt: mondayNoon, text: 'Earlier.' }))
      .when(reinstate())
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
    given(...listed, withheldIn(inFrance, { until: mondayEvening }))
      .when(reinstate())
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });

  it('where it lies provably before every restriction', () => {
    given(...listed, withheldInIndia)
      .when(reinstate({ occurredAt: theDayBefore }))
      .refuses({ code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] });
    given(...listed, withheldInIndia)
      .when(reinstate({ occurredAt: later(mondayAfternoon, -1) }))
      .refuses({ code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] });
    given(...listed, withheldInIndia)
      .when(reinstate({ occurredAt: mondayAfternoon }))
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
    given(...listed, withheldInIndia)
      .when(reinstate({ occurredAt: istDay('02-01') }))
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });

  it('where one that it names had not begun', () => {
    const nextDay = withheldIn(inFrance, { occurredAt: tuesdayNoon });
    given(...listed, withheldInIndia, nextDay)
      .when(reinstate({ restrictions: [withheldInIndia.id, nextDay.id] }))
      .refuses({ code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [nextDay.id] });
  });

  it('where it names what is no restriction of this target', () => {
    const wrong = withheldIn(inFrance);
    for (const unknown of [eventNowhere, listedInOrderOne.id, wrong.id]) {
      given(...listed, withheldInIndia, wrong, retracted(wrong))
        .when(reinstate({ restrictions: [withheldInIndia.id, unknown] }))
        .refuses({ code: 'REFERENCE_UNKNOWN', field: 'restrictions', reference: unknown });
    }
  });

  it('where one that it names has ended', () => {
    const gone = withheldIn(inFrance);
    const end = reinstated([lift(gone, inFrance)], { text: 'Earlier.' });
    given(...listed, gone, end)
      .when(reinstate({ restrictions: [gone.id] }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
    given(...listed, withheldInIndia, gone, end)
      .when(reinstate({ restrictions: [withheldInIndia.id, gone.id] }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: expect.any(Array), restrictions: expect.any(Array) });
  });

  it('orders and platforms as other acts do', () => {
    given(...listed, withheldInIndia)
      .when(reinstate({ orders: [orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(...listed, withheldInIndia)
      .when(reinstate({ orders: [orderTwo] }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] });
    const elsewhere = recorded(block({ target: account('@x', 'othersite.example') }));
    given(...twoOrders, elsewhere)
      .when(reinstate({ target: account('@x', 'othersite.example'), orders: [orderOne] }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
    given(...listed, withheldInIndia)
      .when(reinstate({ orders: [orderOne] }))
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });
});

describe('reinstating in part', () => {
  const inBoth = withheldIn(inFranceAndIndia);

  it('frees codes of a restriction in several', () => {
    given(...listed, inBoth)
      .when(reinstate({ territory: inIndia }))
      .emits({ ...asked, lifts: [lift(inBoth, inIndia)] });
  });

  it('frees afterwards what remains, whatever the time of the part', () => {
    const part = reinstated([lift(inBoth, inIndia)], { occurredAt: tuesdayNoon });
    given(...listed, inBoth, part)
      .when(reinstate())
      .emits({ lifts: [lift(inBoth, inFrance)] });
    given(...listed, inBoth, part)
      .when(reinstate({ territory: inIndia }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: inIndia, restrictions: [inBoth.id] });
    given(...listed, inBoth, part)
      .when(reinstate({ territory: inFranceAndIndia }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: inFranceAndIndia, restrictions: [inBoth.id] });
  });

  it('frees again what a retracted part had freed', () => {
    const part = reinstated([lift(inBoth, inIndia)], { occurredAt: tuesdayNoon });
    given(...listed, inBoth, part, retracted(part))
      .when(reinstate())
      .emits({ lifts: [lift(inBoth, inFranceAndIndia)] });
  });

  it('frees codes of a worldwide block, which then lacks them', () => {
    given(...listed, blocked)
      .when(reinstate({ territory: inIndia }))
      .emits({ ...asked, lifts: [lift(blocked, inIndia)] });
    const part = reinstated([lift(blocked, inIndia)], { text: 'Earlier.' });
    given(...listed, blocked, part)
      .when(reinstate())
      .emits({ lifts: [lift(blocked, 'WORLD')] });
    given(...listed, blocked, part)
      .when(reinstate({ territory: inFrance }))
      .emits({ ...asked, lifts: [lift(blocked, inFrance)] });
    given(...listed, blocked, part)
      .when(reinstate({ territory: inFranceAndIndia }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: inFranceAndIndia, restrictions: [blocked.id] });
  });

  it('frees the world of a block, and nothing less than the world of a withholding in places', () => {
    given(...listed, blocked)
      .when(reinstate({ territory: 'WORLD' }))
      .emits({ ...asked, lifts: [lift(blocked, 'WORLD')] });
    given(...listed, withheldInIndia)
      .when(reinstate({ territory: 'WORLD' }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: ['WORLD'], restrictions: [withheldInIndia.id] });
  });

  it('ends an unstated restriction by any part of it', () => {
    const unstated = withheldIn('UNSTATED');
    given(...listed, unstated)
      .when(reinstate({ territory: inIndia }))
      .emits({ ...asked, lifts: [lift(unstated, inIndia)] });
    given(...listed, unstated)
      .when(reinstate({ territory: 'UNSTATED' }))
      .emits({ ...asked, lifts: [lift(unstated, 'UNSTATED')] });
    const part = reinstated([lift(unstated, inIndia)], { text: 'Earlier.' });
    given(...listed, unstated, part)
      .when(reinstate({ territory: inFrance }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });

  it('does not free an unstated part of a stated territory', () => {
    given(...listed, withheldInIndia)
      .when(reinstate({ territory: 'UNSTATED' }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: ['UNSTATED'], restrictions: [withheldInIndia.id] });
  });

  it('frees overlapping restrictions each where it applies', () => {
    given(...listed, withheldInIndia, inBoth, blocked)
      .when(reinstate({ territory: inFranceAndIndia }))
      .emits({ ...asked, lifts: [lift(withheldInIndia, inIndia), lift(inBoth, inFranceAndIndia), lift(blocked, inFranceAndIndia)] });
  });

  it('frees only the restrictions named, others stand', () => {
    given(...listed, withheldInIndia, inBoth)
      .when(reinstate({ restrictions: [inBoth.id], territory: inIndia }))
      .emits({ ...asked, lifts: [lift(inBoth, inIndia)] });
  });

  it('does not pass over a named restriction that does not apply there', () => {
    const inFranceOnly = withheldIn(inFrance);
    given(...listed, withheldInIndia, inFranceOnly)
      .when(reinstate({ restrictions: [withheldInIndia.id, inFranceOnly.id], territory: inIndia }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: inIndia, restrictions: [withheldInIndia.id, inFranceOnly.id] });
  });

  it('passes over what does not apply there where the ledger chooses', () => {
    const inFranceOnly = withheldIn(inFrance);
    given(...listed, withheldInIndia, inFranceOnly)
      .when(reinstate({ territory: inIndia }))
      .emits({ ...asked, lifts: [lift(withheldInIndia, inIndia)] });
  });
});

describe('repeating a reinstatement', () => {
  const inBoth = withheldIn(inFranceAndIndia);

  it('is quiet for each way of asking', () => {
    const whole = reinstated([lift(withheldInIndia, inIndia)]);
    const before = [...listed, withheldInIndia, whole];
    given(...before)
      .when(reinstate())
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ territory: inIndia }))
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ restrictions: [withheldInIndia.id] }))
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ restrictions: [withheldInIndia.id, withheldInIndia.id] }))
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ restrictions: [withheldInIndia.id], territory: inIndia }))
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ targetId: targetId() }))
      .emitsNothing(whole);
    given(...before)
      .when(reinstate({ targetId: targetId(), territory: inIndia }))
      .emitsNothing(whole);
  });

  it('is quiet where part of it remains', () => {
    const part = reinstated([lift(inBoth, inIndia)]);
    given(...listed, inBoth, part)
      .when(reinstate({ territory: inIndia }))
      .emitsNothing(part);
  });

  it('is quiet where several were freed, each where it applied', () => {
    const both = reinstated([lift(withheldInIndia, inIndia), lift(inBoth, inFranceAndIndia)]);
    given(...listed, withheldInIndia, inBoth, both)
      .when(reinstate({ territory: inFranceAndIndia }))
      .emitsNothing(both);
    given(...listed, withheldInIndia, inBoth, both)
      .when(reinstate({ territory: inFranceAndIndia, restrictions: [inBoth.id, withheldInIndia.id] }))
      .emitsNothing(both);
  });

  it('is another one for less than was freed', () => {
    const whole = reinstated([lift(inBoth, inFranceAndIndia)]);
    given(...listed, inBoth, whole)
      .when(reinstate({ territory: inIndia }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });

  it('is another one for another part or other restrictions', () => {
    const part = reinstated([lift(inBoth, inIndia)]);
    given(...listed, inBoth, part)
      .when(reinstate({ territory: inFrance }))
      .emits({ ...asked, lifts: [lift(inBoth, inFrance)] });
    given(...listed, inBoth, withheldInIndia, part)
      .when(reinstate({ restrictions: [withheldInIndia.id] }))
      .emits({ ...asked, lifts: [lift(withheldInIndia, inIndia)] });
    given(...listed, inBoth, part)
      .when(reinstate({ territory: inFranceAndIndia }))
      .refuses({ code: 'TERRITORY_NOT_RESTRICTED', territory: inFranceAndIndia, restrictions: [inBoth.id] });
  });

  it('is quiet though a restriction reported since would be lifted too', () => {
    const whole = reinstated([lift(withheldInIndia, inIndia)]);
    given(...listed, withheldInIndia, whole, withheldIn(inFrance))
      .when(reinstate())
      .emitsNothing(whole);
  });

  it('is quiet after the lifted territory was corrected', () => {
    const whole = reinstated([lift(inBoth, inFranceAndIndia)]);
    const smaller = corrected(whole, { lifts: [lift(inBoth, inIndia)] });
    given(...listed, inBoth, whole, smaller)
      .when(reinstate())
      .emitsNothing(whole);
  });

  it('is recorded anew after a retraction, with what is open then', () => {
    const whole = reinstated([lift(withheldInIndia, inIndia)]);
    const since = withheldIn(inFrance);
    given(...listed, withheldInIndia, whole, since, retracted(whole))
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia), lift(since, inFrance)] });
  });
});

describe('late reports', () => {
  it('reach the ledger in the worst order: the end before its restriction, the first restriction last', () => {
    // Recorded first: withheld on Tuesday, lifted on Wednesday. Then it becomes known that it was withheld on Monday and reinstated that evening.
    const tuesday = withheldIn(inIndia, { occurredAt: tuesdayNoon });
    const wednesday = reinstated([lift(tuesday, inIndia)], { occurredAt: ist('02-03 12:00') });
    const known = [...listed, tuesday, wednesday];
    given(...known)
      .when(reinstate())
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
    given(...known)
      .when(withhold())
      .emits();
    given(...known, withheldInIndia)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });

  it('of a reinstatement do not touch what began after it', () => {
    const tuesday = withheldIn(inIndia, { occurredAt: tuesdayNoon });
    given(...listed, tuesday, withheldInIndia)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
    given(...listed, tuesday)
      .when(reinstate())
      .refuses({ code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [tuesday.id] });
  });

  it('may free, before it, what a lift recorded earlier freed only in part', () => {
    const inBoth = withheldIn(inFranceAndIndia);
    const wednesday = reinstated([lift(inBoth, inIndia)], { occurredAt: ist('02-03 12:00') });
    given(...listed, inBoth, wednesday)
      .when(reinstate())
      .emits({ lifts: [lift(inBoth, inFrance)] });
  });
});

describe('a third party reports a reinstatement', () => {
  const third = { ...reported };

  it('with nothing to lift: it is stored all the same, and warned of', () => {
    given(...listed)
      .when(reinstate(third))
      .emits({ lifts: [] }, ['unmatched']);
    given(...listed, withheldIn(inFrance, { occurredAt: tuesdayNoon }))
      .when(reinstate(third))
      .emits({ lifts: [] }, ['unmatched']);
    given(...listed)
      .when(reinstate({ ...third, territory: inIndia }))
      .emits({ ...asked, lifts: [] }, ['unmatched']);
  });

  it('with something to lift: it is lifted', () => {
    given(...listed, withheldInIndia)
      .when(reinstate(third))
      .emits({ lifts: [lift(withheldInIndia, inIndia)] });
  });

  it('of a restriction that it names: then that one must be open', () => {
    const end = reinstated([lift(withheldInIndia, inIndia)]);
    given(...listed, withheldInIndia, end)
      .when(reinstate({ ...third, restrictions: [withheldInIndia.id] }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });

  it('twice: the second is quiet, also when a restriction is known by then', () => {
    const unmatched = reinstated([], third);
    given(...listed, unmatched)
      .when(reinstate(third))
      .emitsNothing(unmatched);
    given(...listed, unmatched, withheldInIndia)
      .when(reinstate(third))
      .emitsNothing(unmatched);
    given(...listed, unmatched)
      .when(reinstate({ ...third, territory: inIndia }))
      .emitsNothing(unmatched);
  });

  it.each(['direct_record', 'official_document', 'platform_report', 'inferred'])('but nobody else may: as %s', (assertion) => {
    given(...listed)
      .when(reinstate({ assertion, sources: [{ name: 'A source' }] }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });
});

describe('what a reinstatement says to the figures', () => {
  const at = Date.parse('2021-02-01T14:20:00Z');

  it('names what ends, and where', () => {
    const fact = reinstated([lift(withheldInIndia, inIndia)], { orders: [orderTwo, orderOne] });
    const shape = { kind: 'lifted', territory: inIndia, reason: 'own_decision', orders: [orderOne, orderTwo] };
    expect(targetReinstated.facts(fact)).toEqual([{ shape, about: { restriction: withheldInIndia.id }, earliest: at, latest: at }]);
  });

  it('changes no figure if nothing ends', () => {
    const shape = { kind: 'nothing_lifted', reason: 'own_decision', orders: [] };
    expect(targetReinstated.facts(reinstated([]))).toEqual([{ shape, about: undefined, earliest: at, latest: at }]);
  });
});
