/** What the pairs of one target are over all worlds: every outcome that is possible for each, and for the target as a whole. */
import { clockStartOf, deadlineAsAt } from './naive-deadlines.ts';
import { effectOf, frameOf, type Outcome, type Outcomes, obligationOf, outcomesIn, PAIR_DEFINITIONS } from './naive-outcomes.ts';
import type { NaiveHistory, NaiveRecord, NaiveTarget } from './naive-record.ts';
import { endOf, worldOf } from './naive-restrictions.ts';
import { type Read, readingsOf } from './naive-status.ts';
import { everyHistory, everyObligation, gridOf, hasUncertainHistory, type Listed, openAtOnce } from './naive-worlds.ts';

export type Possible = ReadonlySet<Outcome>;

export type JudgedPair = {
  readonly order: string;
  readonly target: string;
  readonly outcomes: { readonly [definition in (typeof PAIR_DEFINITIONS)[number]]: Possible };
  readonly time: readonly { readonly milliseconds: bigint; readonly outcomes: Possible }[];
  readonly readings: readonly Read[];
  /** How many of its uncertain times have an instant in common. */
  readonly openAtOnce: number;
  readonly hasUncertainHistory: boolean;
  /** Every instant at which it can be due, and whether the clock can stand still, or nothing be due, or not yet. */
  readonly due: { readonly at: ReadonlySet<number>; readonly canBeStopped: boolean; readonly canBeNone: boolean };
};

/** A target counts once, under every order that is live for it or under any: what it is in one world follows from its pairs. */
export type JudgedTarget = { readonly pairs: readonly JudgedPair[]; readonly all: Possible; readonly any: Possible };

type Question = { readonly validAt: number; readonly tolerance: number | undefined; readonly stepMs: number };

export const judgeTarget = (target: NaiveTarget, listed: readonly Listed[], record: NaiveRecord, question: Question): JudgedTarget => {
  const { validAt } = question;
  const grid = gridOf(target, listed, validAt, question.stepMs);
  const histories = everyHistory(target, grid);
  const demands = listed.map(({ order }) => order.demand);
  const world = worldOf(demands, target);
  const lastEnds = target.restrictions.map((_, index) => Math.max(...histories.map((history) => endOfNth(history, index, world))));
  const isUnreportedSince = (binding: number): boolean =>
    target.restrictions.every(({ extent }, index) => extent.earliest > validAt || (lastEnds[index] ?? 0) < binding);
  const frame = frameOf(grid, question, { world, isUnreportedSince });

  const pairs = listed.map((each) => {
    const worlds = everyObligation(each, grid);
    const obligations = alikeOnce(worlds.map(({ order, listing }) => obligationOf(order, listing, frame)));
    return { ...each, obligations, worlds, found: newlyFound(frame.stretches.length) };
  });
  const all = new Set<Outcome>();
  const any = new Set<Outcome>();
  for (const history of histories)
    for (const open of [false, true]) {
      const effective = pairs.map(({ order, obligations, found }) => {
        const effect = effectOf(history, order, open, frame);
        return new Set(obligations.map((obligation) => noted(found, outcomesIn(obligation, effect, frame))));
      });
      // The orders' own times are chosen apart from each other's: every combination is a world.
      for (const combination of everyCombination(effective)) {
        all.add(underAll(combination));
        any.add(underAny(combination));
      }
    }

  return {
    all,
    any,
    pairs: pairs.map(({ order, listing, worlds, found }) => {
      const canHaveBegun = worlds.some((exact) => clockStartOf(exact.order, exact.listing) <= validAt);
      const dues = worlds.map((exact) => deadlineAsAt(exact.order, exact.listing, { instant: validAt, canHaveBegun }));
      return {
        order: order.id,
        target: target.stream,
        outcomes: found.pair,
        time: frame.stretches.map(({ milliseconds }, index) => ({ milliseconds, outcomes: found.time[index] ?? new Set() })),
        openAtOnce: openAtOnce(target, { order, listing }),
        hasUncertainHistory: hasUncertainHistory(target),
        readings: readingsOf({ order, listing, target, record, world, validAt }),
        due: {
          at: new Set(dues.flatMap((due) => (due.is === 'due' ? [due.at] : []))),
          canBeStopped: dues.some(({ is }) => is === 'stopped'),
          canBeNone: dues.some(({ is, isAwaited }) => is === 'none' || isAwaited === true),
        },
      };
    }),
  };
};

const endOfNth = (history: NaiveHistory<number>, index: number, world: ReadonlySet<string>): number => {
  const restriction = history.restrictions[index];
  return restriction === undefined ? Number.NEGATIVE_INFINITY : endOf(history, world, restriction);
};

/** Many choices differ in nothing that is asked: an issue before a later service, a service after a first one. */
const alikeOnce = (obligations: readonly ReturnType<typeof obligationOf>[]): typeof obligations => {
  const asked = ({ order, listing, binding, force, due }: (typeof obligations)[number]): string =>
    JSON.stringify([order.issued, listing.occurred, order.answers.map(({ occurred }) => occurred), binding, force, due]);
  return [...new Map(obligations.map((obligation) => [asked(obligation), obligation])).values()];
};

type Found = {
  readonly pair: { readonly [definition in (typeof PAIR_DEFINITIONS)[number]]: Set<Outcome> };
  readonly time: readonly Set<Outcome>[];
};

const newlyFound = (stretches: number): Found => ({
  pair: {
    effective: new Set(),
    anyRestriction: new Set(),
    ever: new Set(),
    onTime: new Set(),
    sustained: new Set(),
    citingOrder: new Set(),
    platformStyle: new Set(),
  },
  time: Array.from({ length: stretches }, () => new Set<Outcome>()),
});

/** Adds what one world says; answers whether the pair is in effect in it. */
const noted = (found: Found, { pair, time }: Outcomes): Outcome => {
  for (const definition of PAIR_DEFINITIONS) found.pair[definition].add(pair[definition]);
  for (const [index, outcome] of time.entries()) found.time[index]?.add(outcome);
  return pair.effective;
};

const everyCombination = (possible: readonly ReadonlySet<Outcome>[]): readonly (readonly Outcome[])[] =>
  possible.reduce<readonly (readonly Outcome[])[]>(
    (combinations, outcomes) => combinations.flatMap((chosen) => [...outcomes].map((outcome) => [...chosen, outcome])),
    [[]],
  );

/** Unknown where its unknown pairs, read as yes, would turn it. */
const underAll = (pairs: readonly Outcome[]): Outcome => {
  const live = pairs.filter((outcome) => outcome !== 'out');
  if (live.length === 0) return 'out';
  if (live.includes('no')) return 'no';
  return live.includes('unknown') ? 'unknown' : 'yes';
};

const underAny = (pairs: readonly Outcome[]): Outcome => {
  const live = pairs.filter((outcome) => outcome !== 'out');
  if (live.length === 0) return 'out';
  if (live.includes('yes')) return 'yes';
  return live.includes('unknown') ? 'unknown' : 'no';
};
