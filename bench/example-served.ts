/** The illustrative case on record in a ledger of its own, as a process that serves it. */
import { illustrativeCase } from '../examples/meity-twitter-2021/illustrative.ts';
import { recordExample } from '../test/examples/recorded-example.ts';
import { type LedgerProcess, startLedger } from '../test/support/ledger-process.ts';

/** The caller ends it. */
export const serveExample = async (folder: string): Promise<LedgerProcess> => {
  const ledger = await startLedger({ folder });
  await recordExample(illustrativeCase(), async (path, body, headers) => {
    const reply = await fetch(ledger.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return reply.json();
  });
  return ledger;
};
