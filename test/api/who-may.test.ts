/** Every route that there is, as the server itself lists them, asked with every kind of token, and with none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { bearing, inThePast, makeToken, openTokenFile, type TokenFile } from '../support/tokens.ts';

/** Without a token: they say nothing of the record. */
const OPEN = new Set([
  ...[
    '/',
    '/cases/:id',
    '/cases/:id/sheet',
    '/cases/:id/changes',
    '/orders/:id',
    '/targets/:id',
    '/meetings/:id',
    '/events/:id',
    '/evidence/:id',
    '/search',
  ],
  ...['/assets/:file', '/icon.svg'],
  '/health/live',
  '/health/ready',
  '/openapi.json',
  '/docs',
  '/docs/',
  '/docs/*',
  '/docs/json',
  '/docs/yaml',
  '/docs/problems/:code',
  '/docs/static/index.html',
  '/docs/static/swagger-initializer.js',
]);

/** Sent as a body, since an address is too short, and nothing is recorded. */
const ASKED_BY_POST = new Set(['/v1/orders/:id/targets/comparison']);

const ID = '00000000-0000-4000-8000-00000000abcd';
const reader = makeToken('Rita', 'reader');
const recorder = makeToken('Rob', 'recorder');
const admin = makeToken('Ada', 'admin');
const expired = makeToken('Eve', 'admin', { expiresAt: inThePast });
const revoked = makeToken('Rex', 'admin');

/** None of them is told from another. */
const REFUSED: readonly (readonly [kind: string, authorization: string])[] = [
  ['unknown', `Bearer ${makeToken('Uma', 'admin').text}`],
  ['of a known id', `Bearer ${makeToken('Ada', 'admin', { id: admin.token.id }).text}`],
  ['expired', `Bearer ${expired.text}`],
  ['revoked', `Bearer ${revoked.text}`],
  ['malformed', 'Bearer elt_x'],
  ['empty', 'Bearer '],
  ['of another scheme', `Basic ${Buffer.from(`Ada:${admin.secret}`).toString('base64')}`],
  ['too long', `Bearer ${admin.text}${'0'.repeat(8_000)}`],
];

let file: TokenFile;
let ledger: TestLedger;
beforeAll(async () => {
  file = openTokenFile();
  file.write(reader, recorder, admin, expired, revoked);
  ledger = await openTestLedger({ access: file.access() });
  file.write(reader, recorder, admin, expired);
});
afterAll(async () => {
  await ledger.close();
  file.close();
});

type Route = { readonly method: string; readonly path: string };
const LINE = /^((?:[│ ] {3})*)[├└]── (\S+) \(([A-Z, ]+)\)$/;

/** From the tree that the server prints of its routes: a path is what stands on the way to it. */
const routes = (): readonly Route[] => {
  const way: string[] = [];
  return ledger.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = LINE.exec(line) ?? [];
      if (part === '') throw new Error(`not a route: ${line}`);
      way.splice(indent.length / 4, way.length, part);
      return methods.split(', ').map((method) => ({ method, path: way.join('') }));
    });
};

const send = ({ method, path }: Route, authorization?: string) =>
  ledger.app.inject({
    method: method as 'GET',
    // A stream that is let in would not end.
    url: path
      .replace('/docs/*', '/docs/static/swagger-ui.css')
      .replace(/:\w+/, ID)
      .replace(/^\/v1\/events\/stream$/, '$&?after=999999999'),
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    ...(method !== 'GET' && method !== 'HEAD' && { payload: '{ no JSON' }),
  });

const isRead = ({ method, path }: Route): boolean =>
  method === 'GET' || method === 'HEAD' || (method === 'POST' && ASKED_BY_POST.has(path));
const isIn = (status: number): boolean => status !== 401 && status !== 403;
const guarded = (): readonly Route[] => routes().filter(({ path }) => !OPEN.has(path));

