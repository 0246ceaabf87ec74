/**
 * What is owed, held against what is on record. Hours count from 1 March 2023, 00:00 UTC; an order is issued at hour 0 and binds at hour 1; a committee has
 * to look at it within 48 hours of its issue, and again every 1,440; it has to be acknowledged within 2 hours of its receipt.
 */
import { describe, expect, it } from 'vitest';
import { DEADLINE_RULES } from '../../../src/domain/deadlines/deadline-rules.ts';
import { type AboutOrder, dutiesOf, isReviewOverdue } from '../../../src/domain/deadlines/duties.ts';
import type { OrderFact, OrderView } from '../../../src/domain/order-terms.ts';
import { NEVER } from '../../../src/domain/pairs/pair-facts.ts';

const RULE = DEADLINE_RULES.find(({ id }) => id === 'in-s69a-emergency');
if (!RULE) throw new Error('the rule is gone');

const HOUR = 3_600_000;
const BASE = Date.parse('2023-03-01T00:00:00Z');
const ms = (hours: number): number => BASE + hours * HOUR;
type Hours = number | readonly [number, number];
const range = (hours: Hours) => {
  const [from, to] = typeof hours === 'number' ? [hours, hours] : hours;
  return { earliest: ms(from), latest: ms(to) };
};
const extent = (hours: Hours) => {
  const { earliest, latest } = range(hours);
  return { earliest: new Date(earliest).toISOString(), latest: new Date(latest).toISOString() };
};

let position = 0;
const fact = (type: string, hours: Hours, said: object = {}): OrderFact => {
  position += 1;
  return { event: `event ${position}`, position, type, data: { occurredAt: extent(hours), ...said } };
};
const meeting = (hours: Hours, purpose = 'review_committee') => fact('MeetingHeld', hours, { purpose });
const confirmed = (hours: Hours) => fact('OrderConfirmed', hours);
const revoked = (hours: Hours, how = 'revoked', restorationDirected = false) => fact('OrderRevoked', hours, { how, restorationDirected });
const answered = (hours: Hours, answer = 'acknowledged') => fact('OrderAnswered', hours, { answer });

type Told = {
  readonly issued?: Hours;
  readonly expiresAt?: number;
  readonly facts?: readonly OrderFact[];
  readonly meetings?: readonly OrderFact[];
};

const about = ({ issued = 0, expiresAt, facts = [], meetings = [] }: Told): AboutOrder => {
  const ends = facts.filter(({ type }) => type === 'OrderRevoked');
  const view: OrderView = {
    synthetic: true,
    demand: { measure: 'disable_access', territory: ['IN'] as never },
    issued: { event: 1, ...range(issued) },
    binding: range(1),
    expiresAt: expiresAt === undefined ? NEVER : ms(expiresAt),
    revocations: ends.map(({ position: event, data }) => {
      const { occurredAt } = data as { readonly occurredAt: { readonly earliest: string; readonly latest: string } };
      return { event, earliest: Date.parse(occurredAt.earliest), latest: Date.parse(occurredAt.latest), restorationDirected: false };
    }),
    ...{ stays: [], stops: [], clock: undefined, dueDates: [], answers: [], covered: [], coverageEnds: [] },
    ...{ coveredTo: undefined, declarations: [] },
  };
  return { view, facts, meetings };
};

const stateOf = (told: Told, hours: number, provision: string): string | undefined =>
  dutiesOf(RULE, about(told), ms(hours)).find((duty) => duty.provision.endsWith(provision) && duty.state !== 'not_reckoned')?.state;
const committee = (told: Told, hours: number) => stateOf(told, hours, 'r.9(3)');
const periodic = (told: Told, hours: number) => stateOf(told, hours, 'r.14');
const acknowledged = (told: Told, hours: number) =>
  dutiesOf(RULE, about(told), ms(hours)).find(({ what }) => what.includes('acknowledgement'))?.state;

