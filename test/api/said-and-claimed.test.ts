/** Statements, claims and meetings over HTTP: recorded as they were said, listed as they stand, and in no figure. */
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chronologyPage } from '../../src/api/schemas/chronology.ts';
import { complianceReply } from '../../src/api/schemas/compliance.ts';
import { claimEntry, factPage, factReply, meetingEntry, statementEntry } from '../../src/api/schemas/facts.ts';
import { rowsSchema } from '../../src/api/write-replies.ts';
import {
  account,
  caseBody,
  claimBody,
  claimWithdrawalBody,
  coverageBody,
  meetingBody,
  orderBody,
  recordScene,
  type Scene,
  statementRow,
} from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, read } from '../support/reading.ts';

let ledger: TestLedger;
let scene: Scene;
beforeAll(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
});
afterAll(() => ledger.close());

const claimPage = factPage('claims', claimEntry);
const claimReply = factReply('claim', claimEntry);
const statementPage = factPage('statements', statementEntry);
const idsOf = (rows: readonly Body[]): readonly string[] => rows.map(({ id }) => id);
const claim = async (changes: object = {}, orders: readonly string[] = [scene.order]): Promise<Body> => {
  const { status, body } = await ledger.post('/v1/claims', { ...claimBody(scene.caseId, orders), ...changes });
  expect([status, body.code]).toEqual([201, undefined]);
  return body;
};
const say = async (...rows: readonly object[]): Promise<readonly Body[]> => {
  const { body } = await ledger.post('/v1/statements', { rows: rows.map((row) => ({ ...statementRow(scene.caseId, []), ...row })) });
  return body.results;
};
const correct = (stream: string, event: string, changes: object) =>
  ledger.post('/v1/corrections', { rows: [{ stream, event, changes, reason: 'data_entry', explanation: 'a slip' }] });
const retract = (stream: string, event: string) => ledger.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong' }] });
/** A case and an order in which nothing else was said. */
const elsewhere = async (): Promise<{ readonly caseId: string; readonly order: string }> => {
  const caseId = (await ledger.post('/v1/cases', caseBody)).body.id;
  return { caseId, order: (await ledger.post('/v1/orders', { ...orderBody(caseId), ref: uuidv7() })).body.id };
};

describe('recording statements', () => {
  it('answers for each row which statement it became', async () => {
    const { caseId, order } = scene;
    const rows = [statementRow(caseId, [order]), { ...statementRow(caseId, []), kind: 'no kind at all' }];
    expect((await ledger.post('/v1/statements', { rows })).body).toMatchObject({
      code: 'BODY_INVALID',
      errors: [{ pointer: '#/rows/1/kind' }],
    });
    const { status, body } = await ledger.post('/v1/statements', { rows: [rows[0], statementRow(uuidv7(), [])] });
    expect(status).toBe(200);
    expect(rowsSchema.strict().safeParse(body).error).toBeUndefined();
    expect(body.results).toMatchObject([
      { row: 0, status: 'recorded', stream: `statement-${body.results[0].statement}`, revision: 0 },
      { row: 1, status: 'refused', problem: { code: 'REFERENCE_UNKNOWN', field: 'caseId' } },
    ]);
  });

  it('finds each again under the same key, under its id, and under what another system calls it', async () => {
    const rows = [
      { ...statementRow(scene.caseId, []), summary: 'By key.' },
      { ...statementRow(scene.caseId, []), summary: 'By id.', id: uuidv7() },
      { ...statementRow(scene.caseId, []), summary: 'By name.', externalId: { system: 'press', id: '17' } },
    ];
    const send = (key: string) => ledger.post('/v1/statements', { rows }, { 'idempotency-key': key });
    const [first, again, otherwise] = [await send('said'), await send('said'), await send('said-again')];
    const seen = ({ body }: { readonly body: Body }) => body.results.map(({ status, event }: Body) => ({ status, event }));
    const events = seen(first).map(({ event }: Body) => event);
    expect(seen(again)).toEqual(events.map((event: string) => ({ status: 'repeated', event })));
    // Without an id of its own a statement is known by its key alone.
    expect(seen(otherwise).map(({ status }: Body) => status)).toEqual(['recorded', 'repeated', 'repeated']);
    expect(first.body.results[1].statement).toBe(rows[1] && 'id' in rows[1] ? rows[1].id : '');
  });

  it('takes its time from the meeting in which it was made', async () => {
    const { body: meeting } = await ledger.post('/v1/meetings', meetingBody(scene.caseId, []));
    const [row] = await say({ meetingId: meeting.id, occurredAt: undefined });
    const { statement } = await read(ledger, `/v1/statements/${row.statement}`, factReply('statement', statementEntry));
    expect(statement).toMatchObject({
      meetingId: meeting.id,
      occurredAt: { precision: 'part_of_day', text: 'Wednesday evening' },
      targets: [{ ...account('spoken-of'), key: 'spoken-of' }],
    });
  });

  it('is refused where it says neither when nor in which meeting', async () => {
    const { body } = await ledger.post('/v1/statements', { rows: [{ ...statementRow(scene.caseId, []), occurredAt: undefined }] });
    expect(body).toMatchObject({ code: 'BODY_INVALID', errors: [{ pointer: '#/rows/0/occurredAt' }] });
  });

  it('takes a hundred rows', async () => {
    const rows = await say(...Array.from({ length: 100 }, (_, row) => ({ summary: `Statement ${row}.` })));
    expect(rows.map(({ status }) => status)).toEqual(Array(100).fill('recorded'));
  });
});

