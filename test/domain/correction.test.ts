/** Corrections and retractions: what may be corrected, what then holds, and what is left standing. */
import { describe, expect, it } from 'vitest';
import { correctionInput, eventCorrected, retractionInput } from '../../src/domain/events/corrections.ts';
import { effective } from '../../src/domain/history.ts';
import { parseInstant } from '../../src/domain/time.ts';
import {
  block,
  caseOpened,
  correct,
  corrected,
  declareCoverage,
  decline,
  eventNowhere,
  extent,
  type Fact,
  holdMeeting,
  inFrance,
  inFranceAndIndia,
  inIndia,
  issueOrder,
  ist,
  istDay,
  later,
  lift,
  listedInOrderOne,
  listTarget,
  mondayAfternoon,
  mondayEvening,
  mondayNoon,
  openCase,
  orderNowhere,
  orderOne,
  orderOneIssued,
  orderOneServed,
  orderTwo,
  orderTwoIssued,
  RECORDED_AT,
  recorded,
  reinstate,
  reported,
  retract,
  retracted,
  type Said,
  serveOrder,
  theCase,
  tuesdayNoon,
  twoOrders,
  withheldInIndia,
  withhold,
} from '../support/controls.ts';
import { given } from '../support/specification.ts';

const world = [...twoOrders, orderOneServed, listedInOrderOne, withheldInIndia];
const reinstated = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia)] });
const wholeHistory = (...facts: readonly Fact[]) => effective(facts.map((fact, revision) => ({ ...fact, revision })));
const dataOf = (fact: Fact, ...further: readonly Fact[]) => wholeHistory(fact, ...further).find(({ id }) => id === fact.id)?.data;

const invalid = (fact: Fact, cause: object) => ({ code: 'CORRECTION_INVALID', event: fact.id, cause }) as const;
/** What a schema complains of, by the place: the words may change. */
const malformed = (...pointers: readonly string[]) => ({
  code: 'BODY_INVALID',
  errors: pointers.map((pointer) => ({ pointer, detail: expect.any(String) })),
});

describe('correcting a fact', () => {
  it('replaces fields, given as a caller sends them, and names no others', () => {
    given(...world)
      .when(correct(withheldInIndia, { occurredAt: mondayNoon, policy: 'Spam', territory: ['IN', 'FR'] }))
      .emits({ changes: { occurredAt: extent(mondayNoon), policy: 'Spam', territory: inFranceAndIndia } });
  });

  it('takes optional fields out', () => {
    const noted = recorded(listTarget({ note: 'Page 3.', receivedAt: tuesdayNoon }), { occurredAt: extent(ist('01-31 12:00')) });
    given(...twoOrders, noted)
      .when(correct(noted, { receivedAt: null, note: null, text: 'As the source has it.' }))
      .emits({ changes: { text: 'As the source has it.' }, removes: ['note', 'receivedAt'] });
  });

  it('may be about the first fact of a stream, also one that others build on', () => {
    given(...world)
      .when(correct(orderOneIssued, { ref: 'Synthetic/1a' }))
      .emits();
    given(...world)
      .when(correct(caseOpened, { title: 'Another title' }))
      .emits();
    given(...world, reinstated)
      .when(correct(withheldInIndia, { text: 'As reported.' }))
      .emits();
  });

  it('may change which orders an act cites', () => {
    given(...world)
      .when(correct(withheldInIndia, { basis: 'unstated', orders: [] }))
      .emits();
    given(...world)
      .when(correct(withheldInIndia, { occurredAt: ist('02-05 10:00'), orders: [orderTwo] }))
      .emits({
        changes: { occurredAt: extent(ist('02-05 10:00')), orders: [orderTwo] },
      });
  });

  it('may change where a reinstatement applied, not what it ended', () => {
    const inBoth = recorded(withhold({ territory: inFranceAndIndia }));
    const whole = recorded(reinstate(), { lifts: [lift(inBoth, inFranceAndIndia)] });
    given(...twoOrders, inBoth, whole)
      .when(correct(whole, { lifts: [lift(inBoth, inIndia)] }))
      .emits();
    given(...world, inBoth, whole)
      .when(correct(whole, { lifts: [lift(withheldInIndia, inIndia)] }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: whole.id, fields: ['lifts'], why: 'fixed_field' });
    given(...world, inBoth, whole)
      .when(correct(whole, { lifts: [] }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: whole.id, fields: ['lifts'], why: 'fixed_field' });
  });
});

