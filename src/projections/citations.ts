/** Which events name a file of evidence, as known at a position: as they were recorded, whatever was corrected since. */
import { type EvidenceId, streamOf } from '../domain/ids.ts';
import { findStream, idText, streamNamed } from './dictionaries.ts';
import type { ReadModel, Row } from './read-model.ts';
import type { Page } from './records.ts';

/** An event that names the file. */
export type Citation = { readonly event: string; readonly position: number; readonly type: string; readonly stream: string };
/** In log order; `next` is the `after` of the next page, `total` how many there are on all of them. */
export type Citations = { readonly rows: readonly Citation[]; readonly next: number | undefined; readonly total: number };

const CITING = `
  SELECT event.position, event.id, event.type, event.stream FROM citation JOIN event ON event.position = citation.event
  WHERE citation.file = ? AND citation.event > ? AND citation.event <= ? ORDER BY citation.event LIMIT ?`;
const COUNT = 'SELECT count(*) FROM citation WHERE file = ? AND event <= ?';

export const citationsOfFile = (model: ReadModel, sha256: EvidenceId, { after, limit, knownAt }: Page): Citations => {
  const no = findStream(model, streamOf('evidence', sha256));
  if (no === undefined) return { rows: [], next: undefined, total: 0 };
  const rows = model.all(CITING, no, after, knownAt, limit + 1).map((row) => citationOf(model, row));
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? page.at(-1)?.position : undefined, total: Number(model.get(COUNT, no, knownAt)?.[0]) };
};

const citationOf = (model: ReadModel, [position, id, type, stream]: Row): Citation => {
  if (!(id instanceof Uint8Array)) throw new TypeError('an event id is stored as bytes');
  return { event: idText(id), position: Number(position), type: String(type), stream: streamNamed(model, Number(stream)) };
};
