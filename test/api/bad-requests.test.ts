/** Every write route, as the description of the interface lists them, is sent everything that is wrong in one place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JSON_DEPTH_MAX } from '../../src/domain/strict-json.ts';
import {
  account,
  answerBody,
  blockRow,
  caseBody,
  claimBody,
  claimWithdrawalBody,
  confirmationBody,
  coverageBody,
  deadlineBody,
  declineRow,
  goneRow,
  limitRow,
  linkRow,
  listRow,
  meetingBody,
  noticeBody,
  notifyRow,
  orderBody,
  recordScene,
  reinstateRow,
  revocationBody,
  type Scene,
  serviceBody,
  statementRow,
  stayBody,
  stayLiftBody,
  stopBody,
  withdrawRow,
  withholdRow,
} from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';

type Json = Body;
type Path = readonly (string | number)[];

let ledger: TestLedger;
let scene: Scene;
let claim: string;
let paths: Body;
beforeAll(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
  claim = (await ledger.post('/v1/claims', claimBody(scene.caseId, []))).body.id;
  paths = (await ledger.get('/openapi.json')).body.paths;
});
afterAll(() => ledger.close());

const correction = () => ({ stream: scene.issue.stream, event: scene.issue.event, reason: 'data_entry', explanation: 'a slip' });

/** A body for each route that would be accepted, were nothing wrong put into it. */
const BODIES: { readonly [path: string]: () => Json } = {
  '/v1/cases': () => ({ ...caseBody, incidentAt: { date: '2021-01-26', zone: 'Asia/Kolkata' }, externalId: { system: 'a', id: 'b' } }),
  '/v1/orders': () => ({
    ...orderBody(scene.caseId),
    ref: 'new',
    noticeBarred: { basis: 'r. 16', until: '2021-05-01T00:00:00Z' },
    redress: 'none',
  }),
  '/v1/orders/{id}/service': () => ({
    ...serviceBody,
    channel: 'new',
    text: 'served',
    receivedAt: { at: '2021-01-31T13:00', zone: 'Asia/Kolkata' },
  }),
  '/v1/orders/{id}/confirmation': () => confirmationBody,
  '/v1/orders/{id}/stay': () => ({ ...stayBody, until: '2021-04-01T00:00:00Z' }),
  '/v1/orders/{id}/stay-lift': () => stayLiftBody,
  '/v1/orders/{id}/revocation': () => revocationBody,
  '/v1/orders/{id}/notices': () => ({ ...noticeBody, receivedAt: '2021-02-04T00:00:00Z' }),
  '/v1/orders/{id}/responses': () => answerBody,
  '/v1/orders/{id}/deadline': () => deadlineBody,
  '/v1/orders/{id}/tolling': () => stopBody,
  '/v1/orders/{id}/targets': () => ({ rows: [{ ...listRow('new-1'), receivedAt: '2021-02-01T00:00:00Z' }] }),
  '/v1/orders/{id}/withdrawals': () => ({ rows: [{ ...withdrawRow('listed-1'), receivedAt: '2021-02-03T00:00:00Z' }] }),
  '/v1/coverage': () => coverageBody(scene.order),
  '/v1/actions': () => ({
    rows: [
      { ...blockRow('new-3'), until: '2021-06-01T00:00:00Z' },
      withholdRow('new-2', [scene.order]),
      reinstateRow('new-2'),
      declineRow('new-4', [scene.order]),
      goneRow('new-5', [scene.order]),
      limitRow('new-5'),
      notifyRow('listed-1', scene.withheld.event),
      linkRow('new-5', 'new-6'),
    ],
  }),
  '/v1/statements': () => ({ rows: [statementRow(scene.caseId, [scene.order])] }),
  '/v1/claims': () => ({ ...claimBody(scene.caseId, [scene.order]), restates: claim, definition: 'ever' }),
  '/v1/claims/{id}/withdrawal': () => claimWithdrawalBody,
  '/v1/meetings': () => meetingBody(scene.caseId, [scene.order]),
  '/v1/corrections': () => ({ rows: [{ ...correction(), changes: { ref: 'No. 2', occurredAt: '2021-01-31T12:00:01+05:30' } }] }),
  '/v1/corrections/moves': () => ({
    rows: [{ stream: scene.withheld.stream, event: scene.withheld.event, to: account('new-7'), reason: 'wrong', explanation: 'a slip' }],
  }),
  '/v1/retractions': () => ({ rows: [{ ...correction(), reason: 'wrong' }] }),
};

const urlOf = (path: string): string => path.replace('{id}', path.startsWith('/v1/claims') ? claim : scene.order);
const valueAt = (json: Json, path: Path): Json => path.reduce((value, key) => value?.[key], json);

