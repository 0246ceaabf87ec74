/** The program: `bin/ledger.js` comes here once the Node is new enough. */
import { run } from './cli/main.ts';

process.exitCode = await run(process.argv);