describe('a committee within 48 hours', () => {
  it.each<[string, Told, number, string]>([
    ['is not started before the issue', {}, -1, 'not_started'],
    ['is due to their end, the end included', {}, 48, 'due'],
    ['is not on record after it', {}, 48.001, 'not_on_record'],
    ['is met by one that met at the end', { meetings: [meeting(48)] }, 48, 'met'],
    ['is not met by one that met later', { meetings: [meeting(48.001)] }, 60, 'not_on_record'],
    ['is not met by what lies ahead', { meetings: [meeting(40)] }, 39, 'due'],
    ['is possibly met by one that has possibly met', { meetings: [meeting([40, 44])] }, 42, 'possibly_met'],
    ['is possibly met by one that may have met too late', { meetings: [meeting([47, 50])] }, 60, 'possibly_met'],
    ['is possibly met by one that may have met before the issue', { meetings: [meeting([-1, 2])] }, 60, 'possibly_met'],
    ['is not met by one that met before the issue', { meetings: [meeting(-1)] }, 60, 'not_on_record'],
    ['is possibly met where the issue is uncertain, and so the end', { issued: [0, 5], meetings: [meeting(50)] }, 60, 'possibly_met'],
    ['is met whatever the issue, if within both ends', { issued: [0, 5], meetings: [meeting(48)] }, 60, 'met'],
    ['is met by another, though one is open', { meetings: [meeting([47, 50]), meeting(3)] }, 60, 'met'],
    ['is met by no dialogue', { meetings: [meeting(10, 'dialogue')] }, 60, 'not_on_record'],
    ['is met by a confirmation', { facts: [confirmed(30)] }, 60, 'met'],
    ['is met by a refusal to confirm', { facts: [revoked(30, 'not_confirmed')] }, 60, 'met'],
    [
      'is over once a court has set the order aside: nobody on the committee has looked at it',
      { facts: [revoked(30, 'set_aside')] },
      60,
      'ended',
    ],
    ['is over once the order has expired', { expiresAt: 20 }, 60, 'ended'],
    ['is due as long as it has not', { expiresAt: 20 }, 10, 'due'],
    ['was missed before the order was revoked', { facts: [revoked(50)] }, 60, 'not_on_record'],
    ['is undetermined where the order may have been revoked before', { facts: [revoked([47, 50])] }, 60, 'undetermined'],
  ])('%s', (_, told, hours, state) => {
    expect(committee(told, hours)).toBe(state);
  });

  it('names what meets it, by id and position, and until when it is due', () => {
    const met = meeting(10);
    const [duty] = dutiesOf(RULE, about({ meetings: [meeting(60), met] }), ms(70));
    expect(duty).toMatchObject({ by: range(48), events: [{ event: met.event, position: met.position }] });
  });

  it.each<[string, Told, number, boolean]>([
    ['not at their end', {}, 48, false],
    ['after it', {}, 48.001, true],
    ['not where a meeting may lie within them', { meetings: [meeting([47, 99])] }, 60, false],
    ['for a meeting before the issue', { meetings: [meeting(-1)] }, 60, true],
    ['not where any revocation may lie within them', { facts: [revoked([47, 50], 'set_aside')] }, 60, false],
    ['for a revocation after them', { facts: [revoked(49, 'set_aside')] }, 60, true],
  ])('is overdue %s', (_, told, hours, isOverdue) => {
    expect(isReviewOverdue(RULE, about(told), ms(hours))).toBe(isOverdue);
  });
});

describe('a review every two months', () => {
  const held = (hours: Hours) => meeting(hours, 'periodic_review');
  it.each<[string, Told, number, string]>([
    ['is due 1,440 hours after the issue', {}, 1_440, 'due'],
    ['is not on record after that', {}, 1_441, 'not_on_record'],
    ['is due again after one that was held', { meetings: [held(1_000)] }, 2_440, 'due'],
    ['is due again after the last of several', { meetings: [held(1_200), held(1_000)] }, 2_600, 'due'],
    ['is not on record once that time is over too', { meetings: [held(1_000)] }, 2_441, 'not_on_record'],
    ['does not begin again with one before the issue', { meetings: [held(-100)] }, 1_440, 'due'],
    ['is possibly met where one may have been held and may not', { meetings: [held([1_400, 5_000])] }, 2_000, 'possibly_met'],
    ['is due where its time is not over, whatever may have been held', { meetings: [held([1_000, 5_000])] }, 1_200, 'due'],
    ['is over once the order is', { facts: [revoked(500)] }, 600, 'ended'],
    ['is due as long as it is not', { facts: [revoked(500)] }, 400, 'due'],
    ['was missed before the order was revoked', { facts: [revoked(1_500)] }, 1_600, 'not_on_record'],
  ])('%s', (_, told, hours, state) => {
    expect(periodic(told, hours)).toBe(state);
  });
});

describe('an acknowledgement within two hours of receipt', () => {
  it.each<[string, Told, number, string]>([
    ['is not started before receipt', {}, 0.5, 'not_started'],
    ['is due to their end', {}, 3, 'due'],
    ['is not on record after it', {}, 3.001, 'not_on_record'],
    ['is met by an acknowledgement', { facts: [answered(2)] }, 9, 'met'],
    ['is met by no other answer', { facts: [answered(2, 'accepted')] }, 9, 'not_on_record'],
    ['is over once the order is', { facts: [revoked(1.5)] }, 9, 'ended'],
  ])('%s', (_, told, hours, state) => {
    expect(acknowledged(told, hours)).toBe(state);
  });
});

describe('a refusal to confirm', () => {
  const said = (told: Told, hours: number) =>
    dutiesOf(RULE, about(told), ms(hours))
      .filter(({ what }) => what.startsWith('not confirmed'))
      .map(({ state }) => state);
  it('says whether restoration was directed, from when it was made', () => {
    expect(said({ facts: [revoked(30, 'not_confirmed', true)] }, 29)).toEqual([]);
    expect(said({ facts: [revoked(30, 'not_confirmed', true)] }, 30)).toEqual(['met']);
    expect(said({ facts: [revoked(30, 'not_confirmed', false)] }, 30)).toEqual(['not_on_record']);
    expect(said({ facts: [revoked(30, 'revoked', false)] }, 30)).toEqual([]);
  });
});
