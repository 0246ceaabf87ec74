/** Answers about what is on record, made in the thread that asks or in one of their own: keys from the rows, what events say from the log. */
import { isJsonObject } from '../domain/json.ts';
import { instantFromMs } from '../domain/time.ts';
import { chronologyDensity, chronologyGroups, chronologyKeys } from './chronology.ts';
import { entriesAt, linesAt } from './chronology-page.ts';
import type { Key, Window } from './chronology-window.ts';
import { learnedOf, type Run } from './learned.ts';
import { type Log, placeAt, readPlace } from './log.ts';
import type { ReadModel } from './read-model.ts';
import type { RecordAnswers } from './record-answers.ts';
import { searchRecords, searchTargets } from './search.ts';
import { inSteps, type Pause } from './steps.ts';

/** `pause` lets other questions be answered in between. */
export const answerRecord = (model: ReadModel, log: Log, pause: Pause): RecordAnswers => ({
  async chronology(question) {
    const found = await inSteps(chronologyKeys(model, question), pause);
    return JSON.stringify({ entries: await entriesAt(model, log, found.page, question.knownAt), next: nextOf(found) });
  },
  async chronologyLines(question) {
    const found = await inSteps(chronologyGroups(model, question), pause);
    return JSON.stringify({ lines: await linesAt(model, log, found.page, question.knownAt), next: nextOf(found) });
  },
  async density(question) {
    return JSON.stringify({ buckets: await inSteps(chronologyDensity(model, question), pause) });
  },
  async learned(question) {
    const { runs, next } = await inSteps(learnedOf(model, question), pause);
    const told = [];
    for (const run of runs) told.push(await runTold(model, log, run));
    return JSON.stringify({ runs: told, next: next ?? null });
  },
  async search(question) {
    const targets = await inSteps(searchTargets(model, question), pause);
    const events = await inSteps(searchRecords(model, question), pause);
    const entries = await entriesAt(model, log, events.found, question.knownAt);
    return JSON.stringify({
      targets: targets.found,
      targetsMore: targets.hasMore,
      entries: entries.map((entry, place) => ({ ...entry, match: events.found[place]?.match })),
      entriesMore: events.hasMore,
      isComplete: targets.isComplete && events.isComplete,
    });
  },
});

const nextOf = <K extends Key>({ page, hasMore }: Window<K>): Key | null => {
  const last = page.at(-1);
  return hasMore && last ? { earliest: last.earliest, latest: last.latest, position: last.position } : null;
};

const runTold = async (model: ReadModel, log: Log, { recorded, changes, ...run }: Run) => ({
  ...run,
  recordedAt: { first: instantFromMs(recorded.first), last: instantFromMs(recorded.last) },
  changes: await Promise.all(changes.map((position) => changeTold(model, log, position))),
});

const changeTold = async (model: ReadModel, log: Log, position: number) => {
  const place = placeAt(model, position);
  const { event } = await readPlace(log, place);
  const { event: about, reason, explanation } = isJsonObject(event.data) ? event.data : {};
  return { event: place.id, position, type: event.type, about, reason, ...(explanation !== undefined && { explanation }) };
};
