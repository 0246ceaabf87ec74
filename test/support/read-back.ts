/** What was read out of a row, said back in full before it is recorded: which target, which hours, with the month in words and never without the zone. */
import { MONTH_NAMES } from '../../src/domain/calendar.ts';
import { zoneName } from '../../src/wording/hours.ts';
import { safe } from '../../src/wording/text.ts';

type Time = { readonly earliest: string; readonly latest: string; readonly precision: string; readonly zone: string };
export type ReadBack = {
  /** `account synthetic_one on twitter.com`; `null` for a fact about no target. */
  readonly target: string | null;
  /** By field, as in `occurredAt`: `1 February 2021, 14:00 IST`. */
  readonly times: readonly { readonly field: string; readonly words: string }[];
};

/** `data` of a fact as parsed: extents and the target are found in it by their form. Instants that act by themselves are said in `zone`. */
export const readBackOf = (data: { readonly [field: string]: unknown }, zone: string): ReadBack => ({
  target: isTarget(data['target']) ? targetWords(data['target']) : null,
  times: Object.entries(data).flatMap(([field, value]) => {
    if (isTime(value)) return [{ field, words: timeWords(value) }];
    return typeof value === 'string' && INSTANT.test(value) ? [{ field, words: instantWords(value, zone) }] : [];
  }),
});

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const isObject = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null;

const isTime = (value: unknown): value is Time =>
  isObject(value) && ['earliest', 'latest', 'precision', 'zone'].every((member) => typeof value[member] === 'string');

type Target = { readonly platform: string; readonly kind: string; readonly key: string };
const isTarget = (value: unknown): value is Target =>
  isObject(value) && ['platform', 'kind', 'key'].every((member) => typeof value[member] === 'string');

const targetWords = ({ platform, kind, key }: Target): string => `${kind} ${safe(key)} on ${safe(platform)}`;

const local = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
const dayWords = ({ day, month, year }: Temporal.ZonedDateTime): string => `${day} ${MONTH_NAMES[month - 1]} ${year}`;
const two = (number: number): string => String(number).padStart(2, '0');

const clockWords = ({ hour, minute, second, millisecond }: Temporal.ZonedDateTime, precision?: string): string => {
  const seconds = precision === 'second' || second > 0 || millisecond > 0 ? `:${two(second)}` : '';
  return `${two(hour)}:${two(minute)}${seconds}${millisecond > 0 ? `.${String(millisecond).padStart(3, '0')}` : ''}`;
};

const instantWords = (instant: string, zone: string, precision?: string): string => {
  const at = local(instant, zone);
  return `${dayWords(at)}, ${clockWords(at, precision)} ${zoneName(zone, instant)}`;
};

const timeWords = ({ earliest, latest, precision, zone }: Time): string => {
  if (earliest === latest) return instantWords(earliest, zone, precision);
  const [from, last] = [local(earliest, zone), local(latest, zone)];
  const name = zoneName(zone, earliest);
  switch (precision) {
    case 'day':
      return `${dayWords(from)} (${name}), hour not known`;
    case 'month':
      return `${MONTH_NAMES[from.month - 1]} ${from.year} (${name}), day not known`;
    case 'year':
      return `${from.year} (${name}), day not known`;
    default: {
      const end = last.millisecond === 999 ? last.add({ milliseconds: 1 }) : last;
      const isOneDay = last.toPlainDate().equals(from.toPlainDate());
      const until = isOneDay && end.day !== from.day ? '24:00' : clockWords(end);
      return `between ${dayWords(from)}, ${clockWords(from)} and ${isOneDay ? '' : `${dayWords(end)}, `}${until} ${name}`;
    }
  }
};
