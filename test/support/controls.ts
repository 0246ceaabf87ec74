/**
 * Named examples from which the tests of the domain are told: one synthetic case in India in 2021, its orders, its targets, and what
 * people ask the ledger to record about them. Nothing here asks the decider: what it fills in a test writes out.
 */
import type { z } from 'zod';
import type { Command } from '../../src/domain/command.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import {
  CORRECTION_VERSION,
  correctionInput,
  EVENT_CORRECTED,
  EVENT_RETRACTED,
  retractionInput,
} from '../../src/domain/events/corrections.ts';
import { findEventType } from '../../src/domain/events/event-types.ts';
import {
  parseCaseId,
  parseClaimId,
  parseEventId,
  parseEvidenceId,
  parseImportId,
  parseMeetingId,
  parseOrderId,
  parseStatementId,
  parseStreamName,
  type StreamName,
  streamOf,
} from '../../src/domain/ids.ts';
import { isJsonObject, type JsonObject } from '../../src/domain/json.ts';
import { parseTargetRef, targetIdOf } from '../../src/domain/target-ref.ts';
import { parseTerritory, type Territory, type TerritoryInput } from '../../src/domain/territory.ts';
import { type Instant, parseInstant, parseTimeExtent, type TimeExtent, type TimeExtentInput } from '../../src/domain/time.ts';

/** A control that does not parse is a test's own mistake. */
const ofParsed = <T>(parsed: { readonly value: T } | object): T => {
  if ('value' in parsed) return parsed.value as T;
  throw new Error(`not parsed: ${JSON.stringify(parsed)}`);
};

// ---- When

/** Indian wall clock of the year 2021, `02-01 14:00`, as a request says it. */
export const ist = (clock: string): string => `2021-${clock.slice(0, 5)}T${clock.slice(6)}:00+05:30`;
/** A date of that year, of which no more is known. */
export const istDay = (date: string): JsonObject => ({ date: `2021-${date}`, zone: 'Asia/Kolkata' });
export const istRange = (earliest: string, latest: string): JsonObject => ({ earliest: ist(earliest), latest: ist(latest) });

/** The extent that the log holds for what a request says. */
export const extent = (input: TimeExtentInput | JsonObject): JsonObject => ({ ...ofParsed(parseTimeExtent(input as TimeExtentInput)) });
export const instant = (clock: string): Instant => extentOf(ist(clock)).earliest;
const extentOf = (input: TimeExtentInput): TimeExtent => ofParsed(parseTimeExtent(input));
/** So many milliseconds later, as a request says it. */
export const later = (from: string, ms: number): string =>
  Temporal.Instant.from(from).add({ milliseconds: ms }).toString({ fractionalSecondDigits: 3 });

/** 1 February 2021 was a Monday. */
export const mondayNoon = ist('02-01 12:00');
export const mondayAfternoon = ist('02-01 14:00');
export const mondayEvening = ist('02-01 19:50');
export const tuesdayNoon = ist('02-02 12:00');
export const theDayBefore = ist('01-31 23:59');
/** When everything is recorded, unless a test says otherwise: 14 February, nine in the morning. */
export const RECORDED_AT: Instant = parseInstant('2021-02-14T03:30:00.000Z');

// ---- Where

export const places = (input: TerritoryInput): Territory => ofParsed(parseTerritory(input));
export const inIndia = places(['IN']);
export const inFrance = places(['FR']);
export const inFranceAndIndia = places(['FR', 'IN']);

// ---- Who and what

const id = (last: number): string => `00000000-0000-4000-8000-${last.toString(16).padStart(12, '0')}`;
export const theCase = parseCaseId(id(1));
export const orderOne = parseOrderId(id(11));
export const orderTwo = parseOrderId(id(12));
/** Nobody recorded this one. */
export const orderNowhere = parseOrderId(id(19));
export const theMeeting = parseMeetingId(id(21));
export const theStatement = parseStatementId(id(31));
export const theClaim = parseClaimId(id(41));
export const theImport = parseImportId(id(51));
export const claimNowhere = parseClaimId(id(49));
/** SHA-256 of a registered file, and of one that nobody registered. */
export const evidence = 'e'.repeat(64);
export const evidenceNowhere = 'd'.repeat(64);
export const eventNowhere = parseEventId('01950000-0000-7000-8000-00000000dead');

