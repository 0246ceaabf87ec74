/**
 * The reported case as the requests that record it, in order: what newspapers stated of two orders to Twitter, and nothing that they did not. No list of
 * accounts, no service and no complete record is reported, so it has no figures of compliance; no total is expanded into events. The same requests again
 * change nothing.
 */
import type { CaseReply, CaseRequests } from './case-request.ts';
import { claims } from './reported-claims.ts';
import { firstAnswer, keptFromTrends, orderRequests, secondAnswer } from './reported-orders.ts';
import { committee, dialogue, statements } from './reported-statements.ts';
import { external, IDN, on, reportedIn, request, ZONE } from './reported-terms.ts';

/** It opens with the first thing that is told. */
const opening = request('case', '/v1/cases', {
  externalId: external('case'),
  title: 'Reported: two blocking orders to Twitter, 2021',
  zone: ZONE,
  occurredAt: on('2021-01-26'),
  ...reportedIn(IDN),
});

export function* reportedCase(): CaseRequests {
  yield opening;
  yield* orderRequests;
  yield committee;
  const blog = eventIn(yield firstAnswer);
  yield secondAnswer;
  yield keptFromTrends;
  const meeting = eventIn(yield dialogue);
  yield statements({ blog });
  yield* claims({ meeting });
}

/** Of a request without rows. */
const eventIn = ({ results: [result] }: CaseReply): string => {
  if (result === undefined) throw new Error('no answer to what a later event follows');
  return result.event;
};
