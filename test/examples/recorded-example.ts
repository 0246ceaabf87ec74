/** A case that ships in a ledger of its own, recorded by its own requests over HTTP. */
import type { CaseRequests } from '../../examples/meity-twitter-2021/case-request.ts';
import type { Body } from '../support/ledger.ts';

/** Posts a body, and gives back what was answered. */
type Post = (path: string, body: object, headers: { readonly [header: string]: string }) => Promise<Body>;

/** The status of each row, in order. */
export const recordExample = async (requests: CaseRequests, post: Post): Promise<readonly string[]> => {
  const statuses: string[] = [];
  for (let step = requests.next(); step.done !== true; ) {
    const { path, body, idempotencyKey } = step.value;
    const answer = await post(path, body, { 'idempotency-key': idempotencyKey });
    const results: readonly Body[] = answer.results ?? [answer];
    statuses.push(...results.map(({ status }) => status));
    step = requests.next({ results });
  }
  return statuses;
};
