/** Holds when pairs are due against the naive evaluator. */
import { expect } from 'vitest';
import { type Due, type DuePhase, dueOf } from '../../src/domain/deadlines/due.ts';
import { parseOrderId, parseStreamName } from '../../src/domain/ids.ts';
import type { Compliance } from '../../src/projections/compliance.ts';
import { findStream } from '../../src/projections/dictionaries.ts';
import type { Standpoint } from '../../src/projections/order-pairs.ts';
import type { ReadModel } from '../../src/projections/read-model.ts';
import type { NaivePair } from './naive-figures.ts';

type Uses = { readonly model: ReadModel; readonly compliance: Compliance; readonly standpoint: Standpoint };

export const expectSameDues = ({ model, compliance, standpoint }: Uses, pairs: readonly NaivePair[], t: number, about: string): void => {
  for (const naive of pairs) {
    const known = compliance.order(parseOrderId(naive.order), standpoint);
    const target = findStream(model, parseStreamName(naive.target));
    const pair = target === undefined ? undefined : known?.pairs.one(target);
    if (!known || !pair) throw new Error(`no pair of ${naive.order} and ${naive.target}`);
    const own = told(dueOf(known.view, pair.facts, t));
    const [earliest, latest] = [Math.min(...naive.due.at), Math.max(...naive.due.at)];
    const { canBeStopped, canBeNone } = naive.due;
    const expected = { earliest, latest, canBeStopped, canBeNone };
    // From when it binds is a time of its own to the evaluator, though it follows from the issue.
    const isTight = naive.openAtOnce <= 1 && known.view.issued.earliest === known.view.issued.latest;
    expect(isTight ? own : narrowed(own, expected), about).toEqual(expected);
  }
};

/** As narrow as expected, if it is nowhere too narrow. */
const narrowed = (wide: Told, tight: Told): Told => ({
  earliest: Math.max(wide.earliest, tight.earliest),
  latest: Math.min(wide.latest, tight.latest),
  canBeStopped: wide.canBeStopped && tight.canBeStopped,
  canBeNone: wide.canBeNone && tight.canBeNone,
});

const NOT_DUE: readonly DuePhase[] = ['none', 'not_served', 'not_started', 'ended'];
type Told = ReturnType<typeof told>;
const told = (due: Due | undefined) => ({
  earliest: due?.at?.earliest ?? Number.POSITIVE_INFINITY,
  latest: due?.at?.latest ?? Number.NEGATIVE_INFINITY,
  canBeStopped: due?.left !== undefined,
  canBeNone: due === undefined || due.phases.some((phase) => NOT_DUE.includes(phase)),
});