const PLATFORM = 'birdsite.example';
export const account = (verbatim = '@synthetic-o1-001', platform = PLATFORM): JsonObject => ({ platform, kind: 'account', verbatim });
export const storedAccount = (verbatim?: string, platform?: string): JsonObject => {
  const { key, ...ref } = ofParsed(parseTargetRef({ ...account(verbatim, platform) } as Parameters<typeof parseTargetRef>[0]));
  return { ...ref, key };
};
export const targetId = (verbatim?: string, platform?: string): string => {
  const { platform: on, kind, key } = ofParsed(parseTargetRef({ ...account(verbatim, platform) } as Parameters<typeof parseTargetRef>[0]));
  return targetIdOf({ platform: on, kind, key });
};

const newspaper: JsonObject = { name: 'A synthetic newspaper' };
export const reported: JsonObject = { assertion: 'third_party_report', sources: [newspaper] };

// ---- What is asked

/** Fields that a test adds, replaces, or takes out (`undefined`). */
export type Said = { readonly [field: string]: unknown };

/** As a request reaches a decider: parsed by the input schema of its type. Throws if the schema refuses: a test's own mistake. */
const command = (type: string, stream: StreamName, request: Said): Command => {
  const known = findEventType(type);
  if (!known) throw new Error(`no event type ${type}`);
  return { type, stream, data: parsedBy(known.input, request) };
};

const parsedBy = (schema: z.ZodType, request: Said): JsonObject => {
  const parsed: unknown = schema.parse(kept(request));
  if (!isJsonObject(parsed)) throw new Error('no object');
  return parsed;
};

const kept = (said: Said): JsonObject => JSON.parse(JSON.stringify(said)) as JsonObject;

const directly = { occurredAt: mondayAfternoon, assertion: 'direct_record' };

const caseStream = (of: string = theCase): StreamName => streamOf('case', parseCaseId(of));
const orderStream = (of: string = orderOne): StreamName => streamOf('order', parseOrderId(of));
const meetingStream = (of: string = theMeeting): StreamName => streamOf('meeting', parseMeetingId(of));
export const targetStream = (verbatim?: string, platform?: string): StreamName => parseStreamName(`target-${targetId(verbatim, platform)}`);

export const openCase = (said: Said = {}, stream = caseStream()): Command =>
  command('CaseOpened', stream, {
    ...directly,
    occurredAt: ist('01-31 11:00'),
    title: 'A synthetic case',
    zone: 'Asia/Kolkata',
    synthetic: true,
    ...said,
  });

export const issueOrder = (said: Said = {}, order: string = orderOne): Command =>
  command('OrderIssued', orderStream(order), {
    ...directly,
    occurredAt: ist('01-31 12:00'),
    caseId: theCase,
    ref: 'Synthetic/1',
    instrument: 'interim_direction',
    authority: { name: 'Synthetic Ministry' },
    addressee: { organisation: 'Birdsite' },
    platform: PLATFORM,
    legalBasis: [{ act: 'Information Technology Act 2000', provision: 's. 69A' }],
    grounds: [],
    reasonsRecorded: 'unstated',
    urgency: 'emergency',
    demand: { measure: 'disable_access', territory: inIndia },
    deadlineRule: { id: 'in-s69a-emergency', version: 1 },
    confidential: true,
    ...said,
  });

export const serveOrder = (said: Said = {}, order: string = orderOne): Command =>
  command('OrderServed', orderStream(order), { ...directly, occurredAt: ist('01-31 12:00'), channel: 'e-mail', ...said });

export const declareCoverage = (said: Said = {}, order: string = orderOne): Command =>
  command('CoverageDeclared', orderStream(order), {
    ...directly,
    occurredAt: ist('02-13 00:00'),
    from: ist('01-31 12:00'),
    to: ist('02-13 00:00'),
    completeness: 'complete',
    by: { name: 'Synthetic Recorder' },
    ...said,
  });

export const holdMeeting = (said: Said = {}): Command =>
  command('MeetingHeld', meetingStream(), {
    ...directly,
    occurredAt: ist('02-01 18:00'),
    caseId: theCase,
    orders: [orderOne],
    participants: [{ role: 'committee' }],
    mode: 'unstated',
    purpose: 'review_committee',
    ...said,
  });

export const makeStatement = (said: Said = {}, statement: string = theStatement): Command =>
  command('StatementMade', streamOf('statement', parseStatementId(statement)), {
    ...directly,
    caseId: theCase,
    kind: 'concern',
    speaker: { role: 'Secretary', organisation: 'Synthetic Ministry' },
    medium: 'oral',
    orders: [],
    summary: 'Comparable events are treated differently.',
    ...said,
  });

/** Published on 12 February, "1,398 of 1,435 accounts". */
export const recordClaim = (said: Said = {}, claim: string = theClaim): Command =>
  command('ClaimRecorded', streamOf('claim', parseClaimId(claim)), {
    ...reported,
    occurredAt: ist('02-12 18:00'),
    caseId: theCase,
    claimant: { description: 'Sources in the ministry' },
    relayedBy: [newspaper].map(({ name }) => ({ organisation: name })),
    metric: 'pairs_in_effect',
    population: { orders: [] },
    comparator: 'eq',
    numerator: 1398,
    denominator: 1435,
    unit: 'count',
    text: '1,398 of 1,435 accounts',
    ...said,
  });