describe('the routes', () => {
  it('are all found: those of the description, and those that it leaves out', () => {
    const { paths } = ledger.app.swagger() as Body;
    const described = Object.entries<Body>(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const found = routes().map(({ method, path }) => `${method} ${path}`);
    expect(described.length).toBeGreaterThan(50);
    expect(found).toEqual(expect.arrayContaining([...described, 'GET /metrics', 'GET /health/live']));
    expect(found).toEqual(expect.arrayContaining([...ASKED_BY_POST].map((path) => `POST ${path}`)));
    expect([...OPEN].filter((path) => !routes().some((route) => route.path === path))).toEqual([]);
  });

  it('say in the description that they may answer 401 and 403, and how a token is shown', () => {
    const { paths, components, security } = ledger.app.swagger() as Body;
    expect(components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
    expect(security).toEqual([{ token: [] }, {}]);
    for (const [path, item] of Object.entries<Body>(paths))
      for (const [method, { responses }] of Object.entries<Body>(item)) {
        expect([path, method, responses['401']?.headers]).toEqual([path, method, { 'WWW-Authenticate': expect.anything() }]);
        expect([path, method, responses['403']?.description]).toEqual([path, method, 'TOKEN_ROLE, FORBIDDEN']);
      }
  });
});

describe('a route that says something of the record', () => {
  it('needs a token, before anything else of the request is looked at', async () => {
    for (const route of guarded()) {
      const { statusCode, headers, body } = await send(route);
      expect([route, statusCode, headers['www-authenticate']]).toEqual([route, 401, 'Bearer realm="enforcement-ledger"']);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      if (route.method !== 'HEAD') expect([route, JSON.parse(body).code]).toEqual([route, 'TOKEN_REQUIRED']);
    }
  });

  it.each(REFUSED)('takes none that is %s, and answers each alike', async (_, authorization) => {
    const [first = { method: 'GET', path: '/metrics' }] = guarded();
    const expected = (await send({ ...first, method: 'GET' }, 'Bearer elt_y')).body;
    for (const route of guarded()) {
      const { statusCode, headers, body } = await send(route, authorization);
      expect([route, statusCode, headers['www-authenticate']]).toEqual([
        route,
        401,
        'Bearer realm="enforcement-ledger", error="invalid_token"',
      ]);
      if (route.method !== 'HEAD') expect([route, body]).toEqual([route, expected]);
    }
    expect(JSON.parse(expected)).toEqual({
      ...{ type: '/docs/problems/TOKEN_INVALID', title: 'Token not accepted', status: 401, code: 'TOKEN_INVALID', errors: [] },
    });
  });

  it('lets a reader read, and names the role that is needed for anything else', async () => {
    for (const route of guarded()) {
      const { statusCode, headers, body } = await send(route, bearing(reader).authorization);
      if (isRead(route)) expect([route, isIn(statusCode)]).toEqual([route, true]);
      else {
        expect([route, statusCode, JSON.parse(body)]).toEqual([
          route,
          403,
          {
            ...{ type: '/docs/problems/TOKEN_ROLE', title: expect.any(String), status: 403, code: 'TOKEN_ROLE' },
            ...{ role: 'recorder', errors: [] },
          },
        ]);
        expect(headers['www-authenticate']).toMatch(/error="insufficient_scope"$/);
      }
    }
  });

  it.each([recorder, admin])('lets $token.role read and record', async (token) => {
    for (const route of guarded()) {
      const { statusCode, body } = await send(route, bearing(token).authorization);
      expect([route, isIn(statusCode), statusCode === 500]).toEqual([route, true, false]);
      if (route.method === 'POST' && statusCode === 400) expect(['JSON_INVALID', 'BODY_INVALID']).toContain(JSON.parse(body).code);
    }
  });
});

describe('a route that says nothing of the record', () => {
  it('is open, whatever is shown', async () => {
    for (const route of routes().filter(({ path }) => OPEN.has(path)))
      for (const authorization of [undefined, ...REFUSED.map(([, shown]) => shown), bearing(reader).authorization])
        expect([route, isIn((await send(route, authorization)).statusCode)]).toEqual([route, true]);
  });
});

describe('a path at which nothing is', () => {
  it.each(['/v1/nothing', '/nothing', '/v1/cases/%zz', `/v1/orders/${'x'.repeat(300)}`, '/V1/cases', '//v1/cases', '/docsx', '/health'])(
    '%s is not told from one at which something is, without a token',
    async (path) => {
      const { statusCode, body } = await ledger.app.inject({ method: 'GET', url: path });
      expect([path, statusCode, JSON.parse(body).code]).toEqual([path, 401, 'TOKEN_REQUIRED']);
      const { statusCode: known } = await ledger.app.inject({ method: 'GET', url: path, headers: bearing(reader) });
      expect([path, known]).toEqual([path, 404]);
    },
  );
});
