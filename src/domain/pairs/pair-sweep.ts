/**
 * All worlds of a pair at once, through time. An event of uncertain time may happen at any instant of its extent: so at each instant looked at a world
 * goes on as several, in which it has happened and has not, and worlds that remember the same become one again. A pair whose times are all exact has one world.
 */
import { type Dependent, instantsOf, leavesOpen, type Obligation, uncertainOf } from './obligation.ts';
import { NEVER } from './pair-facts.ts';
import { advanced, firstWorld, type Span, type World } from './pair-world.ts';

/** Extents that are open at one instant; more of them, or of worlds, and everything is said to be possible from then on. */
const OPEN_EXTENTS_MAX = 6;
const WORLDS_MAX = 256;

const NONE: readonly number[] = [];

/** Called for each instant from which on something may be different, ascending; `undefined`: too much is open to tell. */
export type Visit = (at: number, worlds: readonly World[] | undefined) => void;

type SweepOptions = {
  /** Whether what the record leaves unstated is so; both, where it matters. */
  readonly openChoices?: readonly boolean[];
  /** An instant to look at besides those at which something can change. */
  readonly also?: number;
};

export const sweep = (obligation: Obligation, visit: Visit, { openChoices, also = NEVER }: SweepOptions = {}): void => {
  const uncertain = uncertainOf(obligation);
  const instants = instantsFrom(obligation, { also, isUncertain: uncertain.length > 0 });
  let worlds: readonly World[] = (openChoices ?? (leavesOpen(obligation) ? [false, true] : [false])).map((isOpenTrue) =>
    firstWorld(obligation, isOpenTrue),
  );
  let at = instants[0] ?? NEVER;
  for (let place = 0; at < NEVER; ) {
    const open = openAt(uncertain, at);
    const here = isTooOpen(open, worlds) ? undefined : atInstant(obligation, worlds, open, at);
    if (!here) {
      visit(at, undefined);
      return;
    }
    worlds = here;
    visit(at, worlds);
    while (place < instants.length && (instants[place] ?? NEVER) <= at) place += 1;
    const fixed = instants[place] ?? NEVER;
    const next = nextInstant(fixed, worlds, at);
    const isOpen = open.some(({ latest }) => latest > at) || worlds.some((world) => isDuePossible(world, at));
    const hasBetween = isOpen && next > at + 1;
    if (hasBetween) {
      const between = inBetween(obligation, worlds, openAt(uncertain, at + 1), { from: at + 1, to: next - 1 });
      if (!between) {
        visit(at + 1, undefined);
        return;
      }
      worlds = between;
      visit(at + 1, worlds);
    }
    at = hasBetween ? nextInstant(fixed, worlds, at + 1) : next;
  }
};

/** From the first that happened on: what was in force before there was a pair may be lost under it. Ascending, each once. */
const instantsFrom = (
  obligation: Obligation,
  { also, isUncertain }: { readonly also: number; readonly isUncertain: boolean },
): readonly number[] => {
  const { order, pair } = obligation;
  let first = Math.min(order.issued.earliest, pair.listed.earliest);
  for (const { start } of obligation.restrictions) first = Math.min(first, start.earliest);
  const found: number[] = [first];
  const all = instantsOf(obligation);
  for (const instants of [all, shifted(obligation, all)]) for (const instant of instants) insert(found, instant);
  insert(found, also);
  // The millisecond of a coverage's end counts by itself, and where something is open a stretch is not told apart.
  if (isUncertain) for (const end of order.coverageEnds) insert(found, end);
  return found;
};

/** Keeps a short list ascending, each once, and nothing before its first or that never comes. */
const insert = (ascending: number[], instant: number): void => {
  if (instant >= NEVER) return;
  let place = ascending.length;
  while (place > 0 && (ascending[place - 1] ?? instant) > instant) place -= 1;
  if (place === 0 || ascending[place - 1] === instant) return;
  ascending.splice(place, 0, instant);
};

/** Where the start of a clock is uncertain: what lies within it makes due times apart, and what lies within those makes starts apart. */
const shifted = ({ order, binding }: Obligation, instants: readonly number[]): readonly number[] => {
  const { clock, issued } = order;
  const start = clock?.startsAt === 'issue' ? issued : binding;
  if (!clock || start.earliest === start.latest) return NONE;
  const isWithin = (instant: number): boolean => start.earliest <= instant && instant <= start.latest;
  return [
    ...instants.filter(isWithin).map((instant) => instant + clock.durationMs),
    ...instants.map((instant) => instant - clock.durationMs).filter(isWithin),
  ];
};

const openAt = (uncertain: readonly Dependent[], at: number): readonly Dependent[] =>
  uncertain.length === 0 ? uncertain : uncertain.filter(({ earliest, latest }) => earliest <= at && at <= latest);

const isTooOpen = (open: readonly Dependent[], worlds: readonly World[]): boolean =>
  (open.length > OPEN_EXTENTS_MAX && new Set(open.map(({ event }) => event)).size > OPEN_EXTENTS_MAX) || worlds.length > WORLDS_MAX;

/** The next instant at which something changes, a due time of some world included. */
const nextInstant = (fixed: number, worlds: readonly World[], at: number): number => {
  let next = fixed;
  for (const { clock } of worlds) {
    if (clock?.phase !== 'running') continue;
    if (clock.min > at) next = Math.min(next, clock.min);
    if (clock.max > at) next = Math.min(next, clock.max);
  }
  return next;
};

