/** What read routes have in common: the point of knowledge that an answer is of, and pages that are all of one such point. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { RULES_VERSION } from '../domain/figures.ts';
import { orderIdText, uuidText } from '../domain/ids.ts';
import { type Instant, msOf } from '../domain/time.ts';
import { knowledgeOf, type NotKnown } from '../projections/knowledge.ts';
import { positionOf } from '../projections/progress.ts';
import { type ProblemPlace, problem, Refused } from './problems.ts';
import type { Uses } from './uses.ts';
import { problemReplies } from './write-replies.ts';

// ---- Parts of queries

const KNOWN_AT_LENGTH_MAX = 40;
const CURSOR_LENGTH_MAX = 2_000;
const LIMIT_MAX = 1_000;
const LIMIT_DEFAULT = 100;
const WAIT_MS_MAX = 5_000;
/** Orders of one question about compliance. */
export const ORDERS_MAX = 1_000;

/** A whole number written in digits: `1e2` and an empty text are none. */
const digits = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(z.int());

export const pointQuery = {
  knownAt: z
    .string()
    .max(KNOWN_AT_LENGTH_MAX)
    .optional()
    .meta({ description: 'As known at this position, or at this instant; by default now' }),
  minPosition: digits.optional().meta({ description: 'Waits up to 5 s until what is read reflects this position' }),
};
const limit = digits.pipe(z.int().min(1).max(LIMIT_MAX)).default(LIMIT_DEFAULT).meta({ description: 'Rows of a page, at most 1,000' });
export const pageQuery = {
  ...pointQuery,
  limit,
  cursor: z.string().max(CURSOR_LENGTH_MAX).optional().meta({ description: 'Goes on where another page ended' }),
};
export const positionQuery = digits;

/** Separated by commas, or the parameter several times. */
export const listOf = <I extends z.ZodType<unknown, string>>(item: I, max: number) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((part) => part.split(',')))
    .pipe(z.array(item).min(1).max(max))
    .transform((items): readonly z.output<I>[] => [...new Set(items)]);
export const orderList = listOf(orderIdText, ORDERS_MAX);
export const resourceId = z.object({ id: uuidText });

/** The good answer's form, and the problems. Its type says nothing of the answer: some are made as text elsewhere. */
export const replies = (form: z.ZodType): { readonly [status: string]: object } => ({
  200: form,
  ...problemReplies(400, 401, 403, 404, 429, 500, 503),
});

/** A parameter that has the right form and still asks for what there is not. */
export const queryInvalid = (parameter: string, detail: string, facts: object = {}): Refused => {
  const place: ProblemPlace = { pointer: `#/${parameter}`, detail };
  return new Refused(problem('QUERY_INVALID', [place], facts));
};
export const notFound = (facts: object = {}): Refused => new Refused(problem('NOT_FOUND', [], facts));

// ---- The point of knowledge

type PointAsked = { readonly knownAt?: string | undefined; readonly minPosition?: number | undefined };

const FAULTS: { readonly [Fault in NotKnown]: (settledAfterMs: number) => string } = {
  malformed: () => 'a position, or an instant such as 2021-02-15T00:00:00Z',
  beyond_head: () => 'beyond the head: what is read has no such position',
  not_settled: (ms) => `something may still be recorded at this instant: ask again in ${ms / 1_000} seconds, or give a position`,
};

/** The position that an answer is of. */
export const pointOf = async (uses: Uses, { knownAt, minPosition }: PointAsked): Promise<number> => {
  const { model, reached } = uses;
  if (minPosition !== undefined && !(await reached(minPosition, WAIT_MS_MAX))) {
    throw new Refused(problem('READ_MODEL_BEHIND', [], { minPosition, position: positionOf(model) }), { 'retry-after': '1' });
  }
  return positionNamed(uses, 'knownAt', knownAt);
};

/** The position that a parameter names; the head, if it is not given. */
export const positionNamed = ({ model, nowMs, settledAfterMs }: Uses, parameter: string, text: string | undefined): number => {
  const known = knowledgeOf(model, text, nowMs(), settledAfterMs);
  if ('position' in known) return known.position;
  throw queryInvalid(parameter, FAULTS[known.fault](settledAfterMs), { head: known.head });
};

/** What every answer says of itself first. */
export const headOf = (knownAt: number) => ({ position: knownAt, knownAt, rulesVersion: RULES_VERSION });

/** An instant of a query in ms, else the default. */
export const msOr = <D>(instant: Instant | undefined, otherwise: D): number | D => (instant === undefined ? otherwise : msOf(instant));

// ---- Pages

export type PageAsked<A> = {
  readonly knownAt: number;
  readonly limit: number;
  /** Where the page begins; `undefined` for the first. */
  readonly after: A | undefined;
  /** What goes on after this page, for the body and as a Link header (RFC 8288); neither at the end. */
  readonly next: (after: A | undefined) => { readonly cursor: string | null; readonly headers: { readonly link?: string } };
};

const KEPT_OUT = ['cursor', 'limit', 'minPosition']; // they may change from page to page

/** A page of the question that a URL asks. `keyForm` is the form of what the cursor holds as the last key. */
export const pageOf = async <A>(
  uses: Uses,
  url: string,
  query: PointAsked & { readonly limit: number; readonly cursor?: string | undefined },
  keyForm: z.ZodType<A>,
): Promise<PageAsked<A>> => {
  const point = await pointOf(uses, query);
  const [path = '', parameters = ''] = url.split('?');
  const asked = new URLSearchParams(parameters);
  const question = questionHash(path, asked);
  const from = query.cursor === undefined ? undefined : parseCursor(query.cursor, keyForm);
  if (from && (from.question !== question || from.knownAt > positionOf(uses.model))) throw cursorInvalid();
  const knownAt = from?.knownAt ?? point;
  return {
    knownAt,
    limit: query.limit,
    after: from?.after,
    next(after) {
      if (after === undefined) return { cursor: null, headers: {} };
      const cursor = Buffer.from(JSON.stringify([knownAt, question, after])).toString('base64url');
      asked.set('cursor', cursor);
      return { cursor, headers: { link: `<${path}?${asked}>; rel="next"` } };
    },
  };
};

const HASH_LENGTH = 16; // a slip of the caller's is found, which is all that it is for

const questionHash = (path: string, asked: URLSearchParams): string => {
  const kept = [...asked].filter(([name]) => !KEPT_OUT.includes(name)).map((pair) => pair.join('='));
  return createHash('sha256')
    .update([path, ...kept.sort()].join('\n'))
    .digest('hex')
    .slice(0, HASH_LENGTH);
};

const cursorInvalid = (): Refused =>
  new Refused(problem('CURSOR_INVALID', [{ pointer: '#/cursor', detail: 'made for another question, or by another ledger' }]));

const parseCursor = <A>(cursor: string, keyForm: z.ZodType<A>) => {
  const form = z.tuple([z.int().min(0), z.string(), keyForm]);
  try {
    const [knownAt, question, after] = form.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { knownAt, question, after };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw cursorInvalid();
    throw error;
  }
};
