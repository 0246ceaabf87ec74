/** `ledger orders`: which orders there are, and how they can be named. */
import type { Command } from 'commander';
import { type AskingOptions, asking, withLedger } from './asking.ts';
import { asked } from './client.ts';
import { extentOf, hourOf } from './hours.ts';
import type { Shell } from './shell.ts';
import { caseNamed, subjectsOf, withPoint } from './subjects.ts';
import { aligned, counted, cut, safe } from './terminal.ts';

type Options = AskingOptions & { readonly case?: string };

const LIMIT = 1_000;
const REF_LENGTH_MAX = 40;

export const ordersCommand = (shell: Shell): Command =>
  asking('orders')
    .description('which orders there are')
    .option('--case <case>', 'id or title of a case')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger) => {
        const { knownAt, case: name } = options;
        if (options.json) {
          const ofCase = name === undefined ? undefined : (await caseNamed(ledger, name, knownAt)).id;
          return shell.print(await asked(ledger, withPoint('/v1/orders', knownAt, { case: ofCase, limit: LIMIT })));
        }
        const { orders, zone } = await subjectsOf(ledger, { case: name, knownAt });
        const rows = orders.map(({ id, ref, platform, issuedAt, listed, statedTargetCount, coveredTo, synthetic }) => [
          cut(safe(ref), REF_LENGTH_MAX),
          safe(platform),
          `issued ${extentOf(issuedAt, zone)}`,
          `${counted(listed.counted)} listed${statedTargetCount === undefined ? '' : ` of ${counted(statedTargetCount)} stated`}`,
          coveredTo === null ? 'never declared complete' : `declared complete to ${hourOf(coveredTo, zone)} (not verified)`,
          synthetic ? 'synthetic' : '',
          id,
        ]);
        for (const line of aligned(rows, ['left', 'left', 'left', 'right', 'left', 'left', 'left'])) shell.print(line);
      }),
    );
