/** `ledger rebuild`: throws the read model away and fills it again from the log, to the same bytes. */
import type { Command } from 'commander';
import { rebuildReadModel } from '../compose.ts';
import { counted } from '../wording/text.ts';
import { isThere, noLedgerIn } from './client.ts';
import { command, type Shell } from './shell.ts';
import { storeFailure } from './store-failure.ts';

export const rebuildCommand = (shell: Shell): Command =>
  command('rebuild')
    .description('fill the read model again from the log; no server may hold the folder')
    .action(async (options: { readonly data?: string; readonly json?: true }) => {
      const config = shell.config(options);
      if (!(await isThere(config))) throw noLedgerIn(config.folder);
      const position = await rebuildReadModel(config, (reached) => shell.progress(`event ${counted(reached)}`)).catch((error: unknown) => {
        throw storeFailure(error, config)?.stopped ?? error;
      });
      shell.progress('');
      shell.print(options.json ? JSON.stringify({ position }) : `Read model rebuilt from ${counted(position)} events.`);
    });
