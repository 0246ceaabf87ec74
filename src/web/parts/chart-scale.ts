/** From instants to places on the chart and back, and where its axis is marked. Instants in ms since 1970, [from, to). */

export type Span = { readonly from: number; readonly to: number };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const SPAN_MS_MIN = HOUR_MS;

export const widthOf = ({ from, to }: Span): number => to - from;
export const shareOf = (ms: number, span: Span): number => (ms - span.from) / widthOf(span);
export const msAt = (share: number, span: Span): number => span.from + share * widthOf(span);

/** Closer by a factor above 1, around the instant that stays where it is; never beyond the whole. */
export const zoomed = (span: Span, whole: Span, factor: number, around: number): Span => {
  const width = Math.min(widthOf(whole), Math.max(SPAN_MS_MIN, widthOf(span) / factor));
  const from = around - shareOf(around, span) * width;
  return within({ from, to: from + width }, whole);
};
export const moved = (span: Span, whole: Span, share: number): Span => {
  const by = widthOf(span) * share;
  return within({ from: span.from + by, to: span.to + by }, whole);
};
const within = ({ from, to }: Span, whole: Span): Span => {
  const shift = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
  return { from: Math.round(Math.max(whole.from, from + shift)), to: Math.round(Math.min(whole.to, to + shift)) };
};

// ---- The axis

export type Tick = { readonly ms: number; readonly label: string };
type Unit = { readonly unit: 'hour' | 'day' | 'month' | 'year'; readonly every: number; readonly ms: number };
const UNITS: readonly Unit[] = [
  ...[1, 2, 3, 6, 12].map((every) => ({ unit: 'hour' as const, every, ms: every * HOUR_MS })),
  ...[1, 2, 7, 14].map((every) => ({ unit: 'day' as const, every, ms: every * DAY_MS })),
  ...[1, 3, 6].map((every) => ({ unit: 'month' as const, every, ms: every * 30 * DAY_MS })),
  ...[1, 2, 5, 10].map((every) => ({ unit: 'year' as const, every, ms: every * 365 * DAY_MS })),
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Beginnings of local hours, days, months or years: at most `max` of them. */
export const ticksOf = (span: Span, zone: string, max: number): readonly Tick[] => {
  const found = UNITS.find(({ ms }) => widthOf(span) / ms <= max) ?? UNITS.at(-1);
  if (!found) return [];
  const { unit, every } = found;
  const ticks: Tick[] = [];
  for (let local = firstOf(span.from, zone, found); local.epochMilliseconds < span.to; local = local.add({ [`${unit}s`]: every }))
    if (local.epochMilliseconds >= span.from) ticks.push({ ms: local.epochMilliseconds, label: labelOf(local, unit) });
  return ticks;
};

const firstOf = (ms: number, zone: string, { unit, every }: Unit): Temporal.ZonedDateTime => {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const day = local.startOfDay();
  if (unit === 'hour') return day.add({ hours: Math.floor(local.hour / every) * every });
  if (unit === 'day') return day;
  return unit === 'month' ? day.with({ day: 1 }) : day.with({ day: 1, month: 1 });
};

const labelOf = (local: Temporal.ZonedDateTime, unit: Unit['unit']): string => {
  const day = `${local.day} ${MONTHS[local.month - 1]}`;
  if (unit === 'year') return `${local.year}`;
  if (unit === 'month') return `${MONTHS[local.month - 1]} ${local.year}`;
  if (unit === 'day' || (local.hour === 0 && local.minute === 0)) return day;
  return `${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`;
};

// ---- How densely it is asked for

const STEPS: readonly (readonly [step: string, ms: number])[] = [
  ...[1, 5, 15, 30].map((minutes) => [`PT${minutes}M`, minutes * 60_000] as const),
  ...[1, 2, 3, 6, 12].map((hours) => [`PT${hours}H`, hours * HOUR_MS] as const),
  ...[1, 2, 7, 30].map((days) => [`P${days}D`, days * DAY_MS] as const),
];
/** The shortest step of samples of which a span has no more than `max`. */
export const stepFor = (span: Span, max: number): string => (STEPS.find(([, ms]) => widthOf(span) / ms <= max) ?? ['P365D'])[0];
