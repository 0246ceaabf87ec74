/**
 * The platform gave access back. The event writes out which restrictions end, and where, so that no reader has to infer it. Neither a stay nor
 * a revocation reinstates anything: only this does.
 */
import { z } from 'zod';
import { type Context, eventType, type Rule, type State } from '../event-type.ts';
import type { Range } from '../facts.ts';
import { citedOrders, type Fields, reinstatementReason } from '../fields.ts';
import { type EventId, eventIdText, splitStream } from '../ids.ts';
import { isSame } from '../json.ts';
import { notBeforeIssue, platformAgrees } from '../order.ts';
import type { Refusal } from '../refusal.ts';
import { liftable, remainingTerritory } from '../restriction.ts';
import { type RecordedRestriction, restrictionsOf } from '../target.ts';
import type { Territory } from '../territory.ts';
import { rangeOf, type TimeExtent } from '../time.ts';
import { ofTarget, targetAsked } from './target-act.ts';

const NAMED_MAX = 1_000; // by one request
const LIFTS_MAX = 10_000; // as many restrictions as a stream may hold

type Lift = { readonly restriction: EventId; readonly territory: Territory };
type Asked = {
  readonly occurredAt?: TimeExtent | undefined;
  readonly assertion?: string | undefined;
  readonly restrictions?: readonly EventId[] | undefined;
  readonly territory?: Territory | undefined;
};

export const targetReinstated = eventType({
  name: 'TargetReinstated',
  version: 1,
  category: 'target',
  fields: (field: Fields) => ({
    target: field.target,
    orders: citedOrders,
    lifts: z.array(z.strictObject({ restriction: eventIdText, territory: field.territory })).max(LIFTS_MAX),
    reason: reinstatementReason,
  }),
  filled: ['target', 'lifts'],
  asked: (field) => ({
    ...targetAsked(field),
    restrictions: z.array(eventIdText).min(1).max(NAMED_MAX).optional(),
    territory: field.territory.optional(),
  }),
  complete: ({ restrictions, territory, ...input }, state, context) => {
    const named = ofTarget(input, state);
    if ('refusal' in named) return named;
    const lifts = liftsFor({ ...input, restrictions, territory }, state, context);
    return 'refusal' in lifts ? { ...lifts, data: named.data } : { data: { ...named.data, lifts: lifts.lifts } };
  },
  isRepeat: (recorded, input, completed) => {
    const { lifts, ...fact } = recorded;
    const { lifts: _, ...asked } = { ...completed, batchId: recorded.batchId };
    return isSame(fact, asked) && isSameRequest(lifts, input);
  },
  fixed: ['lifts'],
  rules: [notBeforeIssue, platformAgrees, (data, state, context) => liftsWhatStands(data, state, context)],
  facts: ({ data: { lifts, reason, orders, occurredAt } }) => {
    const said = { reason, orders: orders.toSorted() };
    if (lifts.length === 0) return [{ shape: { kind: 'nothing_lifted', ...said }, about: undefined, ...rangeOf(occurredAt) }];
    return lifts.map(({ restriction, territory }) => ({
      shape: { kind: 'lifted', territory, ...said },
      about: { restriction },
      ...rangeOf(occurredAt),
    }));
  },
});

/** A request that leaves the choice to the ledger is answered by whatever was lifted then; one that names restrictions, by just those. */
const isSameRequest = (lifts: readonly Lift[], { restrictions, territory }: Asked): boolean => {
  const lifted = new Set(lifts.map(({ restriction }) => restriction));
  const isNamed = restrictions === undefined || lifted.symmetricDifference(new Set(restrictions)).size === 0;
  if (territory === undefined || lifts.length === 0) return isNamed;
  return isNamed && isFreed(territory, lifts) && lifts.every((lift) => isWithin(lift.territory, territory));
};

const isWithin = (part: Territory, whole: Territory): boolean =>
  typeof part === 'string' || typeof whole === 'string' ? part === whole : part.every((code) => whole.includes(code));

