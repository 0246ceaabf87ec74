/** Tokens over HTTP: how one is shown, whose name is recorded, and what becomes of it while the server runs. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectTo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { systemClock } from '../../src/application/clock.ts';
import { instantFromMs, msOf, parseInstant } from '../../src/domain/time.ts';
import {
  account,
  blockRow,
  caseBody,
  claimBody,
  claimWithdrawalBody,
  coverageBody,
  evidenceForm,
  meetingBody,
  recordScene,
  statementRow,
  stopBody,
  withholdRow,
} from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { bearing, inThePast, type MadeToken, makeToken, openTokenFile, type TokenFile } from '../support/tokens.ts';

const rita = makeToken('Rita', 'reader');
const rob = makeToken('Rob', 'recorder');
const desk = makeToken('Legal desk, 2nd floor', 'recorder');
const ada = makeToken('Ada', 'admin');

let file: TokenFile;
let ledger: TestLedger;
let now = systemClock();
beforeEach(async () => {
  now = systemClock();
  file = openTokenFile();
  file.write(rita, rob, desk, ada);
  ledger = await openTestLedger({ access: file.access(() => now) });
});
afterEach(async () => {
  await ledger.close();
  file.close();
});

const get = async (url: string, headers: { readonly [name: string]: string } = {}) => {
  const { statusCode, body } = await ledger.app.inject({ method: 'GET', url, headers });
  return { status: statusCode, body: JSON.parse(body) as Body };
};
const shown = (authorization: string) => get('/v1/cases', { authorization });
const ACCEPTED = { status: 200 };
const NOT_ACCEPTED = { status: 401, body: { code: 'TOKEN_INVALID' } };
const NEEDED = { status: 401, body: { code: 'TOKEN_REQUIRED' } };

describe('a token is shown', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])('as %j', async (scheme) => {
    expect(await shown(`${scheme} ${rita.text}`)).toMatchObject(ACCEPTED);
  });

  it.each([
    ['without a scheme', rita.text],
    ['twice', `Bearer ${rita.text} ${rita.text}`],
    ['beside another', `Bearer ${rita.text}, Bearer ${ada.text}`],
    ['as a parameter', `Bearer token=${rita.text}`],
    ['in quotation marks', `Bearer "${rita.text}"`],
    ['behind a tab', `Bearer\t${rita.text}`],
    ['before a line feed', `Bearer ${rita.text}\n`],
    ['with a header behind it', `Bearer ${rita.text}\r\nX-Role: admin`],
    ['with a NUL', `Bearer ${rita.text}\u0000`],
    ['with a NUL before it', `Bearer \u0000${rita.text}`],
    ['with letters that look alike', `Bearer ${rita.text.replace('elt', 'еlt')}`],
    ['by its hash', `Bearer elt_${rita.token.id}_${rita.token.sha256}`],
  ])('in no other way: %s', async (_, authorization) => {
    expect(await shown(authorization)).toMatchObject(NOT_ACCEPTED);
  });

  it('in no other place', async () => {
    for (const url of [`/v1/cases?access_token=${rita.text}`, `/v1/cases?token=${rita.text}`])
      expect(await get(url, { cookie: `token=${rita.text}`, 'x-authorization': `Bearer ${rita.text}` })).toMatchObject(NEEDED);
  });
});

describe('over a socket', () => {
  /** The status of the answer to what is sent as it stands. */
  const statusOf = async (...lines: readonly string[]): Promise<number> => {
    const address = new URL(ledger.app.listeningOrigin);
    const socket = connectTo(Number(address.port), address.hostname);
    socket.end(['GET /v1/cases HTTP/1.1', 'Host: ledger.example', 'Connection: close', ...lines, '', ''].join('\r\n'));
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
  };
  const header = ({ text }: MadeToken, name = 'Authorization') => `${name}: Bearer ${text}`;
  beforeEach(async () => {
    await ledger.app.listen({ host: '127.0.0.1', port: 0 });
  });

  it('a token is taken, under whatever name the server is called', async () => {
    expect(await statusOf(header(rita))).toBe(200);
    expect(await statusOf(header(rita, 'AUTHORIZATION'))).toBe(200);
  });

  it('of two headers neither counts', async () => {
    expect(await statusOf(header(rita), header(rita))).toBe(401);
    expect(await statusOf(header(rita), header(ada, 'authorization'))).toBe(401);
    expect(await statusOf('Authorization: Basic eA==', header(ada))).toBe(401);
    expect(await statusOf('Authorization:', header(ada))).toBe(401);
  });

  it('what no header can hold is refused before it is looked at', async () => {
    expect(await statusOf(`${header(rita)}\u0000`)).toBe(400);
    expect(await statusOf(`Authorization: Bearer ${'0'.repeat(20_000)}`)).toBe(431);
    expect(await statusOf(`Authorization : Bearer ${rita.text}`)).toBe(400);
  });

  it('of a body nothing is read first', async () => {
    const address = new URL(ledger.app.listeningOrigin);
    const sent = httpRequest({ host: address.hostname, port: address.port, path: '/v1/cases', method: 'POST', agent: false });
    sent.setHeader('content-type', 'application/json').setHeader('content-length', 1_000).flushHeaders(); // and no byte of it follows
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    expect(reply.statusCode).toBe(401);
    sent.destroy();
  });
});