/** A copy with something else at one place; `undefined` takes it out. */
const withAt = (json: Json, path: Path, value: unknown): Json => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(json)) return json.map((item, index) => (index === key ? withAt(item, rest, value) : item));
  return { ...json, [key]: withAt(json[key], rest, value) };
};

const placesIn = (json: Json, path: Path = []): readonly Path[] => {
  if (typeof json !== 'object' || json === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.keys(json).flatMap((key) => placesIn(json[key], [...path, Array.isArray(json) ? Number(key) : key])),
  ];
};
const pointerTo = (path: Path): string => `#${path.map((key) => `/${key}`).join('')}`;

type Bad = { readonly what: string; readonly payload: string | Buffer; readonly at?: Path; readonly codes?: readonly string[] };

const wrongType = (value: unknown): unknown => (typeof value === 'string' || typeof value === 'object' ? 7 : 'seven');
const isTime = (path: Path): boolean =>
  /^(?:occurredAt|receivedAt|endedAt|incidentAt|asOf|expiresAt|until|from|to|publishedAt)$/.test(String(path.at(-1)));

/** One thing wrong at each place of the value. */
const wrongValues = (body: Json): readonly Bad[] =>
  placesIn(body).flatMap((at): Bad[] => {
    const value = valueAt(body, at);
    const send = (what: string, wrong: unknown): Bad => ({
      what: `${what} at ${pointerTo(at)}`,
      payload: JSON.stringify(withAt(body, at, wrong)),
      at,
    });
    const bad = [send('a wrong type', wrongType(value))];
    if (!at.includes('changes')) bad.push(send('null', null));
    if (typeof value === 'string') {
      bad.push(
        send('NUL', `${value}\u0000`),
        send('a lone surrogate', `\ud800${value}`),
        send('an override', `${value}\u202e`),
        send('too much', value.repeat(9_000)),
        send('nothing', ''),
      );
      if (isTime(at) && /^\d{4}/.test(value)) {
        bad.push(
          send('no zone', '2021-02-01T14:00:00'),
          send('30 February', '2021-02-30T14:00:00Z'),
          send('a number of milliseconds', '1612168200000'),
        );
      }
    }
    if (typeof value === 'object' && !Array.isArray(value) && !at.includes('changes')) {
      bad.push({ what: `an unknown field in ${pointerTo(at)}`, payload: JSON.stringify(withAt(body, [...at, 'surplus'], 1)), at });
    }
    return bad;
  });

const missing = (body: Json, described: Body): readonly Bad[] => {
  const [form = described] = described.anyOf ?? described.oneOf ?? [];
  const schema: Body = form;
  const row = schema.properties.rows?.items;
  const required: readonly string[] = (row?.anyOf ?? row?.oneOf)?.[0].required ?? row?.required ?? schema.required;
  return required.map((field) => {
    const at = body.rows ? ['rows', 0, field] : [field];
    return { what: `no ${field}`, payload: JSON.stringify(withAt(body, at, undefined)), at };
  });
};

/** What is wrong with the text, whatever it says. */
const wrongTexts = (body: Json): readonly Bad[] => {
  const text = JSON.stringify(body);
  const [name = ''] = Object.keys(body);
  const json = ['JSON_INVALID'];
  const twice = text.replace('{', `{"${name}":1,`);
  return [
    { what: 'UTF-16', payload: Buffer.from(text, 'utf16le'), codes: json },
    { what: 'Latin-1', payload: Buffer.from(text.replace('{', '{"caf\u00e9":1,'), 'latin1'), codes: json },
    { what: 'nothing', payload: Buffer.alloc(0), codes: [...json, 'BODY_INVALID'] },
    { what: 'half of it', payload: text.slice(0, text.length / 2), codes: json },
    { what: 'a comma too many', payload: text.replace(/\}$/, ',}'), codes: json },
    { what: 'a list', payload: `[${text}]`, codes: ['BODY_INVALID'] },
    { what: 'null', payload: 'null', codes: ['BODY_INVALID'] },
    { what: 'text', payload: '"text"', codes: ['BODY_INVALID'] },
    { what: 'a name twice', payload: twice, at: [name], codes: json },
    {
      what: 'a name twice, escaped',
      payload: text.replace('{', `{"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}":1,`),
      at: [name],
      codes: json,
    },
    ...['__proto__', 'constructor', 'prototype'].map((key) => ({
      what: key,
      payload: text.replace('{', `{"${key}":{"x":1},`),
      at: [key],
      codes: json,
    })),
    { what: 'a name that is no Unicode', payload: text.replace('{', '{"\\ud800":1,'), codes: json },
    { what: 'an unknown field', payload: text.replace('{', '{"surplus":1,'), at: ['surplus'], codes: ['BODY_INVALID'] },
    {
      what: 'recordedAt',
      payload: text.replace('{', '{"recordedAt":"2021-02-01T00:00:00.000Z",'),
      at: ['recordedAt'],
      codes: ['BODY_INVALID'],
    },
    { what: 'a number beyond 2^53', payload: text.replace('{', '{"surplus":9007199254740992,'), at: ['surplus'], codes: json },
    { what: 'a fraction', payload: text.replace('{', '{"surplus":0.99999999999999999999,'), codes: json },
    { what: '-0', payload: text.replace('{', '{"surplus":-0,'), at: ['surplus'], codes: json },
    { what: 'too deep', payload: text.replace('{', `{"surplus":${'['.repeat(JSON_DEPTH_MAX)}${']'.repeat(JSON_DEPTH_MAX)},`), codes: json },
    { what: 'very deep', payload: text.replace('{', `{"surplus":${'['.repeat(20_000)}${']'.repeat(20_000)},`), codes: json },
    { what: 'too large', payload: text.replace('{', `{"surplus":"${'x'.repeat(2 * 1024 * 1024)}",`), codes: ['BODY_TOO_LARGE'] },
  ];
};

