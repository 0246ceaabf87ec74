/** What stands on an order's list at an instant, as known at a position: counted, and asked of one target, without the lives of its pairs. */
import type { FactShape } from '../domain/facts.ts';
import { type TargetKind, targetKind } from '../domain/target-ref.ts';
import { kindNumber, kindOfNumber } from './dictionaries.ts';
import { listedByKind } from './listing-counts.ts';
import type { ReadModel, Row } from './read-model.ts';

/** `open`: the sources leave open whether it stood on the list then. `listed_later`: it came onto the list only afterwards. */
export type Standing = 'listed' | 'open' | 'withdrawn' | 'listed_later';
export type ListAt = {
  /** `undefined` for a target that the list does not name, as known then. */
  readonly standingOf: (target: number) => Standing | undefined;
  readonly count: () => ReadonlyMap<TargetKind, { readonly [standing in Standing]: number }>;
  /** Those of some standings, by their numbers, from after a target on. */
  readonly after: (target: number) => Generator<{ readonly target: number; readonly standing: Standing }>;
};

/** `list`: number of the order's stream. `t` in ms since 1970. `kind`: only these. */
type ListQuestion = {
  readonly list: number;
  readonly knownAt: number;
  readonly t: number;
  readonly kind?: TargetKind | undefined;
};

/** Of the few rows that a target has, one says that the list names it, and perhaps one that the order gave it up. An event at an instant counts at it. */
const STANDING = `
  CASE WHEN listed.earliest > ?3 THEN 'listed_later' WHEN gone.latest <= ?3 THEN 'withdrawn'
       WHEN listed.latest > ?3 OR gone.earliest <= ?3 THEN 'open' ELSE 'listed' END`;
const LIST = `
  FROM pair JOIN target_fact AS listed ON listed.target = pair.target AND listed.shape = ?4 AND listed.refers = pair.list AND listed.since <= ?2 AND listed.before > ?2
  LEFT JOIN target_fact AS gone ON gone.target = pair.target AND gone.shape = ?5 AND gone.refers = pair.list AND gone.since <= ?2 AND gone.before > ?2`;
const OF_TARGET = `SELECT ${STANDING} ${LIST} WHERE pair.list = ?1 AND pair.target = ?6`;
/** Few, as a rule: what was given up, and what is on the list only later. One look at each target finds them, and nothing of the others is read. */
const OTHERWISE = `
  SELECT fact.target FROM pair AS one CROSS JOIN target_fact AS fact ON fact.target = one.target
  WHERE one.list = ?1 AND fact.refers = ?1 AND fact.since <= ?2 AND fact.before > ?2
  AND ((fact.shape = ?4 AND fact.latest > ?3) OR (fact.shape = ?5 AND fact.earliest <= ?3))`;
const COUNTS = `
  SELECT pair.kind, ${STANDING} AS standing, count(*) ${LIST} WHERE pair.list = ?1 AND pair.target IN (${OTHERWISE}) GROUP BY pair.kind, standing`;
const PAGE = `SELECT pair.target, ${STANDING}, pair.kind ${LIST} WHERE pair.list = ?1 AND pair.target > ?6 ORDER BY pair.target LIMIT ?7`;
const SHAPE_SAYING = 'SELECT no FROM shape WHERE text = ?';

const TARGETS_PER_PAGE = 1_000;
const NOBODY = { listed: 0, open: 0, withdrawn: 0, listed_later: 0 };

export const listAt = (model: ReadModel, { list, knownAt, t, kind }: ListQuestion): ListAt => {
  const shapeOf = (shape: FactShape): number => Number(model.get(SHAPE_SAYING, JSON.stringify(shape))?.[0] ?? 0);
  const values = [list, knownAt, t, shapeOf({ kind: 'listed' }), shapeOf({ kind: 'withdrawn' })] as const;
  const isAsked = (number: Row[number] | undefined): boolean => kind === undefined || Number(number) === kindNumber(kind);
  return {
    standingOf: (target) => standingIn(model.get(OF_TARGET, ...values, target)?.[0]),
    count() {
      const counts = new Map<TargetKind, { readonly [standing in Standing]: number }>();
      const all = listedByKind(model, list, knownAt);
      for (const one of targetKind.options)
        if (all[one] !== undefined && isAsked(kindNumber(one))) counts.set(one, { ...NOBODY, listed: all[one] });
      for (const [number, text, targets] of model.all(COUNTS, ...values)) {
        const one = kindOfNumber(Number(number));
        const [standing, before] = [standingIn(text), counts.get(one)];
        if (!standing || standing === 'listed' || !before) continue;
        counts.set(one, { ...before, [standing]: Number(targets), listed: before.listed - Number(targets) });
      }
      return counts;
    },
    *after(target) {
      for (let last = target; ; ) {
        const rows = model.all(PAGE, ...values, last, TARGETS_PER_PAGE);
        for (const [no, standing, number] of rows) {
          const found = standingIn(standing);
          last = Number(no);
          if (found && isAsked(number)) yield { target: last, standing: found };
        }
        if (rows.length < TARGETS_PER_PAGE) return;
      }
    },
  };
};

const STANDINGS: readonly Standing[] = ['listed', 'open', 'withdrawn', 'listed_later'];
const standingIn = (text: Row[number] | undefined): Standing | undefined => STANDINGS.find((standing) => standing === text);
