/**
 * Which facts of a plain log stand: at a position, after corrections and retractions, and as published by a day. It imports nothing from
 * `src`, so that it can contradict it.
 */
import { z } from 'zod';

export type LogEvent = {
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: { readonly [field: string]: unknown };
};

/** One instant somewhere in a closed range, in milliseconds since 1970. */
export type Range = { readonly earliest: number; readonly latest: number };

export const millisecondsOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

/** The facts that stand when the ledger knows its first `knownAt` events; each keeps its place. */
export const effectiveFacts = (log: readonly LogEvent[], knownAt: number): readonly LogEvent[] => {
  const known = log.filter(({ position }) => position <= knownAt);
  const retractions = known.filter(({ type }) => type === 'EventRetracted').map(({ data }) => Retraction.parse(data));
  const corrections = known.filter(({ type }) => type === 'EventCorrected').map(({ data }) => Correction.parse(data));
  const isRetracted = (fact: LogEvent) => retractions.some(({ event }) => event === fact.id);
  return known
    .filter(({ type }) => type !== 'EventRetracted' && type !== 'EventCorrected')
    .filter((fact) => !isRetracted(fact))
    .map((fact) => ({
      ...fact,
      data: corrections.filter(({ event }) => event === fact.id).reduce<LogEvent['data']>(corrected, fact.data),
    }));
};

const corrected = (data: LogEvent['data'], { changes, removes }: z.infer<typeof Correction>): LogEvent['data'] => {
  const kept = Object.entries(data).filter(([field]) => !removes.includes(field));
  return { ...Object.fromEntries(kept), ...changes };
};

/** Leaves out what was provably published later, by all of its sources; a source that does not say when keeps its fact. */
export const publishedBy = (facts: readonly LogEvent[], instant: number): readonly LogEvent[] =>
  facts.filter(({ data }) => {
    const { sources } = Sourced.parse(data);
    return sources.length === 0 || sources.some(({ publishedAt }) => publishedAt === undefined || publishedAt.earliest <= instant);
  });

export const Instant = z.string().transform(millisecondsOf);
export const Extent = z.object({ earliest: Instant, latest: Instant });

const Retraction = z.object({ event: z.string() });
const Correction = z.object({ event: z.string(), changes: z.record(z.string(), z.unknown()), removes: z.array(z.string()).default([]) });
const Sourced = z.object({ sources: z.array(z.object({ publishedAt: Extent.optional() })).default([]) });
