/** Evidence over HTTP: which forms are taken, what is kept and when, and that bytes are handed out only as they came, to nobody's harm. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { citationPage, evidencePage, evidenceReply, verificationReply } from '../../src/api/schemas/facts.ts';
import { acceptanceSchema } from '../../src/api/write-replies.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { EvidenceNotWritten, EvidenceTooLarge } from '../../src/evidence/errors.ts';
import type { EvidenceStore } from '../../src/evidence/evidence-store.ts';
import { blockRow, evidenceData, evidenceForm } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { read, withLedger } from '../support/reading.ts';

let ledger: TestLedger;
let url: string;
beforeAll(async () => {
  ledger = await openTestLedger({ threads: true });
  url = await ledger.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => ledger.close());

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const patterned = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 251);
const placeOf = ({ folder }: TestLedger, hash: string): string => join(folder, 'evidence', hash.slice(0, 2), hash);
const add = (form: FormData, headers = {}) => ledger.postForm('/v1/evidence', form, headers);
const added = async (bytes: string, said: object = {}, type?: string): Promise<string> => {
  const { status, body } = await add(evidenceForm(bytes, said, type));
  expect([201, 200]).toContain(status);
  return body.id;
};
const download = (hash: string, of: TestLedger = ledger) => of.app.inject(`/v1/evidence/${hash}`);
/** What stands in the folder of files: their names are hashes, and nothing else is there. */
const filesOf = ({ folder }: TestLedger): readonly string[] =>
  existsSync(join(folder, 'evidence'))
    ? readdirSync(join(folder, 'evidence'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

describe('a file put on record', () => {
  it('over a socket comes back byte for byte, as a download', async () => {
    const bytes = patterned(2_500_000);
    const reply = await fetch(`${url}/v1/evidence`, { method: 'POST', body: evidenceForm(bytes), headers: { 'idempotency-key': 'file' } });
    const body: Body = await reply.json();
    expect(reply.status).toBe(201);
    expect(acceptanceSchema.strict().safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      commandId: 'file',
      status: 'recorded',
      id: sha256(bytes),
      stream: `evidence-${sha256(bytes)}`,
      revision: 0,
    });
    expect(reply.headers.get('location')).toBe(`/v1/evidence/${sha256(bytes)}`);
    const got = await fetch(`${url}${reply.headers.get('location')}`);
    expect(got.status).toBe(200);
    expect(sha256(new Uint8Array(await got.arrayBuffer()))).toBe(sha256(bytes));
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${sha256(bytes)}.pdf"`,
      'content-length': '2500000',
      'x-content-type-options': 'nosniff',
      etag: `"${sha256(bytes)}"`,
    });
  });

  it('is in the log by its hash, with where it is from', async () => {
    const hash = await added('in the log', { derivation: 'none', text: 'a page' });
    const { evidence } = await read(ledger, `/v1/evidence/${hash}/record`, evidenceReply);
    expect(evidence).toMatchObject({
      id: hash,
      sha256: hash,
      bytes: 10,
      mediaType: 'application/pdf',
      obtainedFrom: 'The gazette',
      text: 'a page',
    });
  });

  it('the same again is a quiet repeat, under the same key and under another', async () => {
    const first = await add(evidenceForm('once'), { 'idempotency-key': 'once' });
    for (const headers of [{ 'idempotency-key': 'once' }, {}]) {
      const again = await add(evidenceForm('once'), headers);
      expect(again).toMatchObject({ status: 200, body: { status: 'repeated', event: first.body.event, position: first.body.position } });
    }
    const reused = await add(evidenceForm('twice'), { 'idempotency-key': 'once' });
    expect(reused.status).toBe(201); // another file is another stream, in which the key was not used
    const otherwise = await add(evidenceForm('once', { method: 'photographed' }), { 'idempotency-key': 'once' });
    expect(otherwise).toMatchObject({ status: 409, body: { code: 'COMMAND_ID_REUSED' } });
  });

  it('has the hash that was stated', async () => {
    expect(await added('stated', { sha256: sha256('stated') })).toBe(sha256('stated'));
  });

  it('insists on a revision where the request does', async () => {
    const reply = await add(evidenceForm('revision'), { 'if-match': '"3"' });
    expect(reply).toMatchObject({ status: 412, body: { code: 'REVISION_MISMATCH' } });
    expect(filesOf(ledger)).not.toContain(sha256('revision'));
  });

  it('may be cited, and only then', async () => {
    const cites = (evidence: string) => ({ ...blockRow('cited'), synthetic: true, sources: [{ name: 'A file', evidence }] });
    const hash = await added('cited');
    const rows = [cites(hash), cites(sha256('nowhere'))];
    const { body } = await ledger.post('/v1/actions', { rows });
    expect(body.results.map(({ status }: Body) => status)).toEqual(['recorded', 'refused']);
    expect(body.results[1].problem).toMatchObject({ code: 'REFERENCE_UNKNOWN', field: 'sources' });
  });

  it('is listed with the others, as known then', async () => {
    const before = await ledger.position();
    const hash = await added('listed');
    const now = await read(ledger, '/v1/evidence?limit=1000', evidencePage);
    const then = await read(ledger, `/v1/evidence?limit=1000&knownAt=${before}`, evidencePage);
    expect(now.evidence.map(({ id }: Body) => id)).toContain(hash);
    expect(then.evidence).toEqual(now.evidence.filter(({ id }: Body) => id !== hash));
    expect((await ledger.get(`/v1/evidence/${hash}/record?knownAt=${before}`)).status).toBe(404);
  });

  it('that was retracted is told as that, until it is recorded anew', async () => {
    const hash = await added('retracted');
    const { body } = await ledger.get(`/v1/evidence/${hash}/record`);
    const row = { stream: `evidence-${hash}`, event: body.evidence.event, reason: 'wrong' };
    expect((await ledger.post('/v1/retractions', { rows: [row] })).body.results[0].status).toBe('recorded');
    const record = (await ledger.get(`/v1/evidence/${hash}/record`)).body;
    evidenceReply.parse(record);
    const retracted = { event: expect.any(String), position: record.position, reason: 'wrong' };
    expect(record.evidence).toMatchObject({ sha256: hash, event: row.event, retracted });
    const citations = (await ledger.get(`/v1/evidence/${hash}/citations`)).body;
    citationPage.parse(citations);
    expect(citations.retracted).toEqual(record.evidence.retracted);
    expect((await ledger.get(`/v1/evidence/${hash}/verification`)).body.file).toBe('intact');
    const gone = await download(hash);
    expect([gone.statusCode, gone.body, gone.headers['ledger-retracted-by']]).toEqual([200, 'retracted', record.evidence.retracted.event]);
    expect(gone.headers['content-disposition']).toContain(`"retracted-${hash}.`);
    expect((await ledger.get('/v1/evidence?limit=1000')).body.evidence.map(({ id }: Body) => id)).not.toContain(hash);
    expect((await ledger.get(`/v1/evidence/${hash}/record?knownAt=${record.position - 1}`)).body.evidence.retracted).toBeNull();
    expect((await add(evidenceForm('retracted'))).body.status).toBe('recorded');
    const again = await download(hash);
    expect([again.body, again.headers['ledger-retracted-by']]).toEqual(['retracted', undefined]);
    expect((await ledger.get(`/v1/evidence/${hash}/record`)).body.evidence.retracted).toBeNull();
  });
});

