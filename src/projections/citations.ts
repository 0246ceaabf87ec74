/**
 * Which events name a file of evidence, as known at a position: as they were recorded, whatever was corrected since; with where in the file each of them is
 * from, and by what it was retracted.
 */
import { extentIn, logEventOf, sourcesIn } from '../domain/codec.ts';
import { type EvidenceId, splitStream, streamOf } from '../domain/ids.ts';
import { isJsonObject } from '../domain/json.ts';
import { type Instant, instantFromMs, type TimeExtent } from '../domain/time.ts';
import { findStream } from './dictionaries.ts';
import { type Log, type PlacedText, placeAt, readPlaces } from './log.ts';
import type { ReadModel } from './read-model.ts';
import type { Page } from './records.ts';

/** An event that names the file. */
export type Citation = {
  readonly event: string;
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly recordedAt: string;
  /** When what it says happened; `null` of a correction, which has no time of its own. */
  readonly occurredAt: TimeExtent | null;
  /** Of what account, as first written; `null`: of no one. */
  readonly verbatim: string | null;
  /** Where in the file, as its sources say: page, row. */
  readonly locators: readonly string[];
  /** By which event it was retracted, or what it corrects. */
  readonly retracted: { readonly event: string; readonly position: number; readonly recordedAt: Instant } | null;
};
/** In log order; `next` is the `after` of the next page. On all pages `total`, of which `totalRetracted` were retracted. */
export type Citations = {
  readonly rows: readonly Citation[];
  readonly next: number | undefined;
  readonly total: number;
  readonly totalRetracted: number;
};

const STRUCK = 'LEFT JOIN struck ON struck.event = citation.event AND struck.since <= ?2';
const CITING = `
  SELECT citation.event, struck.since FROM citation ${STRUCK}
  WHERE citation.file = ?1 AND citation.event > ?3 AND citation.event <= ?2 ORDER BY citation.event LIMIT ?4`;
const COUNT = `SELECT count(*), count(struck.event) FROM citation ${STRUCK} WHERE citation.file = ?1 AND citation.event <= ?2`;
const VERBATIM = 'SELECT verbatim FROM target WHERE no = ?';
const RECORDED = 'SELECT coalesce(recorded, peak) FROM event WHERE position = ?';

/** A page of long events is short. */
const PAGE_TEXT_MAX = 8 * 1024 * 1024; // UTF-16 code units

type Uses = { readonly model: ReadModel; readonly log: Log };

export const citationsOfFile = async ({ model, log }: Uses, sha256: EvidenceId, { after, limit, knownAt }: Page): Promise<Citations> => {
  const no = findStream(model, streamOf('evidence', sha256));
  if (no === undefined) return { rows: [], next: undefined, total: 0, totalRetracted: 0 };
  const found = model.all(CITING, no, knownAt, after, limit + 1);
  const struck = new Map(found.flatMap(([event, since]) => (since === null ? [] : [[Number(event), Number(since)] as const])));
  const places = found.slice(0, limit).map(([event]) => placeAt(model, Number(event)));
  const read = await readPlaces(log, places, PAGE_TEXT_MAX);
  const [total, totalRetracted] = (model.get(COUNT, no, knownAt) ?? []).map(Number);
  return {
    rows: read.map((placed) => citationOf(model, placed, sha256, struck.get(placed.position))),
    next: read.length < found.length ? read.at(-1)?.position : undefined,
    total: total ?? 0,
    totalRetracted: totalRetracted ?? 0,
  };
};

const citationOf = (model: ReadModel, { sealed, ...place }: PlacedText, sha256: EvidenceId, retractedAt: number | undefined): Citation => {
  const { type, recordedAt, data } = logEventOf(sealed.event);
  const { changes } = data;
  const sources = sourcesIn(isJsonObject(changes) ? changes : data);
  return {
    event: place.id,
    position: place.position,
    type,
    stream: place.stream,
    recordedAt,
    occurredAt: extentIn(data, 'occurredAt') ?? null,
    verbatim: splitStream(place.stream).category === 'target' ? String(model.get(VERBATIM, place.no)?.[0]) : null,
    locators: sources.flatMap(({ evidence, locator }) => (evidence === sha256 && locator !== undefined ? [locator] : [])),
    retracted: retractedAt === undefined ? null : retractionAt(model, retractedAt),
  };
};

const retractionAt = (model: ReadModel, position: number): NonNullable<Citation['retracted']> => ({
  event: placeAt(model, position).id,
  position,
  recordedAt: instantFromMs(Number(model.get(RECORDED, position)?.[0])),
});
