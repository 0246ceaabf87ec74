/** How the page is built: from `src/web` into `dist/web`, where the server looks for it. */
import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  base: '/',
  publicDir: 'public',
  // The policy of the page lets no worker be made out of text, which is how workbooks would be packed.
  resolve: { alias: [{ find: /^fflate$/, replacement: join(import.meta.dirname, 'src/web/files/zip-here.ts') }] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2024',
    // Nothing inline, neither data nor script: the policy of the page refuses it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
