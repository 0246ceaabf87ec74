/** `ledger serve`: the ledger of a folder on an address, until it is told to stop. */
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { isLoopback } from '../domain/loopback.ts';
import { safe } from '../wording/text.ts';
import { startServer } from './running-server.ts';
import { command, type Shell, untilStopped } from './shell.ts';
import { EXIT } from './stopped.ts';

type Options = { readonly data?: string; readonly json?: true; readonly host?: string; readonly port?: string };

export const serveCommand = (shell: Shell): Command =>
  command('serve')
    .description('serve the ledger over HTTP until Ctrl-C')
    .option('--port <number>', 'port; 0 takes a free one (default: LEDGER_PORT, or 4000)')
    .option('--host <address>', 'an address of this machine; beyond loopback only with tokens (default: LEDGER_HOST, or 127.0.0.1)')
    .action(async (options: Options) => {
      const config = shell.config(options);
      const stopped = untilStopped(); // from now on: a signal during the start must not leave server.json behind
      const server = await Promise.race([startServer(config, shell.note), stopped]);
      if (!server) process.exit(EXIT.done); // nothing is served yet; what the start waits for, a cluster above all, may take long
      if (options.json) shell.print(JSON.stringify({ url: server.url, pid: server.pid, folder: config.folder }));
      else for (const line of announcement(server.url, config)) shell.print(line);
      await stopped;
      shell.progress('');
      await server.close();
      if (!options.json) shell.note('Stopped. What was acknowledged is on disk.');
    });

const announcement = (url: string, { folder, host }: Config): readonly string[] => [
  `Ledger at ${url}`,
  `Data in   ${safe(folder)}`,
  `Page      ${url}/`,
  `API       ${url}/docs`,
  ...(isLoopback(host) ? [] : [`Listens   on ${safe(host)}, plain HTTP: put TLS in front, or tokens are read on their way.`]),
  'Stop with Ctrl-C.',
];
