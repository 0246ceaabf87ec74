/** What is to be known of an event in a trail before anybody relies on it. */
import type { EventNote } from '../domain/gaps.ts';
import { parseEventId, parseOrderId } from '../domain/ids.ts';
import { isProvablyBefore } from '../domain/time.ts';
import { entriesAt } from './chronology-page.ts';
import type { Entry } from './entries.ts';
import { findPlace, type Log } from './log.ts';
import type { ReadModel } from './read-model.ts';
import { caseOfOrder } from './registers.ts';

type Uses = { readonly model: ReadModel; readonly log: Log };
/** `listing`: the orders that list the target, if it is about one. */
type About = { readonly knownAt: number; readonly listing: readonly string[] | undefined };

export const notesOn = async (uses: Uses, entry: Entry, { knownAt, listing }: About): Promise<readonly EventNote[]> => {
  const { orders, says, target } = entry;
  const standing = (order: string): boolean => caseOfOrder(uses.model, parseOrderId(order), knownAt) !== undefined;
  const isUnlisted =
    target !== undefined &&
    !entry.retracted &&
    listing !== undefined &&
    orders.some((order) => !listing.includes(order) && standing(order));
  const isUnmatched = Array.isArray(says['lifts']) && says['lifts'].length === 0;
  return [
    ...(isUnlisted ? (['not_listed'] as const) : []),
    ...(orders.some((order) => !standing(order)) ? (['cites_retracted_order'] as const) : []),
    ...(isUnmatched ? (['unmatched'] as const) : []),
    ...((await isContradicted(uses, entry, knownAt)) ? (['sequence_contradicted'] as const) : []),
    ...(hasFile(entry) ? [] : (['without_file'] as const)),
  ];
};

const hasFile = ({ sources }: Entry): boolean =>
  Array.isArray(sources) && sources.some((source) => typeof source === 'object' && source !== null && 'evidence' in source);

/** Whether it lies provably before something that it says it followed. */
const isContradicted = async ({ model, log }: Uses, { says, occurredAt }: Entry, knownAt: number): Promise<boolean> => {
  const follows = Array.isArray(says['follows']) ? says['follows'].map(String) : [];
  const keys = follows.flatMap((event) => {
    const place = findPlace(model, parseEventId(event));
    return place && place.position <= knownAt ? [{ earliest: 0, latest: 0, position: place.position }] : [];
  });
  const followed = keys.length === 0 ? [] : await entriesAt(model, log, keys, knownAt);
  return followed.some((earlier) => !earlier.retracted && isProvablyBefore(occurredAt, earlier.occurredAt));
};
