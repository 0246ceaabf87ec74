/** The server that the engine is measured over: the one that `EVENTSTORE_URL` names, or a stand-in in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const STAND_IN = fileURLToPath(new URL('../test/support/fake-eventstoredb/main.ts', import.meta.url));

export type Server = { readonly url: string; readonly name: string };

export const withServer = async (use: (server: Server) => Promise<void>): Promise<void> => {
  const given = process.env['EVENTSTORE_URL'];
  if (given !== undefined) return use({ url: given, name: 'the server of EVENTSTORE_URL' });
  const child = spawn(process.execPath, [STAND_IN], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'close');
  try {
    const [url] = await once(createInterface({ input: child.stdout }), 'line');
    await use({ url: String(url), name: "the tests' stand-in, which writes nothing to disk" });
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
};
