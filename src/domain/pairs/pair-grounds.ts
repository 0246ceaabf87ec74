/** Which events a pair's status rests on at an instant: what is in force, else what ended it and what was answered. */
import { type Obligation, obligationOf } from './obligation.ts';
import type { Happening, OrderTerms, PairFacts } from './pair-facts.ts';
import { hasHappened, momentOf, type View } from './pair-moment.ts';

/** Positions of events, ascending. Where times are open, whatever can have happened by then counts as having. */
export const eventsBehind = (order: OrderTerms, pair: PairFacts, t: number): readonly number[] => {
  const obligation = obligationOf(order, pair);
  const view: View = { at: t, fired: startedBy(obligation, t), isOpenTrue: true };
  const { inForce, relied, isSatisfied } = momentOf(obligation, view);
  const relevant = isSatisfied ? relied : inForce;
  const events = relevant.map(({ restriction }) => restriction.start.event);
  const response = obligation.responses.findLast((one) => hasHappened(one, view));
  const besides = isSatisfied ? [] : [...(inForce.length === 0 ? lastEnds(obligation, t) : []), ...(response ? [response.event] : [])];
  const ended = [...pair.withdrawals, ...pair.gone].filter(({ earliest }) => earliest <= t).map(({ event }) => event);
  return [...new Set([...events, ...besides, ...ended])].sort((a, b) => a - b);
};

const startedBy = ({ restrictions, responses }: Obligation, t: number): readonly number[] =>
  [...restrictions.map(({ start }) => start), ...responses].filter(({ earliest }) => earliest <= t).map(({ event }) => event);

/** What ended the restriction that ended last: its lift, or the restriction itself if it ran out. */
const lastEnds = ({ restrictions }: Obligation, t: number): readonly number[] => {
  const ends = restrictions.flatMap(({ start, until, lifts }): readonly Happening[] => [
    ...(until <= t ? [{ event: start.event, earliest: until, latest: until }] : []),
    ...lifts.filter(({ earliest }) => earliest <= t),
  ]);
  const last = Math.max(...ends.map(({ latest }) => latest));
  return ends.filter(({ latest }) => latest === last).map(({ event }) => event);
};
