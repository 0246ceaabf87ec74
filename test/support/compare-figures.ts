/** Holds the evaluator's answer against the naive one. */
import { expect } from 'vitest';
import type { Figures } from '../../src/domain/figures.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import { targetKind } from '../../src/domain/target-ref.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import type { ReadModel } from '../../src/projections/read-model.ts';
import { type NaiveAnswer, type NaiveQuestion, naiveFigures } from './naive-figures.ts';
import { effectiveFacts, type LogEvent, recordOf } from './naive-log.ts';

export const expectSameAsNaive = (model: ReadModel, log: readonly LogEvent[], questions: readonly NaiveQuestion[]): void => {
  const compliance = createCompliance(model);
  for (const question of questions) {
    const expected = naiveFigures(log, question);
    const orders = question.orders.map(parseOrderId);
    const kinds = question.kinds.map((kind) => targetKind.parse(kind));
    const answer = compliance.at({ orders, knownAt: question.knownAt, kinds }, msOf(parseInstant(question.validAt)));
    const isTight = !hasSharedEnd(log, question.knownAt);
    compare(answer.total, expected.total, isTight, question);
    expect(answer.orders.map(({ order }) => order)).toEqual(orders.filter((id) => compliance.order(id, question.knownAt) !== undefined));
    for (const order of answer.orders) {
      const other = expected.orders.find(({ id }) => id === order.order);
      if (other) compare(order, other, isTight, question);
    }
  }
};

/**
 * Whether some reinstatement ends several restrictions at once, and may have happened before one of them began: its one instant then ties
 * them together, which the evaluator, by rule, does not follow. The band is safe there and need not be tight.
 */
const hasSharedEnd = (log: readonly LogEvent[], knownAt: number): boolean => {
  const { targets } = recordOf(effectiveFacts(log, knownAt));
  return targets.some(({ restrictions, lifts }) =>
    lifts.some(({ occurred, ends }) => {
      const ended = restrictions.filter(({ id }) => ends.some(({ restriction }) => restriction === id));
      return ended.length > 1 && ended.some(({ start }) => occurred.earliest <= start.latest);
    }),
  );
};

const compare = (
  answer: Figures,
  { effective, ever, makeUp, apart, outOpen }: NaiveAnswer,
  isTight: boolean,
  question: NaiveQuestion,
): void => {
  const about = JSON.stringify(question);
  if (isTight) {
    const strip = { effective: withoutNames(answer.effective), ever: withoutNames(answer.ever), makeUp: answer.makeUp };
    expect(strip, about).toEqual({ effective, ever, makeUp: { ...makeUp, apart, populationOpen: outOpen } });
    return;
  }
  for (const [own, naive] of [[answer.effective, effective] as const, [answer.ever, ever] as const]) {
    expect(own.denominator, about).toBe(naive.denominator);
    expect(own.numerator, about).toBeLessThanOrEqual(naive.numerator);
    expect(own.percent === null, about).toBe(naive.percent === null);
    expect(own.percent?.low ?? 0, about).toBeLessThanOrEqual(naive.percent?.low ?? 0);
    expect(own.percent?.high ?? 100, about).toBeGreaterThanOrEqual(naive.percent?.high ?? 100);
  }
};

const withoutNames = <T extends { readonly definition: unknown; readonly unit: unknown }>({ definition: _, unit: __, ...rest }: T) => rest;
