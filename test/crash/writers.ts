/** Writers over HTTP that remember what they asked and what they were told, and what must then hold of the ledger. */
import { expect } from 'vitest';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { wholeLog } from '../event-store/sealed-events.ts';
import { caseBody, listRow, meetingBody, orderBody, serviceBody, withholdRow } from '../support/bodies.ts';

/** One event on record, as an answer names it. */
export type Told = {
  readonly status: string;
  readonly stream: string;
  readonly event: string;
  readonly revision: number;
  readonly position: number | null;
};
export type Answer = { readonly status: number; readonly code: string | undefined; readonly told: readonly Told[] };
export type Asked = {
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** How many events it makes. */
  readonly events: number;
  /** `undefined` if the connection ended without one. */
  readonly answer?: Answer | undefined;
};
type Acknowledged = Asked & { readonly answer: Answer };

export const isAcknowledged = (asked: Asked): asked is Acknowledged => asked.answer !== undefined && asked.answer.status < 300;

// ---- Asking

export const send = async (url: string, { path, key, body }: Asked): Promise<Answer | undefined> => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  try {
    const reply = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: reply.status, ...readAnswer(await reply.text()) };
  } catch (error) {
    // What fetch says of a connection that was refused, reset, or closed before the whole answer was there.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

const readAnswer = (text: string): Omit<Answer, 'status'> => {
  const said: { readonly code?: string; readonly results?: readonly Told[] } & Partial<Told> = JSON.parse(text);
  if (said.results) return { code: undefined, told: said.results };
  const { status, stream, event, revision, position } = said;
  const told = event === undefined ? [] : [{ status, stream, event, revision, position } as Told];
  return { code: said.code, told };
};

export type Scene = { readonly caseId: string; readonly order: string };

/** What everything else refers to, recorded before anything is killed. */
export const recordScene = async (url: string): Promise<Scene & { readonly asked: readonly Asked[] }> => {
  const asked: Asked[] = [];
  const record = async (path: string, body: object, id: string): Promise<string> => {
    const request = { key: `scene-${asked.length}`, path, body, events: 1 };
    const answer = await send(url, request);
    if (answer?.status !== 201) throw new Error(`${path} was not recorded: ${JSON.stringify(answer)}`);
    asked.push({ ...request, answer });
    return id;
  };
  const caseId = await record('/v1/cases', { id: SCENE_CASE, ...caseBody }, SCENE_CASE);
  const { expiresAt: _, ...order } = orderBody(caseId);
  const orderId = await record('/v1/orders', { id: SCENE_ORDER, ...order }, SCENE_ORDER);
  await record(`/v1/orders/${orderId}/service`, serviceBody, orderId);
  return { caseId, order: orderId, asked };
};
const SCENE_CASE = '5f0c2a34-8a1e-4d36-9d4b-1f2e3d4c5b60';
const SCENE_ORDER = '5f0c2a34-8a1e-4d36-9d4b-1f2e3d4c5b61';

const MEETINGS = '/v1/meetings';
const ROWS = 7;

/** Request `n` of one writer: single rows, several rows, single commands, and corrections of a meeting recorded before. */
const requestOf = ({ caseId, order }: Scene, name: string, n: number, meeting: Told | undefined): Asked => {
  const key = `${name}-${n}`;
  const account = (row: number) => `${key}-${row}`;
  switch (n % 5) {
    case 0:
      return {
        key,
        path: `/v1/orders/${order}/targets`,
        body: { rows: Array.from({ length: ROWS }, (_, row) => listRow(account(row))) },
        events: ROWS,
      };
    case 1:
      return { key, path: MEETINGS, body: meetingBody(caseId, [order]), events: 1 };
    case 2:
      if (meeting === undefined) break;
      return { key, path: '/v1/corrections', body: { rows: [correctionOf(meeting, key)] }, events: 1 };
  }
  return { key, path: '/v1/actions', body: { rows: [withholdRow(account(0), [order])] }, events: 1 };
};

const correctionOf = ({ stream, event }: Told, key: string) => ({
  stream,
  event,
  changes: { text: key },
  reason: 'data_entry',
  explanation: key,
});

export type WritingOptions = {
  readonly scene: Scene;
  /** Different in each use on one ledger: keys and accounts are named after it. */
  readonly name: string;
  readonly writers: number;
  /** Called after each answer, or what came instead; writing ends when it says so. */
  readonly goesOn: (asked: Asked) => boolean;
};

/** Writes side by side until told to stop, or until the ledger no longer answers; resolves with everything that was asked. */
export const write = async (url: string, { scene, name, writers, goesOn }: WritingOptions): Promise<readonly Asked[]> => {
  const all: Asked[] = [];
  const keepWriting = async (writer: number): Promise<void> => {
    let meeting: Told | undefined;
    for (let n = 0; ; n += 1) {
      const request = requestOf(scene, `${name}-${writer}`, n, meeting);
      const answer = await send(url, request);
      const asked = { ...request, answer };
      all.push(asked);
      if (isAcknowledged(asked) && asked.path === MEETINGS) meeting = asked.answer.told[0];
      if (!goesOn(asked) || answer === undefined) return;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => keepWriting(writer)));
  return all;
};

// ---- Afterwards

export const headOf = async (url: string): Promise<number> => {
  const reply = await fetch(`${url}/health/ready`);
  const { position }: { readonly position: number } = JSON.parse(await reply.text());
  expect(reply.status).toBe(200);
  return position;
};

/**
 * Repeats what was not acknowledged, and what was, with the same keys and bodies. Each answer must be true: `repeated` of what was there when the
 * ledger came back, `recorded` of what was not; and what was acknowledged must be what it was. Resolves with all requests, all of them acknowledged now.
 */
export const repeatAll = async (url: string, asked: readonly Asked[]): Promise<readonly Acknowledged[]> => {
  const head = await headOf(url);
  const settled: Acknowledged[] = [];
  for (const request of asked) {
    const answer = await send(url, request);
    const now = { ...request, answer };
    if (!isAcknowledged(now)) throw new Error(`a repeat was not acknowledged: ${JSON.stringify(now)}`);
    expect(now.answer.told).toHaveLength(request.events);
    for (const told of now.answer.told)
      expect(told, request.key).toEqual({ ...told, status: (told.position ?? 0) > head ? 'recorded' : 'repeated' });
    if (isAcknowledged(request)) expect(eventsIn(now), request.key).toEqual(eventsIn(request));
    // Nothing was stored, it said: so the repeat is what recorded it.
    if (request.answer?.code === 'UNAVAILABLE')
      expect(now.answer.told.map(({ status }) => status)).toEqual(Array(request.events).fill('recorded'));
    settled.push(now);
  }
  return settled;
};

const eventsIn = ({ answer }: Acknowledged) => answer.told.map(({ stream, event, revision }) => ({ stream, event, revision }));

/** Every event that was told of is in the log at its place, each command is there once, and nothing else is. Closes the store. */
export const expectStoredOnce = async (store: EventStore, settled: readonly Acknowledged[]): Promise<void> => {
  const log = (await wholeLog(store)).map(({ event }) => event);
  await store.close();
  const told = settled.flatMap(({ key, path, answer }) => {
    const isRows = ROW_PATHS.test(path);
    return answer.told.map((each, row) => ({ ...each, commandId: isRows ? `${key}/${row}` : key }));
  });
  const byId = new Map(log.map((event, index) => [event.id, { event, position: index + 1 }]));
  for (const { stream, event: id, revision, position, commandId } of told) {
    const found = byId.get(id);
    expect(found && { stream: found.event.stream, revision: found.event.revision, commandId: found.event.meta.commandId }).toEqual({
      stream,
      revision,
      commandId,
    });
    if (position !== null) expect(found?.position).toBe(position);
  }
  const commands = log.slice(1).map(({ meta }) => meta.commandId);
  expect(new Set(commands).size).toBe(commands.length);
  expect(commands.toSorted()).toEqual(told.map(({ commandId }) => commandId).sort());
};
const ROW_PATHS = /^\/v1\/(?:actions|corrections|orders\/[^/]+\/targets)$/;
