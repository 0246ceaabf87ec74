/**
 * Questions to the ledger of a data folder: put to the server that holds the folder, if one does, and otherwise to a ledger that this process
 * composes for itself. The same paths and the same answers either way.
 */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createServer } from '../api/server.ts';
import { composeLedger } from '../compose.ts';
import type { Config } from '../config.ts';
import { hasLedger } from '../engines.ts';
import { safe } from '../wording/text.ts';
import { readServerFile, type ServerFile } from './server-file.ts';
import { EXIT, type ExitCode, Stopped } from './stopped.ts';
import { storeFailure } from './store-failure.ts';
import { accessOf } from './token-access.ts';

export type Request = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Instead of a body. */
  readonly form?: FormData;
  readonly idempotencyKey?: string;
  /** Asks for the answer line by line, for work that takes long: each line as it comes. Such an answer has no time limit of ours. */
  readonly onLine?: (line: string) => void;
};
export type Answer = { readonly status: number; readonly text: string };

/** Who answers: a running server, or this process. */
export type Ledger = {
  readonly server: ServerFile | null;
  readonly send: (request: Request) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

const LEASE_WAIT_MS = 5_000; // another command holds it for moments, a starting server until it listens
const LEASE_POLL_MS = 100;
const ANSWER_TIMEOUT_MS = 120_000;
const PROBE_TIMEOUT_MS = 2_000;

export type Opening = {
  /** Makes a ledger if there is none: for what records. */
  readonly makes?: boolean;
  /** The read model is moved along by a thread of its own: worth it for long work only. */
  readonly threads?: boolean;
};

/** The lease decides who answers: whoever holds it has the folder, and what `server.json` says is only an address to try. */
export const openLedgerOf = async (config: Config, { makes = false, threads = false }: Opening = {}): Promise<Ledger> => {
  const { folder } = config;
  if (!makes && !(await isThere(config))) throw noLedgerIn(folder);
  const deadline = performance.now() + LEASE_WAIT_MS;
  for (;;) {
    const here = await composed(config, threads);
    if (here) return here;
    const server = readServerFile(folder);
    if (server && (await isAnswering(server))) return ofServer(server, config.token);
    if (performance.now() >= deadline) throw heldWithoutAnswer(folder, server);
    await pause(LEASE_POLL_MS);
  }
};

/** Whether there is a ledger to ask; a store that cannot be asked is a sentence and an exit code. */
export const isThere = async ({ engine, folder }: Config): Promise<boolean> => {
  try {
    return await hasLedger(engine, folder);
  } catch (error) {
    throw storeFailure(error, { engine, folder })?.stopped ?? error;
  }
};

/** A question makes no ledger. */
export const noLedgerIn = (folder: string): Stopped =>
  new Stopped(EXIT.notFound, `No ledger in ${safe(folder)}. "npx ledger serve" makes one; --data names another folder.`);

const heldWithoutAnswer = (folder: string, server: ServerFile | undefined): Stopped => {
  const address = server
    ? `The address in its server.json, ${safe(server.url)}, gives no answer.`
    : 'It is no server, or one that is still starting.';
  return new Stopped(EXIT.refused, `Another process holds the ledger in ${safe(folder)}. ${address} Try again when it has ended.`);
};

/** `undefined` if another process holds the folder. */
const composed = async (config: Config, threads: boolean): Promise<Ledger | undefined> => {
  try {
    return await openHere(config, threads);
  } catch (error) {
    const failure = storeFailure(error, config);
    if (failure?.isLease) return undefined;
    throw failure?.stopped ?? error;
  }
};

/** Throws the event store's errors. */
const openHere = async (config: Config, threads: boolean): Promise<Ledger> => {
  const { folder, engine, name, recordedBy, rules, token } = config;
  // Whoever can open the folder needs no token. If he shows one, what he records is recorded under its name, as over HTTP.
  const shown = token === null ? {} : { access: accessOf(config) };
  const ledger = await composeLedger({ folder, engine, name, recordedBy, rules, threads, ...shown });
  const app = await createServer(ledger.uses);
  return {
    server: null,
    async send({ method, path, body, form, idempotencyKey, onLine }) {
      const sent = form ? encoded(form) : { headers: {}, ...(body && { payload: JSON.stringify(body) }) };
      const headers = { ...headersOf(body, idempotencyKey, token, onLine), ...sent.headers };
      const answer = await app.inject({ ...sent, method, url: path, headers, payloadAsStream: true });
      return { status: answer.statusCode, text: await textOf(answer.stream(), onLine) };
    },
    async close() {
      await app.close();
      await ledger.close();
    },
  };
};

/** A form as it goes over a socket: its file may be larger than memory. */
const encoded = (form: FormData): { readonly headers: { [name: string]: string }; readonly payload: Readable } => {
  const sent = new Response(form);
  const payload = Readable.from(sent.body ?? []);
  return { headers: { 'content-type': sent.headers.get('content-type') ?? '' }, payload };
};

/** All of it; line by line, if that is asked for, and then the last line. */
const textOf = async (chunks: AsyncIterable<Uint8Array>, onLine: Request['onLine']): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (!onLine) continue;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  }
  return text + decoder.decode();
};

