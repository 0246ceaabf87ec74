/** What is known of an order at an instant: why its accounts are not under it yet. */
import { msOf } from './hours.ts';
import type { Standing } from './words.ts';

type Bounds = { readonly earliest: string; readonly latest: string };
type Issued = { readonly issuedAt: Bounds; readonly receipts: readonly { readonly receivedAt: Bounds }[] };

export const standingAt = ({ issuedAt, receipts }: Issued, at: string): Standing => {
  if (msOf(issuedAt.earliest) > msOf(at)) return 'not_issued';
  return receipts.some(({ receivedAt }) => msOf(receivedAt.earliest) <= msOf(at)) ? 'list_not_received' : 'not_served';
};