describe('what a correction may name', () => {
  it('is an event of the stream', () => {
    given(...world)
      .when(correct({ ...withheldInIndia, id: eventNowhere }, { text: 'x' }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'event', reference: eventNowhere });
    given(...world)
      .when(correct({ ...orderOneIssued, stream: withheldInIndia.stream }, { text: 'x' }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'event', reference: orderOneIssued.id });
  });

  it('is a fact, not a correction or a retraction', () => {
    const correction = corrected(withheldInIndia, { text: 'x' });
    const other = recorded(block());
    const retraction = retracted(other);
    for (const event of [correction, retraction]) {
      const refusal = { code: 'CORRECTION_FORBIDDEN', event: event.id, fields: [], why: 'not_a_fact' } as const;
      given(...world, correction, other, retraction)
        .when(correct(event, { reason: 'better_evidence' }))
        .refuses(refusal);
      given(...world, correction, other, retraction)
        .when(retract(event))
        .refuses(refusal);
    }
  });

  it('is not retracted', () => {
    const retraction = retracted(withheldInIndia);
    given(...world, retraction)
      .when(correct(withheldInIndia, { text: 'x' }))
      .refuses({ code: 'EVENT_ALREADY_RETRACTED', event: withheldInIndia.id, retraction: retraction.id });
  });
});

describe('fields that no correction touches', () => {
  const meeting = recorded(holdMeeting());
  const other = '00000000-0000-4000-8000-0000000000ff';

  it.each<[string, Fact, Said]>([
    ['target', withheldInIndia, { target: { platform: 'birdsite.example', kind: 'account', verbatim: 'another' } }],
    ['synthetic', withheldInIndia, { synthetic: false }],
    ['batchId', withheldInIndia, { batchId: other }],
    ['order', listedInOrderOne, { order: orderTwo }],
    ['caseId', orderOneIssued, { caseId: other }],
    ['platform', orderOneIssued, { platform: 'othersite.example' }],
    ['caseId', meeting, { caseId: other }],
    ['lifts', reinstated, { lifts: [] }],
  ])('%s', (field, fact, changes) => {
    const refusal = { code: 'CORRECTION_FORBIDDEN', event: fact.id, fields: [field], why: 'fixed_field' } as const;
    given(...world, reinstated, meeting)
      .when(correct(fact, changes))
      .refuses(refusal);
    given(...world, reinstated, meeting)
      .when(correct(fact, { [field]: null }))
      .refuses(refusal);
    given(...world, reinstated, meeting)
      .when(correct(fact, { text: 'As the source has it.', ...changes }))
      .refuses(refusal);
  });

  it('may be sent again unchanged, as a caller writes them', () => {
    given(...world)
      .when(
        correct(withheldInIndia, {
          target: { platform: 'www.birdsite.example', kind: 'account', verbatim: '@synthetic-o1-001' },
          text: 'x',
        }),
      )
      .emits({ changes: { target: withheldInIndia.data['target'], text: 'x' } });
    given(...world, reinstated)
      .when(correct(reinstated, { lifts: reinstated.data['lifts'], reason: 'settlement' }))
      .emits();
    given(...world)
      .when(correct(orderOneIssued, { caseId: theCase, synthetic: true, ref: 'Synthetic/1a' }))
      .emits();
  });

  it('are named all at once', () => {
    given(...world)
      .when(correct(orderOneIssued, { platform: 'othersite.example', caseId: other, ref: 'x' }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: orderOneIssued.id, fields: ['caseId', 'platform'], why: 'fixed_field' });
  });
});

