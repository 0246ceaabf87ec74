/**
 * How the states of an order's pairs change over time, kept so that a histogram at any instant is a few binary searches. Pairs come in any order, and may be
 * taken out again when what is known about them changes.
 */
import type { Histogram } from '../domain/figures.ts';
import type { Life } from '../domain/pairs/pair-life.ts';
import { NOT_YET_BINDING, type Outcomes, STATES_MAX } from '../domain/pairs/pair-state.ts';
import { type Amounts, createAmounts, createInstants, type Instants } from './instants.ts';

export type ChangeIndex = {
  /** Adds (`1`) or takes out (`-1`) one pair. */
  readonly count: (pair: CountedPair, sign: 1 | -1) => void;
  /** How many pairs of the kinds are in each state at an instant. */
  readonly histogramAt: (t: number, kinds: readonly string[]) => Histogram;
  /** How many milliseconds pairs of the kinds have spent until an instant with each set of outcomes, which a state's number is asked for. */
  readonly millisecondsAt: (t: number, kinds: readonly string[], outcomesOf: (state: number) => Outcomes) => ReadonlyMap<Outcomes, bigint>;
  /** Instants in [from, to) at which a pair of the kinds changes its state, ascending; `undefined` if there are more than `max`. */
  readonly changesIn: (from: number, to: number, kinds: readonly string[], max: number) => readonly number[] | undefined;
  /** The last instant up to `t` at which something recorded had happened. */
  readonly lastRecordedBy: (t: number) => number | undefined;
  /** Whether anything of the kinds had been listed by `t`. */
  readonly hasListing: (t: number, kinds: readonly string[]) => boolean;
  readonly bytes: () => number;
};

export type CountedPair = Life & {
  readonly kind: string;
  /** The earliest instant at which it was listed, in ms. */
  readonly listedAt: number;
  /** The latest instants of the facts behind it, in ms. */
  readonly recorded: readonly number[];
};

/** `initial`: the state before the first step. */
export const createChangeIndex = (initial = NOT_YET_BINDING): ChangeIndex => {
  const kinds = new Map<string, Kind>();
  const recorded = createInstants();
  const kindOf = (name: string): Kind => {
    const known = kinds.get(name);
    if (known) return known;
    const made: Kind = { pairs: 0, listings: createInstants(), transitions: new Map(), moves: new Map() };
    kinds.set(name, made);
    return made;
  };
  const transitionsOf = (names: readonly string[]): readonly Transition[] =>
    names.flatMap((name) => [...(kinds.get(name)?.transitions.values() ?? [])]);

  return {
    count({ kind: name, steps, moves, listedAt, recorded: instants }, sign) {
      const kind = kindOf(name);
      kind.pairs += sign;
      kind.listings.add(listedAt, sign);
      let from = initial;
      for (let i = 0; i < steps.length; i += 2) {
        const to = steps[i + 1] ?? from;
        transitionOf(kind, from, to).instants.add(steps[i] ?? 0, sign);
        from = to;
      }
      for (let i = 0; i < moves.length; i += 4)
        moveOf(kind, moves[i + 1] ?? 0, moves[i + 2] ?? 0).amounts.add(moves[i] ?? 0, sign * (moves[i + 3] ?? 0));
      for (const instant of instants) recorded.add(instant, sign);
    },
    histogramAt(t, names) {
      const histogram = new Map<number, number>([[initial, names.reduce((sum, name) => sum + (kinds.get(name)?.pairs ?? 0), 0)]]);
      for (const { from, to, instants } of transitionsOf(names)) {
        const moved = instants.countUpTo(t);
        histogram.set(from, (histogram.get(from) ?? 0) - moved);
        histogram.set(to, (histogram.get(to) ?? 0) + moved);
      }
      for (const [state, count] of histogram) if (count === 0) histogram.delete(state);
      return histogram;
    },
    millisecondsAt(t, names, outcomesOf) {
      const spent = new Map<Outcomes, bigint>();
      const add = (outcomes: Outcomes, ms: bigint): void => void spent.set(outcomes, (spent.get(outcomes) ?? 0n) + ms);
      for (const { from, to, instants } of transitionsOf(names)) {
        const since = instants.sinceUpTo(t);
        add(outcomesOf(from), -since);
        add(outcomesOf(to), since);
      }
      for (const name of names)
        for (const { from, to, amounts } of kinds.get(name)?.moves.values() ?? []) {
          const moved = amounts.upTo(t);
          add(from, -moved);
          add(to, moved);
        }
      spent.delete(outcomesOf(initial)); // what lies before has no beginning
      return spent;
    },
    changesIn(from, to, names, max) {
      const found = new Set<number>();
      for (const { instants } of transitionsOf(names)) if (!instants.collect(from, to, found, max)) return undefined;
      return [...found].sort((a, b) => a - b);
    },
    lastRecordedBy: (t) => recorded.lastUpTo(t),
    hasListing: (t, names) => names.some((name) => (kinds.get(name)?.listings.countUpTo(t) ?? 0) > 0),
    bytes: () =>
      transitionsOf([...kinds.keys()]).reduce(
        (sum, { instants }) => sum + TRANSITION_BYTES + instants.bytes(),
        INDEX_BYTES + recorded.bytes() + listedBytes([...kinds.values()]) + movedBytes([...kinds.values()]),
      ),
  };
};

const listedBytes = (kinds: readonly Kind[]): number => kinds.reduce((sum, { listings }) => sum + listings.bytes(), 0);
const movedBytes = (kinds: readonly Kind[]): number =>
  kinds.reduce((sum, { moves }) => sum + [...moves.values()].reduce((bytes, { amounts }) => bytes + amounts.bytes(), 0), 0);

/** What the objects take besides their instants, measured and rounded up: an index of one pair is not free. */
const INDEX_BYTES = 16 * 1024;
const TRANSITION_BYTES = 1024;

type Kind = {
  pairs: number;
  readonly listings: Instants;
  readonly transitions: Map<number, Transition>;
  readonly moves: Map<number, Move>;
};
type Transition = { readonly from: number; readonly to: number; readonly instants: Instants };
/** From outcomes to outcomes, at instants so many milliseconds each. */
type Move = { readonly from: Outcomes; readonly to: Outcomes; readonly amounts: Amounts };

const transitionOf = ({ transitions }: Kind, from: number, to: number): Transition => {
  const key = from * STATES_MAX + to;
  const known = transitions.get(key);
  if (known) return known;
  const made = { from, to, instants: createInstants() };
  transitions.set(key, made);
  return made;
};

const OUTCOMES_MAX = 16;

const moveOf = ({ moves }: Kind, from: Outcomes, to: Outcomes): Move => {
  const key = from * OUTCOMES_MAX + to;
  const known = moves.get(key);
  if (known) return known;
  const made = { from, to, amounts: createAmounts() };
  moves.set(key, made);
  return made;
};
