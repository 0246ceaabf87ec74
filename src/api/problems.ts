/** Problems (RFC 9457): what a caller gets instead of an answer, with a stable code, the places in the request, and the facts to act on. */
import { z } from 'zod';
import type { Refusal } from '../domain/refusal.ts';
import { refusalOf } from '../domain/refusing.ts';
import { JSON_DEPTH_MAX, type JsonInvalid } from '../domain/strict-json.ts';
import { PROBLEM_CODES, type ProblemCode, problems } from './problem-registry.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
export const ERRORS_MAX = 1_000; // places named in one problem; `errorCount` says how many there are

/** `pointer` is a JSON pointer as URI fragment (RFC 6901 §6): into the body, or `#/<name>` of a parameter or header. */
export type ProblemPlace = { readonly pointer: string; readonly detail: string; readonly code?: ProblemCode };
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly errors: readonly ProblemPlace[];
  /** Facts, as extension members. */
  readonly [fact: string]: unknown;
};

export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: 'Page about this code: /docs/problems/<code>' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    errors: z.array(
      z.object({
        pointer: z.string().meta({ description: 'JSON pointer as URI fragment (RFC 6901 section 6)' }),
        detail: z.string(),
        code: z.enum(PROBLEM_CODES).optional(),
      }),
    ),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Further members are facts of the code, described on its page.' });

/** Thrown where a request cannot go on. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ProblemCode;
  readonly problem: Problem;
  readonly headers: { readonly [header: string]: string };

  constructor(problem: Problem, headers: { readonly [header: string]: string } = {}) {
    super(problem.code);
    this.code = problem.code;
    this.problem = problem;
    this.headers = headers;
  }
}

export const problem = (code: ProblemCode, places: readonly ProblemPlace[] = [], facts: object = {}): Problem => {
  const { status, title } = problems[code];
  const counted = places.length > ERRORS_MAX ? { errorCount: places.length } : {};
  return { ...facts, ...counted, type: `/docs/problems/${code}`, title, status, code, errors: places.slice(0, ERRORS_MAX) };
};

/** `at` is the way to the command inside the request body; facts of the refusal become members. */
export const refusalProblem = (refusal: Refusal, at: readonly PropertyKey[] = []): Problem => {
  const { code, ...facts } = refusal;
  return problem(code, placesOf(refusal, at), facts);
};

const placesOf = (refusal: Refusal, at: readonly PropertyKey[]): readonly ProblemPlace[] => {
  const { title, pointer } = problems[refusal.code];
  if (refusal.code === 'CORRECTION_INVALID' && refusal.cause.code === 'BODY_INVALID') {
    return refusal.cause.errors.map(({ pointer: within, detail }) => ({
      pointer: fragment([...at, ...within.split('/').slice(1)]),
      detail,
    }));
  }
  if ('field' in refusal) return [{ pointer: fragment([...at, refusal.field]), detail: title }];
  return pointer === undefined ? [] : [{ pointer: fragment([...at, ...pointer.split('/').slice(1)]), detail: title }];
};

/** Keys and indices as a JSON pointer in a URI fragment; empty for the whole. */
export const fragment = (path: readonly PropertyKey[]): string =>
  `#${path.map((key) => `/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;

// ---- What schemas complain of

/** Everything that is wrong is named. What is not of the form at all goes first: only if nothing is, the refusals decide the code. */
export const issuesProblem = (issues: readonly z.core.$ZodIssue[], code: 'BODY_INVALID' | 'QUERY_INVALID'): Problem => {
  const places = issues.flatMap(placesOfIssue);
  const [refusal] = issues.flatMap((issue) => refusalOf(issue) ?? []);
  if (refusal === undefined || places.some((place) => place.code === undefined)) return problem(code, places);
  const { code: refused, ...facts } = refusal;
  return problem(refused, places, facts);
};

const placesOfIssue = (issue: z.core.$ZodIssue): readonly ProblemPlace[] => {
  const refusal = refusalOf(issue);
  const pointer = fragment(issue.path);
  if (refusal) return [{ pointer, detail: problems[refusal.code].title, code: refusal.code }];
  if (issue.code !== 'unrecognized_keys') return [{ pointer, detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: fragment([...issue.path, key]), detail: 'Unknown field' }));
};

// ---- What is no JSON

export const jsonProblem = ({ fault, path }: JsonInvalid): Problem =>
  problem('JSON_INVALID', [{ pointer: fragment(path), detail: JSON_FAULTS[fault] }], { fault });

const JSON_FAULTS: { readonly [Fault in JsonInvalid['fault']]: string } = {
  encoding: 'Not UTF-8',
  empty: 'The body is empty',
  syntax: 'Not JSON',
  depth: `More than ${JSON_DEPTH_MAX} arrays and objects inside one another`,
  duplicate_key: 'Twice in one object',
  forbidden_key: 'A name that reaches into prototypes, or has a quotation mark or backslash in it',
  key_not_unicode: 'An object with a name that is not well-formed Unicode',
  number: 'A number that is no safe integer, or has a fraction; send decimals as text',
};
