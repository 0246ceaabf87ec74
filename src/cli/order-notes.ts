/** What has to be known of an order before its figures are read: what is listed and not counted, what its accounts wait for, who refused why. */

import { msOf } from '../wording/hours.ts';
import { counted } from '../wording/text.ts';
import { kindWord, type Refusals, type Standing, unitOf } from '../wording/words.ts';
import { answers, type Entry, type Line, type MakeUp, type Order } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { pages, withPoint } from './subjects.ts';

/** Under the order's heading. `kinds`: those that are counted. */
export const orderNotes = ({ flags, listed, statedTargetCount }: Order, kinds: readonly string[]): readonly string[] => {
  const isMismatch = flags.includes('count_mismatch') && statedTargetCount !== undefined;
  const left = Object.entries(listed.byKind).filter(([kind, number]) => number > 0 && !kinds.includes(kind));
  const notCounted = left.map(([kind, number]) => {
    const how = kind === 'class' ? 'its members have no number' : `--kinds ${kind}`;
    return `${counted(number)} ${kindWord(kind, number)} (${how})`;
  });
  return [
    ...(isMismatch
      ? [
          `${counted(listed.counted)} listed of ${counted(statedTargetCount)} that the order states: the figures are about the listed ones only`,
        ]
      : []),
    ...(notCounted.length > 0 ? [`not counted here: ${notCounted.join(', ')}`] : []),
  ];
};

/** A list is one of what is counted. `kinds`: those that are. */
export const withoutList = ({ listed, statedTargetCount }: Order, kinds: readonly string[]): string | undefined => {
  if (kinds.some((kind) => (listed.byKind[kind] ?? 0) > 0)) return undefined;
  const states = statedTargetCount === undefined ? '' : `; the order states ${counted(statedTargetCount)}`;
  return `no list of the ${unitOf(kinds).many} is on record${states}`;
};

/** Why its accounts are not under it yet, if they are not. */
export const standingAt = ({ issuedAt, receipts }: Order, at: string): Standing => {
  if (msOf(issuedAt.earliest) > msOf(at)) return 'not_issued';
  return receipts.some(({ receivedAt }) => msOf(receivedAt.earliest) <= msOf(at)) ? 'list_not_received' : 'not_served';
};

// ---- Refusals

export const hasRefusals = ({ notInEffect }: MakeUp): boolean =>
  notInEffect.some(({ status, responseDeclined }) => responseDeclined || status === 'declined');

type Moment = { readonly at: string; readonly position: number };

/** The path of an order's refusals that can have come by an instant, as known at a position. */
const refusalsPath = (order: string, { at, position }: Moment, more: { readonly group?: string; readonly cursor: string | undefined }) => {
  const to = Temporal.Instant.from(at).add({ milliseconds: 1 }).toString({ fractionalSecondDigits: 3 });
  return withPoint('/v1/chronology', `${position}`, { order, types: 'TargetDeclined', to, limit: 1_000, ...more });
};

/** Whether the refusals of the orders name grounds. */
export const refusalsOf = async (ledger: Ledger, orders: readonly string[], moment: Moment): Promise<Refusals> => {
  const lines = await Promise.all(
    orders.map((order) =>
      pages(
        (cursor) => refusalsPath(order, moment, { group: 'true', cursor }),
        async (path) => {
          const page = read(answers.chronology, await asked(ledger, path));
          return { rows: page.lines.filter((line) => line.orders.includes(order)), next: page.next };
        },
      ),
    ),
  );
  return groundsNamed(lines.flat());
};

export const groundsNamed = (lines: readonly Line[]): Refusals => {
  const standing = lines.filter(({ type, isRetracted }) => type === 'TargetDeclined' && !isRetracted);
  const withGrounds = standing.filter(({ says }) => Array.isArray(says['grounds']) && says['grounds'].length > 0);
  if (standing.length === 0) return 'not_asked';
  if (withGrounds.length === 0) return 'without_grounds';
  return withGrounds.length === standing.length ? 'with_grounds' : 'some_with_grounds';
};

/** The refusals of an order that stand, each whole. */
export const refusalEntries = async (ledger: Ledger, order: string, moment: Moment): Promise<readonly Entry[]> =>
  pages(
    (cursor) => refusalsPath(order, moment, { cursor }),
    async (path) => {
      const page = read(answers.entries, await asked(ledger, path));
      return { rows: page.entries.filter((entry) => entry.orders.includes(order) && !entry.retracted), next: page.next };
    },
  );
