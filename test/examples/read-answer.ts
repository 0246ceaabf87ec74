/** An answer about compliance, in the form in which the scenario is written down. */
import { ORDER_1, ORDER_2 } from '../../examples/meity-twitter-2021/illustrative.ts';
import type { Body } from '../support/ledger.ts';
import type { Expected, MakeUpRow, Row } from './scenario.ts';

export const orderIn = (answer: Body, id: string): Body => answer.orders.find(({ order }: Body) => order === id);

/** Throws for a band, or for a pair that is left open: the scenario has neither. */
export const figureIn = ({ numerator, denominator, maybe, unknown, denominatorMaybe, percent, reason }: Body): Expected => {
  if (maybe + unknown + denominatorMaybe > 0) throw new Error('something is open');
  if (percent === null) return reason === 'empty_population' && denominator === 0 ? null : [numerator, denominator, Number.NaN];
  if (percent.low !== percent.high) throw new Error('a band');
  return [numerator, denominator, percent.low];
};

export const rowIn = (at: string, answer: Body): Row => {
  const [O1, O2, total] = [orderIn(answer, ORDER_1), orderIn(answer, ORDER_2), answer.total];
  return {
    at,
    effective: { O1: figureIn(O1.effective), O2: figureIn(O2.effective), total: figureIn(total.effective) },
    ever: { O1: figureIn(O1.ever), total: figureIn(total.ever) },
  };
};

const tallyIn = ({ makeUp: { inEffect, notInEffect, unknown, open, apart, populationOpen } }: Body) => {
  const rest = notInEffect.map(({ status, responseDeclined, pairs }: Body) => [responseDeclined ? `${status}, declined` : status, pairs]);
  const all: [string, number][] = [
    ...Object.entries<number>(inEffect),
    ...rest,
    ...Object.entries<number>(apart),
    ['unknown', unknown],
    ['open', open + populationOpen],
  ];
  return Object.fromEntries(all.filter(([, pairs]) => pairs > 0));
};

export const makeUpIn = (at: string, answer: Body): MakeUpRow => ({
  at,
  O1: tallyIn(orderIn(answer, ORDER_1)),
  O2: tallyIn(orderIn(answer, ORDER_2)),
});
