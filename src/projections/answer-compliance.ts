/** Answers about compliance, made in the thread that asks or in one of their own: the evaluator over the read model, as JSON text. */

import type { Range } from '../domain/facts.ts';
import { splitStream } from '../domain/ids.ts';
import { NOT_YET_BINDING, type Steps } from '../domain/pair-life.ts';
import { classOf, type PairClass } from '../domain/pair-state.ts';
import { instantFromMs } from '../domain/time.ts';
import { type Compliance, createCompliance } from './compliance.ts';
import type { ComplianceAnswers, PairRow, PairsPage, PairsQuestion } from './compliance-answers.ts';
import { streamNamed } from './dictionaries.ts';
import type { PairLife } from './order-pairs.ts';
import type { ReadModel } from './read-model.ts';

export const answerCompliance = (model: ReadModel): ComplianceAnswers => {
  const compliance = createCompliance(model);
  return {
    at: async ({ at, groupBy, ...scope }) => JSON.stringify(compliance.at(scope, at, groupBy)),
    curve: async ({ from, to, samples, ...scope }) => JSON.stringify(compliance.curve(scope, { from, to, samples })),
    pairs: async (question) => JSON.stringify(pairsPage(model, compliance, question)),
  };
};

/** One question looks through at most so many pages of the order's list: where few pairs match, its answer is short and says where to go on. */
const PAGES_MAX = 50;

const pairsPage = (
  model: ReadModel,
  compliance: Compliance,
  { order, knownAt, kinds, at, status, after, limit }: PairsQuestion,
): PairsPage => {
  const known = compliance.order(order, knownAt);
  const rows: PairRow[] = [];
  let next: number | undefined = known && after;
  for (let pages = 0; known && next !== undefined && pages < PAGES_MAX; pages += 1) {
    const page = known.pairs.page(next);
    next = page.next;
    for (const pair of page.pairs) {
      const found = currentClass(pair.steps, at);
      if (!kinds.some((kind) => kind === pair.kind) || !isAsked(found.pairClass, status)) continue;
      rows.push(rowOf(model, pair, found));
      if (rows.length === limit) return { rows, next: pair.target };
    }
  }
  return { rows, next: next ?? null };
};

/** By the status, or by the class where it has none: `in_effect`, `unknown`. */
const isAsked = (pairClass: PairClass, status: string | undefined): boolean =>
  status === undefined || pairClass.is === status || ('status' in pairClass && pairClass.status === status);

type Current = { readonly pairClass: PairClass; readonly since: Range | undefined };

/** The class at an instant, and since when the pair has been in effect or not: its ground or status may change without that. */
const currentClass = (steps: Steps, t: number): Current => {
  let current: Current = { pairClass: classOf(NOT_YET_BINDING), since: undefined };
  for (let i = 0; i < steps.length; i += 2) {
    const latest = steps[i] ?? t;
    if (latest > t) break;
    const pairClass = classOf(steps[i + 1] ?? NOT_YET_BINDING);
    const { pairClass: before, since } = current;
    if (pairClass.is === before.is) current = { pairClass, since };
    // What is open stays so until the last instant at which the change can have come.
    else current = { pairClass, since: { earliest: isLeftOpen(before) ? (since?.earliest ?? latest) : latest, latest } };
  }
  const { pairClass, since } = current;
  return isLeftOpen(pairClass) && since ? { pairClass, since: { earliest: since.latest, latest: since.latest } } : current;
};

const isLeftOpen = ({ is }: PairClass): boolean => is === 'open' || is === 'population_open';

const TARGET = 'SELECT platform, key, verbatim FROM target WHERE no = ?';

const rowOf = (model: ReadModel, { target, kind }: PairLife, { pairClass, since }: Current): PairRow => {
  const [platform, key, verbatim] = model.get(TARGET, target) ?? [];
  return {
    target: splitStream(streamNamed(model, target)).id,
    kind,
    platform: String(platform),
    key: String(key),
    verbatim: String(verbatim),
    is: pairClass.is,
    status: 'status' in pairClass ? pairClass.status : null,
    responseDeclined: 'responseDeclined' in pairClass && pairClass.responseDeclined,
    since: since === undefined ? null : { earliest: instantFromMs(since.earliest), latest: instantFromMs(since.latest) },
  };
};
