/** Reading `$all`: which of its records are ours, in its order, and proof that none was left out between those that were read. */
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import type { SealedEvent } from '../envelope/envelope.ts';
import { StoreUnavailable } from './errors.ts';
import { corrupt, foreignOf, type Place, placeOf, sealedOf } from './eventstoredb-records.ts';

/** Some 60 MB at most; a stream that was forgotten is looked up again. */
const REMEMBERED_MAX = 500_000;

export type ScanUses = {
  readonly prefix: string;
  /** Records from a place on, that place included; `null` from the start. */
  readonly readFrom: (place: Place | null, count: number) => Promise<readonly AllStreamResolvedEvent[]>;
  /** The stream whose first event stands before all others of ours: a read from the start goes to it, whatever others have stored before. */
  readonly openedBy: string | undefined;
  /** Where one event of a stream stands; `undefined` if there is none. */
  readonly placeIn: (stream: string, revision: number) => Promise<Place | undefined>;
};
export type Scanned = { readonly events: readonly SealedEvent[]; readonly last: Place | null };
export type Scan = {
  /** Our next events after a place, at most `limit`; `last` is the place of the last of them, or `after` if there is none. */
  readonly after: (after: Place | null, limit: number) => Promise<Scanned>;
};

/** Read at least, so that a small page between many foreign records does not take many calls. */
const READ_MIN = 100;

export const createScan = (uses: ScanUses): Scan => {
  /** How far it was seen that nothing of ours comes after a place: a ledger among others' events is not read again at each poll. */
  let idle: { readonly after: Place | null; readonly upTo: Place } | undefined;
  /** Kept once it is known: the log never moves it. */
  let opening: Place | undefined;
  const dense = createDenseCheck(uses.placeIn);

  const findOpening = async (): Promise<Place | null> => {
    if (uses.openedBy !== undefined) opening ??= await uses.placeIn(uses.openedBy, 0);
    return opening ?? null;
  };

  return {
    async after(after, limit) {
      let from = idle && isSame(idle.after, after) ? idle.upTo : (after ?? (await findOpening()));
      for (;;) {
        const page = await uses.readFrom(from, Math.max(limit, READ_MIN) + 1);
        // What was read before stands there for good: otherwise the place is one of another log.
        if (from !== null && isSame(from, after) && !isAt(page[0], from)) throw new StoreUnavailable('foreign_place');
        const fresh = page.filter((record) => !isAt(record, after)); // a read includes the place that it starts from
        const read = fresh.flatMap((record) => readOf(record, uses)).slice(0, limit);
        if (read.length > 0) {
          await dense.check(read, after);
          return { events: read.map(({ sealed }) => sealed), last: read.at(-1)?.place ?? after };
        }
        const last = fresh.at(-1);
        const seen = last && placeOf(last);
        if (seen === undefined || isSame(seen, from)) return { events: [], last: after };
        idle = { after, upTo: seen };
        from = seen;
      }
    },
  };
};

type Ours = { readonly sealed: SealedEvent; readonly place: Place };

const readOf = ({ event }: AllStreamResolvedEvent, { prefix }: ScanUses): readonly Ours[] =>
  event === undefined || foreignOf(event, prefix) ? [] : [{ sealed: sealedOf(event, prefix), place: event.position }];

const isSame = (a: Place | null, b: Place | null): boolean => a?.commit === b?.commit && a?.prepare === b?.prepare;
const isAt = (record: AllStreamResolvedEvent | undefined, place: Place | null): boolean =>
  record !== undefined && isSame(placeOf(record) ?? null, place);

/**
 * Every stream's revisions run on without a gap. Of a stream that is met in the middle, the event before must stand where has been read already:
 * otherwise it was left out.
 */
const createDenseCheck = (placeIn: ScanUses['placeIn']) => {
  /** The last revision of each stream met on the way to `at`: whoever goes on from elsewhere starts anew. */
  let heads = new Map<string, number>();
  let at: Place | null = null;

  const refuseLeftOut = async (stream: string, revision: number, after: Place | null): Promise<void> => {
    const place = after === null ? undefined : await placeIn(stream, revision);
    if (after === null || place === undefined || place.commit > after.commit) throw corrupt('order', stream, revision);
  };

  return {
    /** Throws `StoreCorrupt`, which names the event that is missing. */
    async check(read: readonly Ours[], after: Place | null): Promise<void> {
      if (!isSame(at, after) || heads.size > REMEMBERED_MAX) heads = new Map();
      const metInTheMiddle: (readonly [stream: string, before: number])[] = [];
      const met = new Map<string, number>();
      for (const { sealed } of read) {
        const { stream, revision } = sealed.event;
        const before = met.get(stream) ?? heads.get(stream);
        if (before === undefined && revision > 0) metInTheMiddle.push([stream, revision - 1]);
        else if (revision !== (before ?? -1) + 1) throw corrupt('order', stream, Math.min((before ?? -1) + 1, revision));
        met.set(stream, revision);
      }
      await Promise.all(metInTheMiddle.map(([stream, before]) => refuseLeftOut(stream, before, after)));
      for (const [stream, revision] of met) heads.set(stream, revision);
      at = read.at(-1)?.place ?? after;
    },
  };
};