describe('a correction that changes nothing', () => {
  const refusal = { code: 'CORRECTION_EMPTY', event: withheldInIndia.id } as const;

  it.each<[string, Said]>([
    ['names no field', {}],
    ['says what is recorded', { basis: 'legal_order', territory: ['IN'], occurredAt: mondayAfternoon }],
    ['takes out what is not there', { policy: null }],
  ])('%s', (_, changes) => {
    given(...world)
      .when(correct(withheldInIndia, changes))
      .refuses(refusal);
  });

  it('is refused after a correction that said the same in other words', () => {
    const correction = corrected(withheldInIndia, { policy: 'Spam' });
    given(...world, correction)
      .when(correct(withheldInIndia, { policy: 'Spam' }, { explanation: 'Again.' }))
      .refuses(refusal);
  });

  it('is quiet if the same correction is on record', () => {
    const correction = corrected(withheldInIndia, { policy: 'Spam' });
    given(...world, correction)
      .when(correct(withheldInIndia, { policy: 'Spam' }))
      .emitsNothing(correction);
    const removal = corrected(withheldInIndia, {}, ['policy']);
    given(...world, correction, removal)
      .when(correct(withheldInIndia, { policy: null }))
      .emitsNothing(removal);
  });
});

describe('several corrections', () => {
  const first = corrected(withheldInIndia, { policy: 'Spam', until: extent(tuesdayNoon)['earliest'] });
  const second = corrected(withheldInIndia, { policy: 'Abuse' });

  it('apply in log order: for each field the last one wins', () => {
    expect(dataOf(withheldInIndia, first, second)).toEqual({
      ...withheldInIndia.data,
      policy: 'Abuse',
      until: extent(tuesdayNoon)['earliest'],
    });
    expect(dataOf(withheldInIndia, second, first)).toMatchObject({ policy: 'Spam' });
  });

  it('may take out what one of them brought in, and bring it in again', () => {
    const out = corrected(withheldInIndia, {}, ['policy']);
    expect(dataOf(withheldInIndia, first, out)).not.toHaveProperty('policy');
    expect(dataOf(withheldInIndia, first, out, second)).toMatchObject({ policy: 'Abuse' });
    given(...world, first, out)
      .when(correct(withheldInIndia, { policy: 'Abuse' }))
      .emits();
  });

  it('correct a wrong correction', () => {
    given(...world, first)
      .when(correct(withheldInIndia, { policy: 'Abuse' }))
      .emits();
  });

  it('may lead back to what was first recorded, and away from it again', () => {
    const moved = corrected(withheldInIndia, { occurredAt: extent(mondayNoon) });
    const back = corrected(withheldInIndia, { occurredAt: withheldInIndia.data['occurredAt'] });
    given(...world, moved)
      .when(correct(withheldInIndia, { occurredAt: mondayAfternoon }))
      .emits({ changes: { occurredAt: extent(mondayAfternoon) } });
    expect(dataOf(withheldInIndia, moved, back)).toEqual(withheldInIndia.data);
    given(...world, moved, back)
      .when(correct(withheldInIndia, { occurredAt: mondayNoon }))
      .emits({ changes: { occurredAt: extent(mondayNoon) } });
  });

  it('leave place, type and moment of recording alone, and what was first recorded in sight', () => {
    const [found] = wholeHistory(withheldInIndia, first, second);
    expect(found).toMatchObject({ id: withheldInIndia.id, revision: 0, recordedAt: RECORDED_AT, recorded: withheldInIndia.data });
    expect(found?.correctedBy).toEqual([first.id, second.id]);
  });

  it('of a retracted fact change nothing', () => {
    expect(wholeHistory(withheldInIndia, retracted(withheldInIndia), first)).toEqual([]);
  });
});