describe('a claim', () => {
  it('is shown as published, and as it is read', async () => {
    const { id, event, position } = await claim({ asOf: undefined });
    const { claim: shown } = await read(ledger, `/v1/claims/${id}`, claimReply);
    const { occurredAt, asOf } = shown;
    expect(shown).toMatchObject({
      id,
      event,
      position,
      value: '97',
      numerator: 1398,
      denominator: 1435,
      comparator: 'nearly',
      text: 'nearly 97 per cent',
    });
    expect({ asOf, assumed: shown.asOfAssumed, withdrawn: shown.withdrawn }).toEqual({ asOf: occurredAt, assumed: true, withdrawn: null });
    const stated = await claim();
    expect((await ledger.get(`/v1/claims/${stated.id}`)).body.claim).toMatchObject({ asOfAssumed: false, asOf: { precision: 'day' } });
  });

  it('without a value has its numerator for one if it counts, and none if it is a percentage', async () => {
    const counted = await claim({ metric: 'pairs_in_effect', unit: 'count', value: undefined, comparator: 'eq' });
    expect((await ledger.get(`/v1/claims/${counted.id}`)).body.claim.value).toBe('1398');
    const ratio = await claim({ value: undefined, comparator: 'eq' });
    expect((await ledger.get(`/v1/claims/${ratio.id}`)).body.claim).not.toHaveProperty('value');
  });

  it('is read anew where what it rests on was corrected', async () => {
    const { id, stream, event } = await claim({
      asOf: undefined,
      metric: 'pairs_in_effect',
      unit: 'count',
      value: undefined,
      comparator: 'eq',
    });
    const before = await ledger.position();
    await correct(stream, event, { numerator: 1397, occurredAt: '2021-02-13T09:00:00+05:30' });
    const { claim: now } = await read(ledger, `/v1/claims/${id}`, claimReply);
    expect(now).toMatchObject({ value: '1397', asOfAssumed: true, asOf: { earliest: '2021-02-13T03:30:00.000Z' } });
    const { claim: then } = await read(ledger, `/v1/claims/${id}?knownAt=${before}`, claimReply);
    expect(then).toMatchObject({ value: '1398', asOf: { earliest: '2021-02-12T12:30:00.000Z' } });
  });

  it('that was taken back is still there, and says so, as known then', async () => {
    const { id } = await claim();
    const before = await ledger.position();
    const { status, body } = await ledger.post(`/v1/claims/${id}/withdrawal`, claimWithdrawalBody);
    expect([status, body.id, body.revision]).toEqual([201, id, 1]);
    const withdrawn = { event: body.event, by: claimWithdrawalBody.by, reason: claimWithdrawalBody.reason };
    expect((await read(ledger, `/v1/claims/${id}`, claimReply)).claim.withdrawn).toMatchObject(withdrawn);
    expect((await read(ledger, `/v1/claims/${id}?knownAt=${before}`, claimReply)).claim.withdrawn).toBeNull();
    await retract(body.stream, body.event);
    expect((await read(ledger, `/v1/claims/${id}`, claimReply)).claim.withdrawn).toBeNull();
  });

  it('names the claim that it restates', async () => {
    const first = await claim();
    const second = await claim({ restates: first.id, claimant: { organisation: 'Another newspaper' } });
    expect((await ledger.get(`/v1/claims/${second.id}`)).body.claim.restates).toBe(first.id);
  });

  it('is no fact of the figures: they stay what they were', async () => {
    const { caseId, order } = scene;
    await ledger.post('/v1/coverage', coverageBody(order));
    const at = '2021-02-12T20:00:00%2B05:30';
    const figures = async (): Promise<string> => {
      const { orders, total } = await read(ledger, `/v1/compliance?orders=${order}&at=${at}`, complianceReply);
      return JSON.stringify({ orders, total });
    };
    const before = await figures();
    await claim({ metric: 'pairs_in_effect', unit: 'count', value: '0', comparator: 'eq', numerator: undefined, denominator: undefined });
    await ledger.post('/v1/statements', { rows: [{ ...statementRow(caseId, [order]), kind: 'non_compliance_alleged' }] });
    expect(await figures()).toBe(before);
  });
});