export const withdrawClaim = (said: Said = {}, claim: string = theClaim): Command =>
  command('ClaimWithdrawn', streamOf('claim', parseClaimId(claim)), {
    ...directly,
    occurredAt: ist('02-13 09:00'),
    by: { organisation: 'A synthetic newspaper' },
    reason: 'Miscounted.',
    ...said,
  });

/** What the ledger finds out about the file itself is not sent. */
export const registerEvidence = (said: Said = {}, sha256: string = evidence): Command => {
  const { data, ...asked } = command('EvidenceRegistered', streamOf('evidence', parseEvidenceId(sha256)), {
    ...directly,
    obtainedFrom: 'Synthetic Gazette',
    method: 'downloaded',
    synthetic: true,
    ...said,
  });
  return { ...asked, data: { ...data, sha256, bytes: 17, mediaType: 'application/pdf' } };
};

/** Of the file and by the mapping that are on record; here one file is both. */
export const startImport = (said: Said = {}, id: string = theImport): Command =>
  command('ImportStarted', streamOf('import', parseImportId(id)), {
    ...directly,
    file: evidence,
    mapping: evidence,
    name: 'synthetic.csv',
    confirmed: [],
    ...said,
  });
export const completeImport = (said: Said = {}, id: string = theImport): Command =>
  command('ImportCompleted', streamOf('import', parseImportId(id)), {
    ...directly,
    occurredAt: tuesdayNoon,
    rows: { rows: 2, recorded: 1, already: 0, doubtful: 1, refused: 0, nothing: 0 },
    facts: { recorded: 1, already: 0, doubtful: 1, refused: 0 },
    notRecorded: [{ row: 2, became: 'doubtful', code: 'not_listed', detail: 'The order does not list this account.' }],
    ...said,
  });

/** The stream of the target that a request names, as written or by its id. */
const streamNamed = ({ target, targetId: named }: Said): StreamName =>
  typeof named === 'string'
    ? parseStreamName(`target-${named}`)
    : targetStream(
        isJsonObject(target) ? String(target['verbatim']) : undefined,
        isJsonObject(target) ? String(target['platform']) : undefined,
      );

const aboutTarget =
  (type: string, defaults: Said) =>
  (said: Said = {}): Command => {
    const target = said['targetId'] === undefined ? account() : undefined;
    const request = { ...directly, target, ...defaults, ...said };
    return command(type, streamNamed(request), request);
  };

export const listTarget = aboutTarget('TargetListed', { occurredAt: undefined, order: orderOne });
export const block = aboutTarget('TargetBlocked', { orders: [], measure: 'suspended', basis: 'platform_rules' });
export const withhold = aboutTarget('TargetWithheld', { orders: [orderOne], territory: inIndia, basis: 'legal_order' });
export const reinstate = aboutTarget('TargetReinstated', { occurredAt: mondayEvening, orders: [], reason: 'own_decision' });
export const decline = aboutTarget('TargetDeclined', { occurredAt: tuesdayNoon, orders: [orderOne], grounds: ['fundamental_right'] });

export const correct = (fact: Fact, changes: Said, said: Said = {}): Command => {
  const request = { stream: fact.stream, event: fact.id, changes: kept(changes), reason: 'data_entry', explanation: 'Mistyped.', ...said };
  const { stream, ...data } = parsedBy(correctionInput, request);
  return { type: EVENT_CORRECTED, stream: parseStreamName(String(stream)), data };
};
export const retract = (fact: Pick<Fact, 'stream' | 'id'>, said: Said = {}): Command => {
  const { stream, ...data } = parsedBy(retractionInput, { stream: fact.stream, event: fact.id, reason: 'wrong', ...said });
  return { type: EVENT_RETRACTED, stream: parseStreamName(String(stream)), data };
};

// ---- What is on record

export type Fact = Omit<RecordedEvent, 'revision'> & { readonly stream: StreamName };

let recordedSoFar = 0;
const nextEventId = () => parseEventId(`01950000-0000-7000-8000-${(++recordedSoFar).toString(16).padStart(12, '0')}`);

/** The fact that a command became: what it asked, and what a test says the decider filled in (`undefined` takes out). */
export const recorded = ({ type, stream, data }: Command, filled: Said = {}, recordedAt = RECORDED_AT): Fact => {
  const known = findEventType(type);
  const whole = kept({ ...data, ...(known && { synthetic: true }), ...filled });
  known?.stored.parse(whole);
  return { id: nextEventId(), stream, type, version: known?.version ?? CORRECTION_VERSION, recordedAt, data: whole };
};