describe('a correction whose result would not pass its schema', () => {
  it('is refused with the refusal that the field would meet', () => {
    given(...world)
      .when(correct(withheldInIndia, { territory: ['XX'] }))
      .refuses(invalid(withheldInIndia, { code: 'TERRITORY_UNKNOWN', territory: 'XX' }));
    given(...world)
      .when(correct(withheldInIndia, { territory: 'WORLD' }))
      .refuses(invalid(withheldInIndia, { code: 'TERRITORY_UNKNOWN', territory: 'WORLD' }));
    given(...world)
      .when(correct(withheldInIndia, { occurredAt: { earliest: mondayEvening, latest: mondayNoon } }))
      .refuses(
        invalid(withheldInIndia, {
          code: 'TIME_REVERSED',
          earliest: extent(mondayEvening)['earliest'],
          latest: extent(mondayNoon)['earliest'],
        }),
      );
  });

  it('is refused for a field that the type does not have', () => {
    given(...world)
      .when(correct(withheldInIndia, { measure: 'suspended' }))
      .refuses(invalid(withheldInIndia, malformed('/changes/measure')));
    given(...world)
      .when(correct(withheldInIndia, { constructor: 'x' }))
      .refuses(invalid(withheldInIndia, malformed('/changes/constructor')));
    given(...world)
      .when(correct(withheldInIndia, { restrictions: [] }))
      .refuses(invalid(withheldInIndia, malformed('/changes/restrictions')));
  });

  it('is refused for taking out a field that the type does not have, whatever else it says', () => {
    for (const field of ['measure', 'constructor', 'hasOwnProperty', 'untill']) {
      given(...world)
        .when(correct(withheldInIndia, { [field]: null, text: 'x' }))
        .refuses(invalid(withheldInIndia, malformed(`/changes/${field}`)));
    }
  });

  it('is refused for taking out what no fact of the type lacks', () => {
    given(...world)
      .when(correct(withheldInIndia, { territory: null }))
      .refuses(invalid(withheldInIndia, malformed('/changes/territory')));
    given(...world)
      .when(correct(caseOpened, { zone: null }))
      .refuses(invalid(caseOpened, malformed('/changes/zone')));
  });

  it('is refused for a value of another form', () => {
    given(...world)
      .when(correct(withheldInIndia, { orders: orderOne }))
      .refuses(invalid(withheldInIndia, malformed('/changes/orders')));
    given(...world)
      .when(correct(orderOneIssued, { statedTargetCount: -1, confidential: 'no' }))
      .refuses(invalid(orderOneIssued, malformed('/changes/statedTargetCount', '/changes/confidential')));
  });
});