const CODES_OF_VALUES = new Set([
  'BODY_INVALID',
  'TEXT_UNSAFE',
  'TARGET_KEY_INVALID',
  'TIME_ZONE_UNKNOWN',
  'TERRITORY_UNKNOWN',
  'CORRECTION_INVALID',
  'DEADLINE_RULE_UNKNOWN',
  'BATCH_TOO_LARGE',
  'REFERENCE_UNKNOWN',
  'BODY_TOO_LARGE',
  'CLAIM_NUMBERS_IMPOSSIBLE',
]);

/** The problem of the request, or of its only refused row; `undefined` if it was accepted. */
const send = async (url: string, payload: string | Buffer): Promise<{ readonly status: number; readonly problem: Body }> => {
  const reply = await ledger.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload });
  const body = reply.json();
  if (reply.statusCode !== 200) return { status: reply.statusCode, problem: reply.statusCode >= 400 ? body : undefined };
  const row = body.results?.find(({ status }: { readonly status: string }) => status === 'refused');
  return { status: row?.problem.status ?? 200, problem: row?.problem };
};

/** `undefined` if the answer is as it must be. */
const faultOf = async (url: string, { what, payload, at, codes }: Bad): Promise<string | undefined> => {
  const { status, problem } = await send(url, payload);
  if (problem === undefined) return `${what}: accepted`;
  if (status < 400 || status >= 500) return `${what}: ${status}`;
  if (!(codes?.includes(problem.code) ?? CODES_OF_VALUES.has(problem.code))) return `${what}: ${problem.code}`;
  if (at === undefined || problem.code === 'BODY_TOO_LARGE') return undefined;
  const pointers: readonly string[] = problem.errors.map(({ pointer }: { readonly pointer: string }) => pointer);
  const isNear = pointers.some((pointer) => pointerTo(at).startsWith(pointer) || pointer.startsWith(pointerTo(at)));
  return isNear ? undefined : `${what}: points to ${pointers.join(' ')}`;
};

describe('a request with one thing wrong is refused, its place is named, and nothing is stored', () => {
  it.each(Object.keys(BODIES))('%s', async (path) => {
    const before = await ledger.position();
    const body = BODIES[path]?.();
    const schema = paths[path].post.requestBody.content['application/json'].schema;
    const bad = [...wrongValues(body), ...missing(body, schema), ...wrongTexts(body)];
    expect(bad.length).toBeGreaterThan(30);
    const faults: string[] = [];
    for (const one of bad) {
      const fault = await faultOf(urlOf(path), one);
      if (fault !== undefined) faults.push(fault);
    }
    expect(faults).toEqual([]);
    expect(await ledger.position()).toBe(before);
  });

  it('and every write route was among them', () => {
    // A file comes as a form: what may be wrong with one is in the tests of evidence and of imports.
    const writes = Object.keys(paths).filter((path) => paths[path].post?.requestBody.content['application/json']);
    expect(Object.keys(paths).filter((path) => paths[path].post && !writes.includes(path))).toEqual(['/v1/evidence', '/v1/imports']);
    const asking = '/v1/orders/{id}/targets/comparison'; // a question too long for an address; what may be wrong with it is in its own tests
    expect([...Object.keys(BODIES), asking].sort()).toEqual(writes.sort());
  });

  it('though what it was made from is accepted', async () => {
    for (const [path, body] of Object.entries(BODIES)) {
      if (path === '/v1/retractions') continue; // what it names has others that depend on it
      const { status, problem } = await send(urlOf(path), JSON.stringify(body()));
      expect([path, status, problem]).toEqual([path, body().rows ? 200 : 201, undefined]);
    }
  });
});
