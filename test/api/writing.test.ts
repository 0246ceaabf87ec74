import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  blockRow,
  caseBody,
  coverageBody,
  declineRow,
  listRow,
  meetingBody,
  orderBody,
  recordScene,
  reinstateRow,
  type Scene,
  serviceBody,
  withholdRow,
} from '../support/bodies.ts';
import { openTestLedger, type TestLedger } from '../support/ledger.ts';

let ledger: TestLedger;
let scene: Scene;
beforeAll(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
});
afterAll(() => ledger.close());

const key = (id: string) => ({ 'idempotency-key': id });

describe('recording one thing', () => {
  it('answers with where it stands, and under which key it is repeated', async () => {
    const reply = await ledger.post('/v1/cases', caseBody, key('case-a'));
    expect(reply.status).toBe(201);
    expect(reply.headers['idempotency-key']).toBe('case-a');
    expect(reply.headers['location']).toBe(`/v1/cases/${reply.body.id}`);
    expect(reply.headers['etag']).toBe('"0"');
    expect(reply.body).toMatchObject({
      commandId: 'case-a',
      status: 'recorded',
      stream: `case-${reply.body.id}`,
      revision: 0,
      warnings: [],
    });
    expect(reply.body.position).toBe(await ledger.position());
  });

  it('makes a key where none is sent', async () => {
    const reply = await ledger.post('/v1/cases', caseBody);
    expect(reply.body.commandId).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers['idempotency-key']).toBe(reply.body.commandId);
  });

  it('takes the id that is given, and derives one from an external id', async () => {
    const id = uuidv7();
    expect((await ledger.post('/v1/cases', { ...caseBody, id })).body.id).toBe(id);
    const externalId = { system: 'register', id: '17' };
    const first = await ledger.post('/v1/cases', { ...caseBody, externalId });
    const again = await ledger.post('/v1/cases', { ...caseBody, externalId });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ status: 'repeated', id: first.body.id, event: first.body.event, position: first.body.position });
  });

  it('refuses an id beside an external id', async () => {
    const reply = await ledger.post('/v1/cases', { ...caseBody, id: uuidv7(), externalId: { system: 'register', id: '18' } });
    expect(reply.body).toMatchObject({ code: 'BODY_INVALID', errors: [{ pointer: '#/id' }] });
  });

  it('adds to the stream that the path or the body names', async () => {
    const served = await ledger.post(`/v1/orders/${scene.order}/service`, { ...serviceBody, channel: 'courier' });
    expect(served.body).toMatchObject({ status: 'recorded', id: scene.order, stream: `order-${scene.order}`, revision: 2 });
    expect(served.headers['location']).toBe(`/v1/events/${served.body.event}`);
    const covered = await ledger.post('/v1/coverage', coverageBody(scene.order));
    expect(covered.body).toMatchObject({ status: 'recorded', id: scene.order, revision: 3 });
    const met = await ledger.post('/v1/meetings', meetingBody(scene.caseId, [scene.order]));
    expect(met).toMatchObject({ status: 201, body: { stream: `meeting-${met.body.id}` } });
  });

  it('does not find an order that nobody issued, and stores nothing in its stream', async () => {
    const before = await ledger.position();
    const unknown = uuidv7();
    expect(await ledger.post(`/v1/orders/${unknown}/service`, serviceBody)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await ledger.post(`/v1/orders/${unknown}/targets`, { rows: [listRow('a')] })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await ledger.post('/v1/orders/none/service', serviceBody)).toMatchObject({ status: 404 });
    expect((await ledger.post('/v1/coverage', coverageBody(unknown))).body).toMatchObject({
      code: 'REFERENCE_UNKNOWN',
      field: 'order',
      reference: unknown,
    });
    expect(await ledger.position()).toBe(before);
  });
});