describe('a correction that the stream, decided again, does not bear', () => {
  const oneDayLater = ist('02-01 12:00');

  it.each<[string, Fact, Said, object]>([
    [
      'the order would be issued after its service',
      orderOneIssued,
      { occurredAt: oneDayLater },
      { code: 'BEFORE_ISSUE', order: orderOne, issued: extent(oneDayLater)['earliest'] },
    ],
    [
      'the order would have expired before its service',
      orderOneIssued,
      { expiresAt: later(ist('01-31 12:00'), 0), occurredAt: ist('01-31 11:00') },
      { code: 'ORDER_ENDED', order: orderOne, ended: extent(ist('01-31 12:00'))['earliest'] },
    ],
    [
      'it would be received before it was sent',
      orderOneServed,
      { occurredAt: mondayNoon },
      { code: 'RECEIVED_BEFORE_SENT', sent: extent(mondayNoon)['earliest'], received: extent(ist('01-31 12:00'))['earliest'] },
    ],
    [
      'a reinstatement would precede its restriction',
      withheldInIndia,
      { occurredAt: tuesdayNoon },
      { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] },
    ],
    [
      'a reinstatement would free what was not restricted',
      withheldInIndia,
      { territory: ['FR'] },
      { code: 'TERRITORY_NOT_RESTRICTED', territory: inIndia, restrictions: [withheldInIndia.id] },
    ],
    [
      'a reinstatement would precede what it ends',
      reinstated,
      { occurredAt: mondayNoon },
      { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] },
    ],
    [
      'a reinstatement would free more than was restricted',
      reinstated,
      { lifts: [lift(withheldInIndia, inFranceAndIndia)] },
      { code: 'TERRITORY_NOT_RESTRICTED', territory: inFranceAndIndia, restrictions: [withheldInIndia.id] },
    ],
    ['an act on legal basis would cite no order', withheldInIndia, { orders: [] }, { code: 'BASIS_WITHOUT_ORDER' }],
    [
      'an act would cite an order that is not there',
      withheldInIndia,
      { orders: [orderNowhere] },
      { code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere },
    ],
    [
      'an act would precede the order that it cites',
      withheldInIndia,
      { orders: [orderTwo] },
      { code: 'BEFORE_ISSUE', order: orderTwo, issued: extent(ist('02-04 12:00'))['earliest'] },
    ],
    [
      'a measure would end before it began',
      withheldInIndia,
      { until: mondayNoon },
      { code: 'ENDS_BEFORE_START', field: 'until', start: extent(mondayAfternoon)['earliest'], end: extent(mondayNoon)['earliest'] },
    ],
    [
      'a report would have no source',
      withheldInIndia,
      { assertion: 'platform_report' },
      { code: 'SOURCE_REQUIRED', assertion: 'platform_report' },
    ],
    [
      'an event followed would not be there',
      withheldInIndia,
      { follows: [eventNowhere] },
      { code: 'REFERENCE_UNKNOWN', field: 'follows', reference: eventNowhere },
    ],
  ])('%s', (_, fact, changes, cause) => {
    given(...world, reinstated)
      .when(correct(fact, changes))
      .refuses(invalid(fact, cause));
  });

  it('takes a source out only of a direct record', () => {
    const report = recorded(block(reported));
    given(...world, report)
      .when(correct(report, { sources: null }))
      .refuses(invalid(report, { code: 'SOURCE_REQUIRED', assertion: 'third_party_report' }));
    given(...world, report)
      .when(correct(report, { sources: null, assertion: 'direct_record' }))
      .emits({ changes: { assertion: 'direct_record' }, removes: ['sources'] });
  });

  it('holds a fact against the moment when it was recorded, not when it is corrected', () => {
    const muchLater = parseInstant('2021-03-14T03:30:00.000Z');
    const limit = later(RECORDED_AT, 24 * 3_600_000);
    const past = later(RECORDED_AT, 24 * 3_600_000 + 1);
    given(...world)
      .at(muchLater)
      .when(correct(withheldInIndia, { occurredAt: limit }))
      .emits({ changes: { occurredAt: extent(limit) } });
    given(...world)
      .at(muchLater)
      .when(correct(withheldInIndia, { occurredAt: past }))
      .refuses(
        invalid(withheldInIndia, {
          code: 'TIME_IN_FUTURE',
          field: 'occurredAt',
          earliest: extent(past)['earliest'],
          recordedAt: RECORDED_AT,
        }),
      );
  });

  it('lets lifts stand that hold under it', () => {
    const inBoth = recorded(withhold({ territory: inFranceAndIndia }));
    const part = recorded(reinstate(), { lifts: [lift(inBoth, inIndia)] });
    given(...twoOrders, listedInOrderOne, inBoth, part)
      .when(correct(inBoth, { territory: ['IN'] }))
      .emits();
  });

  it('does not look at reinstatements recorded later when it holds a lift against what remained', () => {
    const inBoth = recorded(withhold({ territory: inFranceAndIndia }));
    const part = recorded(reinstate(), { lifts: [lift(inBoth, inIndia)] });
    const rest = recorded(reinstate({ occurredAt: mondayAfternoon, text: 'x' }), { lifts: [lift(inBoth, inFrance)] });
    given(...twoOrders, listedInOrderOne, inBoth, part, rest)
      .when(correct(part, { text: 'x' }))
      .emits();
    given(...twoOrders, listedInOrderOne, inBoth, part, rest)
      .when(correct(part, { lifts: [lift(inBoth, inFranceAndIndia)] }))
      .refuses(invalid(part, { code: 'TERRITORY_NOT_RESTRICTED', territory: inFrance, restrictions: [inBoth.id] }));
  });
});

