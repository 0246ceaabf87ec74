/** The server killed while files come in: what was acknowledged is there whole, what was not is served to nobody, and a repeat makes it whole. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evidenceData, evidenceForm } from '../support/bodies.ts';
import { isOnCluster } from '../support/engine.ts';
import { killLedgers, type LedgerProcess, startLedger } from '../support/ledger-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-crash-'));
});
afterEach(async () => {
  await killLedgers();
  rmSync(folder, { recursive: true });
});

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');
const incoming = (): readonly string[] => {
  const place = join(folder, 'evidence', 'incoming');
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
};
/** Where processes share the folder, what is left behind goes only after a day: here one that went by at once. */
const aDayGoesBy = (): void => {
  const place = join(folder, 'evidence', 'incoming');
  if (!isOnCluster || !existsSync(place)) return;
  const aDayAgo = Date.now() / 1_000 - 86_401;
  for (const name of readdirSync(place)) utimesSync(join(place, name), aDayAgo, aDayAgo);
};
const killed = async (ledger: LedgerProcess): Promise<void> => {
  ledger.kill('SIGKILL');
  await ledger.exit;
};

/** `undefined` if the connection ended without an answer. */
const put = async ({ url }: LedgerProcess, bytes: string): Promise<number | undefined> => {
  try {
    const headers = { 'idempotency-key': sha256(bytes) };
    return (await fetch(`${url}/v1/evidence`, { method: 'POST', headers, body: evidenceForm(bytes) })).status;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};
const got = async ({ url }: LedgerProcess, bytes: string) => {
  const reply = await fetch(`${url}/v1/evidence/${sha256(bytes)}`);
  return { status: reply.status, text: await reply.text() };
};

describe('kill -9 of the server', () => {
  it('in the middle of a file leaves nothing that is served, and nothing behind', async () => {
    const ledger = await startLedger({ folder });
    const bytes = 'x'.repeat(500_000);
    const head =
      'POST /v1/evidence HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 600000\r\n\r\n';
    const data = `--b\r\ncontent-disposition: form-data; name="data"\r\n\r\n${JSON.stringify(evidenceData)}\r\n`;
    const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${bytes.slice(0, 300_000)}`;
    const socket = connect(Number(new URL(ledger.url).port), '127.0.0.1');
    socket.on('error', () => {}); // the line is cut with the server
    socket.write(head + data + file);
    await expect.poll(incoming).toHaveLength(1);
    await killed(ledger);
    expect(incoming()).toHaveLength(1);
    aDayGoesBy();
    const next = await startLedger({ folder });
    expect(incoming()).toEqual([]);
    expect((await got(next, bytes)).status).toBe(404);
    expect((await got(next, bytes.slice(0, 300_000))).status).toBe(404);
    expect(await put(next, bytes)).toBe(201);
    expect(await got(next, bytes)).toEqual({ status: 200, text: bytes });
  }, 60_000);

  it('while many files come loses none that was acknowledged, and a repeat makes each whole', async () => {
    const WRITERS = 8;
    const sent = new Map<string, number | undefined>();
    for (const [round, killAfter] of [5, 23, 60].entries()) {
      const ledger = await startLedger({ folder });
      let answers = 0;
      const keepPutting = async (writer: number): Promise<void> => {
        for (let n = 0; ; n += 1) {
          const bytes = `${round} ${writer} ${n} ${'y'.repeat(n * 1_000)}`;
          const status = await put(ledger, bytes);
          sent.set(bytes, status);
          answers += 1;
          if (answers === killAfter) ledger.kill('SIGKILL');
          if (status === undefined) return;
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => keepPutting(writer)));
      await ledger.exit;
    }
    aDayGoesBy();
    const last = await startLedger({ folder });
    const unanswered = [...sent].filter(([, status]) => status === undefined);
    expect(unanswered).toHaveLength(3 * WRITERS);
    for (const [bytes, status] of sent) {
      const now = await got(last, bytes);
      if (status === undefined)
        expect([200, 404, 500]).toContain(now.status); // whole, or not at all
      else expect([status, now.status]).toEqual([201, 200]);
      if (now.status === 200) expect(now.text).toBe(bytes);
    }
    for (const [bytes] of unanswered) {
      expect([200, 201]).toContain(await put(last, bytes));
      expect(await got(last, bytes)).toEqual({ status: 200, text: bytes });
    }
    expect(incoming()).toEqual([]);
  }, 120_000);
});
