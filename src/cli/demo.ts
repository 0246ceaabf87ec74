/** `ledger demo`: records the illustrative and the reported case over HTTP, in a folder of their own, and shows what the ledger then answers. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CaseReply, CaseRequests } from '../../examples/meity-twitter-2021/case-request.ts';
import { CASE_ID, illustrativeCase } from '../../examples/meity-twitter-2021/illustrative.ts';
import { reportedCase } from '../../examples/meity-twitter-2021/reported.ts';
import { safe } from '../wording/text.ts';
import { answers } from './answers.ts';
import { type Answer, isThere, type Ledger, ofServer, read, refusedBy } from './client.ts';
import { demoAnswers } from './demo-answers.ts';
import { nextLines } from './demo-next.ts';
import { reportedScreen } from './demo-reported.ts';
import { reportedAnswers } from './demo-reported-answers.ts';
import { demoScreen } from './demo-screen.ts';
import { startServer } from './running-server.ts';
import { command, type Shell, untilStopped } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';

type Options = { readonly data?: string; readonly json?: true; readonly port?: string };

export const demoCommand = (shell: Shell): Command =>
  command('demo')
    .description(
      'record an illustrative case (synthetic) and a reported one in a fresh folder and show both; on a terminal, then serve them until Ctrl-C',
    )
    .option('--port <number>', 'port; 0 takes a free one (default: 0)')
    .action(async ({ data, json, port = '0' }: Options) => {
      const folder = data ?? mkdtempSync(join(tmpdir(), 'ledger-demo-'));
      const config = shell.config({ data: folder, port });
      const existed = await isThere(config);
      const server = await startServer(config, shell.note);
      try {
        const ledger = ofServer(server, config.token);
        if (existed) await refuseOthers(ledger, folder);
        for (const requests of [illustrativeCase(), reportedCase()])
          await recordCase(ledger, requests, (request) => shell.progress(request));
        shell.progress('');
        const [illustrative, reported] = await Promise.all([demoAnswers(ledger), reportedAnswers(ledger)]);
        if (json) return shell.print(JSON.stringify({ illustrative: illustrative.raw, reported: reported.raw }));
        const isServing = shell.isTerminal;
        const place = { folder, url: isServing ? server.url : undefined };
        for (const line of [
          ...demoScreen(illustrative, shell.columns),
          '',
          ...reportedScreen(reported, shell.columns),
          '',
          ...nextLines({ illustrative, reported }, place),
        ])
          shell.print(line);
        if (isServing) await untilStopped();
      } finally {
        await server.close();
      }
    });

/** Synthetic accounts do not come into a ledger that somebody keeps for something else. */
const refuseOthers = async (ledger: Ledger, folder: string): Promise<void> => {
  const { status, text } = await ledger.send({ method: 'GET', path: `/v1/cases/${CASE_ID}` });
  if (status === 200) return;
  if (status !== 404) throw refusedBy(status, text);
  throw new Stopped(EXIT.refused, `${safe(folder)} holds another ledger. Name a fresh folder with --data, or leave it out.`);
};

const recordCase = async (ledger: Ledger, requests: CaseRequests, onRequest: (request: string) => void): Promise<void> => {
  let step = requests.next();
  while (step.done !== true) {
    const { idempotencyKey } = step.value;
    onRequest(`recording ${idempotencyKey}`);
    step = requests.next(replyOf(idempotencyKey, await ledger.send(step.value)));
  }
};

/** Every row recorded, or found recorded; anything else ends the demo. */
const replyOf = (key: string, { status, text }: Answer): CaseReply => {
  if (status >= 300) throw refusedBy(status, text);
  if (!text.includes('"results"')) return { results: [read(answers.acceptance, text)] };
  const results = read(answers.rows, text).results.map((result) => {
    if (result.status !== 'refused') return result;
    throw new Stopped(EXIT.failed, `A row of ${key} was refused: ${safe(result.problem.title)} (${safe(result.problem.code)})`);
  });
  return { results };
};
