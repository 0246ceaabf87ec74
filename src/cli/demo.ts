/** `ledger demo`: records the illustrative case over HTTP, in a folder of its own, and shows what the ledger then answers. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CASE_ID, illustrativeCase, type RowReply } from '../../examples/meity-twitter-2021/illustrative.ts';
import { hasLedger } from '../compose.ts';
import { safe } from '../wording/text.ts';
import { answers } from './answers.ts';
import { type Answer, type Ledger, ofServer, read, refusedBy } from './client.ts';
import { demoAnswers } from './demo-answers.ts';
import { demoScreen } from './demo-screen.ts';
import { startServer } from './running-server.ts';
import { command, type Shell, untilStopped } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';

type Options = { readonly data?: string; readonly json?: true; readonly port?: string };

export const demoCommand = (shell: Shell): Command =>
  command('demo')
    .description('record the illustrative case (synthetic) in a fresh folder and show it; on a terminal, then serve it until Ctrl-C')
    .option('--port <number>', 'port; 0 takes a free one (default: 0)')
    .action(async ({ data, json, port = '0' }: Options) => {
      const folder = data ?? mkdtempSync(join(tmpdir(), 'ledger-demo-'));
      const existed = hasLedger(folder);
      const server = await startServer(shell.config({ data: folder, port }));
      try {
        const ledger = ofServer(server);
        if (existed) await refuseOthers(ledger, folder);
        await recordCase(ledger, (request) => shell.progress(request));
        shell.progress('');
        const found = await demoAnswers(ledger);
        if (json) return shell.print(JSON.stringify(found.raw));
        const isServing = shell.isTerminal;
        for (const line of demoScreen(found, { folder, columns: shell.columns, url: isServing ? server.url : undefined }))
          shell.print(line);
        if (isServing) await untilStopped();
      } finally {
        await server.close();
      }
    });

/** Synthetic accounts do not come into a ledger that somebody keeps for something else. */
const refuseOthers = async (ledger: Ledger, folder: string): Promise<void> => {
  const { status } = await ledger.send({ method: 'GET', path: `/v1/cases/${CASE_ID}` });
  if (status === 200) return;
  throw new Stopped(EXIT.refused, `${safe(folder)} holds another ledger. Name a fresh folder with --data, or leave it out.`);
};

const recordCase = async (ledger: Ledger, onRequest: (request: string) => void): Promise<void> => {
  const requests = illustrativeCase();
  let step = requests.next();
  while (step.done !== true) {
    const { idempotencyKey } = step.value;
    onRequest(`recording ${idempotencyKey}`);
    step = requests.next(rowsOf(idempotencyKey, await ledger.send(step.value)));
  }
};

/** Every row recorded, or found recorded; anything else ends the demo. */
const rowsOf = (key: string, { status, text }: Answer): RowReply => {
  if (status >= 300) throw refusedBy(status, text);
  if (!text.includes('"results"')) return { results: [] };
  const results = read(answers.rows, text).results.map((result) => {
    if (result.status !== 'refused') return result;
    throw new Stopped(EXIT.failed, `A row of ${key} was refused: ${safe(result.problem.title)} (${safe(result.problem.code)})`);
  });
  return { results };
};