describe('what is recorded', () => {
  const as = (token: MadeToken): TestLedger => ({
    ...ledger,
    post: (url, body, headers) => ledger.post(url, body, { ...bearing(token), ...headers }),
    postForm: (url, form, headers) => ledger.postForm(url, form, { ...bearing(token), ...headers }),
  });
  const events = async (after = 0): Promise<readonly Body[]> =>
    (await get(`/v1/events?limit=1000&after=${after}`, bearing(rita))).body.events;
  const recorders = async (after?: number): Promise<ReadonlySet<string>> =>
    new Set((await events(after)).map(({ envelope }) => envelope.meta.recordedBy));

  it('names its recorder by the token, whatever route it came by', async () => {
    const robs = as(rob);
    const scene = await recordScene(robs);
    const claim = (await robs.post('/v1/claims', claimBody(scene.caseId, []))).body.id;
    const BATCH = '00000000-0000-4000-8000-00000000ba7c';
    const said = { reason: 'data_entry', explanation: 'a slip' };
    const replies = [
      await robs.post('/v1/coverage', coverageBody(scene.order)),
      await robs.post(`/v1/orders/${scene.order}/tolling`, stopBody),
      await robs.post('/v1/meetings', meetingBody(scene.caseId, [])),
      await robs.post('/v1/statements', { rows: [statementRow(scene.caseId, [])] }),
      await robs.post(`/v1/claims/${claim}/withdrawal`, claimWithdrawalBody),
      await robs.postForm('/v1/evidence', evidenceForm('a file')),
      await robs.post('/v1/actions', {
        rows: [
          { ...blockRow('batch-1'), batchId: BATCH },
          { ...blockRow('batch-2'), batchId: BATCH },
        ],
      }),
      await robs.post('/v1/corrections', { rows: [{ ...named(scene.issue), changes: { ref: 'No. 2' }, ...said }] }),
      await robs.post('/v1/corrections', { batchId: BATCH, changes: { permanent: false }, ...said }),
      await robs.post('/v1/corrections/moves', {
        rows: [{ ...named(scene.withheld), to: account('right'), reason: 'wrong', explanation: 'x' }],
      }),
      await robs.post('/v1/retractions', { batchId: BATCH, reason: 'wrong' }),
    ];
    expect(replies.map(({ status, body }) => [status < 300, body.results?.[0].problem, body.refusals])).toEqual(
      replies.map(({ body }) => [true, undefined, body.refusals && []]),
    );
    const types = new Set((await events(1)).map(({ envelope }) => envelope.type));
    expect(types.size).toBeGreaterThan(14);
    expect(await recorders(1)).toEqual(new Set(['Rob']));
    expect(await recorders()).toEqual(new Set(['local:test', 'Rob'])); // nobody showed a token to open the log
  });
  const named = ({ stream, event }: { readonly stream: string; readonly event: string }) => ({ stream, event });

  it('at once by several names each its own', async () => {
    const holders = [rob, desk, ada];
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const holder = holders[index % holders.length] ?? rob;
        return as(holder).post('/v1/cases', { ...caseBody, title: holder.token.name });
      }),
    );
    for (const { envelope } of await events(1)) expect(envelope.meta.recordedBy).toBe(envelope.data.title);
    expect(await recorders(1)).toEqual(new Set(holders.map(({ token }) => token.name)));
  });

  it('is recorded once, and by whom it was first, where another repeats the command', async () => {
    const key = { 'idempotency-key': 'shared' };
    expect((await as(rob).post('/v1/cases', caseBody, key)).status).toBe(201);
    expect((await as(ada).post('/v1/cases', caseBody, key)).body).toMatchObject({ status: 'repeated' });
    expect(await recorders(1)).toEqual(new Set(['Rob']));
  });

  it('is nothing by a dry run, and not even that for a reader', async () => {
    const scene = await recordScene(as(rob));
    const before = await ledger.position();
    const body = { dryRun: true, rows: [{ ...named(scene.withheld), reason: 'wrong' }] };
    expect((await as(rob).post('/v1/retractions', body)).status).toBe(200);
    expect(await as(rita).post('/v1/retractions', body)).toMatchObject({ status: 403, body: { code: 'TOKEN_ROLE', role: 'recorder' } });
    expect(await as(rita).post('/v1/actions', { rows: [withholdRow('x', [])] })).toMatchObject({ status: 403 });
    expect(await ledger.position()).toBe(before);
  });

  it('shows the name in what is filed with a court', async () => {
    const scene = await recordScene(as(desk));
    const { body } = await get(`/v1/targets/${scene.withheld.target}/audit-trail`, bearing(rita));
    expect(JSON.stringify(body)).toContain('"recordedBy":"Legal desk, 2nd floor"');
  });
});

