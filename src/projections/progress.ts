/** How far the read model has come, in positions and in times of recording. */
import type { ReadModel } from './read-model.ts';

const POSITION = 'SELECT position FROM progress';
const RECORDED_AT = 'SELECT coalesce(recorded, peak) FROM event WHERE position = ?';
const PEAK_OF = 'SELECT peak FROM event WHERE position = ?';

/** How many of the log's events it reflects. */
export const positionOf = (model: ReadModel): number => Number(model.get(POSITION)?.[0]);

/** The latest time of recording up to a position, in ms since 1970; 0 where nothing is. */
export const peakOf = (model: ReadModel, position: number): number => Number(model.get(PEAK_OF, position)?.[0] ?? 0);

/** When the event at a position was recorded, in ms since 1970. Throws RangeError for a position that the read model does not reflect. */
export const recordedMsOf = (model: ReadModel, position: number): number => {
  const row = model.get(RECORDED_AT, position);
  if (!row) throw new RangeError(`no event at position ${position}`);
  return Number(row[0]);
};