/** A correction on record; `changes` are stored values. */
export const corrected = (fact: Fact, changes: Said, removes: readonly string[] = []): Fact => ({
  ...recorded(correct(fact, {})),
  data: { event: fact.id, changes: kept(changes), ...(removes.length > 0 && { removes }), reason: 'data_entry', explanation: 'Mistyped.' },
});
export const retracted = (fact: Fact): Fact => recorded(retract(fact));

export const caseOpened = recorded(openCase());
export const orderOneIssued = recorded(issueOrder());
export const orderTwoIssued = recorded(
  issueOrder(
    { occurredAt: ist('02-04 12:00'), ref: 'Synthetic/2', urgency: 'ordinary', deadlineRule: { id: 'in-s69a-ordinary', version: 1 } },
    orderTwo,
  ),
);
/** The case and both orders: what nearly every act refers to. */
export const twoOrders = [caseOpened, orderOneIssued, orderTwoIssued] as const;
export const orderOneServed = recorded(serveOrder(), { receivedAt: extent(ist('01-31 12:00')) });
export const evidenceRegistered = recorded(registerEvidence());
export const importStarted = recorded(startImport());
export const listedInOrderOne = recorded(listTarget(), { occurredAt: extent(ist('01-31 12:00')) });
export const withheldInIndia = recorded(withhold());

/** A lift as the event holds it. */
export const lift = (restriction: Fact, territory: Territory): JsonObject => ({ restriction: restriction.id, territory });

// ---- The life of an order

const committee: JsonObject = { role: 'Review committee' };
const court: JsonObject = { organisation: 'Synthetic High Court' };

const aboutOrder =
  (type: string, defaults: Said) =>
  (said: Said = {}, order: string = orderOne): Command =>
    command(type, orderStream(order), { ...directly, ...defaults, ...said });

export const confirmOrder = aboutOrder('OrderConfirmed', { by: committee });
export const stayOrder = aboutOrder('OrderStayed', { occurredAt: ist('02-03 12:00'), by: court, restorationDirected: false });
export const liftStay = aboutOrder('StayLifted', { occurredAt: ist('02-05 12:00'), by: court });
export const revokeOrder = aboutOrder('OrderRevoked', {
  occurredAt: ist('02-08 12:00'),
  how: 'revoked',
  by: committee,
  restorationDirected: true,
});
export const serveNotice = aboutOrder('NoticeServed', { kind: 'non_compliance', penaltiesCited: [], restatesDemand: true });
export const answerOrder = aboutOrder('OrderAnswered', {
  answer: 'acknowledged',
  by: { organisation: 'Birdsite' },
  scope: 'all',
  grounds: [],
});
export const setDeadline = aboutOrder('DeadlineSet', { dueAt: ist('02-05 18:00'), by: committee, reason: 'More time was asked for.' });
export const stopClock = aboutOrder('ClockStopped', { occurredAt: ist('02-03 12:00'), cause: 'clarification' });
export const restartClock = aboutOrder('ClockRestarted', { occurredAt: ist('02-05 12:00') });

/** Stayed on 3 February at noon, its clock stopped then, revoked on the 8th at noon. */
export const stayed = recorded(stayOrder());
export const clockStopped = recorded(stopClock());
export const revoked = recorded(revokeOrder());
/** When it was revoked, as the log holds it. */
export const revokedAt = instant('02-08 12:00');

// ---- What else is said of a target

export const withdraw = aboutTarget('TargetWithdrawn', { occurredAt: tuesdayNoon, order: orderOne, reason: 'Listed by mistake.' });
export const limit = aboutTarget('TargetLimited', {
  orders: [],
  measure: 'excluded_from_trends',
  territory: inIndia,
  basis: 'platform_rules',
});
export const notify = aboutTarget('UserNotified', { occurredAt: mondayEvening, orders: [], channel: 'e-mail' });
export const findGone = aboutTarget('TargetGone', { occurredAt: tuesdayNoon, orders: [], cause: 'owner' });
export const link = aboutTarget('TargetLinked', {
  orders: [],
  relation: 'renamed_to',
  to: account('@synthetic-renamed'),
  confidence: 'confirmed',
});

/** Given up on 2 February at noon. */
export const withdrawnFromOrderOne = recorded(withdraw());

// ---- What was said, and what was published

/** In a case and an order that stand before it. */
export const meetingHeld = recorded(holdMeeting({ orders: [] }));
export const claimRecorded = recorded(recordClaim());