/** Which restrictions a request ends: those that it names, or every one that can be in force then. */
const liftsFor = (input: Asked, state: State, { factsOf, stream }: Context): { readonly lifts: Lift[] } | { readonly refusal: Refusal } => {
  const all = restrictionsOf(state, factsOf);
  const unknown = input.restrictions?.find((id) => !all.some((restriction) => restriction.id === id));
  if (unknown !== undefined) return { refusal: { code: 'REFERENCE_UNKNOWN', field: 'restrictions', reference: unknown } };
  const occurred = input.occurredAt && rangeOf(input.occurredAt);
  if (!occurred) return { lifts: [] };
  const named = all.filter(({ id }) => input.restrictions?.includes(id) ?? true);
  const standing = named.filter((restriction) => remainingTerritory(restriction) !== undefined && !hasEndedBy(restriction, occurred));
  const tooEarly = standing.filter(({ start }) => occurred.latest < start.earliest);
  const open = standing.filter((restriction) => !tooEarly.includes(restriction));
  if (open.length === 0 && input.restrictions === undefined && input.assertion === 'third_party_report') return { lifts: [] };
  if (tooEarly.length > 0 && (open.length === 0 || input.restrictions !== undefined)) {
    return { refusal: { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: tooEarly.map(({ id }) => id) } };
  }
  if (open.length === 0) return { refusal: { code: 'NO_OPEN_RESTRICTION', target: splitStream(stream).id } };
  return liftsIn(open, input.territory, input.restrictions === undefined ? 0 : named.length);
};

/** `namedCount`: so many restrictions were asked for by name, and none of them is passed over without a word. */
const liftsIn = (
  open: readonly RecordedRestriction[],
  territory: Territory | undefined,
  namedCount: number,
): { readonly lifts: Lift[] } | { readonly refusal: Refusal } => {
  const lifts = open.flatMap((restriction): Lift[] => {
    const freed = territory === undefined ? remainingTerritory(restriction) : liftable(restriction, territory);
    return freed === undefined ? [] : [{ restriction: restriction.id, territory: freed }];
  });
  const isWhole = territory === undefined || isFreed(territory, lifts);
  if (isWhole && lifts.length >= namedCount) return { lifts };
  return {
    refusal: { code: 'TERRITORY_NOT_RESTRICTED', territory: placesOf(territory ?? 'UNSTATED'), restrictions: open.map(({ id }) => id) },
  };
};

/** Whether every place asked for is freed by some lift: nothing asked for is dropped without a word. */
const isFreed = (territory: Territory, lifts: readonly Lift[]): boolean => {
  const freed = lifts.map((lift) => lift.territory);
  if (typeof territory === 'string') return freed.includes(territory);
  return territory.every((code) => freed.some((places) => places.includes(code)));
};

const placesOf = (territory: Territory): readonly string[] => (typeof territory === 'string' ? [territory] : territory);

/** Whether the end that it was given from the start had provably come. */
const hasEndedBy = ({ until }: RecordedRestriction, { earliest }: Range): boolean => until !== undefined && until <= earliest;

/** What is written out still holds: each lift names a restriction that may have begun, and places that it restricted. */
const liftsWhatStands: Rule<{ readonly occurredAt: TimeExtent; readonly lifts: readonly Lift[] }> = (
  { occurredAt, lifts },
  state,
  { factsOf, stream },
) => {
  const all = restrictionsOf(concerning(lifts, state), factsOf);
  const occurred = rangeOf(occurredAt);
  for (const { restriction: id, territory } of lifts) {
    const restriction = all.find((candidate) => candidate.id === id);
    if (!restriction) return { code: 'REFERENCE_UNKNOWN', field: 'lifts', reference: id };
    if (occurred.latest < restriction.start.earliest) return { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [id] };
    if (hasEndedBy(restriction, occurred)) return { code: 'NO_OPEN_RESTRICTION', target: splitStream(stream).id };
    if (!isSame(liftable(restriction, territory), territory)) {
      return { code: 'TERRITORY_NOT_RESTRICTED', territory: placesOf(territory), restrictions: [id] };
    }
  }
  return undefined;
};

/** The restrictions named and what lifts them: a correction asks this again for every reinstatement of a stream, which may be long. */
const concerning = (lifts: readonly Lift[], state: State): State => {
  const named = new Set<string>(lifts.map(({ restriction }) => restriction));
  return state.filter(
    (event) =>
      named.has(event.id) || (targetReinstated.isTypeOf(event) && event.data.lifts.some(({ restriction }) => named.has(restriction))),
  );
};
