/** What a failure of the client means: decided by class, type and code; by the message only where the server gives nothing else. */
import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  isCommandError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/** What is known of an append that failed so. Of a read only `denied`, `deleted` and `not_found` are looked at: anything else is tried again. */
export type Meaning =
  | { readonly kind: 'conflict'; readonly head: number | 'no_stream' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'too_large'; readonly bytesMax: number | undefined }
  /** Closed for ever by somebody else. */
  | { readonly kind: 'deleted' }
  | { readonly kind: 'not_found' }
  /** The server did not take it up. */
  | { readonly kind: 'not_stored' }
  /** It may be stored, now or in a moment. */
  | { readonly kind: 'ambiguous' };

/** When the client is to be made anew: some failures stick to a connection, and the client keeps it. */
export type Renewal = 'never' | 'after_several' | 'now';
export type Failure = { readonly meaning: Meaning; readonly renew: Renewal; readonly label: string };

/** It waited for its turn until its time was over, or until the store was closed: it never left. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}

/** Our own clock ran out: the call is left behind. */
export class WatchdogElapsed extends Error {
  override readonly name = 'WatchdogElapsed';
}

// Codes of gRPC, https://grpc.github.io/grpc/core/md_doc_statuscodes.html
const UNKNOWN = 2;
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;

export const failureOf = (cause: unknown): Failure => ({ ...judged(cause), label: labelOf(cause) });

const judged = (cause: unknown): Omit<Failure, 'label'> => {
  if (cause instanceof WrongExpectedVersionError) return { meaning: { kind: 'conflict', head: headIn(cause) }, renew: 'never' };
  if (cause instanceof StreamNotFoundError) return { meaning: { kind: 'not_found' }, renew: 'never' };
  if (cause instanceof StreamDeletedError) return { meaning: { kind: 'deleted' }, renew: 'never' };
  if (cause instanceof AccessDeniedError || codeOf(cause) === PERMISSION_DENIED) return { meaning: { kind: 'denied' }, renew: 'never' };
  if (isTooLarge(cause)) return { meaning: { kind: 'too_large', bytesMax: bytesMaxIn(cause) }, renew: 'never' };
  if (cause instanceof NotLeaderError) return { meaning: { kind: 'not_stored' }, renew: 'never' }; // the client goes to the leader named
  if (cause instanceof UnavailableError)
    return { meaning: { kind: wasNotTakenUp(cause) ? 'not_stored' : 'ambiguous' }, renew: 'after_several' };
  if (cause instanceof NotSent) return { meaning: { kind: 'not_stored' }, renew: 'never' };
  if (cause instanceof WatchdogElapsed) return { meaning: { kind: 'ambiguous' }, renew: 'now' };
  if (cause instanceof UnknownError && isWithoutLeader(cause)) return { meaning: { kind: 'not_stored' }, renew: 'now' };
  if (
    cause instanceof TimeoutError ||
    cause instanceof DeadlineExceededError ||
    cause instanceof CancelledError ||
    cause instanceof UnknownError
  )
    return { meaning: { kind: 'ambiguous' }, renew: 'after_several' };
  if (isUndiscovered(cause)) return { meaning: { kind: 'not_stored' }, renew: 'now' };
  return { meaning: { kind: 'ambiguous' }, renew: 'now' };
};

const codeOf = (cause: unknown): number | undefined => (isError(cause) && isCommandError(cause) ? cause.code : undefined);
const isError = (cause: unknown): cause is Error => cause instanceof Error;
const messageOf = (cause: unknown): string => (isError(cause) ? cause.message : '');

const headIn = ({ actualVersion }: WrongExpectedVersionError): number | 'no_stream' =>
  typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no_stream';

const isTooLarge = (cause: unknown): boolean =>
  cause instanceof MaxAppendSizeExceededError || (codeOf(cause) === INVALID_ARGUMENT && /maximum append/i.test(messageOf(cause)));
const bytesMaxIn = (cause: unknown): number | undefined =>
  cause instanceof MaxAppendSizeExceededError && Number.isSafeInteger(cause.maxAppendSize) ? cause.maxAppendSize : undefined;

/** The server says so before it looks at the events, or was never reached. */
const wasNotTakenUp = (cause: UnavailableError): boolean =>
  /server is not ready|server is too busy|no connection established|name resolution failed|channel closed before call started/i.test(
    messageOf(cause),
  );
/** While the nodes elect one. */
const isWithoutLeader = (cause: UnknownError): boolean => cause.code === UNKNOWN && /no leader info/i.test(messageOf(cause));
/** The client's discovery throws an error without a class or a code. */
const isUndiscovered = (cause: unknown): boolean => isError(cause) && !isCommandError(cause) && /^failed to discover/i.test(cause.message);

/** For logs and metrics: nothing that anybody sent. */
const labelOf = (cause: unknown): string => {
  const code = codeOf(cause);
  const name = isError(cause) ? (isCommandError(cause) ? String(cause.type) : cause.name) : typeof cause;
  return code === undefined ? name : `${name}/${code}`;
};
