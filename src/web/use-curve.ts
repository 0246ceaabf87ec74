/** The curve of a span: every change, as long as there are not too many, else samples as close as the chart can show. */
import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { densityReply } from '../api/schemas/learned.ts';
import type { Case, Curve, Order } from './answers.ts';
import { ask, type Failure, pathWith } from './ask.ts';
import { instantAt } from './hour-steps.ts';
import { DAY_MS, HOUR_MS, type Span, stepFor, widthOf } from './parts/chart-scale.ts';
import { useAnswer } from './use-answer.ts';

const COARSE = 30; // samples where the changes say all
const FINE = 1_000; // one for each pixel or so
const PARTS = 160;

type CurveAsked = {
  readonly caseId: string;
  readonly orders: number;
  readonly span: Span;
  readonly zone: string;
  readonly position: number;
  readonly by: string | undefined;
};
type CurveAnswer = { readonly curve: Curve | undefined; readonly buckets: readonly number[]; readonly failure: Failure | undefined };

export const useCurve = ({ caseId, orders, span, zone, position, by }: CurveAsked): CurveAnswer => {
  const period = { case: caseId, from: instantAt(span.from), to: instantAt(span.to), knownAt: position, reportedBy: by };
  const pathAt = (samples: number): string => pathWith('/v1/compliance', { ...period, zone, step: stepFor(span, samples) });
  const changes = useAnswer<Curve>(orders === 0 ? undefined : pathAt(COARSE));
  const isTooMany = changes.value?.changes === 'omitted' && !changes.isLate;
  const samples = useAnswer<Curve>(isTooMany ? pathAt(Math.min(FINE, Math.floor(FINE / Math.max(1, orders / 10)))) : undefined);
  const density = useAnswer<z.infer<typeof densityReply>>(
    changes.value || orders === 0 ? pathWith('/v1/chronology/density', { ...period, parts: PARTS }) : undefined,
  );
  return {
    curve: isTooMany ? (samples.value ?? changes.value) : changes.value,
    buckets: density.value?.buckets ?? NONE,
    failure: changes.failure ?? samples.failure,
  };
};
const NONE: readonly number[] = [];

const HOURS_MS = 20 * DAY_MS;
type HoursAsked = Omit<CurveAsked, 'span' | 'orders'> & { readonly at: string; readonly isNeeded: boolean };

/** The local hours around the one looked at, where the chart's own samples are further apart: so that each step of the cursor is answered at once. */
export const useHours = ({ caseId, at, zone, position, by, isNeeded }: HoursAsked): Curve | undefined => {
  const place = Math.floor(Date.parse(at) / HOURS_MS);
  const pathOf = (of: number): string =>
    pathWith('/v1/compliance', {
      case: caseId,
      from: instantAt(of * HOURS_MS),
      to: instantAt((of + 1) * HOURS_MS),
      knownAt: position,
      reportedBy: by,
      zone,
      step: 'PT1H',
    });
  const [before, after] = [pathOf(place - 1), pathOf(place + 1)];
  useEffect(() => {
    // Where the cursor goes next; if it cannot be had, it is asked for when it is needed, and said then.
    if (isNeeded) for (const path of [after, before]) ask(path).catch(() => undefined);
  }, [before, after, isNeeded]);
  return useAnswer<Curve>(isNeeded ? pathOf(place) : undefined).value;
};

/** `whole`: as far as the chart goes; `start`: what it shows first. */
export type Spans = { readonly whole: Span; readonly start: Span };

/**
 * From the first that is on record to the end of what is declared complete, with a little air at both ends. Where nothing is declared complete it goes on to
 * the hour looked at, and begins with the orders' own life: years in which hardly anything is on record would hide it.
 */
export const spansOf = ({ openedAt }: Case, orders: readonly Order[], at: string): Spans => {
  const from = Math.min(...[openedAt, ...orders.map(({ issuedAt }) => issuedAt)].map(({ earliest }) => Date.parse(earliest)));
  const declared = orders.map(({ coveredTo }) => coveredTo);
  const lives = orders.flatMap(livedTo).map((instant) => Date.parse(instant));
  const isDeclared = orders.length > 0 && !declared.includes(null);
  if (isDeclared) {
    const whole = aired(from, Math.max(...lives, ...declared.map((instant) => Date.parse(instant ?? ''))));
    return { whole, start: whole };
  }
  const whole = aired(from, Math.max(...lives, Date.parse(at)));
  const first = aired(from, Math.min(whole.to, Math.max(from, ...lives) + AFTERWARDS_MS));
  return { whole, start: { from: Math.max(whole.from, first.from), to: Math.min(whole.to, first.to) } };
};
const AFTERWARDS_MS = 4 * DAY_MS; // what was said and claimed soon after

const aired = (from: number, to: number): Span => {
  const end = Math.max(to, from + DAY_MS);
  const air = Math.max(HOUR_MS, widthOf({ from, to: end }) * 0.02);
  return { from: floorHour(from - air), to: floorHour(end + air) + HOUR_MS };
};
const floorHour = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;

/** What is on record of an order's own life. */
const livedTo = ({ issuedAt, receipts, notices, answers, revocations, stays }: Order): readonly string[] => [
  issuedAt.latest,
  ...receipts.map(({ receivedAt }) => receivedAt.latest),
  ...[...notices, ...answers, ...revocations, ...stays].map(({ occurredAt }) => occurredAt.latest),
];
