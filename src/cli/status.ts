/** `ledger status`: how far the ledger goes, what is in it, and who holds it. */
import type { Command } from 'commander';
import { counted, safe } from '../wording/text.ts';
import { answers } from './answers.ts';
import { type AskingOptions, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { command, type Shell } from './shell.ts';
import { casesOf } from './subjects.ts';
import { aligned } from './terminal.ts';

export const statusCommand = (shell: Shell): Command =>
  command('status')
    .description('position, cases, whether a server runs')
    .action((options: AskingOptions) =>
      withLedger(shell, options, async (ledger) => {
        const { folder } = shell.config(options);
        const { position } = read(answers.ready, await asked(ledger, '/health/ready'));
        const cases = await casesOf(ledger);
        if (options.json) return shell.print(JSON.stringify({ folder, position, server: ledger.server, cases }));
        shell.print(`Data      ${safe(folder)}`);
        shell.print(`Position  ${counted(position)} (events in the log)`);
        shell.print(
          ledger.server
            ? `Server    ${safe(ledger.server.url)} (process ${ledger.server.pid})`
            : 'Server    none; "npx ledger serve" starts one',
        );
        shell.print(`Cases     ${counted(cases.length)}`);
        const rows = cases.map(({ id, title, zone, orders, meetings, synthetic }) => [
          `  ${id}`,
          `orders: ${counted(orders)}, meetings: ${counted(meetings)}`,
          safe(zone),
          `${safe(title)}${synthetic ? '   SYNTHETIC' : ''}`,
        ]);
        for (const line of aligned(rows, ['left', 'left', 'left', 'left'])) shell.print(line);
      }),
    );