const headersOf = (
  body: object | undefined,
  idempotencyKey: string | undefined,
  token: string | null,
  onLine?: Request['onLine'],
): { [name: string]: string } => ({
  ...(onLine && { accept: 'application/x-ndjson' }),
  ...(body && { 'content-type': 'application/json' }),
  ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  ...(token !== null && { authorization: `Bearer ${token}` }),
});

export const ofServer = (server: ServerFile, token: string | null): Ledger => ({
  server,
  async send({ method, path, body, form, idempotencyKey, onLine }) {
    const signal = onLine ? null : AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const headers = headersOf(body, idempotencyKey, token, onLine);
    const sent = form ?? (body && JSON.stringify(body));
    try {
      const answer = await fetch(new URL(path, server.url), { method, headers, signal, ...(sent && { body: sent }) });
      return { status: answer.status, text: await textOf(answer.body ?? Readable.from([]), onLine) };
    } catch (cause) {
      throw new Stopped(EXIT.failed, `The server at ${safe(server.url)} gave no answer. It may have stopped: repeat the command.`, {
        cause,
      });
    }
  },
  async close() {},
});

export const isAnswering = async ({ url }: ServerFile): Promise<boolean> => {
  try {
    return (await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
};

// ---- Answers

const Problem = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string() })).optional(),
});

/** The text of a good answer. A problem becomes a sentence and an exit code. */
export const asked = async (ledger: Ledger, path: string): Promise<string> => {
  const { status, text } = await ledger.send({ method: 'GET', path });
  if (status < 300) return text;
  throw refusedBy(status, text);
};

/** The same of a question that is too long for an address. */
export const askedWith = async (ledger: Ledger, path: string, body: object): Promise<string> => {
  const { status, text } = await ledger.send({ method: 'POST', path, body });
  if (status < 300) return text;
  throw refusedBy(status, text);
};

/** A problem as a sentence and an exit code. `placed` says for itself where a JSON pointer leads; `undefined` where it does not. */
export const refusedBy = (status: number, text: string, placed: Placed = () => undefined): Stopped => {
  const problem = Problem.safeParse(parsedJson(text)).data;
  const exitCode = EXIT_CODES.get(status) ?? EXIT.failed;
  if (!problem) return new Stopped(exitCode, `The ledger answered ${status}, without saying why.`);
  const words = TOKEN_WORDS.get(problem.code ?? '');
  if (words !== undefined) return new Stopped(exitCode, `${words} (${problem.code})`);
  const reasons = (problem.errors ?? []).map(
    ({ pointer = '', detail }) => `\n  ${placed(segmentsOf(pointer)) ?? placeAt(segmentsOf(pointer))}${safe(detail)}`,
  );
  return new Stopped(exitCode, `${safe(problem.detail ?? problem.title)} (${safe(problem.code ?? String(status))})${reasons.join('')}`);
};

const EXIT_CODES: ReadonlyMap<number, ExitCode> = new Map([
  [400, EXIT.usage],
  [401, EXIT.refused],
  [403, EXIT.refused],
  [404, EXIT.notFound],
  [413, EXIT.usage],
  [422, EXIT.usage],
]);

/** What a problem with a token means at a command line. */
const TOKEN_WORDS: ReadonlyMap<string, string> = new Map([
  [
    'TOKEN_REQUIRED',
    'The ledger asks for a token. Name yours in the environment: LEDGER_TOKEN=elt_… npx ledger … ("npx ledger tokens add" makes one.)',
  ],
  ['TOKEN_INVALID', 'The ledger does not accept the token in LEDGER_TOKEN. "npx ledger tokens list" shows which tokens there are.'],
  ['TOKEN_ROLE', 'The role of the token in LEDGER_TOKEN does not allow this. "npx ledger tokens list" shows its role.'],
]);

/** The place that a problem names, with the words that go before what is wrong there: `mapping.json at /rows/2: `. */
export type Placed = (segments: readonly string[]) => string | undefined;

/** Of a fragment such as `#/mapping/rows/2`, which is percent-encoded, the names as a JSON pointer writes them. */
const segmentsOf = (pointer: string): readonly string[] => decodedFragment(pointer).split('/').slice(1);

const decodedFragment = (pointer: string): string => {
  try {
    return decodeURIComponent(pointer);
  } catch {
    return pointer;
  }
};

/** What was typed as an option goes by its name; any other place by the whole pointer. */
const placeAt = (segments: readonly string[]): string => {
  const [parameter = '', ...within] = segments;
  if (parameter === '') return '';
  const option = within.length === 0 ? OPTIONS.get(parameter) : undefined;
  return option === undefined ? `at ${safe(`/${segments.join('/')}`)}: ` : `${option}: `;
};

/** By the parameter or member that a command sends for it. What no command lets anybody type is none. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ...[
    'at',
    'case',
    'cursor',
    'definitions',
    'explanation',
    'from',
    'kind',
    'kinds',
    'order',
    'reason',
    'status',
    'step',
    'to',
    'tolerance',
  ].map((name): [string, string] => [name, `--${name}`]),
  ['knownAt', '--known-at'],
  ['orders', '--order'],
  ['reportedBy', '--reported-by'],
]);

/** The answer, read by its schema: anything else is a ledger of another version. */
export const read = <T>(schema: z.ZodType<T>, text: string): T => {
  const result = schema.safeParse(parsedJson(text));
  if (result.success) return result.data;
  throw new Stopped(EXIT.failed, `The ledger's answer has another form than this command knows: ${safe(z.prettifyError(result.error))}`);
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
