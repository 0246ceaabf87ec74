/** What holds for every fact, whatever its type: the rules that all obey, quiet repeats, and what a correction or retraction does to both. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/domain/command.ts';
import { EVENT_TYPES, findEventType } from '../../../src/domain/events/event-types.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { msOf } from '../../../src/domain/time.ts';
import {
  answerOrder,
  block,
  caseOpened,
  claimRecorded,
  completeImport,
  confirmOrder,
  corrected,
  declareCoverage,
  decline,
  eventNowhere,
  evidence,
  evidenceNowhere,
  evidenceRegistered,
  extent,
  type Fact,
  findGone,
  holdMeeting,
  inIndia,
  issueOrder,
  ist,
  later,
  lift,
  liftStay,
  limit,
  link,
  listedInOrderOne,
  listTarget,
  makeStatement,
  mondayNoon,
  notify,
  openCase,
  orderOneIssued,
  RECORDED_AT,
  recordClaim,
  recorded,
  registerEvidence,
  reinstate,
  restartClock,
  retracted,
  revokeOrder,
  type Said,
  serveNotice,
  serveOrder,
  setDeadline,
  startImport,
  stayOrder,
  stopClock,
  theCase,
  twoOrders,
  withdraw,
  withdrawClaim,
  withheldInIndia,
  withhold,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

type Example = {
  /** What must be on record before. */
  readonly before: readonly Fact[];
  readonly ask: (said?: Said) => Command;
  /** What the decider fills in, beside `synthetic`. */
  readonly fills?: (occurredAt: string | JsonObject) => Said;
};

const occurred = ist('02-03 10:00');

const stayedEarly = recorded(stayOrder({ occurredAt: mondayNoon }));
const stoppedEarly = recorded(stopClock({ occurredAt: mondayNoon }));

// Not the file that the tests below cite.
const importedFile = recorded(registerEvidence({}, 'c'.repeat(64)));
const imported: Said = { file: 'c'.repeat(64), mapping: 'c'.repeat(64) };

const EXAMPLES: { readonly [type: string]: Example } = {
  CaseOpened: { before: [], ask: openCase },
  OrderIssued: { before: [caseOpened], ask: issueOrder },
  OrderServed: { before: [caseOpened, orderOneIssued], ask: serveOrder, fills: (at) => ({ receivedAt: extent(at) }) },
  OrderConfirmed: { before: [caseOpened, orderOneIssued], ask: confirmOrder },
  OrderStayed: { before: [caseOpened, orderOneIssued], ask: stayOrder },
  StayLifted: { before: [caseOpened, orderOneIssued, stayedEarly], ask: liftStay, fills: () => ({ stay: stayedEarly.id }) },
  OrderRevoked: { before: [caseOpened, orderOneIssued], ask: revokeOrder },
  NoticeServed: { before: [caseOpened, orderOneIssued], ask: serveNotice, fills: (at) => ({ receivedAt: extent(at) }) },
  OrderAnswered: { before: [caseOpened, orderOneIssued], ask: answerOrder },
  DeadlineSet: { before: [caseOpened, orderOneIssued], ask: setDeadline },
  ClockStopped: { before: [caseOpened, orderOneIssued], ask: stopClock },
  ClockRestarted: { before: [caseOpened, orderOneIssued, stoppedEarly], ask: restartClock, fills: () => ({ stop: stoppedEarly.id }) },
  CoverageDeclared: { before: [caseOpened, orderOneIssued], ask: declareCoverage },
  MeetingHeld: { before: twoOrders, ask: holdMeeting },
  TargetListed: { before: twoOrders, ask: listTarget },
  TargetBlocked: { before: [...twoOrders, listedInOrderOne], ask: block },
  TargetWithheld: { before: [...twoOrders, listedInOrderOne], ask: withhold },
  TargetReinstated: {
    before: [...twoOrders, listedInOrderOne, withheldInIndia],
    ask: reinstate,
    fills: () => ({ lifts: [lift(withheldInIndia, inIndia)] }),
  },
  TargetDeclined: { before: [...twoOrders, listedInOrderOne], ask: decline },
  TargetWithdrawn: { before: [...twoOrders, listedInOrderOne], ask: withdraw },
  TargetLimited: { before: [...twoOrders, listedInOrderOne], ask: limit },
  UserNotified: { before: [...twoOrders, listedInOrderOne], ask: notify },
  TargetGone: { before: [...twoOrders, listedInOrderOne], ask: findGone },
  TargetLinked: { before: [...twoOrders, listedInOrderOne], ask: link },
  StatementMade: { before: [caseOpened], ask: makeStatement },
  ClaimRecorded: { before: [caseOpened], ask: recordClaim },
  ClaimWithdrawn: { before: [caseOpened, claimRecorded], ask: withdrawClaim, fills: () => ({ caseId: theCase }) },
  ImportStarted: { before: [importedFile], ask: (said) => startImport({ ...imported, ...said }) },
  ImportCompleted: { before: [importedFile, recorded(startImport(imported))], ask: completeImport },
  EvidenceRegistered: { before: [], ask: (said) => registerEvidence(said, 'f'.repeat(64)) },
};

