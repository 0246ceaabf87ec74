/** The illustrative case: what it records, and that the figures come out as the golden scenario has them, by HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_EVENTS, CASE_ID, illustrativeCase, ORDER_1, ORDER_2 } from '../../examples/meity-twitter-2021/illustrative.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { makeUpIn, rowIn } from './read-answer.ts';
import { recordExample } from './recorded-example.ts';
import { MAKE_UPS, ROWS } from './scenario.ts';

/** With LedgerOpened before it and the correction after it. */
const HEAD = 1 + CASE_EVENTS + 1;

let ledger: TestLedger;

const record = () => recordExample(illustrativeCase(), async (path, body, headers) => (await ledger.post(path, body, headers)).body);

const complianceAt = async (at: string, more: { readonly [name: string]: string } = {}): Promise<Body> => {
  const { status, body } = await ledger.get(`/v1/compliance?${new URLSearchParams({ case: CASE_ID, at, ...more })}`);
  expect(status).toBe(200);
  return body;
};

beforeAll(async () => {
  ledger = await openTestLedger();
  expect(new Set(await record())).toEqual(new Set(['recorded']));
});
afterAll(() => ledger.close());

const allEvents = async (): Promise<readonly Body[]> => {
  const events: Body[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { body }: { body: Body } = await ledger.get(`/v1/events?limit=1000&after=${after}`);
    events.push(...body.events);
    after = body.next;
  }
  return events;
};

describe('the illustrative case', () => {
  it('is 3,392 events of thirteen types and one correction', async () => {
    const envelopes = (await allEvents()).map(({ envelope }) => envelope);
    const count = (of: (envelope: Body) => string) =>
      Object.fromEntries([...Map.groupBy(envelopes, of)].map(([name, found]) => [name, found.length]));
    expect(
      count(({ stream }) => (stream === `order-${ORDER_1}` ? 'O1' : stream === `order-${ORDER_2}` ? 'O2' : stream.split('-')[0])),
    ).toEqual({
      ledger: 1,
      case: 1,
      O1: 4,
      O2: 3,
      target: 1_436 + 1_936 + 1,
      meeting: 2,
      claim: 10,
    });
    expect(count(({ type }) => type)).toEqual({
      LedgerOpened: 1,
      CaseOpened: 1,
      OrderIssued: 2,
      OrderServed: 2,
      CoverageDeclared: 2,
      TargetListed: 1_436,
      TargetWithheld: 250 + 123 + 73 + 87 + 7 + 595,
      TargetBlocked: 3 + 510,
      TargetReinstated: 250,
      TargetDeclined: 37,
      TargetLimited: 1,
      MeetingHeld: 2,
      NoticeServed: 1,
      ClaimRecorded: 10,
      EventCorrected: 1,
    });
    expect(envelopes).toHaveLength(HEAD);
    expect(envelopes.at(-1).type).toBe('EventCorrected');
  });

  it('says of every fact that it is synthetic, and directly recorded', async () => {
    const facts = (await allEvents())
      .map(({ envelope }) => envelope)
      .filter(({ type }) => !['LedgerOpened', 'EventCorrected'].includes(type));
    expect(new Set(facts.map(({ data }) => `${data.synthetic} ${data.assertion}`))).toEqual(new Set(['true direct_record']));
  });

  it.each(ROWS)('has the figures of the scenario at $at', async (expected) => {
    expect(rowIn(expected.at, await complianceAt(expected.at))).toEqual(expected);
  });

  it.each(MAKE_UPS)('has the make-up of the scenario at $at', async (expected) => {
    expect(makeUpIn(expected.at, await complianceAt(expected.at))).toEqual(expected);
  });

  it('leaves out exactly the accounts that were restored and then refused', async () => {
    const query = new URLSearchParams({ order: ORDER_1, at: '2021-02-12T09:00:00+05:30', status: 'not_in_effect', limit: '1000' });
    const { body } = await ledger.get(`/v1/compliance/pairs?${query}`);
    const expected = Array.from({ length: 37 }, (_, place) => `synthetic-o1-${214 + place}`);
    expect(body.rows.map(({ key }: Body) => key)).toEqual(expected);
  });

  it('counts the hashtag only when asked', async () => {
    const { total } = await complianceAt('2021-02-12T09:00:00+05:30', { kinds: 'account,hashtag' });
    expect(total.effective).toMatchObject({ numerator: 1_398, denominator: 1_436, percent: { low: 97.35, high: 97.35 } });
  });

  it('shows the figure before its correction to whoever asks what was known then', async () => {
    const before = await complianceAt('2021-02-01T20:00:00+05:30', { knownAt: String(HEAD - 1) });
    const after = await complianceAt('2021-02-01T20:00:00+05:30', { knownAt: String(HEAD) });
    expect(before.total.effective).toMatchObject({ numerator: 1, denominator: 257, percent: { low: 0.39, high: 0.39 } });
    expect(after.total.effective).toMatchObject({ numerator: 0, denominator: 257, percent: { low: 0, high: 0 } });
  });

  it('repeats quietly', async () => {
    expect(new Set(await record())).toEqual(new Set(['repeated']));
    expect(await ledger.position()).toBe(HEAD);
  });
});
