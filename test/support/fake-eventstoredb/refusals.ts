/** The errors of the wire: a status, and trailers by which the client names it. */
import { Metadata, status } from '@grpc/grpc-js';

export type Refusal = { readonly code: status; readonly details: string; readonly metadata: Metadata };
export type EndPointAddress = { readonly address: string; readonly port: number };

const refusal = (code: status, details: string, trailers: { readonly [key: string]: string } = {}): Refusal => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
};

export const notLeader = ({ address, port }: EndPointAddress): Refusal =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': address,
    'leader-endpoint-port': String(port),
  });

export const noLeaderKnown = (): Refusal => refusal(status.UNKNOWN, 'No leader info available in response');
export const notReady = (): Refusal => refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const tooBusy = (): Refusal => refusal(status.UNAVAILABLE, 'Server Is Too Busy');
export const serverTimedOut = (): Refusal => refusal(status.ABORTED, 'Operation timed out');
export const internal = (): Refusal => refusal(status.INTERNAL, 'Internal error');
export const dropped = (): Refusal => refusal(status.UNAVAILABLE, 'Subscription dropped');
export const unimplemented = (): Refusal => refusal(status.UNIMPLEMENTED, 'Not offered by the fake');
export const accessDenied = (): Refusal => refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const streamDeleted = (stream: string): Refusal =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });

export const appendTooLarge = (bytesMax: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytesMax} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytesMax),
  });

/** Newer servers only; the client has no class for it. */
export const eventTooLarge = (bytesMax: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Event Size of ${bytesMax} Exceeded.`, {
    exception: 'maximum-append-event-size-exceeded',
    'maximum-append-event-size': String(bytesMax),
  });

/** Of a deletion: an append says so in its answer. */
export const wrongExpectedVersion = (stream: string, { expected, head }: { readonly expected: number; readonly head: number }): Refusal =>
  refusal(status.FAILED_PRECONDITION, 'Wrong expected version', {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expected),
    ...(head !== -1 && { 'actual-version': String(head) }),
  });
