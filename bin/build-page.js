/**
 * Builds the page when the package is installed from its sources. Plain JavaScript, since npm may run it under whatever Node there is. An install without
 * the packages that build it goes on without the page: the server says so at its address, and everything else works.
 */
import { fileURLToPath } from 'node:url';

try {
  const { build } = await import('vite');
  await build({ configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)), logLevel: 'warn' });
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    'enforcement-ledger: the page is not built, since the packages that build it are not installed (npm ci without --omit=dev).\n',
  );
}
