/**
 * Figures before and after events that are not recorded: folded into the read model by the fold that the runner uses, looked at by the evaluator that answers
 * all questions, and taken back. The runner waits meanwhile, so what can be done beforehand is, and the rest is bounded.
 */
import type { DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import { citationsOf } from '../domain/decide.ts';
import type { LogEvent, RecordedEvent } from '../domain/event.ts';
import { type CaseId, type OrderId, type StreamName, splitStream, streamOf } from '../domain/ids.ts';
import { createCompliance, type StateOfCompliance } from './compliance.ts';
import { findPosition, findStream } from './dictionaries.ts';
import { createFold } from './fold.ts';
import { listedByKind } from './listing-counts.ts';
import { type Log, readStreams } from './log.ts';
import { positionOf } from './progress.ts';
import type { ReadModel } from './read-model.ts';
import { caseOfOrder, ordersOfCase } from './registers.ts';
import type { RehearsalAnswers, RehearsalFault, RehearsalQuestion, Rehearsed } from './rehearsal-answers.ts';
import { restingOn } from './resting.ts';
import { historyUpTo } from './runner.ts';

/** Figures of one answer: orders times instants, before and after. */
const FIGURES_MAX = 2_000;
/** Pairs that are gone through while the runner waits, where an order itself is changed: some seconds. */
const PAIRS_MAX = 1_000_000;

export type RehearsalUses = {
  /** A connection of its own, which may write: nothing of a rehearsal is kept, in the model or in memory. */
  readonly open: () => ReadModel;
  readonly log: Log;
  readonly rules: readonly DeadlineRule[];
  readonly pairsMax?: number;
};

export const answerRehearsals = ({ open, log, rules, pairsMax = PAIRS_MAX }: RehearsalUses): RehearsalAnswers => ({
  async rehearse(question) {
    const model = open();
    try {
      const readAt = positionOf(model);
      const stored = await readStreams(
        log,
        question.events.map(({ stream }) => stream),
      );
      return JSON.stringify(rehearsed(model, question, { readAt, stored, rules, pairsMax }));
    } finally {
      model.close();
    }
  },
});

/** What was stored of each stream that would change, and how far the model had come before it was read. */
type Read = {
  readonly readAt: number;
  readonly stored: ReadonlyMap<StreamName, readonly RecordedEvent[]>;
  readonly rules: readonly DeadlineRule[];
  readonly pairsMax: number;
};

const rehearsed = (model: ReadModel, question: RehearsalQuestion, read: Read): Rehearsed => {
  const { events, at, kinds } = question;
  const orders = question.orders ?? concerned(model, events, read);
  const fault = tooMuch(model, question, orders, read);
  if (fault) return fault;
  const compliance = createCompliance(model, { rules: read.rules });
  const figuresAt = (knownAt: number): readonly StateOfCompliance[] => at.map((t) => compliance.at({ orders, knownAt, kinds }, t));
  figuresAt(positionOf(model)); // what is found here is only moved along when more is known
  return model.rehearse(() => {
    const position = positionOf(model);
    if (hasMovedOn(model, events, read)) return { fault: 'moved_on' };
    const before = figuresAt(position);
    foldOnto(model, position, events, read);
    const after = figuresAt(position + events.length);
    const figures = before.flatMap((state, place) => beside(state, after[place]));
    return { position, orders, figures, resting: restingOn(model, events, read.stored) };
  });
};

const beside = (before: StateOfCompliance, after: StateOfCompliance | undefined) => (after ? [{ before, after }] : []);

const foldOnto = (model: ReadModel, position: number, events: readonly LogEvent[], { stored }: Read): void => {
  const fold = createFold(model);
  const histories = new Map([...stored].map(([stream, history]) => [stream, [...history]]));
  for (const [place, event] of events.entries()) {
    const history = histories.get(event.stream) ?? [];
    history.push(event);
    fold.apply(event, position + place + 1, () => historyUpTo(history, event));
  }
};

const REFLECTED_SINCE = 'SELECT stream.name, event.revision FROM event JOIN stream ON stream.no = event.stream WHERE event.position > ?';

/** Each stream is to go on where it was decided upon, and the model to reflect it up to there and no further. */
const hasMovedOn = (model: ReadModel, events: readonly LogEvent[], { readAt, stored }: Read): boolean => {
  const decidedOn = new Map<string, number>(events.toReversed().map(({ stream, revision }) => [stream, revision]));
  const isElsewhere = [...stored].some(([stream, history]) => {
    const last = history.at(-1);
    return history.length !== decidedOn.get(stream) || (last !== undefined && findPosition(model, last.id) === undefined);
  });
  return (
    isElsewhere ||
    model.all(REFLECTED_SINCE, readAt).some(([name, revision]) => Number(revision) >= (decidedOn.get(String(name)) ?? Infinity))
  );
};

// ---- Which orders

/** All orders of the cases that the streams are about. */
const concerned = (model: ReadModel, events: readonly LogEvent[], { stored }: Read): readonly OrderId[] => {
  const knownAt = positionOf(model);
  const orders = new Set<OrderId>();
  const cases = new Set<CaseId>();
  const note = (stream: StreamName): void => {
    const named = splitStream(stream);
    if (named.category === 'case') cases.add(named.id);
    if (named.category === 'order') orders.add(named.id);
  };
  for (const stream of stored.keys()) note(stream);
  for (const { data } of [...[...stored.values()].flat(), ...events]) for (const { stream } of citationsOf(data)) note(stream);
  for (const order of orders) {
    const ofCase = caseOfOrder(model, order, knownAt);
    if (ofCase !== undefined) cases.add(ofCase);
  }
  return [...cases].flatMap((id) => ordersOfCase(model, id, { after: 0, limit: FIGURES_MAX, knownAt }).rows);
};

const tooMuch = (
  model: ReadModel,
  { events, at }: RehearsalQuestion,
  orders: readonly OrderId[],
  { pairsMax }: Read,
): RehearsalFault | undefined => {
  const ordersMax = Math.floor(FIGURES_MAX / 2 / Math.max(1, at.length));
  if (orders.length > ordersMax) return { fault: 'too_many_orders', orders: orders.length, ordersMax };
  if (!events.some(({ stream }) => splitStream(stream).category === 'order')) return undefined;
  const knownAt = positionOf(model);
  const pairs = orders.reduce((sum, order) => {
    const no = findStream(model, streamOf('order', order));
    return sum + (no === undefined ? 0 : Object.values(listedByKind(model, no, knownAt)).reduce((listed, of) => listed + of, 0));
  }, 0);
  return pairs > pairsMax ? { fault: 'too_many_pairs', pairs, pairsMax } : undefined;
};
