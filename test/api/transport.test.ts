import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../src/api/problem-registry.ts';
import { ROWS_BODY_BYTES_MAX, ROWS_MAX } from '../../src/api/row-routes.ts';
import { BODY_BYTES_MAX } from '../../src/api/server.ts';
import { blockRow, caseBody, recordScene } from '../support/bodies.ts';
import { openTestLedger, type TestLedger } from '../support/ledger.ts';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const post = (url: string, payload: string, headers: { readonly [header: string]: string } = {}) =>
  ledger.app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
/** A body of so many bytes that is accepted but for its size: an unknown field is found only after it was read. */
const bodyOf = (bytes: number): string => `{"x":"${'x'.repeat(bytes - '{"x":""}'.length)}"}`;

describe('a path', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'GET'] as const)('refuses %s, names what it takes, and reads no body', async (method) => {
    const reply = await ledger.app.inject({ method, url: '/v1/actions', headers: { 'content-type': 'text/plain' }, payload: 'x' });
    expect(reply.statusCode).toBe(405);
    expect(reply.headers['allow']).toBe('POST');
    expect(reply.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', type: '/docs/problems/METHOD_NOT_ALLOWED' });
  });

  it.each(['/v1/nothing', '/v1/cases/%zz', '/docs/problems/NOTHING', '/V1/cases', `/v1/orders/${'x'.repeat(300)}/service`])(
    '%s is not found',
    async (url) => {
      const reply = await ledger.app.inject({ method: url.includes('service') ? 'POST' : 'GET', url });
      expect([url, reply.statusCode]).toEqual([url, 404]);
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(reply.json()).toMatchObject({ code: 'NOT_FOUND' });
    },
  );
});

describe('a body', () => {
  it('may have 256 KiB, and no byte more', async () => {
    expect((await post('/v1/cases', bodyOf(BODY_BYTES_MAX))).json()).toMatchObject({ code: 'BODY_INVALID' });
    expect((await post('/v1/cases', bodyOf(BODY_BYTES_MAX + 1))).json()).toMatchObject({
      code: 'BODY_TOO_LARGE',
      status: 413,
      bodyBytesMax: 262_144,
    });
  });

  it('of rows may have 2 MiB, and no byte more', async () => {
    expect((await post('/v1/actions', bodyOf(ROWS_BODY_BYTES_MAX))).json()).toMatchObject({ code: 'BODY_INVALID' });
    expect((await post('/v1/actions', bodyOf(ROWS_BODY_BYTES_MAX + 1))).json()).toMatchObject({
      code: 'BODY_TOO_LARGE',
      bodyBytesMax: 2_097_152,
    });
  });

  it('may have 1,000 rows, and not one more', async () => {
    const rows = (count: number) => JSON.stringify({ rows: Array.from({ length: count }, (_, row) => blockRow(`account-${row}`)) });
    const most = await post('/v1/actions', rows(ROWS_MAX));
    expect(most.json().results).toHaveLength(1_000);
    expect(most.json().results.at(-1)).toMatchObject({ row: 999, status: 'recorded' });
    expect((await post('/v1/actions', rows(ROWS_MAX + 1))).json()).toMatchObject({ code: 'BATCH_TOO_LARGE', rows: 1_001, rowsMax: 1_000 });
    expect((await post('/v1/actions', '{"rows":[]}')).json()).toMatchObject({ code: 'BODY_INVALID', errors: [{ pointer: '#/rows' }] });
  });

  it.each(['text/plain', 'application/xml', 'application/jsonp', 'application/json; charset=utf-16', 'application/json;charset="latin1"'])(
    'of type %s is not read',
    async (type) => {
      expect((await post('/v1/cases', JSON.stringify(caseBody), { 'content-type': type })).json()).toMatchObject({
        code: 'MEDIA_TYPE_UNSUPPORTED',
        status: 415,
      });
    },
  );

  it.each(['application/json; charset=UTF-8', 'application/json;charset="utf-8"', 'application/json; profile=x'])(
    'of type %s is read',
    async (type) => {
      expect((await post('/v1/cases', JSON.stringify(caseBody), { 'content-type': type })).statusCode).toBe(201);
    },
  );

  it('that is compressed is not read', async () => {
    expect((await post('/v1/cases', JSON.stringify(caseBody), { 'content-encoding': 'gzip' })).statusCode).toBe(415);
  });
});