describe('a file that means harm', () => {
  it('is handed out as mere bytes, in a sandbox, whatever type it claims', async () => {
    const html = '<html><script>fetch("/v1/events")</script></html>';
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', 'no type at all']) {
      const hash = await added(`${html}${type}`, {}, type);
      const { headers, body } = await download(hash);
      expect(body).toBe(`${html}${type}`);
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${hash}.bin"`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it.each([
    '../../../../etc/passwd',
    '..\\..\\windows\\system32',
    '/etc/passwd',
    'a"; filename="b.html',
    'x.html\r\nset-cookie: a=b',
    `${'x'.repeat(5_000)}.pdf`,
    '',
    '\u0000',
  ])('has its own name, and it is used for nothing: %j', async (name) => {
    const bytes = `named ${JSON.stringify(name)}`;
    const reply = await add(evidenceForm(bytes, {}, 'application/pdf', name));
    expect(reply).toMatchObject({ status: 201, body: { id: sha256(bytes) } });
    const { headers } = await download(sha256(bytes));
    expect(headers['content-disposition']).toBe(`attachment; filename="${sha256(bytes)}.pdf"`);
    expect(headers).not.toHaveProperty('set-cookie');
    for (const file of filesOf(ledger)) expect(file).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    '/v1/evidence/..%2f..%2fetc%2fpasswd',
    '/v1/evidence/%2e%2e',
    `/v1/evidence/${'A'.repeat(64)}`,
    '/v1/evidence/incoming',
    `/v1/evidence/${'a'.repeat(64)}`,
  ])('is not found at %s', async (path) => {
    for (const under of ['', '/record', '/verification']) expect((await ledger.get(`${path}${under}`)).status).toBe(404);
  });
});