describe('repeating', () => {
  it('answers the same key and body with the first event', async () => {
    const first = await ledger.post('/v1/cases', caseBody, key('again'));
    const second = await ledger.post('/v1/cases', caseBody, key('again'));
    expect(second.status).toBe(200);
    expect(second.body).toEqual({ ...first.body, status: 'repeated' });
  });

  it('refuses the same key with another body', async () => {
    await ledger.post('/v1/cases', caseBody, key('reused'));
    const reply = await ledger.post('/v1/cases', { ...caseBody, title: 'Another' }, key('reused'));
    expect(reply).toMatchObject({ status: 409, body: { code: 'COMMAND_ID_REUSED', commandId: 'reused' } });
  });

  it('records one event when one key comes many times at once', async () => {
    const before = await ledger.position();
    const replies = await Promise.all(Array.from({ length: 20 }, () => ledger.post('/v1/cases', caseBody, key('at-once'))));
    expect(new Set(replies.map(({ body }) => body.event)).size).toBe(1);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await ledger.position()).toBe(before + 1);
  });

  it('repeats quietly what is said again under another key', async () => {
    const body = { ...serviceBody, channel: 'fax' };
    const first = await ledger.post(`/v1/orders/${scene.order}/service`, body, key('fax-1'));
    const second = await ledger.post(`/v1/orders/${scene.order}/service`, body, key('fax-2'));
    expect(second).toMatchObject({ status: 200, body: { status: 'repeated', event: first.body.event } });
  });

  it('answers rows again, each with its first event', async () => {
    const rows = { rows: [blockRow('again-1'), blockRow('again-2')] };
    const first = await ledger.post('/v1/actions', rows, key('rows'));
    const second = await ledger.post('/v1/actions', rows, key('rows'));
    expect(second.body.results.map((row: { status: string }) => row.status)).toEqual(['repeated', 'repeated']);
    expect(second.body.results.map((row: { event: string }) => row.event)).toEqual(
      first.body.results.map((row: { event: string }) => row.event),
    );
  });
});

describe('insisting on a revision', () => {
  it('records at the revision named, and refuses at another', async () => {
    const issued = await ledger.post('/v1/orders', orderBody(scene.caseId));
    const url = `/v1/orders/${issued.body.id}/service`;
    expect(await ledger.post(url, serviceBody, { 'if-match': '"0"' })).toMatchObject({ status: 201, body: { revision: 1 } });
    const late = await ledger.post(url, { ...serviceBody, channel: 'courier' }, { 'if-match': '"0"' });
    expect(late).toMatchObject({ status: 412, body: { code: 'REVISION_MISMATCH', expected: 0, actual: 1 } });
  });

  it('refuses what is no revision, and any revision for rows', async () => {
    const malformed = await ledger.post('/v1/cases', caseBody, { 'if-match': '0' });
    expect(malformed).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID', errors: [{ pointer: '#/if-match' }] } });
    const rows = await ledger.post('/v1/actions', { rows: [blockRow('a')] }, { 'if-match': '"0"' });
    expect(rows).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID', errors: [{ pointer: '#/if-match' }] } });
  });
});

describe('many writers', () => {
  it('all succeed on one stream, and leave it dense', async () => {
    const { body: issued } = await ledger.post('/v1/orders', orderBody(scene.caseId));
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, writer) =>
        ledger.post(`/v1/orders/${issued.id}/service`, { ...serviceBody, channel: `channel ${writer}` }),
      ),
    );
    expect(replies.every(({ status }) => status === 201)).toBe(true);
    expect(replies.map(({ body }) => body.revision).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(replies.map(({ body }) => body.position)).size).toBe(50);
  });
});

describe('rows', () => {
  it('have a result each, in order; rows of one target run in row order', async () => {
    const reply = await ledger.post('/v1/actions', {
      rows: [
        withholdRow('both-1', [scene.order]),
        { ...reinstateRow('nothing-there') },
        reinstateRow('both-1'),
        declineRow('both-1', [scene.order]),
      ],
    });
    expect(reply.status).toBe(200);
    expect(reply.body.results.map(({ row, status }: { row: number; status: string }) => [row, status])).toEqual([
      [0, 'recorded'],
      [1, 'refused'],
      [2, 'recorded'],
      [3, 'recorded'],
    ]);
    expect(reply.body.results[1].problem).toMatchObject({
      status: 409,
      code: 'NO_OPEN_RESTRICTION',
      errors: [{ pointer: '#/rows/1/occurredAt' }],
    });
    expect(reply.body.results.map(({ revision }: { revision?: number }) => revision)).toEqual([0, undefined, 1, 2]);
  });

  it('name their target by its id as well', async () => {
    const { target: _, ...row } = blockRow('');
    const reply = await ledger.post('/v1/actions', { rows: [{ ...row, targetId: scene.withheld.target }] });
    expect(reply.body.results[0]).toMatchObject({ status: 'recorded', target: scene.withheld.target });
  });

  it('name their target once', async () => {
    const row = { ...blockRow('a'), targetId: scene.withheld.target };
    const { target: _, targetId: __, ...nameless } = row;
    expect((await ledger.post('/v1/actions', { rows: [row] })).body).toMatchObject({
      code: 'BODY_INVALID',
      errors: [{ pointer: '#/rows/0' }],
    });
    expect((await ledger.post('/v1/actions', { rows: [nameless] })).body).toMatchObject({
      code: 'BODY_INVALID',
      errors: [{ pointer: '#/rows/0' }],
    });
  });

  it('are refused together if one is malformed, with every place named, and nothing is stored', async () => {
    const before = await ledger.position();
    const reply = await ledger.post('/v1/actions', {
      rows: [blockRow('fine'), { ...blockRow('a'), measure: 'frozen' }, { ...blockRow('b'), occurredAt: '2021-02-30T00:00:00Z', extra: 1 }],
    });
    expect(reply.status).toBe(400);
    expect(reply.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/rows/1/measure',
      '#/rows/2/extra',
      '#/rows/2/occurredAt',
    ]);
    expect(await ledger.position()).toBe(before);
  });
});

