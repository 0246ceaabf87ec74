/** What becomes of an error on its way out: the one place where anything thrown turns into a problem. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { ImportRefused } from '../application/import/import-object.ts';
import { MappingInvalid } from '../application/mapping/mapping-fault.ts';
import { storeFailureOf } from '../application/store-failure.ts';
import { JsonInvalid } from '../domain/strict-json.ts';
import { EvidenceNotWritten, EvidenceTooLarge } from '../evidence/errors.ts';
import { SheetInvalid } from '../sheets/sheet-invalid.ts';
import { importRefusedProblem } from './import-refused.ts';
import { fragment, issuesProblem, jsonProblem, PROBLEM_MEDIA_TYPE, type Problem, problem, Refused } from './problems.ts';

const RETRY_AFTER_SECONDS = 5; // a store that is busy or being reopened has had time by then
const IDEMPOTENCY_KEY = 'idempotency-key';

/** A part of a request that its schema does not accept. */
export class PartInvalid extends Error {
  override readonly name = 'PartInvalid';
  readonly code = 'PART_INVALID';
  readonly part: string;
  readonly issues: readonly z.core.$ZodIssue[];

  constructor(part: string, issues: readonly z.core.$ZodIssue[]) {
    super(`${part} not accepted`);
    this.part = part;
    this.issues = issues;
  }
}

/** Some of the rows may be recorded, some not: what the store says of one of them holds for the request only so far. */
export class RowsUnsettled extends Error {
  override readonly name = 'RowsUnsettled';
  readonly code = 'ROWS_UNSETTLED';

  constructor(cause: unknown) {
    super('not every row was answered', { cause });
  }
}

/** What fails of work that is recorded piece by piece leaves open what of it is. */
export const settling = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    throw isOfRequest(cause) ? cause : new RowsUnsettled(cause);
  }
};

const isOfRequest = (cause: unknown): boolean =>
  cause instanceof EvidenceNotWritten || cause instanceof Refused || cause instanceof SheetInvalid || cause instanceof ImportRefused;

export const sendProblem = (reply: FastifyReply, answer: Problem, headers: { readonly [header: string]: string } = {}): FastifyReply =>
  reply.code(answer.status).headers(headers).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(answer));

type Answered = { readonly problem: Problem; readonly headers?: { readonly [header: string]: string } };

export const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const answer = problemOfError(error, request, reply);
  return sendProblem(reply, answer.problem, answer.headers);
};

/** What anything thrown is told as. What is no fault of the request goes into the log. */
export const problemOfError = (error: unknown, request: FastifyRequest, reply: FastifyReply): Answered => {
  if (error instanceof Refused) return error;
  const answer = requestProblem(error, request);
  if (answer) return { problem: answer };
  request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  const commandId = reply.getHeader(IDEMPOTENCY_KEY);
  const facts = commandId === undefined ? {} : { commandId };
  const code = failureCode(error);
  if (code === 'INTERNAL' || code === 'BODY_TOO_LARGE') return { problem: problem(code, [], facts) };
  return { problem: problem(code, [], facts), headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } };
};

/** Errors that are the request's own. */
const requestProblem = (error: unknown, request: FastifyRequest): Problem | undefined => {
  if (error instanceof JsonInvalid) return jsonProblem(error);
  if (error instanceof PartInvalid) return partProblem(error);
  if (error instanceof EvidenceTooLarge) return problem('BODY_TOO_LARGE', [], { bodyBytesMax: error.bytesMax });
  if (error instanceof MappingInvalid) return mappingProblem(error);
  if (error instanceof SheetInvalid)
    return problem('SHEET_INVALID', [{ pointer: '#/file', detail: error.detail }], { fault: error.fault, ...error.place });
  if (error instanceof ImportRefused) return importRefusedProblem(error);
  switch (fastifyCode(error)) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem('BODY_TOO_LARGE', [], { bodyBytesMax: request.routeOptions.bodyLimit });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem('MEDIA_TYPE_UNSUPPORTED');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return problem('BODY_INVALID', [{ pointer: '#', detail: 'The body is not as long as Content-Length says' }]);
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return problem('NOT_FOUND');
    default:
      return undefined;
  }
};

const mappingProblem = ({ faults }: MappingInvalid): Problem =>
  problem(
    'MAPPING_INVALID',
    faults.map(({ pointer, detail }) => ({ pointer: fragment(['mapping', ...pointer.split('/').slice(1)]), detail })),
  );

const fastifyCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** An id in the path that no resource can have is a path at which nothing is. */
const partProblem = ({ part, issues }: PartInvalid): Problem => {
  if (part === 'params') return problem('NOT_FOUND');
  if (part === 'body') return issuesProblem(issues, 'BODY_INVALID');
  if (issues.some(({ path }) => path[0] === IDEMPOTENCY_KEY)) {
    return problem('IDEMPOTENCY_KEY_INVALID', [{ pointer: fragment([IDEMPOTENCY_KEY]), detail: '1 to 128 of: letters, digits, . _ ~ -' }]);
  }
  return issuesProblem(issues, 'QUERY_INVALID');
};

const failureCode = (error: unknown): 'INTERNAL' | 'BODY_TOO_LARGE' | 'UNAVAILABLE' | 'OUTCOME_UNKNOWN' => {
  // Kept only once the event is recorded: what names the file stands, and a repeat puts it in its place.
  if (error instanceof EvidenceNotWritten) return error.during === 'keeping' ? 'OUTCOME_UNKNOWN' : 'UNAVAILABLE';
  const isRows = error instanceof RowsUnsettled;
  const failure = storeFailureOf(isRows ? error.cause : error);
  switch (failure) {
    case 'unavailable':
      return isRows ? 'OUTCOME_UNKNOWN' : 'UNAVAILABLE';
    case 'outcome_unknown':
      return 'OUTCOME_UNKNOWN';
    case 'too_large':
      return 'BODY_TOO_LARGE';
    case 'fault':
    case undefined:
      return 'INTERNAL';
  }
};