describe('an old fault', () => {
  // The order's issue was corrected to Monday 16:00, in its own stream: now the withholding of 14:00 looks too early.
  const issuedLater = corrected(orderOneIssued, { occurredAt: extent(ist('02-01 16:00')) });
  const before = [caseOpened, orderOneIssued, orderTwoIssued, issuedLater, listedInOrderOne, withheldInIndia];

  it('elsewhere in the stream does not stand in the way', () => {
    const declined = recorded(decline());
    given(...before, declined)
      .when(correct(declined, { grounds: ['other'] }))
      .emits();
  });

  it('of the fact itself does not stand in the way of mending another of its fields', () => {
    given(...before)
      .when(correct(withheldInIndia, { text: 'As the source has it.' }))
      .emits();
    given(...before)
      .when(correct(withheldInIndia, { occurredAt: ist('02-01 17:00') }))
      .emits({ changes: { occurredAt: extent(ist('02-01 17:00')) } });
  });

  it('does not hide a new fault of another kind', () => {
    given(...before)
      .when(correct(withheldInIndia, { until: mondayNoon }))
      .refuses(
        invalid(withheldInIndia, {
          code: 'ENDS_BEFORE_START',
          field: 'until',
          start: extent(mondayAfternoon)['earliest'],
          end: extent(mondayNoon)['earliest'],
        }),
      );
  });

  it('does not hide a new fault of the same kind', () => {
    const withoutOrder = [caseOpened, orderOneIssued, retracted(orderOneIssued), orderTwoIssued, withheldInIndia];
    given(...withoutOrder)
      .when(correct(withheldInIndia, { orders: [orderNowhere] }))
      .refuses(invalid(withheldInIndia, { code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere }));
    given(...withoutOrder)
      .when(correct(withheldInIndia, { text: 'x' }))
      .emits();
  });

  it('does not hide a fault that the correction makes elsewhere', () => {
    const free = recorded(reinstate({ text: 'x' }), { lifts: [lift(withheldInIndia, inIndia)] });
    given(...before, free)
      .when(correct(withheldInIndia, { occurredAt: tuesdayNoon }))
      .refuses(invalid(withheldInIndia, { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] }));
  });
});