describe('while the server runs', () => {
  it('a token that is revoked is refused from the next request on', async () => {
    expect(await get('/v1/cases', bearing(rita))).toMatchObject(ACCEPTED);
    file.write(rob, ada);
    expect(await get('/v1/cases', bearing(rita))).toMatchObject(NOT_ACCEPTED);
    expect(await get('/v1/cases', bearing(rob))).toMatchObject(ACCEPTED);
  });

  it('a token ends at its end', async () => {
    const brief = makeToken('Brief', 'reader', { expiresAt: instantFromMs(msOf(now) + 1_000) });
    file.write(brief);
    expect(await get('/v1/cases', bearing(brief))).toMatchObject(ACCEPTED);
    now = instantFromMs(msOf(now) + 1_000);
    expect(await get('/v1/cases', bearing(brief))).toMatchObject(NOT_ACCEPTED);
  });

  it('a new one is taken, and another role of one', async () => {
    const late = makeToken('Late', 'reader');
    expect(await get('/v1/cases', bearing(late))).toMatchObject(NOT_ACCEPTED);
    file.write(late);
    expect(await get('/v1/cases', bearing(late))).toMatchObject(ACCEPTED);
    const write = () => ledger.post('/v1/cases', caseBody, bearing(late));
    expect((await write()).status).toBe(403);
    file.write({ ...late, token: { ...late.token, role: 'recorder' } });
    expect((await write()).status).toBe(201);
  });

  it.each([
    ['gone', () => file.remove()],
    ['empty', () => file.writeText('')],
    ['cut off', () => file.writeText('{"formatVersion":1,"tokens":[{"id"')],
    ['of another form', () => file.writeText('{"tokens":[]}')],
  ])('a file that is %s lets nobody in, and is no secret to whoever runs it', async (_, spoil) => {
    spoil();
    for (const headers of [{}, bearing(ada), { authorization: 'Bearer x' }])
      expect(await get('/v1/cases', headers)).toMatchObject({ status: 503, body: { code: 'TOKENS_UNREADABLE', errors: [] } });
    expect((await ledger.post('/v1/cases', caseBody, bearing(ada))).status).toBe(503);
    expect(JSON.stringify((await get('/v1/cases', bearing(ada))).body)).not.toContain(file.path);
    expect((await ledger.get('/health/live')).status).toBe(200);
    file.write(ada);
    expect(await get('/v1/cases', bearing(ada))).toMatchObject(ACCEPTED);
  });
});