const isDuePossible = ({ clock }: World, at: number): boolean => clock?.phase === 'running' && clock.min <= at + 1 && clock.max > at + 1;

// ---- One step

/** Every world at an instant: what must have happened by it has, and what may have, has and has not. `undefined`: too many. */
const atInstant = (
  obligation: Obligation,
  worlds: readonly World[],
  open: readonly Dependent[],
  at: number,
): readonly World[] | undefined => {
  const [only] = worlds;
  const span: Span = { from: at, to: at };
  if (open.length === 0 && worlds.length === 1 && only && !isDueOpen(only, at))
    return [advanced(obligation, only, { span, fired: NONE, isDue: isDueBy(only, at) })];
  const merged = createMerge();
  for (const world of worlds)
    for (const next of choices(world, open, at))
      if (merged.add(advanced(obligation, world, { span, ...next })) === undefined) return undefined;
  return merged.worlds();
};

/** The worlds strictly between two instants: events of open extents happen there in any order, and what holds after each is seen. */
const inBetween = (
  obligation: Obligation,
  worlds: readonly World[],
  open: readonly Dependent[],
  span: Span,
): readonly World[] | undefined => {
  const merged = createMerge();
  let waiting = worlds;
  for (let steps = 0; waiting.length > 0; steps += 1) {
    const found: World[] = [];
    for (const world of waiting)
      for (const next of choices(world, open, span.from)) {
        if (steps > 0 && next.fired.length === world.view.fired.length && !next.isDue) continue; // seen already
        const then = advanced(obligation, world, { span, ...next });
        const isNew = merged.add(then);
        if (isNew === undefined) return undefined;
        if (isNew) found.push(then);
      }
    waiting = found;
  }
  return merged.worlds();
};

const isDueBy = ({ clock }: World, at: number): boolean => clock?.phase === 'running' && clock.max <= at;
const isDueOpen = ({ clock }: World, at: number): boolean => clock?.phase === 'running' && clock.min <= at && at < clock.max;

type Choice = { readonly fired: readonly number[]; readonly isDue: boolean };

/** What may have happened by an instant in a world, besides what has: any of the events whose extents are open, in no contradiction. */
const choices = (world: World, open: readonly Dependent[], at: number): readonly Choice[] => {
  const dues = isDueBy(world, at) ? [true] : isDueOpen(world, at) ? [false, true] : [false];
  return firedSets(world, open, at).flatMap((fired) => dues.map((isDue) => ({ fired, isDue })));
};

const firedSets = (world: World, open: readonly Dependent[], at: number): readonly (readonly number[])[] => {
  const known = new Set(open.map(({ event }) => event));
  const before = world.view.fired.filter((event) => known.has(event));
  const waiting = [...known].filter((event) => !before.includes(event));
  const must = new Set(open.filter(({ event, latest }) => latest <= at && !before.includes(event)).map(({ event }) => event));
  let sets: readonly (readonly number[])[] = [before];
  for (const event of waiting) sets = sets.flatMap((set) => (must.has(event) ? [[...set, event]] : [set, [...set, event]]));
  return sets.filter((set) => isPossible(set, open, at)).map((set) => set.toSorted((a, b) => a - b));
};

/** An end is never before its start. */
const isPossible = (fired: readonly number[], open: readonly Dependent[], at: number): boolean =>
  open.every(({ event, after }) => !after || !fired.includes(event) || after.latest <= at || fired.includes(after.event));

// ---- Merging

/** Worlds that will answer alike from now on are one; so are those that differ in their due times alone, where the ranges of these touch. */
const createMerge = () => {
  const alike = new Map<string, World[]>();
  let size = 0;
  return {
    /** Whether it says something that those before did not; `undefined` as soon as there are too many. */
    add(world: World): boolean | undefined {
      const { view, memory, clock, reached } = world;
      const key = `${view.isOpenTrue} ${view.fired} ${memory} ${clock ? `${clock.phase} ${clock.isStopped}` : ''} ${reached}`;
      const known = alike.get(key) ?? [];
      alike.set(key, known);
      let joined = world;
      for (let place = known.length - 1; place >= 0; place -= 1) {
        const other = known[place];
        if (!other || !touches(other, joined)) continue;
        if (isWithin(joined, other)) return false;
        joined = spanning(other, joined);
        known.splice(place, 1);
        size -= 1;
        place = known.length; // wider now, it may touch what it did not
      }
      known.push(joined);
      size += 1;
      return size <= WORLDS_MAX ? true : undefined;
    },
    worlds: (): readonly World[] => [...alike.values()].flat(),
  };
};

/** A due time that is past only has to be told. */
const touches = ({ clock: a }: World, { clock: b }: World): boolean =>
  !a || !b || a.phase === 'reached' || (a.min <= b.max + 1 && b.min <= a.max + 1);
const isWithin = (inner: World, outer: World): boolean =>
  outer.unknownSince <= inner.unknownSince &&
  (!inner.clock || !outer.clock || (outer.clock.min <= inner.clock.min && inner.clock.max <= outer.clock.max));
const spanning = (a: World, b: World): World => ({
  ...a,
  unknownSince: Math.min(a.unknownSince, b.unknownSince),
  clock: a.clock && b.clock && { ...a.clock, min: Math.min(a.clock.min, b.clock.min), max: Math.max(a.clock.max, b.clock.max) },
});
