/** `Append`: gathers the request, applies what a test has set, and commits in one turn, so that a cut connection leaves all of it or nothing. */
import { setImmediate } from 'node:timers/promises';
import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import { appended, wrongVersion } from './answers.ts';
import { type NodeContext, refusalNow, refusalOf } from './context.ts';
import type { AppendFault } from './faults.ts';
import type { Proposed } from './log.ts';
import { appendTooLarge, eventTooLarge, internal, type Refusal, serverTimedOut, streamDeleted } from './refusals.ts';
import { type AppendRequest, appendRequest } from './requests.ts';
import type { AppendReqMessage, AppendRespMessage } from './wire.ts';

type AppendCall = ServerReadableStream<AppendReqMessage, AppendRespMessage>;
type Answer = { readonly refusal: Refusal } | { readonly message: AppendRespMessage };
/** What the caller gets to see of it. */
type Reply = { readonly answer: Answer; readonly afterMs?: number } | 'nothing' | 'reset';

export const answerAppend =
  (context: NodeContext) =>
  (call: AppendCall, callback: sendUnaryData<AppendRespMessage>): void => {
    const answer = (answered: Answer): void => {
      if ('refusal' in answered) callback(answered.refusal);
      else callback(null, answered.message);
    };
    const received: AppendReqMessage[] = [];
    call.on('data', (message: AppendReqMessage) => received.push(message));
    call.on('error', () => {}); // a client that is gone waits for no answer
    call.on('end', async () => {
      await setImmediate(); // a request that was cut off ends too, and only then is it known that it was
      if (call.cancelled) return; // half a request is none
      const reply = replyTo(context, appendRequest(received), { requiresLeader: call.metadata.get('requires-leader')[0] === 'true' });
      if (reply === 'nothing') return;
      if (reply === 'reset') context.reset(call.getPeer());
      else if (reply.afterMs === undefined) answer(reply.answer);
      else context.timers.after(reply.afterMs, () => answer(reply.answer));
    });
  };

const replyTo = (context: NodeContext, request: AppendRequest, { requiresLeader }: { readonly requiresLeader: boolean }): Reply => {
  const { index, faults, record } = context;
  const { stream, expected, events } = request;
  const fault = faults.strike('append', { node: index, stream });
  const ids = events.map(({ id }) => id);
  record({ method: 'Append', requiresLeader, stream, ids, expected, ...(fault !== undefined && { fault: fault.do }) });
  const refusal = refusalOf(fault, context) ?? refusalNow(context, { requiresLeader, stream, writes: true });
  if (refusal !== undefined) return { answer: { refusal } };
  const answer = isStruckBeforeCommit(fault) ? undefined : commit(context, request);
  return seenThrough(fault, answer);
};

const isStruckBeforeCommit = (fault: AppendFault | undefined): boolean =>
  fault !== undefined && (fault.do === 'silent' || ('when' in fault && fault.when === 'before_commit'));

/** What a fault makes of the answer, which is missing where nothing was committed. */
const seenThrough = (fault: AppendFault | undefined, answer: Answer | undefined): Reply => {
  switch (fault?.do) {
    case 'timeout':
      return { answer: { refusal: serverTimedOut() } };
    case 'internal':
      return { answer: { refusal: internal() } };
    case 'reset':
      return 'reset';
    case 'late':
      return answer === undefined ? 'nothing' : { answer, afterMs: fault.ms };
    case 'answer_lost':
      return 'nothing';
    default:
      return answer === undefined ? 'nothing' : { answer };
  }
};

const commit = ({ log, settings }: NodeContext, { stream, expected, events }: AppendRequest): Answer => {
  const sizes = events.map(sizeOf);
  if (sizes.some((bytes) => bytes > settings.appendEventBytesMax)) return { refusal: eventTooLarge(settings.appendEventBytesMax) };
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) > settings.appendBytesMax) return { refusal: appendTooLarge(settings.appendBytesMax) };
  const outcome = log.append(stream, expected, events);
  switch (outcome.kind) {
    case 'written':
    case 'repeated':
      return { message: appended(outcome) };
    case 'wrong_expected_version':
      return { message: wrongVersion({ expected, current: outcome.current }) };
    case 'stream_deleted':
      return { refusal: streamDeleted(stream) };
  }
};

const sizeOf = ({ data, metadata }: Proposed): number => data.length + metadata.length;
