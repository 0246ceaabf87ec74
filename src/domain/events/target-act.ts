/** What all events in a target's stream share: how a request names the target, and what a restriction says to the figures. */
import type { State } from '../event-type.ts';
import type { Fact } from '../facts.ts';
import type { Fields } from '../fields.ts';
import { type OrderId, parseEventId, targetIdText } from '../ids.ts';
import type { Refusal } from '../refusal.ts';
import type { Basis, Strength } from '../restriction.ts';
import { targetRefStored } from '../target-ref.ts';
import type { Territory } from '../territory.ts';
import { type Instant, msOf, rangeOf, type TimeExtent } from '../time.ts';

/** A target is named as the source writes it, or by the id of one already recorded. */
export const targetAsked = (field: Fields) => ({ target: field.target.optional(), targetId: targetIdText.optional() });

type Asked = { readonly target?: unknown; readonly targetId?: unknown };

/** Writes the target out: as sent, or as the first event of its stream has it. */
export const ofTarget = <I extends Asked>(
  input: I,
  state: State,
): { readonly data: Omit<I, 'targetId'> } | { readonly refusal: Refusal } => {
  const { targetId, ...data } = input;
  if (targetId === undefined) return { data };
  const known = targetRefStored.safeParse(state[0]?.data['target']);
  if (!known.success) return { refusal: { code: 'REFERENCE_UNKNOWN', field: 'targetId', reference: String(targetId) } };
  return { data: { ...data, target: known.data } };
};

type RestrictingData = {
  readonly occurredAt: TimeExtent;
  readonly basis: Basis;
  readonly orders: readonly OrderId[];
  readonly until?: Instant | undefined;
  readonly sources?: readonly { readonly evidence?: string | undefined }[] | undefined;
};

/** The facts of a restriction: where it applies and on what basis, and the end that it was given from the start. */
export const restrictionFacts = (
  event: { readonly id: string },
  { occurredAt, basis, orders, until, sources = [] }: RestrictingData,
  { strength, measure, territory }: { readonly strength: Strength; readonly measure: string; readonly territory: Territory },
): readonly Fact[] => {
  const evidenced = sources.some(({ evidence }) => evidence !== undefined);
  const shape = { kind: 'restricted', strength, measure, basis, territory, orders: orders.toSorted(), evidenced } as const;
  const restricted: Fact = { shape, about: undefined, ...rangeOf(occurredAt) };
  if (until === undefined) return [restricted];
  const end = msOf(until);
  return [restricted, { shape: { kind: 'until' }, about: { restriction: parseEventId(event.id) }, earliest: end, latest: end }];
};