describe('retracting a fact', () => {
  it('says why', () => {
    given(...world)
      .when(retract(withheldInIndia))
      .emits();
    const again = recorded(withhold({ occurredAt: tuesdayNoon }));
    given(...world, again)
      .when(retract(again, { reason: 'duplicate', duplicateOf: withheldInIndia.id, explanation: 'Twice in the file.' }))
      .emits();
    given(...world)
      .when(retract(withheldInIndia, { reason: 'duplicate', duplicateOf: eventNowhere }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'duplicateOf', reference: eventNowhere });
  });

  it('names as what stands instead another fact of the same type', () => {
    const another = recorded(withhold({ occurredAt: tuesdayNoon }));
    for (const duplicateOf of [another.id, listedInOrderOne.id, orderOneIssued.id])
      given(...world, another)
        .when(retract(another, { reason: 'duplicate', duplicateOf }))
        .refuses({ code: 'RETRACTION_FORBIDDEN', event: another.id, why: 'no_duplicate' });
  });

  it('is about an event of the stream', () => {
    given(...world)
      .when(retract({ stream: withheldInIndia.stream, id: eventNowhere }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'event', reference: eventNowhere });
    given(...world)
      .when(retract({ stream: withheldInIndia.stream, id: orderOneIssued.id }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'event', reference: orderOneIssued.id });
  });

  it('repeats quietly, and in other words is refused', () => {
    const retraction = retracted(withheldInIndia);
    given(...world, retraction)
      .when(retract(withheldInIndia))
      .emitsNothing(retraction);
    given(...world, retraction)
      .when(retract(withheldInIndia, { reason: 'withdrawn_by_source' }))
      .refuses({ code: 'EVENT_ALREADY_RETRACTED', event: withheldInIndia.id, retraction: retraction.id });
  });

  it('waits for the reinstatements that name it', () => {
    const another = recorded(reinstate({ occurredAt: tuesdayNoon }), { lifts: [lift(withheldInIndia, inIndia)] });
    given(...world, reinstated, another)
      .when(retract(withheldInIndia))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: withheldInIndia.id, dependents: [reinstated.id, another.id] });
    given(...world, reinstated, another, retracted(another))
      .when(retract(withheldInIndia))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: withheldInIndia.id, dependents: [reinstated.id] });
    given(...world, reinstated, retracted(reinstated))
      .when(retract(withheldInIndia))
      .emits();
    given(...world, reinstated)
      .when(retract(reinstated))
      .emits();
  });

  it('does not wait for other restrictions, nor for the reinstatements of others', () => {
    const other = recorded(block());
    given(...world, reinstated, other)
      .when(retract(other))
      .emits();
  });

  it('of the event that opened the stream waits for all that followed', () => {
    const covered = recorded(declareCoverage());
    given(...world, covered)
      .when(retract(orderOneIssued))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: orderOneIssued.id, dependents: [orderOneServed.id, covered.id] });
    given(...world, retracted(orderOneServed))
      .when(retract(orderOneIssued))
      .emits();
    given(caseOpened).when(retract(caseOpened)).emits();
    given(...twoOrders, recorded(holdMeeting()))
      .when(retract(recorded(holdMeeting())))
      .refuses({
        code: 'REFERENCE_UNKNOWN',
        field: 'event',
        reference: expect.any(String),
      });
  });

  it('does not wait for corrections of the fact, nor in a target for what follows the first listing', () => {
    given(...world, corrected(orderTwoIssued, { ref: 'Synthetic/2a' }))
      .when(retract(orderTwoIssued))
      .emits();
    given(...world, corrected(withheldInIndia, { policy: 'Spam' }))
      .when(retract(withheldInIndia))
      .emits();
    given(...world)
      .when(retract(listedInOrderOne))
      .emits();
  });
});

describe('after a retraction', () => {
  it('the same may be recorded anew, as another event, and corrected and retracted in its turn', () => {
    const again = recorded(withhold());
    const known = [...world, retracted(withheldInIndia), again];
    given(...world, retracted(withheldInIndia))
      .when(withhold())
      .emits();
    given(...known)
      .when(withhold())
      .emitsNothing(again);
    given(...known)
      .when(correct(again, { policy: 'Spam' }))
      .emits();
    given(...known)
      .when(retract(again))
      .emits();
    given(...known)
      .when(reinstate())
      .emits({ lifts: [lift(again, inIndia)] });
  });

  it('an order may be issued anew in its stream, and is what follows then refers to', () => {
    const anew = recorded(issueOrder({ occurredAt: mondayNoon }));
    const known = [caseOpened, orderOneIssued, retracted(orderOneIssued), anew];
    given(...known)
      .when(issueOrder({ occurredAt: mondayNoon }))
      .emitsNothing(anew);
    given(...known)
      .when(serveOrder({ occurredAt: mondayNoon }))
      .emits({ receivedAt: extent(mondayNoon) });
    given(...known)
      .when(serveOrder())
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(mondayNoon)['earliest'] });
    given(...known)
      .when(listTarget())
      .emits({ occurredAt: extent(mondayNoon) });
  });

  it('a stream is empty to what would follow in it', () => {
    const empty = [caseOpened, orderOneIssued, retracted(orderOneIssued)];
    given(...empty)
      .when(serveOrder())
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'order', reference: orderOne });
    given(...empty)
      .when(correct(orderOneIssued, { ref: 'x' }))
      .refuses({
        code: 'EVENT_ALREADY_RETRACTED',
        event: orderOneIssued.id,
        retraction: expect.any(String),
      });
  });
});

