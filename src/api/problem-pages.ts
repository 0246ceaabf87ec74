/** A page for each code, for people: what it means and what to do. docs/reference/problems.md says the same, made from the same table. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { html, type Markup } from './html.ts';
import { type Entry, problems } from './problem-registry.ts';
import { problem, Refused } from './problems.ts';

const entries: ReadonlyMap<string, Entry> = new Map(Object.entries(problems));
const codePath = z.object({ code: z.string() });

export const problemPages = (app: FastifyInstance): void => {
  const pages = new Map([...entries].map(([code, entry]) => [code, pageOf(code, entry)]));
  app.get('/docs/problems/:code', { schema: { hide: true } }, async (request, reply) => {
    const page = pages.get(codePath.parse(request.params).code);
    if (page === undefined) throw new Refused(problem('NOT_FOUND'));
    return reply.type('text/html; charset=utf-8').send(page);
  });
};

const pageOf = (code: string, { status, title, meaning, remedy }: Entry): string =>
  html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${code}</title>
<h1>${marked(title)}</h1>
<p><code>${code}</code>, HTTP status ${`${status}`}</p>
<h2>What it means</h2>
<p>${marked(meaning)}</p>
<h2>What to do</h2>
<p>${marked(remedy)}</p>
</html>
`.markup;

/** What stands between backticks is code. */
const marked = (text: string): readonly Markup[] =>
  text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

/** docs/reference/problems.md. */
export const problemsReference = (): string =>
  [
    '# Problems',
    '',
    'A request that is turned down is answered with `application/problem+json` (RFC 9457). `code` is stable: branch on it, never on `title`.',
    '`errors` names each place with a JSON pointer as URI fragment (RFC 6901 section 6); further members are facts of the code. Nothing of a',
    'request answered with a problem is stored, except where the code says so. Each code has its page at `/docs/problems/<code>`.',
    ...[...entries].map(sectionOf),
    '',
  ].join('\n');

const sectionOf = ([code, { status, title, meaning, remedy }]: readonly [string, Entry]): string =>
  ['', `## ${code}`, '', `${title} (HTTP ${status}).`, '', `**Meaning.** ${meaning}`, '', `**What to do.** ${remedy}`].join('\n');
