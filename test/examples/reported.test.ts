/** The reported case: what it records, that it has no figures and says why, that its claims stand as published, and that it never mixes with the illustration. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASE_ID, illustrativeCase, ORDER_1 } from '../../examples/meity-twitter-2021/illustrative.ts';
import { reportedCase } from '../../examples/meity-twitter-2021/reported.ts';
import { REPORTED_CASE_ID, REPORTED_ORDER_1, REPORTED_ORDER_2 } from '../../examples/meity-twitter-2021/reported-terms.ts';
import { DEFINITIONS } from '../../src/domain/figures.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { recordExample } from './recorded-example.ts';

const EVENTS = 57;

let ledger: TestLedger;

const record = () => recordExample(reportedCase(), async (path, body, headers) => (await ledger.post(path, body, headers)).body);

const get = async (path: string, query: { readonly [name: string]: string } = {}): Promise<Body> => {
  const { status, body } = await ledger.get(`${path}?${new URLSearchParams(query)}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const events = async (): Promise<readonly Body[]> =>
  (await get('/v1/events', { limit: '1000', after: '1' })).events.map(({ envelope }: Body) => envelope);
const claims = async (): Promise<readonly Body[]> => (await get('/v1/claims', { case: REPORTED_CASE_ID, limit: '1000' })).claims;
const complianceAt = (at: string, more: { readonly [name: string]: string } = {}) =>
  get('/v1/compliance', { case: REPORTED_CASE_ID, at, ...more });

beforeAll(async () => {
  ledger = await openTestLedger();
  expect(new Set(await record())).toEqual(new Set(['recorded']));
});
afterAll(() => ledger.close());

describe('the reported case', () => {
  it('is 57 events of nine types', async () => {
    const types = Map.groupBy(await events(), ({ type }) => type);
    expect(Object.fromEntries([...types].map(([type, found]) => [type, found.length]))).toEqual({
      CaseOpened: 1,
      OrderIssued: 2,
      TargetListed: 2,
      NoticeServed: 1,
      OrderAnswered: 2,
      TargetLimited: 1,
      MeetingHeld: 2,
      StatementMade: 22,
      ClaimRecorded: 24,
    });
    expect(await ledger.position()).toBe(1 + EVENTS);
  });

  it('rests each event on what others report, by name, and none on what is synthetic', async () => {
    for (const { type, data } of await events()) {
      expect([type, data.synthetic, data.assertion]).toEqual([type, false, 'third_party_report']);
      expect(data.sources.length).toBeGreaterThan(0);
    }
  });

  it('names a hashtag and a class, and no account', async () => {
    const targets = (await events()).flatMap(({ data }) => [data.target, ...(data.targets ?? [])]).filter((target) => target !== undefined);
    expect(new Set(targets.map(({ platform, kind }) => `${platform} ${kind}`))).toEqual(
      new Set(['twitter.com hashtag', 'twitter.com class']),
    );
  });

  it('has what was said by kind, six of it in the meeting and at its time', async () => {
    const { statements } = await get('/v1/statements', { case: REPORTED_CASE_ID, limit: '1000' });
    const kinds = Map.groupBy(statements as readonly Body[], ({ kind }) => kind);
    expect(Object.fromEntries([...kinds].map(([kind, found]) => [kind, found.length]))).toEqual({
      context: 1,
      reason: 2,
      statement: 3,
      criticism: 3,
      non_compliance_alleged: 1,
      assessment: 1,
      concern: 1,
      legal_position: 3,
      undertaking_requested: 1,
      comment_sought: 1,
      court_direction: 5,
    });
    const { meetings } = await get('/v1/meetings', { case: REPORTED_CASE_ID });
    const dialogue = meetings.find(({ purpose }: Body) => purpose === 'dialogue');
    const inIt = statements.filter(({ meetingId }: Body) => meetingId === dialogue.id);
    expect(inIt.map(({ occurredAt }: Body) => occurredAt)).toEqual(Array.from({ length: 6 }, () => dialogue.occurredAt));
  });

  it('repeats quietly', async () => {
    expect(new Set(await record())).toEqual(new Set(['repeated']));
    expect(await ledger.position()).toBe(1 + EVENTS);
  });
});

describe('its figures', () => {
  const NONE = { percent: null, reason: 'no_target_list' };

  it('are none of each order and none in all, for want of a list', async () => {
    const { orders, total } = await complianceAt('2021-02-12T09:00:00+05:30', { definitions: DEFINITIONS.join(',') });
    expect(orders.map(({ order }: Body) => order)).toEqual([REPORTED_ORDER_1, REPORTED_ORDER_2]);
    for (const figures of [...orders, total]) {
      const { distinctTargets, ...rest } = figures;
      for (const definition of DEFINITIONS.filter((name) => name !== 'distinctTargets'))
        expect(rest[definition], definition).toMatchObject(NONE);
      for (const figure of distinctTargets) expect(figure).toMatchObject(NONE);
    }
  });

  it('have a list of the first order where hashtags are asked about, and nothing that binds', async () => {
    const { orders, total } = await complianceAt('2021-02-12T09:00:00+05:30', { kinds: 'hashtag' });
    expect(orders[0]).toMatchObject({
      effective: { numerator: 0, denominator: 0, percent: null, reason: 'empty_population' },
      makeUp: { apart: { not_yet_binding: 1 } },
    });
    expect(orders[1].effective).toMatchObject(NONE);
    expect(total.effective).toMatchObject(NONE);
  });
});

describe('its claims', () => {
  it('are answered as they were recorded', async () => {
    const recorded = (await events()).filter(({ type }) => type === 'ClaimRecorded');
    const answered = await claims();
    expect(answered).toHaveLength(24);
    for (const { data, id } of recorded) {
      const { asOf, value, ...asSaid } = data;
      const found = answered.find(({ event }) => event === id);
      expect(found).toMatchObject({ ...asSaid, withdrawn: null, asOfAssumed: asOf === undefined, asOf: asOf ?? data.occurredAt });
      expect(found.value).toBe(value ?? data.numerator?.toString());
    }
  });

  it('are in conflict, and none of them wins', async () => {
    const ofText = async (words: string) =>
      (await claims()).filter(({ text }) => text.includes(words)).map(({ comparator, value }) => [comparator, value]);
    expect(await ofText('blocked')).toEqual([
      ['eq', '702'],
      ['eq', '709'],
    ]);
    expect(await ofText('six hours')).toEqual([
      ['lt', 'PT6H'],
      ['nearly', 'PT6H'],
    ]);
    expect(await ofText('97 per cent')).toEqual([
      ['nearly', '97'],
      ['gt', '97'],
    ]);
  });

  it('have the ratio and the parts of 12 February as published', async () => {
    const found = (await claims()).filter(({ denominator }) => denominator === 1_435);
    expect(found).toMatchObject([
      { metric: 'compliance_rate', value: '97', numerator: 1_398 },
      {
        metric: 'pairs_in_effect',
        value: '1398',
        numerator: 1_398,
        parts: [
          { numerator: 1_178, denominator: 1_178 },
          { numerator: 220, denominator: 257 },
        ],
      },
    ]);
  });

  it('say which of them retells another', async () => {
    const all = await claims();
    const [retold] = all.filter(({ restates }) => restates !== undefined);
    const original = all.find(({ id }) => id === retold.restates);
    expect(retold.population).toMatchObject({ measures: ['suspended'], bases: ['platform_rules'] });
    expect(original).toMatchObject({ claimant: { organisation: 'Twitter' }, comparator: 'gt', value: '500' });
    expect(original.population).not.toHaveProperty('measures');
  });
});

describe('as published by a day', () => {
  const typesBy = async (reportedBy?: string) => {
    const query = { case: REPORTED_CASE_ID, limit: '1000', ...(reportedBy !== undefined && { reportedBy }) };
    return (await get('/v1/chronology', query)).entries.map(({ type }: Body) => type);
  };

  it('leaves nothing out, since each event has a source without a date', async () => {
    const dated = (await events()).flatMap(({ data }) => data.sources).filter(({ publishedAt }) => publishedAt !== undefined);
    expect(dated.map(({ name }) => name)).toEqual(['FinanceTom']);
    expect(await typesBy('2021-02-05T00:00:00+05:30')).toEqual(await typesBy());
  });
});

describe('beside the illustration', () => {
  it('is refused whatever cites an order of the other case', async () => {
    const { body } = await ledger.get('/v1/cases');
    expect(body.cases).toHaveLength(1);
    const statuses = await recordExample(illustrativeCase(), async (path, said, headers) => (await ledger.post(path, said, headers)).body);
    expect(new Set(statuses)).toEqual(new Set(['recorded']));
    const meeting = {
      participants: [{ role: 'somebody' }],
      mode: 'unstated',
      purpose: 'dialogue',
      occurredAt: { date: '2021-02-10', zone: 'Asia/Kolkata' },
    };
    const report = { assertion: 'third_party_report', sources: [{ name: 'A newspaper' }] };
    for (const [caseId, order, synthetic] of [
      [REPORTED_CASE_ID, ORDER_1, false],
      [REPORTED_CASE_ID, ORDER_1, true],
      [CASE_ID, REPORTED_ORDER_1, true],
      [CASE_ID, REPORTED_ORDER_1, false],
    ]) {
      const reply = await ledger.post('/v1/meetings', { caseId, orders: [order], ...meeting, ...report, synthetic });
      expect([reply.status, reply.body.code]).toEqual([422, 'SYNTHETIC_MIX']);
    }
    const { total } = await complianceAt('2021-02-12T09:00:00+05:30');
    expect(total.effective).toMatchObject({ percent: null, reason: 'no_target_list' });
  });
});