describe('the form of a correction', () => {
  const sent = (changes: unknown) => ({
    stream: withheldInIndia.stream,
    event: withheldInIndia.id,
    changes,
    reason: 'data_entry',
    explanation: 'x',
  });
  const complaints = (changes: unknown) => correctionInput.safeParse(sent(changes)).error?.issues.map(({ path }) => path.join('/'));

  it('turns null into a removal, sorted, and keeps no null', () => {
    const parsed = correctionInput.parse(sent({ until: null, policy: null, text: 'x' }));
    expect(parsed).toMatchObject({ changes: { text: 'x' }, removes: ['policy', 'until'] });
    expect(correctionInput.parse(sent({ text: 'x' }))).not.toHaveProperty('removes');
  });

  it.each<[unknown, string]>([
    [{ policy: { name: null } }, 'changes/policy/name'],
    [{ orders: [null] }, 'changes/orders/0'],
    [{ text: 'a\u202Eb' }, 'changes/text'],
    [{ sources: [{ name: 'a\u0000' }] }, 'changes/sources/0/name'],
    [JSON.parse('{"sources":[{"__proto__":"x"}]}'), 'changes/sources/0/__proto__'],
    [{ sources: [{ $name: 'x' }] }, 'changes/sources/0/$name'],
  ])('refuses %j', (changes, path) => {
    expect(complaints(changes)).toEqual([path]);
  });

  it('refuses names that no field can have', () => {
    const polluting = correctionInput.parse(sent(JSON.parse('{"__proto__":{"polluted":true}}')));
    expect(Object.keys(polluting.changes ?? { none: true })).toEqual([]);
    expect(({} as { readonly polluted?: boolean }).polluted).toBeUndefined();
    expect(complaints({ 'a-b': 'x' })).not.toEqual(undefined);
    expect(complaints([])).not.toEqual(undefined);
  });

  it('names the stream of a fact: not the ledger’s own', () => {
    for (const stream of ['ledger', 'order-1', 'nowhere-00000000-0000-4000-8000-000000000001']) {
      expect(correctionInput.safeParse({ ...sent({ text: 'x' }), stream }).success).toBe(false);
      expect(retractionInput.safeParse({ stream, event: withheldInIndia.id, reason: 'wrong' }).success).toBe(false);
    }
  });

  it('says why, and says it in words', () => {
    expect(correctionInput.safeParse({ ...sent({ text: 'x' }), explanation: undefined }).success).toBe(false);
    expect(correctionInput.safeParse({ ...sent({ text: 'x' }), reason: 'whim' }).success).toBe(false);
    expect(eventCorrected.safeParse({ ...corrected(withheldInIndia, { text: 'x' }).data }).success).toBe(true);
  });
});

describe('a correction in a stream of another kind', () => {
  it.each<[string, Fact, Said]>([
    ['a case', caseOpened, { zone: 'UTC', incidentAt: istDay('01-26') }],
    ['an order', orderOneIssued, { demand: { measure: 'remove', territory: ['IN'] }, statedTargetCount: 257 }],
    ['a service', orderOneServed, { receivedAt: mondayNoon }],
    ['a coverage', recorded(declareCoverage()), { completeness: 'partial', to: ist('02-12 00:00') }],
    ['a meeting', recorded(holdMeeting()), { orders: [], endedAt: tuesdayNoon }],
    ['a listing', listedInOrderOne, { classes: [{ class: 'journalist', assertedBy: 'platform' }] }],
    ['a refusal', recorded(decline()), { orders: [orderOne, orderTwo], occurredAt: ist('02-05 12:00') }],
  ])('%s', (_, fact, changes) => {
    const facts = world.includes(fact) ? world : [...world, fact];
    const stored = Object.fromEntries(
      Object.entries(changes).map(([field, value]) => [
        field,
        /At$/.test(field) ? extent(value as string) : field === 'to' ? extent(value as string)['earliest'] : value,
      ]),
    );
    given(...facts)
      .when(correct(fact, changes))
      .emits({ changes: stored });
    expect(openCase().type).toBe('CaseOpened');
  });
});
