/** Deadlines as iCalendar (RFC 5545): what is due or was missed, and what the authorities owe. */
import ical, { ICalCalendarMethod } from 'ical-generator';
import type { z } from 'zod';
import type { DutyState } from '../domain/deadlines/duties.ts';
import type { ReadStatus } from '../domain/pairs/pair-state.ts';
import { reachParts } from '../wording/coverage.ts';
import { DUTY_WORDS, ruleWords } from '../wording/due-words.ts';
import { statusCountWords } from '../wording/words.ts';
import type { deadlinesReply } from './schemas/deadlines.ts';

type Deadlines = z.infer<typeof deadlinesReply>;
type OfOrder = Deadlines['orders'][number];
type Bounds = { readonly earliest: string; readonly latest: string };
type Entry = { readonly id: string; readonly at: Bounds; readonly summary: string; readonly about: readonly string[] };

/** What people call an order, and whether it is an illustration. */
export type OrderCalled = { readonly ref: string; readonly synthetic: boolean };

/** The same answer makes the same bytes. */
export const calendarOf = (found: Deadlines, called: (order: string) => OrderCalled): string => {
  const stamp = secondOf(found.validAt);
  const calendar = ical({
    prodId: { company: 'Enforcement Ledger', product: 'deadlines', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const order of found.orders) {
    const { ref, synthetic } = called(order.order);
    for (const { id, at, summary, about } of entriesOf(order, ref)) {
      const [start, end] = [secondOf(at.earliest), secondOf(at.latest)];
      calendar.createEvent({
        id,
        stamp,
        start,
        ...(end.epochMilliseconds > start.epochMilliseconds && { end }),
        // In a calendar an entry stands among those of real orders, without a heading.
        summary: `${synthetic ? '[SYNTHETIC] ' : ''}${summary}`,
        description: [
          ...about,
          ruleWords(order.rule),
          reachParts(order, 'UTC').join('; '),
          `As recorded to event ${found.position}, as at ${found.validAt}.`,
          found.caveat,
        ].join('\n'),
      });
    }
  }
  return calendar.toString();
};

/** A calendar knows whole seconds: the one that begins no later. */
const secondOf = (instant: string): Temporal.Instant =>
  Temporal.Instant.from(instant).round({ smallestUnit: 'second', roundingMode: 'floor' });

const entriesOf = (order: OfOrder, ref: string): readonly Entry[] => [...dueEntries(order, ref), ...dutyEntries(order, ref)];

const dueEntries = ({ order, due, lists, listsMore }: OfOrder, ref: string): readonly Entry[] => {
  const of = lists.length === 0 ? [{ due, pairs: 0, statuses: [], binding: null }] : lists;
  return of.flatMap(({ due: found, pairs, statuses, binding }, place) => {
    if (!found?.at || !isWanted(statuses)) return [];
    const whom = pairs === 0 ? '' : `: ${pairs} listed`;
    return [
      {
        id: `due-${order}-${binding ? `${binding.earliest}-${binding.latest}` : 'order'}-${of.slice(0, place).filter((other) => alikeBound(other, binding)).length}@enforcement-ledger`,
        at: found.at,
        summary: `${found.isReached === 'yes' ? 'Was due' : 'Due'} under order ${ref}${whom}`,
        about: [
          ...statuses.map((found) => statusCountWords(found)),
          ...(found.at.earliest === found.at.latest
            ? []
            : [`Due at one instant from ${found.at.earliest} to ${found.at.latest}: the sources leave it open.`]),
          ...(listsMore > 0 ? [`${listsMore} more are listed, in further lists.`] : []),
        ],
      },
    ];
  });
};

type Binding = OfOrder['lists'][number]['binding'];
const alikeBound = ({ binding }: { readonly binding: Binding }, other: Binding): boolean =>
  binding?.earliest === other?.earliest && binding?.latest === other?.latest;

/** In effect, whenever it came; or nothing is asked any more. */
const DONE: readonly ReadStatus[] = [
  ...(['in_effect', 'in_effect_preexisting', 'in_effect_on_time', 'in_effect_late'] as const),
  ...(['target_gone', 'order_ended', 'restricted_after_order_ended'] as const),
];
/** What is done needs no entry in a calendar, before it is due or after. */
const isWanted = (statuses: readonly { readonly status: ReadStatus }[]): boolean =>
  statuses.length === 0 || statuses.some(({ status }) => !DONE.includes(status));

const OWED_WORDS: { readonly [state in DutyState]?: string } = {
  due: 'Awaited',
  not_on_record: 'Was awaited, not on record',
  possibly_met: 'Awaited, possibly met',
  undetermined: 'Possibly awaited',
};

const dutyEntries = ({ order, duties }: OfOrder, ref: string): readonly Entry[] =>
  duties.flatMap(({ what, provision, isUnchecked, state, by }, place) =>
    by === null || OWED_WORDS[state] === undefined
      ? []
      : [
          {
            id: `duty-${order}-${place}-${by.earliest}@enforcement-ledger`,
            at: by,
            // What is owed has not happened: its words alone would read as if it had.
            summary: `${OWED_WORDS[state] ?? 'Awaited'}${isUnchecked ? ' (unchecked rule)' : ''}: ${what}, order ${ref}`,
            about: [`${provision}${isUnchecked ? ' (unchecked)' : ''}`, DUTY_WORDS[state]],
          },
        ],
  );
