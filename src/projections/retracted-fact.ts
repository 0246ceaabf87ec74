/** A fact that opened its stream and was retracted since, and stands under nothing: as it stood last, and by which event it went. */
import { EVENT_RETRACTED } from '../domain/events/corrections.ts';
import { effective } from '../domain/history.ts';
import { type StreamName, splitStream } from '../domain/ids.ts';
import { entriesOf, type RetractedBy } from './entries.ts';
import type { FactEntry } from './fact-register.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import type { ReadModel } from './read-model.ts';

export type RetractedFact = { readonly entry: FactEntry; readonly retracted: RetractedBy };

/** As known at a position; `undefined` if nothing was recorded in the stream by then, or the last of it stands. */
export const findRetracted = async (
  model: ReadModel,
  log: Log,
  stream: StreamName,
  knownAt: number,
): Promise<RetractedFact | undefined> => {
  const history = await historyOf(model, log, stream, knownAt);
  const last = entriesOf(history).at(-1);
  const before = history.slice(
    0,
    history.findLastIndex(({ type }) => type === EVENT_RETRACTED),
  );
  const fact = effective(before).find(({ id }) => id === last?.event);
  if (!last?.retracted || !fact) return undefined;
  const { event, position, retracted } = last;
  return { entry: { id: splitStream(stream).id, event, position, ...fact.data }, retracted };
};
