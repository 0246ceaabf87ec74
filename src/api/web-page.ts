/** The page for people, as it was built: one document for each of its addresses, and the files that it loads. It says nothing of the record: it asks the API. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html.ts';
import { problem, Refused } from './problems.ts';

/** Where the build puts it. */
export const PAGE_FOLDER = join(import.meta.dirname, '../../dist/web');

/** Every address of the page; `src/web/page.tsx` says what each shows. */
const PAGE_PATHS: readonly string[] = [
  '/',
  '/cases/:id',
  '/cases/:id/sheet',
  '/cases/:id/changes',
  '/orders/:id',
  '/targets/:id',
  '/meetings/:id',
  '/events/:id',
  '/evidence/:id',
  '/search',
];
const FILE_PATHS: readonly string[] = ['/assets/:file', '/icon.svg'];

/** Whether a route says nothing of the record. */
export const isOfPage = (route: string): boolean => PAGE_PATHS.includes(route) || FILE_PATHS.includes(route);

const YEAR_SECONDS = 31_536_000;
/** Names of files under it hold a hash of what is in them. */
const FOR_EVER = `public, max-age=${YEAR_SECONDS}, immutable`;

export type WebPage = { readonly sendPage: (reply: FastifyReply, status?: number) => FastifyReply };

export const webPage = async (app: FastifyInstance, folder: string): Promise<WebPage> => {
  const document = join(folder, 'index.html');
  const isBuilt = existsSync(document);
  const page = isBuilt ? readFileSync(document, 'utf8') : NOT_BUILT;
  if (isBuilt) await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, etag: true, lastModified: false });
  // It names the files of the latest build, so it is asked for anew each time.
  const sendPage = (reply: FastifyReply, status = 200): FastifyReply =>
    reply.code(status).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  const schema = { hide: true };
  for (const path of PAGE_PATHS) app.get(path, { schema }, async (_request, reply) => sendPage(reply));
  if (isBuilt) {
    const files = new Set(readdirSync(join(folder, 'assets'))); // these names, and no way to elsewhere
    app.get<{ Params: { file: string } }>('/assets/:file', { schema }, async ({ params: { file } }, reply) => {
      if (!files.has(file)) throw new Refused(problem('NOT_FOUND'));
      return reply.header('cache-control', FOR_EVER).sendFile(`assets/${file}`);
    });
    app.get('/icon.svg', { schema }, async (_request, reply) => reply.header('cache-control', 'no-cache').sendFile('icon.svg'));
  }
  return { sendPage };
};

/** Whoever followed a link to nowhere in a browser is shown the page, which says so; a program is told in JSON. */
export const isForPeople = ({ method, headers, url }: FastifyRequest): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html') && !url.startsWith('/v1/');

const NOT_BUILT = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Enforcement Ledger</title>
<h1>Enforcement Ledger</h1>
<p>The ledger runs, and its page is not built here: it was installed without the packages that build it. Install from the sources with <code>npm ci</code>
(without <code>--omit=dev</code>), or run <code>npm run build</code>, and start the server again.</p>
<p>Everything can be asked without it: <a href="/docs">the API</a>, or <code>npx ledger compliance</code>, <code>timeline</code> and <code>state</code>.</p>
</html>
`.markup;
