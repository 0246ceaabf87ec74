/** Answers that are JSON text made elsewhere: heavy, and sent on as they are. */
import type { z } from 'zod';
import type { PageAsked } from './query.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** The members of an answer that is JSON text after those of its head. */
export const spliced = (head: object, text: string): string => `${JSON.stringify(head).slice(0, -1)},${text.slice(1)}`;

/** The last member of a page made elsewhere: where the next one begins, for which the caller gets a cursor. */
const NEXT = /"next":(null|\d+|\{[^{}]*\})\}$/;

/** The same of a page. `form`: of what says where the next one begins; `next`: gives a cursor for it. */
export const splicedPage = <A>(head: object, text: string, form: z.ZodType<A>, next: PageAsked<A>['next']) => {
  const [, end] = NEXT.exec(text) ?? [];
  if (end === undefined) throw new Error('a page that does not say where it ends');
  const { cursor, headers } = next(end === 'null' ? undefined : form.parse(JSON.parse(end)));
  return { headers, text: spliced(head, text.replace(NEXT, `"next":${JSON.stringify(cursor)}}`)) };
};