describe('a register', () => {
  it('lists what stands under a case, under an order, or anywhere, as known then', async () => {
    const other = await elsewhere();
    const [of, under] = [
      await ledger.post('/v1/claims', claimBody(other.caseId, [])),
      await ledger.post('/v1/claims', claimBody(other.caseId, [other.order])),
    ].map(({ body }) => body.id);
    expect(idsOf((await read(ledger, `/v1/claims?case=${other.caseId}`, claimPage)).claims)).toEqual([of, under]);
    expect(idsOf((await read(ledger, `/v1/claims?order=${other.order}`, claimPage)).claims)).toEqual([under]);
    expect(idsOf((await read(ledger, '/v1/claims?limit=1000', claimPage)).claims)).toEqual(expect.arrayContaining([of, under]));
    const before = (await ledger.position()) - 1;
    expect(idsOf((await read(ledger, `/v1/claims?case=${other.caseId}&knownAt=${before}`, claimPage)).claims)).toEqual([of]);
    expect((await read(ledger, `/v1/claims?case=${uuidv7()}`, claimPage)).claims).toEqual([]);
  });

  it('goes on page by page, each row once', async () => {
    const other = await elsewhere();
    const rows = Array.from({ length: 7 }, (_, row) => ({ ...statementRow(other.caseId, [other.order]), summary: `Statement ${row}.` }));
    const { body } = await ledger.post('/v1/statements', { rows });
    const pages = await pagesOf(ledger, `/v1/statements?order=${other.order}&limit=3`, 'statements');
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(idsOf(pages.flat()).toSorted()).toEqual(body.results.map(({ statement }: Body) => statement).toSorted());
  });

  it('has what was corrected as corrected, and what was retracted not at all', async () => {
    const other = await elsewhere();
    const rows = [statementRow(other.caseId, [other.order]), { ...statementRow(other.caseId, [other.order]), summary: 'Another.' }];
    const { results } = (await ledger.post('/v1/statements', { rows })).body;
    await retract(results[1].stream, results[1].event);
    await correct(results[0].stream, results[0].event, { orders: [], summary: 'As corrected.' });
    expect((await read(ledger, `/v1/statements?order=${other.order}`, statementPage)).statements).toEqual([]);
    const { statements } = await read(ledger, `/v1/statements?case=${other.caseId}`, statementPage);
    expect(statements).toMatchObject([{ id: results[0].statement, summary: 'As corrected.', orders: [] }]);
    expect((await ledger.get(`/v1/statements/${results[1].statement}`)).status).toBe(404);
  });

  it('of meetings leads where a recorded meeting says that it is', async () => {
    const { headers, body } = await ledger.post('/v1/meetings', meetingBody(scene.caseId, [scene.order]));
    const { meeting } = await read(ledger, String(headers['location']), factReply('meeting', meetingEntry));
    expect(meeting).toMatchObject({ id: body.id, purpose: 'dialogue', participants: [{ role: 'Secretary' }] });
    expect(idsOf((await read(ledger, `/v1/meetings?order=${scene.order}`, factPage('meetings', meetingEntry))).meetings)).toContain(
      body.id,
    );
  });

  it.each(['/v1/meetings', '/v1/statements', '/v1/claims'])('at %s asks for what there is', async (url) => {
    const both = `${url}?case=${scene.caseId}&order=${scene.order}`;
    expect(faultOf(await ledger.get(both))).toBe('400 QUERY_INVALID #/order');
    expect(faultOf(await ledger.get(`${url}?kind=concern`))).toBe('400 QUERY_INVALID #/kind');
    for (const id of [uuidv7(), scene.order, 'none']) expect((await ledger.get(`${url}/${id}`)).status).toBe(404);
  });
});