// ---- Forms

const BOUNDARY = 'boundary';
type Part = readonly [disposition: string, body: string];
const part = (name: string, body: string): Part => [`name="${name}"`, body];
const filePart: Part = ['name="file"; filename="a.pdf"', 'bytes of a refused form'];
const dataPart = part('data', JSON.stringify(evidenceData));
const formText = (...parts: readonly Part[]): string =>
  `${parts.map(([disposition, body]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`).join('')}--${BOUNDARY}--\r\n`;
const post = (payload: string | Buffer, type = `multipart/form-data; boundary=${BOUNDARY}`) =>
  ledger.app.inject({ method: 'POST', url: '/v1/evidence', headers: { 'content-type': type }, payload });

describe('a form', () => {
  const whole = formText(dataPart, filePart);
  const stated = (said: object): Part => part('data', JSON.stringify({ ...evidenceData, ...said }));
  it.each([
    ['without data', formText(filePart), 400, 'BODY_INVALID', '#/data'],
    ['without a file', formText(dataPart), 400, 'BODY_INVALID', '#/file'],
    ['with the file first', formText(filePart, dataPart), 400, 'BODY_INVALID', '#/data'],
    ['with two files', formText(dataPart, filePart, filePart), 400, 'BODY_INVALID', '#/file'],
    ['with data twice', formText(dataPart, dataPart, filePart), 400, 'BODY_INVALID', '#/file'],
    ['with something else', formText(dataPart, part('more', 'x'), filePart), 400, 'BODY_INVALID', '#/file'],
    ['with something after the file', formText(dataPart, filePart, part('more', 'x')), 400, 'BODY_INVALID', '#/more'],
    ['with a name that reaches into prototypes', formText(part('__proto__', '{}'), filePart), 400, 'BODY_INVALID', '#/data'],
    ['without parts', `--${BOUNDARY}--\r\n`, 400, 'BODY_INVALID', undefined],
    ['that is empty', '', 400, 'BODY_INVALID', '#/data'],
    ['that breaks off in the data', whole.slice(0, 100), 400, 'BODY_INVALID', undefined],
    ['that breaks off in the file', whole.slice(0, -BOUNDARY.length - 10), 400, 'BODY_INVALID', undefined],
    ['with data that is no JSON', formText(part('data', '{"method":'), filePart), 400, 'JSON_INVALID', undefined],
    ['with a name twice in its data', formText(part('data', '{"method":"a","method":"b"}'), filePart), 400, 'JSON_INVALID', '#/method'],
    ['with data that is no object', formText(part('data', '[]'), filePart), 400, 'BODY_INVALID', '#/data'],
    ['that states how many bytes there are', formText(stated({ bytes: 3 }), filePart), 400, 'BODY_INVALID', '#/data/bytes'],
    [
      'that states when it is recorded',
      formText(stated({ recordedAt: '2021-01-01T00:00:00.000Z' }), filePart),
      400,
      'BODY_INVALID',
      '#/data/recordedAt',
    ],
    ['with a hash in capitals', formText(stated({ sha256: 'A'.repeat(64) }), filePart), 400, 'BODY_INVALID', '#/data/sha256'],
    [
      'with a time that has not come',
      formText(stated({ occurredAt: '2990-01-01T00:00:00Z' }), filePart),
      422,
      'TIME_IN_FUTURE',
      '#/data/occurredAt',
    ],
    ['with text that deceives', formText(stated({ method: 'a\u202eb' }), filePart), 422, 'TEXT_UNSAFE', '#/data/method'],
    [
      'with 256 KiB of data and more',
      formText(part('data', `{"method":"${'x'.repeat(256 * 1024)}"}`), filePart),
      413,
      'BODY_TOO_LARGE',
      undefined,
    ],
  ])('%s is refused, and nothing of it is kept', async (_what, payload, status, code, pointer) => {
    const [position, files] = [await ledger.position(), filesOf(ledger)];
    const reply = await post(payload);
    expect(reply.json()).toMatchObject({ status, code });
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    if (pointer !== undefined) expect(reply.json().errors[0]?.pointer).toBe(pointer);
    expect(await ledger.position()).toBe(position);
    expect(filesOf(ledger)).toEqual(files);
  });

  it('that is whole is taken', async () => {
    expect((await post(whole)).json()).toMatchObject({ status: 'recorded', id: sha256('bytes of a refused form') });
  });

  it('that is no form is refused by its media type, and a form is refused elsewhere', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'application/octet-stream', 'text/plain'])
      expect((await post('{}', type)).json()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
    expect((await post(whole, 'multipart/form-data')).json()).toMatchObject({ status: 400, code: 'BODY_INVALID' });
    for (const path of ['/v1/cases', '/v1/actions', '/v1/claims'])
      expect((await ledger.postForm(path, evidenceForm('x'))).body).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
  });

  it('says of itself what nobody looked at: a type that is none is no type', async () => {
    const typed = (type: string): string => formText(dataPart, [`name="file"; filename="a"\r\ncontent-type: ${type}`, `of type ${type}`]);
    const types = ['Application/PDF; x=y', 'nonsense', '../../etc', `x/${'y'.repeat(200)}`];
    const kept = await Promise.all(types.map(async (type) => (await post(typed(type))).json().id));
    const stored = await Promise.all(kept.map(async (id) => (await ledger.get(`/v1/evidence/${id}/record`)).body.evidence.mediaType));
    expect(stored).toEqual(['application/pdf', 'application/octet-stream', 'application/octet-stream', 'application/octet-stream']);
  });
});

/** What the server answers to these bytes; they are all that is sent, and the line stays open until `end`. */
const sendRaw = (text: string, { end }: { readonly end: boolean }): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString();
      if (!end && got.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('close', () => resolve(got));
    socket.on('error', reject);
    socket.write(text, () => {
      if (end) socket.destroy();
    });
  });
const rawHead = (length: number): string =>
  `POST /v1/evidence HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=${BOUNDARY}\r\ncontent-length: ${length}\r\n\r\n`;

describe('over a line', () => {
  it('that says it will send more than a file may have, the form is refused before any of it was sent', async () => {
    expect(await sendRaw(rawHead(200 * 1024 * 1024), { end: false })).toMatch(/^HTTP\/1\.1 413 [\s\S]*BODY_TOO_LARGE/);
  });

  it('that goes dead in the middle of a file nothing is kept, and the next is served', async () => {
    const [position, files] = [await ledger.position(), filesOf(ledger)];
    const half = formText(dataPart, ['name="file"; filename="a"', 'x'.repeat(300_000)]).slice(0, 200_000);
    for (let round = 0; round < 3; round += 1) await sendRaw(rawHead(400_000) + half, { end: true });
    await expect.poll(() => filesOf(ledger)).toEqual(files);
    expect(await ledger.position()).toBe(position);
    expect((await fetch(`${url}/v1/evidence`, { method: 'POST', body: evidenceForm('after a dead line') })).status).toBe(201);
  });

  it('that goes on sending after a refusal is served again', async () => {
    const refused = evidenceForm(patterned(3_000_000), { sha256: 'no hash' });
    for (let round = 0; round < 3; round += 1) {
      const reply = await fetch(`${url}/v1/evidence`, { method: 'POST', body: refused });
      expect([reply.status, ((await reply.json()) as Body).code]).toEqual([400, 'BODY_INVALID']);
    }
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});

describe('bytes that are no longer what they were', () => {
  const damaged = async (bytes: string, damage: (place: string) => void): Promise<string> => {
    const hash = await added(bytes);
    damage(placeOf(ledger, hash));
    return hash;
  };
  const alter = (place: string): void => {
    chmodSync(place, 0o644);
    writeFileSync(place, 'altered');
  };

  it.each([
    ['altered', alter],
    ['missing', (place: string) => rmSync(place)],
  ])('are reported as %s and not handed out, until the same file comes again', async (why, damage) => {
    const hash = await damaged(`to be ${why}`, damage);
    const reply = await download(hash);
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toMatchObject({ code: 'EVIDENCE_ALTERED', sha256: hash, why });
    expect(reply.headers['content-disposition']).toBeUndefined();
    expect((await read(ledger, `/v1/evidence/${hash}/verification`, verificationReply)).file).toBe(why);
    expect((await ledger.get(`/v1/evidence/${hash}/record`)).status).toBe(200);
    expect((await add(evidenceForm(`to be ${why}`))).status).toBe(200);
    expect((await download(hash)).body).toBe(`to be ${why}`);
    expect((await read(ledger, `/v1/evidence/${hash}/verification`, verificationReply)).file).toBe('intact');
  });

  it('are hashed at an instant that is told, of files on record at the position that is asked for', async () => {
    await withLedger(
      async (of) => {
        const before = await of.position();
        const { body } = await of.postForm('/v1/evidence', evidenceForm('hashed at'));
        const path = `/v1/evidence/${body.id}/verification`;
        expect(await read(of, path, verificationReply)).toEqual({
          sha256: body.id,
          file: 'intact',
          hashedAt: '2026-11-25T09:30:00.000Z',
        });
        expect((await of.get(`${path}?knownAt=${before + 1}`)).status).toBe(200);
        expect((await of.get(`${path}?knownAt=${before}`)).status).toBe(404);
      },
      { clock: () => parseInstant('2026-11-25T09:30:00.000Z') },
    );
  });

  it('are mended also by whoever says something else of them', async () => {
    const hash = await damaged('mended', alter);
    expect((await add(evidenceForm('mended', { obtainedFrom: 'Somebody else' }))).body.code).toBe('ALREADY_EXISTS');
    expect((await download(hash)).body).toBe('mended');
  });

  it('are told apart by a look that takes no bytes', async () => {
    const [hash, intact] = [await damaged('looked at', alter), await added('looked at, intact')];
    const look = async (of: string) => (await ledger.app.inject({ method: 'HEAD', url: `/v1/evidence/${of}` })).statusCode;
    expect([await look(hash), await look(intact)]).toEqual([500, 200]);
  });
});

describe('a disk that fails', () => {
  const withStore = (replaced: (evidence: EvidenceStore) => Partial<EvidenceStore>, use: (own: TestLedger) => Promise<void>) =>
    withLedger(use, { uses: (uses) => ({ ...uses, evidence: { ...uses.evidence, ...replaced(uses.evidence) } }) });
  const failing = (during: 'receiving' | 'keeping') => async (): Promise<never> => {
    throw new EvidenceNotWritten(during, { cause: new Error('ENOSPC') });
  };

  it('while the file is received: nothing is stored, ask again', () =>
    withStore(
      () => ({ receive: failing('receiving') }),
      async (own) => {
        const reply = await own.postForm('/v1/evidence', evidenceForm('x'), { 'idempotency-key': 'k' });
        expect(reply).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', commandId: 'k' } });
        expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
        expect(await own.position()).toBe(1);
      },
    ));

  it('between the event and the file: what is on record is missing, and a repeat mends it', async () => {
    let fails = true;
    await withStore(
      ({ receive }) => ({
        receive: async (chunks) => {
          const received = await receive(chunks);
          return fails ? { ...received, keep: failing('keeping') } : received;
        },
      }),
      async (own) => {
        const put = () => own.postForm('/v1/evidence', evidenceForm('x'), { 'idempotency-key': 'k' });
        expect(await put()).toMatchObject({ status: 503, body: { code: 'OUTCOME_UNKNOWN', commandId: 'k' } });
        expect(filesOf(own)).toEqual([]);
        expect(await own.position()).toBe(2);
        expect((await download(sha256('x'), own)).json()).toMatchObject({ code: 'EVIDENCE_ALTERED', why: 'missing' });
        fails = false;
        expect(await put()).toMatchObject({ status: 200, body: { status: 'repeated' } });
        expect((await download(sha256('x'), own)).body).toBe('x');
        expect(await own.position()).toBe(2);
      },
    );
  });

  it('or a file that is too long: it is said how long one may be', () =>
    withStore(
      () => ({
        receive: async () => {
          throw new EvidenceTooLarge(104_857_600);
        },
      }),
      async (own) => {
        const reply = await own.postForm('/v1/evidence', evidenceForm('x'));
        expect(reply).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE', bodyBytesMax: 104_857_600 } });
      },
    ));

  it('while the event is recorded: the file is not kept', () =>
    withLedger(
      async (own) => {
        expect((await own.postForm('/v1/evidence', evidenceForm('x'))).status).toBe(500);
        expect(filesOf(own)).toEqual([]);
      },
      {
        uses: (uses) => ({
          ...uses,
          record: {
            ...uses.record,
            one: async () => {
              throw new TypeError('a mistake');
            },
          },
        }),
      },
    ));
});

describe('what rests on a file', () => {
  const cited = (of: TestLedger, hash: string, more = '') => read(of, `/v1/evidence/${hash}/citations${more}`, citationPage);
  const typesOf = ({ citations }: Body): readonly string[] => citations.map(({ type }: Body) => type);
  const source = (evidence: string) => ({ sources: [{ name: 'Scan', evidence }] });

  it('is listed in the order of recording, page by page, each event once, as known at a position', async () => {
    await withLedger(async (of) => {
      const register = async (bytes: string, said = {}): Promise<string> =>
        (await of.postForm('/v1/evidence', evidenceForm(bytes, said))).body.id;
      const hash = await register('one');
      expect(await cited(of, hash)).toMatchObject({ total: 0, citations: [], next: null });
      const twice = { sources: ['page 1', 'page 2'].map((locator) => ({ name: 'Scan', locator, evidence: hash })) };
      const { body } = await of.post('/v1/actions', { rows: ['a', 'b'].map((name) => ({ ...blockRow(name), synthetic: true, ...twice })) });
      const before = await of.position();
      await register('two', { derivedFrom: hash, derivation: 'converted' });
      const all = await cited(of, hash);
      expect([all.total, typesOf(all)]).toEqual([3, ['TargetBlocked', 'TargetBlocked', 'EvidenceRegistered']]);
      expect(all.citations.slice(0, 2).map(({ event }: Body) => event)).toEqual(body.results.map(({ event }: Body) => event));
      expect(await cited(of, hash, `?knownAt=${before}`)).toMatchObject({ total: 2, next: null });
      const first = await cited(of, hash, '?limit=2');
      expect([first.total, first.citations.length]).toEqual([3, 2]);
      const last = await cited(of, hash, `?limit=2&cursor=${first.next}`);
      expect([last.total, typesOf(last), last.next]).toEqual([3, ['EvidenceRegistered'], null]);
    });
  });

  it('has the correction that first names it, and stays with what was recorded', async () => {
    await withLedger(async (of) => {
      const [was, is] = await Promise.all(
        ['was', 'is'].map(async (bytes) => (await of.postForm('/v1/evidence', evidenceForm(bytes))).body.id),
      );
      const { body } = await of.post('/v1/actions', { rows: [{ ...blockRow('a'), synthetic: true, ...source(was) }] });
      const { stream, event } = body.results[0];
      const correction = { stream, event, changes: source(is), reason: 'data_entry', explanation: 'The other scan.' };
      await of.post('/v1/corrections', { rows: [correction] });
      expect(typesOf(await cited(of, was))).toEqual(['TargetBlocked']);
      expect(typesOf(await cited(of, is))).toEqual(['EventCorrected']);
    });
  });

  it('says where in the file, of which account, when, and by what an event was retracted since', async () => {
    await withLedger(async (of) => {
      const [hash, other] = await Promise.all(
        ['one', 'another'].map(async (bytes) => (await of.postForm('/v1/evidence', evidenceForm(bytes))).body.id),
      );
      const sources = [
        { name: 'Scan', locator: 'page 1, row 7', evidence: hash },
        { name: 'Scan', locator: 'elsewhere', evidence: other },
        { name: 'Scan', evidence: hash },
      ];
      const { body } = await of.post('/v1/actions', { rows: ['a', 'b'].map((name) => ({ ...blockRow(name), synthetic: true, sources })) });
      const [{ stream, event }, kept] = body.results;
      const changes = { sources: sources.slice(0, 1) };
      await of.post('/v1/corrections', { rows: [{ stream, event, changes, reason: 'data_entry', explanation: 'One is enough.' }] });
      const before = await of.position();
      const retraction = { stream, event, reason: 'wrong', explanation: 'Of another account.' };
      const by = (await of.post('/v1/retractions', { rows: [retraction] })).body.results[0].event;
      const now = await cited(of, hash);
      expect(now).toMatchObject({ total: 3, totalRetracted: 2 });
      const retracted = { event: by, position: before + 1, recordedAt: expect.any(String) };
      expect(now.citations).toMatchObject([
        { event, verbatim: 'a', locators: ['page 1, row 7'], occurredAt: { earliest: expect.any(String) }, retracted },
        { event: kept.event, verbatim: 'b', retracted: null },
        { type: 'EventCorrected', verbatim: 'a', locators: ['page 1, row 7'], occurredAt: null, retracted },
      ]);
      const then = await cited(of, hash, `?knownAt=${before}`);
      expect([then.totalRetracted, then.citations.map((one: Body) => one.retracted)]).toEqual([0, [null, null, null]]);
    });
  });

  it('is not told of a file that is not on record', async () => {
    expect((await ledger.get(`/v1/evidence/${'0'.repeat(64)}/citations`)).status).toBe(404);
    expect((await ledger.get('/v1/evidence/none/citations')).status).toBe(404);
  });
});
