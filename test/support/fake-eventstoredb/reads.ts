/** `Read`: pages of a stream or of `$all`, and the beginning of subscriptions. */
import { eventRead, streamNotFound } from './answers.ts';
import { type NodeContext, refusalNow, refusalOf } from './context.ts';
import type { ReadFault } from './faults.ts';
import { afterFlush, type ReadCall, refuse, requiresLeader, send } from './read-call.ts';
import { internal, serverTimedOut, streamDeleted } from './refusals.ts';
import { type ReadRequest, readRequest } from './requests.ts';
import { pageOf } from './selection.ts';
import { subscribe } from './subscriptions.ts';
import type { ReadRespMessage } from './wire.ts';

export const answerRead =
  (context: NodeContext) =>
  (call: ReadCall): void => {
    const request = readRequest(call.request);
    const done = request.count === undefined ? serveSubscription(context, call, request) : servePage(context, call, request);
    // What fails here is a mistake of the fake's, and the client must not wait for it.
    done.catch((cause: unknown) => {
      refuse(call, { ...internal(), details: String(cause) });
    });
  };

const serveSubscription = async (context: NodeContext, call: ReadCall, request: ReadRequest): Promise<void> => {
  const { index, faults, record, log } = context;
  const { stream, from, filter } = request;
  const fault = faults.strike('subscribe', { node: index, stream });
  record({
    method: 'Subscribe',
    requiresLeader: requiresLeader(call),
    stream,
    from,
    ...(filter !== undefined && { prefixes: filter.prefixes }),
    ...(fault !== undefined && { fault: fault.do }),
  });
  const refusal = refusalOf(fault, context) ?? refusalNow(context, { requiresLeader: requiresLeader(call), stream, writes: false });
  if (refusal !== undefined) return refuse(call, refusal);
  if (log.stateOf(stream) === 'tombstoned') return refuse(call, streamDeleted(stream));
  await subscribe(context, call, request, fault);
};

const servePage = async (context: NodeContext, call: ReadCall, request: ReadRequest): Promise<void> => {
  const { index, faults, record, log } = context;
  const { stream, direction, from, count = 0 } = request;
  const fault = faults.strike('read', { node: index, stream });
  record({
    method: 'Read',
    requiresLeader: requiresLeader(call),
    stream,
    direction,
    from,
    count,
    ...(fault !== undefined && { fault: fault.do }),
  });
  const refusal = refusalOf(fault, context) ?? refusalNow(context, { requiresLeader: requiresLeader(call), stream, writes: false });
  if (refusal !== undefined) return refuse(call, refusal);
  if (fault?.do === 'timeout') return refuse(call, serverTimedOut());
  const state = stream === '$all' ? 'open' : log.stateOf(stream);
  if (state === 'tombstoned') return refuse(call, streamDeleted(stream));
  if (state !== 'open') {
    if (await send(call, streamNotFound(stream))) call.end();
    return;
  }
  await sendPage(
    context,
    call,
    pageOf(log, request).map(({ record: stored }) => eventRead(stored)),
    fault,
  );
};

/** The events of a page as far as a fault lets them through, and how it ends. */
const sendPage = async (
  { timers, reset }: NodeContext,
  call: ReadCall,
  page: readonly ReadRespMessage[],
  fault: ReadFault | undefined,
): Promise<void> => {
  for (const message of lettingThrough(page, fault)) {
    if (fault?.do === 'slow') await timers.pause(fault.ms);
    if (!(await send(call, message))) return;
  }
  switch (fault?.do) {
    case 'silent_midway':
      return;
    case 'internal':
      return refuse(call, internal());
    case 'reset':
      return afterFlush(call, () => reset(call.getPeer()));
    default:
      call.end();
  }
};

const lettingThrough = (page: readonly ReadRespMessage[], fault: ReadFault | undefined): readonly ReadRespMessage[] => {
  switch (fault?.do) {
    case 'silent_midway':
    case 'end_early':
    case 'reset':
    case 'internal':
      return page.slice(0, fault.after ?? Math.floor(page.length / 2));
    case 'skip_event': {
      const skipped = fault.index ?? Math.floor(page.length / 2);
      return page.filter((_, index) => index !== skipped);
    }
    default:
      return page;
  }
};