describe('what was said and claimed', () => {
  let other: { readonly caseId: string; readonly order: string };
  let claimed: Body;
  let said: Body;
  beforeAll(async () => {
    other = await elsewhere();
    said = (await ledger.post('/v1/statements', { rows: [statementRow(other.caseId, [other.order])] })).body.results[0];
    claimed = (await ledger.post('/v1/claims', claimBody(other.caseId, [other.order]))).body;
    await ledger.post(`/v1/claims/${claimed.id}/withdrawal`, claimWithdrawalBody);
  });
  const typesAt = async (query: string): Promise<readonly string[]> =>
    (await read(ledger, `/v1/chronology?${query}`, chronologyPage)).entries.map(({ type }: Body) => type);

  it('stands in the chronology of its case and of its orders', async () => {
    expect(await typesAt(`case=${other.caseId}`)).toEqual([
      'CaseOpened',
      'OrderIssued',
      'StatementMade',
      'ClaimRecorded',
      'ClaimWithdrawn',
    ]);
    expect(await typesAt(`order=${other.order}`)).toEqual(['OrderIssued', 'StatementMade', 'ClaimRecorded']);
    const { entries } = await read(ledger, `/v1/chronology?order=${other.order}&types=ClaimRecorded`, chronologyPage);
    expect(entries[0]).toMatchObject({ orders: [other.order], text: 'nearly 97 per cent', says: { comparator: 'nearly', value: '97' } });
  });

  it('is found by who said it, to whom, who published it and who passed it on', async () => {
    for (const [party, type] of [
      ['ministry', 'StatementMade'],
      ['platform', 'StatementMade'],
      ['sources in', 'ClaimRecorded'],
      ['a newspaper', 'ClaimRecorded'],
      ['a newspaper', 'ClaimWithdrawn'],
    ])
      expect(await typesAt(`case=${other.caseId}&party=${party}`)).toContain(type);
  });

  it('is struck, with what it said at first, where it was corrected or retracted', async () => {
    await correct(claimed.stream, claimed.event, { comparator: 'about' });
    await retract(said.stream, said.event);
    const { entries } = await read(ledger, `/v1/chronology?case=${other.caseId}`, chronologyPage);
    const of = (type: string): Body => entries.find((entry: Body) => entry.type === type);
    expect(of('ClaimRecorded')).toMatchObject({ says: { comparator: 'about' }, struck: { comparator: 'nearly' } });
    expect(of('StatementMade')).toMatchObject({ retracted: { reason: 'wrong' } });
  });

  it('is a marker beside the curve of its order, never joined into it', async () => {
    const query = `orders=${other.order}&from=2021-02-12T00:00:00Z&to=2021-02-14T00:00:00Z&step=P1D`;
    const { markers } = await read(ledger, `/v1/compliance?${query}`, complianceReply);
    expect(markers).toMatchObject([
      { type: 'ClaimRecorded', metric: 'compliance_rate', comparator: 'about', value: '97', unit: 'percent' },
    ]);
    // Its one source is of 12 February in India.
    const publishedBy = async (by: string) => (await read(ledger, `/v1/compliance?${query}&reportedBy=${by}`, complianceReply)).markers;
    expect(await publishedBy('2021-02-11T18:29:59Z')).toEqual([]);
    expect(await publishedBy('2021-02-11T18:30:00Z')).toEqual(markers);
  });
});

