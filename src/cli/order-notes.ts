/** What has to be known of an order before its figures are read: what is listed and not counted, what its accounts wait for, who refused why. */

import { endingIn, groundsNamed } from '../wording/endings.ts';
import { mismatchNote } from '../wording/order-words.ts';
import { counted } from '../wording/text.ts';
import { type Ending, kindWord, type Refusals, unitOf } from '../wording/words.ts';
import { answers, type Entry, type MakeUp, type Order } from './answers.ts';
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
    ...(isMismatch ? [mismatchNote(listed.counted, statedTargetCount)] : []),
    ...(notCounted.length > 0 ? [`not counted here: ${notCounted.join(', ')}`] : []),
  ];
};

/** A list is one of what is counted. `kinds`: those that are. */
export const withoutList = ({ listed, statedTargetCount }: Order, kinds: readonly string[]): string | undefined => {
  if (kinds.some((kind) => (listed.byKind[kind] ?? 0) > 0)) return undefined;
  const states = statedTargetCount === undefined ? '' : `; the order states ${counted(statedTargetCount)}`;
  return `no list of the ${unitOf(kinds).many} is on record${states}`;
};

// ---- Refusals

export const hasRefusals = ({ notInEffect }: MakeUp): boolean =>
  notInEffect.some(({ status, responseDeclined }) => responseDeclined || status === 'declined');

export type Moment = { readonly at: string; readonly position: number };

type Events = { readonly types: string; readonly group?: string; readonly cursor: string | undefined };

/** The path of an order's events that can have come by an instant, as known at a position. */
const chronologyPath = (order: string, { at, position }: Moment, events: Events): string => {
  const to = Temporal.Instant.from(at).add({ milliseconds: 1 }).toString({ fractionalSecondDigits: 3 });
  return withPoint('/v1/chronology', `${position}`, { order, to, limit: 1_000, ...events });
};
const REFUSALS = { types: 'TargetDeclined' };

/** Whether the refusals of the orders name grounds. */
export const refusalsOf = async (ledger: Ledger, orders: readonly string[], moment: Moment): Promise<Refusals> => {
  const lines = await Promise.all(
    orders.map((order) =>
      pages(
        (cursor) => chronologyPath(order, moment, { ...REFUSALS, group: 'true', cursor }),
        async (path) => {
          const page = read(answers.chronology, await asked(ledger, path));
          return { rows: page.lines.filter((line) => line.orders.includes(order)), next: page.next };
        },
      ),
    ),
  );
  return groundsNamed(lines.flat());
};

// ---- How accounts ceased to be restricted

export const hasReversed = ({ notInEffect }: MakeUp): boolean => notInEffect.some(({ status }) => status === 'reversed_while_in_force');

const OF_ENDINGS = 'TargetBlocked,TargetWithheld,TargetLimited,TargetReinstated,TargetDeclined,OrderAnswered';

/** Whether all that ended under the orders was restored, as known then. */
export const endingOf = async (ledger: Ledger, orders: readonly string[], moment: Moment): Promise<Ending> => {
  const lines = await Promise.all(
    orders.map((order) =>
      pages(
        (cursor) => chronologyPath(order, moment, { types: OF_ENDINGS, group: 'true', cursor }),
        async (path) => {
          const page = read(answers.chronology, await asked(ledger, path));
          return { rows: page.lines.filter((line) => line.type !== 'TargetDeclined' || line.orders.includes(order)), next: page.next };
        },
      ),
    ),
  );
  return endingIn(lines.flat(), moment.at);
};

// ---- Refusals, each

/** The refusals of an order that stand, each whole. */
export const refusalEntries = async (ledger: Ledger, order: string, moment: Moment): Promise<readonly Entry[]> =>
  pages(
    (cursor) => chronologyPath(order, moment, { ...REFUSALS, cursor }),
    async (path) => {
      const page = read(answers.entries, await asked(ledger, path));
      return { rows: page.entries.filter((entry) => entry.orders.includes(order) && !entry.retracted), next: page.next };
    },
  );