describe('warnings', () => {
  const warningsOf = async (row: object) => (await ledger.post('/v1/actions', { rows: [row] })).body.results[0].warnings;

  it('say that an order does not list the target', async () => {
    expect(await warningsOf(withholdRow('never-listed', [scene.order]))).toEqual(['not_listed']);
    expect(await warningsOf({ ...withholdRow('listed-1', [scene.order]), occurredAt: '2021-02-01T15:00:00+05:30' })).toEqual([]);
  });

  it('say that a restriction looks like one that stands', async () => {
    expect(await warningsOf({ ...withholdRow('listed-1', [scene.order]), policy: 'other' })).toEqual(['possible_duplicate']);
    expect(await warningsOf({ ...withholdRow('listed-1', [scene.order]), territory: ['FR'] })).toEqual(['possible_duplicate']);
  });

  it('say that a reported reinstatement matches nothing', async () => {
    const row = { ...reinstateRow('unrestricted'), assertion: 'third_party_report', sources: [{ name: 'A newspaper' }] };
    expect(await warningsOf(row)).toEqual(['unmatched']);
  });

  it('say that a handle mixes scripts', async () => {
    expect(await warningsOf(blockRow('p\u0430ypal'))).toEqual(['look_alike_key']);
  });
});

describe('correcting', () => {
  const correct = async (changes: object, headers = {}) => {
    const { stream, event } = scene.issue;
    const rows = [{ stream, event, changes, reason: 'data_entry', explanation: 'a slip' }];
    return ledger.post('/v1/corrections', { rows }, headers);
  };

  it('replaces a field and takes another out, by a further event', async () => {
    const reply = await correct({ ref: 'No. 2 of 2021', statedTargetCount: null }, key('correct'));
    expect(reply.body.results[0]).toMatchObject({ row: 0, status: 'recorded', stream: scene.issue.stream });
    const [stored] = await ledger.uses.log.readStream(scene.issue.stream, { from: reply.body.results[0].revision, limit: 1 });
    expect(stored?.event).toMatchObject({
      type: 'EventCorrected',
      data: { changes: { ref: 'No. 2 of 2021' }, removes: ['statedTargetCount'] },
    });
  });

  it('repeats quietly, under the same key and under another', async () => {
    const reply = await correct({ ref: 'No. 2 of 2021', statedTargetCount: null }, key('correct'));
    const again = await correct({ statedTargetCount: null, ref: 'No. 2 of 2021' });
    expect([reply, again].map(({ body }) => body.results[0].status)).toEqual(['repeated', 'repeated']);
  });

  it('refuses what no event could hold before looking for the event', async () => {
    const reply = await correct({ redress: { 'a b': 1, c: [null] } });
    expect(reply.body).toMatchObject({
      code: 'BODY_INVALID',
      errors: [{ pointer: '#/rows/0/changes/redress/a%20b' }, { pointer: '#/rows/0/changes/redress/c/0' }],
    });
  });

  it('lets what was retracted be recorded anew', async () => {
    const first = await ledger.post('/v1/actions', { rows: [blockRow('anew')] });
    const { stream, event } = first.body.results[0];
    const retracted = await ledger.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong' }] });
    expect(retracted.body.results[0].status).toBe('recorded');
    const anew = await ledger.post('/v1/actions', { rows: [blockRow('anew')] });
    expect(anew.body.results[0]).toMatchObject({ status: 'recorded', revision: 2 });
  });
});
