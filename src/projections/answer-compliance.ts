/** Answers about compliance, made in the thread that asks or in one of their own: the evaluator over the read model, as JSON text. */

import type { DeadlineRule } from '../domain/deadlines/deadline-rules.ts';
import type { Range } from '../domain/facts.ts';
import { splitStream } from '../domain/ids.ts';
import { type Steps as PairSteps, statusesAt } from '../domain/pairs/pair-life.ts';
import { besideStatus, NOT_YET_BINDING, type PairState, stateOf } from '../domain/pairs/pair-state.ts';
import { instantFromMs } from '../domain/time.ts';
import { auditTrail } from './audit-trail.ts';
import { type Compliance, createCompliance } from './compliance.ts';
import type { ComplianceAnswers, PairRow, PairsPage, PairsQuestion } from './compliance-answers.ts';
import { deadlinesOf, dueEntries } from './deadlines.ts';
import { streamNamed } from './dictionaries.ts';
import { differenceOf } from './difference.ts';
import { dossier } from './dossier.ts';
import { compareLists } from './list-comparison.ts';
import type { Log } from './log.ts';
import type { PairLife } from './order-pairs.ts';
import { groundRead, isAsked } from './pairs-asked.ts';
import type { ReadModel } from './read-model.ts';
import { stateSheet } from './state-sheet.ts';
import { inSteps, type Pause } from './steps.ts';

/** `pause` lets other questions be answered in between; by default there are none. */
export const answerCompliance = (
  model: ReadModel,
  log: Log,
  rules: readonly DeadlineRule[],
  pause: Pause = async () => {},
): ComplianceAnswers => {
  const compliance = createCompliance(model, { rules });
  const uses = { model, log, compliance, rules };
  return {
    at: async ({ at, groupBy, ...scope }) => JSON.stringify(compliance.at(scope, at, groupBy)),
    curve: async ({ from, to, samples, ...scope }) => JSON.stringify(compliance.curve(scope, { from, to, samples })),
    sheet: async ({ at, each, ...scope }) => JSON.stringify(await stateSheet({ model, log, compliance }, scope, { t: at, each })),
    pairs: async (question) => JSON.stringify(pairsPage(model, compliance, question)),
    trail: async (question) => JSON.stringify((await auditTrail(uses, question)) ?? null),
    dossier: async (question) => JSON.stringify((await dossier(uses, question)) ?? null),
    deadlines: async ({ at, ...scope }) => JSON.stringify(deadlinesOf(uses, scope, at)),
    diff: async (question) => JSON.stringify(await differenceOf({ model, log, compliance }, question)),
    lists: async (question) => JSON.stringify(await inSteps(compareLists(model, question), pause)),
  };
};

/** One question looks through at most so many pages of the order's list: where few pairs match, its answer is short and says where to go on. */
const PAGES_MAX = 50;

const pairsPage = (
  model: ReadModel,
  compliance: Compliance,
  { order, kinds, at, asked, after, limit, ...standpoint }: PairsQuestion,
): PairsPage => {
  const known = compliance.order(order, standpoint);
  const dueOf = known && dueEntries(model, known, at);
  const rows: PairRow[] = [];
  let next: number | undefined = known && after;
  for (let pages = 0; known && next !== undefined && pages < PAGES_MAX; pages += 1) {
    const page = known.pairs.page(next);
    next = page.next;
    for (const pair of page.pairs) {
      const found = currentState(pair.steps, at);
      if (!kinds.some((kind) => kind === pair.kind) || !isAsked(found.state, asked)) continue;
      const readings = found.state.status === 'undetermined' ? statusesAt(known.view, pair.facts, at) : [];
      rows.push({ ...rowOf(model, pair, found), due: dueOf?.(pair.facts) ?? null, ...(readings.length > 0 && { readings }) });
      if (rows.length === limit) return { rows, next: pair.target };
    }
  }
  return { rows, next: next ?? null };
};

type Current = { readonly state: PairState; readonly since: Range | undefined };

/** The state at an instant, and since when the pair has been in effect or not: its ground or status may change without that. */
const currentState = (steps: PairSteps, t: number): Current => {
  let current: Current = { state: stateOf(NOT_YET_BINDING), since: undefined };
  for (let i = 0; i < steps.length; i += 2) {
    const latest = steps[i] ?? t;
    if (latest > t) break;
    const state = stateOf(steps[i + 1] ?? NOT_YET_BINDING);
    const { state: before, since } = current;
    if (state.place === before.place) current = { state, since };
    // What is open stays so until the last instant at which the change can have come.
    else current = { state, since: { earliest: isLeftOpen(before) ? (since?.earliest ?? latest) : latest, latest } };
  }
  const { state, since } = current;
  return isLeftOpen(state) && since ? { state, since: { earliest: since.latest, latest: since.latest } } : current;
};

const isLeftOpen = ({ place }: PairState): boolean => place === 'open' || place === 'population_open';

const TARGET = 'SELECT platform, key, verbatim FROM target WHERE no = ?';

const rowOf = (model: ReadModel, { target, kind }: PairLife, { state, since }: Current): Omit<PairRow, 'due'> => {
  const [platform, key, verbatim] = model.get(TARGET, target) ?? [];
  return {
    target: splitStream(streamNamed(model, target)).id,
    kind,
    platform: String(platform),
    key: String(key),
    verbatim: String(verbatim),
    is: state.place,
    status: state.status,
    ...besideStatus(state),
    ground: groundRead(state),
    ending: state.ending,
    responseDeclined: state.responseDeclined,
    flags: state.flags,
    since: since === undefined ? null : { earliest: instantFromMs(since.earliest), latest: instantFromMs(since.latest) },
  };
};
