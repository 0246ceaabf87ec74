/** One request of a case that ships, and what answers to it: a later request may have to name an event. */
export type CaseRequest = { readonly method: 'POST'; readonly path: string; readonly body: object; readonly idempotencyKey: string };
/** A result for each row; for a request without rows its one. */
export type CaseReply = { readonly results: readonly { readonly stream: string; readonly event: string }[] };
/** Give each reply back to `next`. */
export type CaseRequests = Generator<CaseRequest, void, CaseReply>;
