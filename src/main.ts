/** The program: `bin/ledger.js` comes here once the Node is new enough. */
import { run } from './cli/main.ts';

/** As sysexits.h has it: a fault in the program itself. */
const EX_SOFTWARE = 70;

// A promise that nobody waits for has failed: what it was to do is not known to be done, so this process must not go on as if it were.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `ledger: ended by a fault of its own: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
  );
  process.exit(EX_SOFTWARE);
});

process.exitCode = await run(process.argv);
