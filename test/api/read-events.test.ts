/** The log over HTTP: by position, by id, byte for byte; and as it grows, over a connection that may be cut. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STREAMS_MAX } from '../../src/api/event-stream.ts';
import { EVENT_HASH_HEADER } from '../../src/api/events.ts';
import { eventPage, eventReply } from '../../src/api/schemas/chronology.ts';
import { eventHash } from '../../src/envelope/seal.ts';
import { caseBody, recordScene } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { faultOf, read, withLedger } from '../support/reading.ts';

describe('the log', () => {
  it('is read by position, each event as it is stored', async () => {
    await withLedger(async (ledger) => {
      await recordScene(ledger);
      const first = await ledger.get('/v1/events?limit=4');
      eventPage.parse(first.body);
      expect(first.body.events.map(({ position }: Body) => position)).toEqual([1, 2, 3, 4]);
      expect(first.body).toMatchObject({ next: 4, position: 6, knownAt: 6 });
      expect(first.headers['link']).toBe('</v1/events?after=4&limit=4&knownAt=6>; rel="next"');
      const rest = await ledger.get('/v1/events?after=4&limit=4&knownAt=6');
      expect(rest.body.events.map(({ position }: Body) => position)).toEqual([5, 6]);
      expect(rest.body.next).toBeNull();
      expect(rest.headers).not.toHaveProperty('link');
      const [opened] = first.body.events;
      expect(eventHash(JSON.stringify(opened.envelope)).toHex()).toBe(opened.hash);
    });
  });

  it('gives an event with what became of it, as known then', async () => {
    await withLedger(async (ledger) => {
      const { withheld } = await recordScene(ledger);
      const named = { stream: withheld.stream, event: withheld.event };
      const corrected = await ledger.post('/v1/corrections', {
        rows: [{ ...named, changes: { basis: 'unstated' }, reason: 'data_entry', explanation: 'x' }],
      });
      await ledger.post('/v1/retractions', { rows: [{ ...named, reason: 'wrong' }] });
      const at = (knownAt: number) => read(ledger, `/v1/events/${withheld.event}?knownAt=${knownAt}`, eventReply);
      expect(await at(6)).toMatchObject({
        event: { position: 6, envelope: { data: { basis: 'legal_order' } } },
        entry: { says: { basis: 'legal_order' } },
      });
      expect((await at(6)).entry).not.toHaveProperty('correctedBy');
      expect(await at(7)).toMatchObject({
        event: { envelope: { data: { basis: 'legal_order' } } },
        entry: { says: { basis: 'unstated' }, struck: { basis: 'legal_order' } },
      });
      expect(await at(8)).toMatchObject({ entry: { retracted: { position: 8, reason: 'wrong' } } });
      expect(faultOf(await ledger.get(`/v1/events/${withheld.event}?knownAt=5`))).toBe('404 NOT_FOUND ');
      const correction = corrected.body.results[0].event;
      expect(await read(ledger, `/v1/events/${correction}`, eventReply)).toMatchObject({
        event: { envelope: { type: 'EventCorrected' } },
        entry: null,
      });
    });
  });

  it('gives the event that opened the ledger, which is no fact', async () => {
    await withLedger(async (ledger) => {
      const [opened] = (await ledger.get('/v1/events?limit=1')).body.events;
      const { status, body } = await ledger.get(`/v1/events/${opened.envelope.id}`);
      expect(status).toBe(200);
      eventReply.parse(body);
      expect(body).toMatchObject({ event: { position: 1, envelope: { type: 'LedgerOpened' } }, entry: null });
    });
  });

  it("gives the exact bytes that an event's hash is of", async () => {
    await withLedger(async (ledger) => {
      const { withheld } = await recordScene(ledger);
      const { headers, rawPayload } = await ledger.app.inject(`/v1/events/${withheld.event}/canonical`);
      expect(headers['content-type']).toBe('application/json');
      expect(eventHash(rawPayload.toString()).toHex()).toBe(headers[EVENT_HASH_HEADER]);
      const [stored] = await ledger.uses.log.readStream(withheld.stream, { from: 1, limit: 1 });
      expect(rawPayload.toString()).toBe(stored?.text);
      expect(faultOf(await ledger.get('/v1/events/01950000-0000-7000-8000-000000000001/canonical'))).toBe('404 NOT_FOUND ');
    });
  });
});

describe('the stream of events', () => {
  let ledger: TestLedger;
  let port: number;

  beforeEach(async () => {
    ledger = await openTestLedger();
    const address = await ledger.app.listen({ host: '127.0.0.1', port: 0 });
    port = Number(new URL(address).port);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await ledger.close();
  });

  type Connection = {
    readonly reply: IncomingMessage;
    readonly next: (form: RegExp) => Promise<RegExpExecArray>;
    readonly cut: () => void;
  };

  /** `next` waits for text of a form, and takes it. */
  const connect = async (path = '/v1/events/stream', headers: { readonly [name: string]: string } = {}): Promise<Connection> => {
    const request = httpRequest({ host: '127.0.0.1', port, path, headers, agent: false }).end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.setEncoding('utf8').on('error', () => {});
    let text = '';
    reply.on('data', (chunk: string) => {
      text += chunk;
    });
    return {
      reply,
      async next(form) {
        for (;;) {
          const found = form.exec(text);
          if (found) {
            text = text.slice(found.index + found[0].length);
            return found;
          }
          await once(reply, 'data');
        }
      },
      cut: () => request.destroy(),
    };
  };
  const EVENT = /id: (\d+)\ndata: (\{.*\})\n\n/;
  const openCase = async (title: string) => (await ledger.post('/v1/cases', { ...caseBody, title })).body;
  const nextEvent = async ({ next }: Connection) => {
    const [, id, data = ''] = await next(EVENT);
    return { id: Number(id), title: JSON.parse(data).envelope.data.title, ...JSON.parse(data) };
  };

  it('begins with what is recorded from now on, or after a position', async () => {
    await openCase('before');
    const now = await connect();
    expect(now.reply.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    await now.next(/: the ledger/);
    const all = await connect('/v1/events/stream?after=0');
    await openCase('after');
    expect(await nextEvent(now)).toMatchObject({ id: 3, position: 3, title: 'after' });
    for (const id of [1, 2, 3]) expect((await nextEvent(all)).id).toBe(id);
    const page = (await ledger.get('/v1/events?after=2')).body.events[0];
    const again = await connect('/v1/events/stream?after=2');
    expect(await nextEvent(again)).toMatchObject(page);
  });

  it('goes on after a cut where it was, without gap or repetition', async () => {
    const first = await connect('/v1/events/stream?after=0');
    await openCase('one');
    expect((await nextEvent(first)).id).toBe(1);
    const last = (await nextEvent(first)).id;
    first.cut();
    for (const title of ['two', 'three', 'four']) await openCase(title);
    // The browser sends what it saw last with the address that it asked for at first.
    const second = await connect('/v1/events/stream?after=0', { 'last-event-id': `${last}` });
    await openCase('five');
    for (const [i, title] of ['two', 'three', 'four', 'five'].entries())
      expect(await nextEvent(second)).toMatchObject({ id: last + 1 + i, title });
  });

  it('says that it is still there when nothing happens', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const connection = await connect();
    await connection.next(/: the ledger/);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { interval: 5 });
    await vi.advanceTimersByTimeAsync(15_000);
    await connection.next(/: still here/);
  });

  it('ends when the server closes', async () => {
    const connection = await connect();
    await connection.next(/: the ledger/);
    const ended = once(connection.reply, 'end');
    await ledger.app.close();
    await ended;
  });

  it('refuses more readers than it holds, and a place that is none', async () => {
    const connections = await Promise.all(Array.from({ length: STREAMS_MAX }, () => connect()));
    const refused = await connect();
    expect(refused.reply.statusCode).toBe(429);
    expect(refused.reply.headers['retry-after']).toBe('10');
    connections[0]?.cut();
    await vi.waitFor(async () => {
      const again = await connect();
      expect(again.reply.statusCode).toBe(200);
    });
    expect((await connect('/v1/events/stream', { 'last-event-id': 'x' })).reply.statusCode).toBe(400);
    expect((await connect('/v1/events/stream?after=-1')).reply.statusCode).toBe(400);
  });

  it('is not read ahead for a reader who does not take it', async () => {
    const reads = vi.spyOn(ledger.uses.log, 'readStream');
    const text = 'x'.repeat(2_000);
    for (let batch = 0; batch < 5; batch += 1) {
      const sources = Array.from({ length: 45 }, () => ({ name: 'n', quote: text }));
      await Promise.all(Array.from({ length: 100 }, (_, i) => ledger.post('/v1/cases', { ...caseBody, title: `${batch}-${i}`, sources })));
    }
    reads.mockClear();
    const request = httpRequest({ host: '127.0.0.1', port, path: '/v1/events/stream?after=0', agent: false }).end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.pause();
    for (let i = 0; i < 20; i += 1) await openCase(`later ${i}`);
    expect(reads.mock.calls.length).toBeLessThan(350);
    const last = await ledger.position();
    reply.resume();
    const ids: number[] = [];
    let rest = '';
    for await (const chunk of reply) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      ids.push(...lines.flatMap((line) => (line.startsWith('id: ') ? [Number(line.slice(4))] : [])));
      if (ids.at(-1) === last) break;
    }
    expect(ids).toEqual(Array.from({ length: last }, (_, i) => i + 1));
  });
});