it('has an example of every type', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(EVENT_TYPES.map(({ name }) => name).sort());
});

describe.each(Object.entries(EXAMPLES))('%s', (name, { before, ask, fills = () => ({}) }) => {
  const type = findEventType(name);
  const at = (said: Said = {}): Command => ask({ occurredAt: occurred, ...said });
  const filled = (receivedAt?: string): Said => ({
    ...fills(occurred),
    ...(receivedAt !== undefined && { receivedAt: extent(receivedAt) }),
  });
  const asFact = (said: Said = {}): Fact => recorded(at(said), filled());
  const isOpening = type?.opens ?? false;

  it('is recorded as asked, with what the decider fills in', () => {
    given(...before)
      .when(at())
      .emits(filled());
  });

  it('keeps every common field as sent', () => {
    const said = {
      text: '“Nobody was told.”\nSo they say.',
      follows: [evidenceRegistered.id],
      externalRecordedAt: '2021-02-03T10:00:00.5+05:30',
      batchId: '00000000-0000-4000-8000-00000000000b',
      assertion: 'official_document',
      sources: [
        { name: 'Gazette', evidence, locator: 'page 3', quote: 'it is ordered', publishedAt: { date: '2021-02-03', zone: 'Asia/Kolkata' } },
      ],
    };
    given(...before, evidenceRegistered)
      .when(at(said))
      .emits(filled());
  });

  it('may lie 24 hours after the moment of recording, and not a millisecond more', () => {
    const limit = later(RECORDED_AT, 24 * 3_600_000);
    const past = later(RECORDED_AT, 24 * 3_600_000 + 1);
    given(...before)
      .when(ask({ occurredAt: limit }))
      .emits(fills(limit));
    given(...before)
      .when(ask({ occurredAt: past }))
      .refuses({ code: 'TIME_IN_FUTURE', field: 'occurredAt', earliest: extent(past)['earliest'], recordedAt: RECORDED_AT });
  });

  it('may have begun within the limit and end beyond it', () => {
    const open = { earliest: later(RECORDED_AT, 24 * 3_600_000), latest: later(RECORDED_AT, 72 * 3_600_000) };
    given(...before)
      .when(ask({ occurredAt: open }))
      .emits(fills(open));
  });

  it('is not received later than that either', () => {
    const past = later(RECORDED_AT, 24 * 3_600_000 + 1);
    given(...before)
      .when(at({ receivedAt: past }))
      .refuses({ code: 'TIME_IN_FUTURE', field: 'receivedAt', earliest: extent(past)['earliest'], recordedAt: RECORDED_AT });
  });

  it('is not received provably before it was sent', () => {
    const sent = { earliest: ist('02-03 10:00'), latest: ist('02-03 12:00') };
    const justBefore = { earliest: ist('02-03 08:00'), latest: later(ist('02-03 10:00'), -1) };
    given(...before)
      .when(ask({ occurredAt: sent, receivedAt: justBefore }))
      .refuses({ code: 'RECEIVED_BEFORE_SENT', sent: extent(sent)['earliest'], received: extent(justBefore)['latest'] });
    const overlapping = { earliest: ist('02-03 08:00'), latest: ist('02-03 10:00') };
    given(...before)
      .when(ask({ occurredAt: sent, receivedAt: overlapping }))
      .emits({ ...fills(occurred), receivedAt: extent(overlapping) });
  });

  it.each(['official_document', 'platform_report', 'third_party_report', 'inferred'])('needs a source as %s', (assertion) => {
    given(...before)
      .when(at({ assertion, sources: undefined }))
      .refuses({ code: 'SOURCE_REQUIRED', assertion });
    given(...before)
      .when(at({ assertion, sources: [{ name: 'A source' }] }))
      .emits(filled());
  });

  it('names only evidence that is registered', () => {
    const sources = [
      { name: 'A file', evidence },
      { name: 'Another', evidence: evidenceNowhere },
    ];
    given(...before, evidenceRegistered)
      .when(at({ sources }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'sources', reference: evidenceNowhere });
    given(...before, evidenceRegistered)
      .when(at({ sources: sources.slice(0, 1) }))
      .emits(filled());
  });

  it('follows only events that are recorded', () => {
    given(...before, evidenceRegistered)
      .when(at({ follows: [evidenceRegistered.id, eventNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'follows', reference: eventNowhere });
  });

  it('is not synthetic beside real evidence', () => {
    const real: Fact = { ...evidenceRegistered, data: { synthetic: false } };
    given(...before, real)
      .when(at({ sources: [{ name: 'A file', evidence }] }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: evidence });
  });

  it('repeats quietly, also in another batch', () => {
    const fact = asFact({ text: 'As first said.' });
    given(...before, fact)
      .when(at({ text: 'As first said.' }))
      .emitsNothing(fact);
    given(...before, fact)
      .when(at({ text: 'As first said.', batchId: '00000000-0000-4000-8000-00000000000b' }))
      .emitsNothing(fact);
    given(...before, fact)
      .when(at({ text: 'As first said.', synthetic: true }))
      .emitsNothing(fact);
  });

  it('repeats quietly as first recorded, after a correction', () => {
    const fact = asFact({ text: 'As first said.' });
    const correction = corrected(fact, { text: 'As corrected.' });
    given(...before, fact, correction)
      .when(at({ text: 'As first said.' }))
      .emitsNothing(fact);
  });

  it('may be recorded anew after a retraction', () => {
    const fact = asFact();
    given(...before, fact, retracted(fact))
      .when(at())
      .emits(filled());
    const again = asFact();
    given(...before, fact, retracted(fact), again)
      .when(at())
      .emitsNothing(again);
  });

  it('is sent without what the ledger assigns, and without fields that it does not have', () => {
    const data = { occurredAt: occurred, assertion: 'direct_record', target: at().data['target'] };
    for (const extra of ['recordedAt', 'id', 'stream', 'lifts', 'tergets', 'constructor']) {
      const issues = type?.input.safeParse({ ...data, [extra]: 'x' }).error?.issues ?? [];
      expect(
        issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes(extra)),
        extra,
      ).toBe(true);
    }
    const polluted = type?.input.safeParse(JSON.parse('{"__proto__": {"synthetic": false}}'));
    expect(polluted?.success).toBe(false);
    expect(({} as { readonly synthetic?: boolean }).synthetic).toBeUndefined();
  });

  if (isOpening) {
    it('opens its stream once', () => {
      const fact = asFact();
      const other = { text: 'Something else.' };
      const existing = fact.stream.slice(fact.stream.indexOf('-') + 1);
      given(...before, fact)
        .when(at(other))
        .refuses({ code: 'ALREADY_EXISTS', existing });
    });

    it('tells the event that has its external id already', () => {
      const externalId = { system: 'registry', id: '42' };
      const fact = asFact({ externalId });
      given(...before, fact)
        .when(at({ externalId }))
        .emitsNothing(fact);
      given(...before, fact)
        .when(at({ externalId, text: 'Something else.' }))
        .refuses({ code: 'DUPLICATE_EXTERNAL_ID', existing: fact.id, ...externalId });
      const elsewhere = { system: 'another registry', id: '42' };
      given(...before, fact)
        .when(at({ externalId: elsewhere }))
        .refuses({ code: 'ALREADY_EXISTS', existing: fact.stream.slice(fact.stream.indexOf('-') + 1) });
    });
  } else if (type?.category !== 'target') {
    it('needs its stream to be opened', () => {
      const { stream } = at();
      given(caseOpened)
        .when(at())
        .refuses({ code: 'REFERENCE_UNKNOWN', field: type?.category, reference: stream.slice(stream.indexOf('-') + 1) });
    });

    it('needs an opening that still stands', () => {
      const { stream } = at();
      const openings = before.filter((fact) => fact.stream === stream).slice(0, 1);
      expect(openings).toHaveLength(1);
      given(caseOpened, ...openings, ...openings.map(retracted))
        .when(at())
        .refuses({ code: 'REFERENCE_UNKNOWN', field: type?.category, reference: stream.slice(stream.indexOf('-') + 1) });
    });
  }

  // Before a case, and before a file, nothing says what it is.
  if (before.length > 0) {
    it('is as synthetic as what it stands beside, or is refused', () => {
      const said = at({ synthetic: false });
      const reference = expect.any(String);
      given(...before)
        .when(said)
        .refuses({ code: 'SYNTHETIC_MIX', expected: true, reference });
    });

    it('is real where all around it is', () => {
      const real = before.map((fact) => ({ ...fact, data: { ...fact.data, synthetic: false } }));
      given(...real)
        .when(at())
        .emits({ ...filled(), synthetic: false });
    });
  }

  it('is decided alike whatever stands in streams that it does not name', () => {
    const stranger = recorded(block({ target: { platform: 'elsewhere.example', kind: 'account', verbatim: 'stranger' } }));
    given(stranger, ...before)
      .when(at())
      .emits(filled());
  });
});

it('counts the limit on the future in elapsed milliseconds', () => {
  expect(msOf(RECORDED_AT) + 86_400_000).toBe(Date.parse('2021-02-15T03:30:00.000Z'));
});