it('what is wrong with the file is written into the log once, however often it is asked', async () => {
  const app = await createServer(ledger.uses);
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const read = async () => (await app.inject({ method: 'GET', url: '/v1/cases', headers: bearing(ada) })).statusCode;
  for (const text of ['{', '[]']) {
    file.writeText(text);
    expect([await read(), await read(), await read()]).toEqual([503, 503, 503]);
  }
  file.remove();
  mkdirSync(file.path); // tried again with every request
  expect([await read(), await read()]).toEqual([503, 503]);
  await app.close();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'tokens unreadable', err: { message: `${file.path}: is no JSON` } },
    { msg: 'tokens unreadable', err: { message: expect.stringContaining('the whole: ') } },
    { msg: 'tokens unreadable', err: { message: expect.stringContaining('cannot be read (EISDIR)') } },
  ]);
  expect(lines.join('')).not.toContain(ada.secret);
});

describe('a ledger without tokens', () => {
  it('asks for them from the first one on, and knows only names of this machine until then', async () => {
    file.remove();
    const own = await openTestLedger({ access: file.access() });
    const read = async (headers: { readonly [name: string]: string }) =>
      (await own.app.inject({ method: 'GET', url: '/v1/cases', headers })).statusCode;
    expect(await read({})).toBe(200);
    expect(await read({ host: 'ledger.example' })).toBe(403);
    expect(await read({ host: 'ledger.example', ...bearing(rita) })).toBe(403);
    expect((await own.post('/v1/cases', caseBody)).status).toBe(201);
    file.write(rita);
    expect(await read({})).toBe(401);
    expect(await read({ host: 'ledger.example', ...bearing(rita) })).toBe(200);
    expect((await own.post('/v1/cases', caseBody)).status).toBe(401);
    await own.close();
  });
});

describe('the stream of events', () => {
  const open = async (headers: { readonly [name: string]: string }): Promise<IncomingMessage> => {
    const { hostname, port } = new URL(ledger.app.listeningOrigin);
    const sent = httpRequest({ host: hostname, port, path: '/v1/events/stream?after=0', headers, agent: false }).end();
    const [reply] = (await once(sent, 'response')) as [IncomingMessage];
    return reply.on('error', () => {});
  };
  beforeEach(async () => {
    await ledger.app.listen({ host: '127.0.0.1', port: 0 });
  });

  it('is not opened without a token, or with one that is over', async () => {
    expect((await open({})).statusCode).toBe(401);
    const over = makeToken('Over', 'reader', { expiresAt: inThePast });
    file.write(over);
    expect((await open(bearing(over))).statusCode).toBe(401);
  });

  it.each([
    ['is revoked', () => file.write(ada)],
    ['runs out', () => (now = parseInstant('2199-01-01T00:00:00.000Z'))],
    ['cannot be looked up any more', () => file.writeText('{')],
  ])('ends when its token %s, and says nothing from then on', async (_, lose) => {
    const brief = makeToken('Brief', 'reader', { expiresAt: parseInstant('2198-01-01T00:00:00.000Z') });
    file.write(brief, ada);
    const reply = await open(bearing(brief));
    expect(reply.statusCode).toBe(200);
    reply.setEncoding('utf8');
    let text = '';
    reply.on('data', (chunk: string) => {
      text += chunk;
    });
    while (!text.includes('id: 1\n')) await once(reply, 'data');
    const ended = once(reply, 'end');
    lose();
    await ended; // within the test's time, though nothing is recorded meanwhile
    expect(text).not.toContain('id: 2\n');
  });

  it('does not tell what is recorded right after its token was revoked', async () => {
    const reply = await open(bearing(rita));
    reply.setEncoding('utf8');
    let text = '';
    reply.on('data', (chunk: string) => {
      text += chunk;
    });
    while (!text.includes('id: 1\n')) await once(reply, 'data');
    const ended = once(reply, 'end');
    file.write(ada);
    expect((await ledger.post('/v1/cases', caseBody, bearing(ada))).status).toBe(201);
    await ended;
    expect(text).not.toContain('id: 2\n');
  });
});