describe('as published by a day', () => {
  const published = (day: string) => ({
    assertion: 'third_party_report',
    sources: [{ name: 'A newspaper', publishedAt: `${day}T00:00:00Z` }],
  });
  const DAY = '2021-03-01T00:00:00Z';

  it('registers leave out what all sources published later, and pages go on behind it', async () => {
    const { caseId } = await elsewhere();
    const summaries = ['early', 'late', 'of both', 'of no date'];
    const [early, late] = [published('2021-03-01'), published('2021-03-02')];
    const both = { ...early, sources: [...late.sources, ...early.sources] };
    const undated = { assertion: 'third_party_report', sources: [{ name: 'A newspaper' }] };
    await say(...[early, late, both, undated].map((grounds, place) => ({ ...grounds, caseId, summary: summaries[place] })));
    const list = (asked: string) => read(ledger, `/v1/statements?case=${caseId}${asked}`, statementPage);
    const told = ({ statements }: Body) => statements.map(({ summary }: Body) => summary);
    expect(told(await list(''))).toEqual(summaries);
    expect(await list(`&reportedBy=${DAY}`)).toMatchObject({ reportedBy: '2021-03-01T00:00:00.000Z' });
    expect(told(await list(`&reportedBy=${DAY}`))).toEqual(['early', 'of both', 'of no date']);
    const pages = await pagesOf(ledger, `/v1/statements?case=${caseId}&reportedBy=${DAY}&limit=1`, 'statements');
    expect(pages.map((page) => page.map(({ summary }: Body) => summary))).toEqual([['early'], [], ['of both'], ['of no date']]);
    expect(faultOf(await ledger.get(`/v1/statements?case=${caseId}&reportedBy=yesterday`))).toMatch(/^400 QUERY_INVALID/);
  });

  it('a claim stands that was taken back in what came out later', async () => {
    const { caseId } = await elsewhere();
    const { id } = await claim({ ...published('2021-02-28'), caseId }, []);
    const { status } = await ledger.post(`/v1/claims/${id}/withdrawal`, { ...claimWithdrawalBody, ...published('2021-03-02') });
    expect(status).toBe(201);
    const withdrawn = async (asked: string) => (await read(ledger, `/v1/claims?case=${caseId}${asked}`, claimPage)).claims[0]?.withdrawn;
    expect(await withdrawn('')).toMatchObject({ event: expect.any(String) });
    expect(await withdrawn(`&reportedBy=${DAY}`)).toBeNull();
    expect(await withdrawn('&reportedBy=2021-02-27T00:00:00Z')).toBeUndefined();
  });

  it('meetings and files are listed so too', async () => {
    for (const path of ['/v1/meetings', '/v1/evidence'])
      expect((await ledger.get(`${path}?reportedBy=${DAY}`)).body).toMatchObject({ reportedBy: '2021-03-01T00:00:00.000Z' });
  });
});
