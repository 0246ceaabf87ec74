/** `ledger serve`: the ledger of a folder on a loopback address, until it is told to stop. */
import type { Command } from 'commander';
import { safe } from '../wording/text.ts';
import { startServer } from './running-server.ts';
import { command, type Shell, untilStopped } from './shell.ts';

type Options = { readonly data?: string; readonly json?: true; readonly host?: string; readonly port?: string };

export const serveCommand = (shell: Shell): Command =>
  command('serve')
    .description('serve the ledger over HTTP until Ctrl-C')
    .option('--port <number>', 'port; 0 takes a free one (default: LEDGER_PORT, or 4000)')
    .option('--host <address>', 'a loopback address (default: LEDGER_HOST, or 127.0.0.1)')
    .action(async (options: Options) => {
      const config = shell.config(options);
      const stopped = untilStopped(); // from now on: a signal during the start must not leave server.json behind
      const server = await startServer(config);
      if (options.json) shell.print(JSON.stringify({ url: server.url, pid: server.pid, folder: config.folder }));
      else for (const line of announcement(server.url, config.folder)) shell.print(line);
      await stopped;
      shell.progress('');
      await server.close();
      if (!options.json) shell.note('Stopped. What was acknowledged is on disk.');
    });

const announcement = (url: string, folder: string): readonly string[] => [
  `Ledger at ${url}`,
  `Data in   ${safe(folder)}`,
  `API       ${url}/docs`,
  'Stop with Ctrl-C.',
];
