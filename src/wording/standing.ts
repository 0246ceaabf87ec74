/** What is known of an order at an instant: why its accounts are not under it yet. */
import { APART, type Apart } from '../domain/make-up.ts';
import { msOf } from './hours.ts';
import type { Standing } from './words.ts';

type Bounds = { readonly earliest: string; readonly latest: string };
type Issued = { readonly issuedAt: Bounds; readonly receipts: readonly { readonly receivedAt: Bounds }[] };

export const standingAt = ({ issuedAt, receipts }: Issued, at: string): Standing => {
  if (msOf(issuedAt.earliest) > msOf(at)) return 'not_issued';
  return receipts.some(({ receivedAt }) => msOf(receivedAt.earliest) <= msOf(at)) ? 'list_not_received' : 'not_served';
};

/** What of an order is outside of the figures, and what is known of the order then. */
export type Part = { readonly apart: { readonly [status in Apart]: number }; readonly standing: Standing };

type Told = { readonly order: string; readonly makeUp: Pick<Part, 'apart'> };

/** Those of the orders that figures tell of. */
export const partsAt = (orders: readonly (Issued & { readonly id: string })[], figures: readonly Told[], at: string): readonly Part[] =>
  orders.flatMap((order) =>
    figures.filter((own) => own.order === order.id).map(({ makeUp: { apart } }) => ({ apart, standing: standingAt(order, at) })),
  );

/** Of how many orders a missing service alone keeps all that they list outside of the figures; 0 where anything else keeps some of it outside too. */
export const unservedOf = (parts: readonly Part[]): number => {
  const withAny = parts.filter(({ apart }) => APART.some((status) => apart[status] > 0));
  const isUnserved = ({ apart, standing }: Part): boolean =>
    standing === 'not_served' && APART.every((status) => status === 'not_yet_binding' || apart[status] === 0);
  return withAny.every(isUnserved) ? withAny.length : 0;
};