describe('a host', () => {
  it.each(['localhost:4000', '127.0.0.1:4000', '[::1]:4000', '127.8.9.1'])('%s is this machine', async (host) => {
    expect((await post('/v1/cases', JSON.stringify(caseBody), { host })).statusCode).toBe(201);
  });
  it.each(['ledger.example', '127.0.0.1.evil.example', 'localhost.evil.example:4000'])(
    '%s is refused: a web page may have chosen it',
    async (host) => {
      expect((await post('/v1/cases', JSON.stringify(caseBody), { host })).statusCode).toBe(403);
    },
  );
});

describe('whoever runs the ledger', () => {
  it('sees that it is alive and ready, and how far what is read has come', async () => {
    expect(await ledger.get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    expect(await ledger.get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready', position: await ledger.position() } });
  });

  it('is told when what is read stands still', async () => {
    const still = await openTestLedger({ uses: (uses) => ({ ...uses, isFollowing: () => false }) });
    expect(await still.get('/health/ready')).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', reason: 'read_model_stopped' } });
    await still.close();
  });

  it('counts commands and times requests, without a word about anybody', async () => {
    await recordScene(ledger, 'some-person');
    await ledger.get('/v1/nowhere?key=some-person');
    const { body } = await ledger.get('/metrics');
    expect(body).toMatch(/^ledger_commands_total\{type="TargetWithheld",outcome="recorded"\} 1$/m);
    expect(body).toMatch(/^ledger_position \d+$/m);
    expect(body).toMatch(/route="\/v1\/orders\/:id\/service",status="201"/);
    expect(body).not.toContain('some-person');
    expect(body).not.toContain('nowhere');
  });
});

describe('pages', () => {
  it('carry a policy under which nothing from elsewhere and nothing inline runs', async () => {
    for (const url of ['/docs', '/docs/', '/docs/problems/NOT_FOUND', '/openapi.json']) {
      const { status, headers } = await ledger.get(url);
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toMatch(/default-src 'none';.*script-src 'self'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|upgrade-insecure/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    }
  });

  it('of the interface load nothing but what the server has', async () => {
    const { body } = await ledger.get('/docs/');
    expect(body).not.toMatch(/<script>|<style>|style=|onload=|https?:/);
    for (const [, path] of body.matchAll(/(?:src|href)="\.([^"]+)"/g))
      expect([path, (await ledger.get(`/docs${path}`)).status]).toEqual([path, 200]);
  });

  it('say of each code what it means and what to do', async () => {
    for (const code of PROBLEM_CODES) {
      const { status, body } = await ledger.get(`/docs/problems/${code}`);
      expect(status).toBe(200);
      expect(body).toContain(`<title>${code}</title>`);
    }
  });
});

describe('over a socket', () => {
  it('answers, and closes while a client keeps its connection', async () => {
    const own = await openTestLedger();
    const url = await own.app.listen({ host: '127.0.0.1', port: 0 });
    const reply = await fetch(`${url}/v1/cases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(caseBody),
    });
    expect(reply.status).toBe(201);
    expect(await reply.json()).toMatchObject({ status: 'recorded' });
    await own.close();
    await expect(fetch(url)).rejects.toThrow();
  });

  it('answers a write that is under way when it is told to close', async () => {
    const held = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const own = await openTestLedger({
      uses: (uses) => ({
        ...uses,
        record: {
          ...uses.record,
          one: async (...command) => {
            reached.resolve();
            await held.promise;
            return uses.record.one(...command);
          },
        },
      }),
    });
    const url = await own.app.listen({ host: '127.0.0.1', port: 0 });
    const reply = fetch(`${url}/v1/cases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(caseBody),
    });
    await reached.promise;
    const closed = own.close();
    held.resolve();
    expect((await reply).status).toBe(201);
    await closed;
  });
});
