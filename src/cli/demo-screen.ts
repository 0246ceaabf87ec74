/** The demo's screen of the illustrative case, made from answers alone. */

import { endingIn, groundsNamed } from '../wording/endings.ts';
import { figureText } from '../wording/figure-text.ts';
import { durationOf, extentOf, hourOf, msBetween, zoneNote } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT, countedWords, DEFINITION_WORDS, GROUND_WORDS, spoken, unitOf } from '../wording/words.ts';
import { type Line, type State, type Total, totalOf } from './answers.ts';
import { chartNote, stepChart } from './chart.ts';
import type { DemoAnswers, Moment } from './demo-answers.ts';
import { footingParts } from './figure-lines.ts';
import { aligned, wrapped } from './terminal.ts';
import { refsOf } from './timeline.ts';

export const demoScreen = (found: DemoAnswers, columns: number): readonly string[] => [
  ...heading(found),
  '',
  ...table(found),
  '',
  ...makeUp(found),
  ...sequence(found),
  '',
  ...hadItComplied(found),
  ...correction(found),
  '',
  ...charts(found, columns),
  '',
  ...underFigures(found).flatMap((part) => wrapped(part, columns, '  ')),
  CAVEAT,
];

/** A line each: the hour of recording differs from screen to screen, and must not move what follows. */
const underFigures = ({ end, subjects: { zone }, recordedAt }: DemoAnswers): readonly string[] =>
  footingParts({ unit: unitOf(end.kinds), validAt: end.validAt, zone, position: end.position, recordedAt }, totalOf(end));

const heading = ({ subjects: { orders, zone }, moments, end, inSeveral }: DemoAnswers): readonly string[] => {
  const listed = orders.map((order) => order.listed.counted);
  const from = moments[0]?.lines[0]?.occurredAt.earliest ?? end.validAt;
  const [first, last] = [from, end.validAt].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone).year);
  const years = first === last ? `${first}` : `${first}–${last}`;
  const shared = inSeveral === 0 ? 'none in both' : `${counted(inSeveral)} in both`;
  return [
    'ENFORCEMENT LEDGER demo     SYNTHETIC ACCOUNTS: an illustration, not findings',
    `${counted(orders.length)} orders, ${listed.map(counted).join(' + ')} = ${counted(listed.reduce((a, b) => a + b, 0))} accounts, ${shared}     ${years}, ${zoneNote(zone, from)}`,
  ];
};

// ---- The table

const WORDS_WIDTH = 16;
/** What is said of several acts, each from the start of a line. */
const wordLines = (words: string): readonly string[] => words.split(/(?<=,) /).flatMap((part) => wrapped(part, WORDS_WIDTH));

const table = ({ subjects: { orders, zone }, moments }: DemoAnswers): readonly string[] => {
  const names = ['IN EFFECT AT', '', ...orders.map(({ ref }) => `ORDER ${safe(ref)}`), 'BOTH'];
  const ids = orders.map(({ id }) => id);
  const rows = moments.map((moment) => {
    const [first] = moment.lines;
    const hour = first ? extentOf(first.occurredAt, zone, { year: false }) : '';
    const words = wordsOf(moment, moments, (line) => refsOf(line.orders, orders));
    return moment.state ? { cells: cellsOf(moment.state, ids), hour, words } : { cells: undefined, hour, words };
  });
  const exact = rows.flatMap(({ hour, words, cells }) => {
    const [head = '', ...more] = wordLines(words);
    return cells ? [[hour, head, ...cells], ...more.map((text) => ['', text])] : [];
  });
  const lines = aligned([names, ...exact], ['left', 'left', ...names.slice(2).map(() => 'right' as const)]);
  return withUncertain(lines, rows);
};

const cellsOf = (state: State, orders: readonly string[]): readonly string[] => [
  ...orders.map((id) => {
    const figures = state.orders.find(({ order }) => order === id);
    return figures ? figureText(figures.effective) : '–';
  }),
  figureText(totalOf(state).effective),
];

type Row = { readonly hour: string; readonly words: string; readonly cells: readonly string[] | undefined };

/** What has no exact hour has no figures, and goes over the columns in its place. */
const withUncertain = (lines: readonly string[], rows: readonly Row[]): readonly string[] => {
  const [names = '', ...rest] = lines;
  const out = [names];
  let next = 0;
  for (const { hour, words, cells } of rows) {
    if (!cells) {
      out.push(`${hour}: ${words}`);
      continue;
    }
    const height = wordLines(words).length;
    out.push(...rest.slice(next, next + height));
    next += height;
  }
  return out;
};

const VERBS: { readonly [type: string]: string } = {
  TargetBlocked: 'suspended',
  TargetWithheld: 'withheld',
  TargetReinstated: 'restored',
  TargetDeclined: 'refused',
};

/** Acts of one instant in this order: in which of them the log has them first, is chance. */
const ACTS: readonly string[] = ['TargetWithheld', 'TargetBlocked', 'TargetReinstated', 'TargetDeclined'];

/** `250 restored after 5 h 50 m`, `order O1 served`, `review committee meets` */
const wordsOf = (moment: Moment, moments: readonly Moment[], refs: (line: Line) => readonly string[]): string => {
  const groups = [...Map.groupBy(moment.lines, ({ type }) => type)].toSorted(([a], [b]) => ACTS.indexOf(a) - ACTS.indexOf(b));
  const parts = groups.map(([type, lines]) => {
    const [first] = lines;
    if (type === 'OrderServed') return `order ${lines.flatMap(refs).join(', ')} served`;
    if (type === 'MeetingHeld') return `${spoken(String(first?.says['purpose'] ?? ''))} meeting`;
    const accounts = lines.reduce((sum, { kinds }) => sum + (kinds['account'] ?? 0), 0);
    const after = type === 'TargetReinstated' ? sinceRestricted(moment, moments) : '';
    const where = lines.every(isSuspension) ? WORLDWIDE : '';
    return `${counted(accounts)} ${VERBS[type] ?? spoken(type)}${where}${after}`;
  });
  return parts.join(', ');
};

const WORLDWIDE = ' worldwide';
/** A block has no places: it is worldwide. */
const isSuspension = ({ type, says }: Line): boolean => type === 'TargetBlocked' && says['measure'] === 'suspended';

const RESTRICTING = ['TargetBlocked', 'TargetWithheld'];

const sinceRestricted = ({ lines: [line] }: Moment, moments: readonly Moment[]): string => {
  const at = line?.occurredAt.earliest ?? '';
  const earlier = moments
    .flatMap(({ lines }) => lines)
    .filter(({ type, occurredAt }) => RESTRICTING.includes(type) && occurredAt.latest < at);
  const last = earlier.at(-1);
  return last ? ` after ${durationOf(msBetween(last.occurredAt.latest, at))}` : '';
};

// ---- Below the table

const makeUp = ({ subjects, moments, end }: DemoAnswers): readonly string[] => {
  const { inEffect, notInEffect } = totalOf(end).makeUp;
  const parts = Object.entries(GROUND_WORDS).flatMap(([status, words]) => {
    const pairs = Object.entries(inEffect).find(([known]) => known === status)?.[1] ?? 0;
    const measure = status === 'platform_rules' ? measureUnderRules(moments) : '';
    return pairs > 0 ? [[counted(pairs), `${words}${measure}`]] : [];
  });
  const rest = notInEffect.map((found) => [counted(found.pairs), restWords(found, moments, end.validAt)]);
  const missing = notInEffect.reduce((sum, { pairs }) => sum + pairs, 0);
  const of = subjects.orders.filter(({ id }) => end.orders.some(({ order, makeUp: own }) => order === id && own.notInEffect.length > 0));
  const under = of.length === 1 ? `, all under order ${safe(of[0]?.ref ?? '')}` : '';
  return [
    `In effect at ${hourOf(end.validAt, subjects.zone)}: ${figureText(totalOf(end).effective)}, made of`,
    ...aligned(parts, ['right', 'left']).map((line) => `  ${line}`),
    `Not in effect: ${counted(missing)}${under}`,
    ...aligned(rest, ['right', 'left']).map((line) => `  ${line}`),
    ...classesStated(moments),
  ];
};

/** `, suspended worldwide`, if every act under the platform's own rules was just that. */
const measureUnderRules = (moments: readonly Moment[]): string => {
  const acts = moments.flatMap(({ lines }) => lines).filter(({ says }) => says['basis'] === 'platform_rules');
  return acts.length > 0 && acts.every(isSuspension) ? `, suspended${WORLDWIDE}` : '';
};

/** With what the chronology shows beyond the class. */
const restWords = (found: NotInEffectCount, moments: readonly Moment[], at: string): string => {
  const lines = moments.flatMap((moment) => moment.lines);
  const said = { refusals: groundsNamed(lines), ending: endingIn(lines, at) };
  return countedWords({ ...found, refused: found.responseDeclined ? found.pairs : 0 }, said);
};
type NotInEffectCount = Total['makeUp']['notInEffect'][number];

const classesStated = (moments: readonly Moment[]): readonly string[] => {
  const refusals = moments.flatMap(({ lines }) => lines).filter(({ type }) => type === 'TargetDeclined');
  const sum = new Map<string, number>();
  for (const { classes } of refusals) for (const [name, number] of Object.entries(classes)) sum.set(name, (sum.get(name) ?? 0) + number);
  if (sum.size === 0) return [];
  return [
    `  (classes as the platform states them: ${[...sum].map(([name, number]) => `${spoken(safe(name))} ${counted(number)}`).join(', ')})`,
  ];
};

/** What was done after the meeting: the difference of two figures, and the time between. */
const sequence = ({ subjects: { zone }, moments }: DemoAnswers): readonly string[] => {
  const place = moments.findLastIndex(({ lines }) => lines.some(({ type }) => type === 'MeetingHeld'));
  const meeting = moments[place]?.lines[0]?.occurredAt;
  const before = moments.slice(0, place).findLast(({ state }) => state !== undefined)?.state;
  const after = moments.slice(place).find(({ state }) => state !== undefined)?.state;
  if (!meeting || !before || !after) return [];
  const more = totalOf(after).effective.numerator - totalOf(before).effective.numerator;
  const [least, most] = [msBetween(meeting.latest, after.validAt), msBetween(meeting.earliest, after.validAt)];
  return [
    `${counted(more)} more followed the meeting of ${extentOf(meeting, zone, { year: false, words: false })},`,
    `  ${Math.round(least / HOUR_MS)} to ${Math.round(most / HOUR_MS)} h after its start. Sequence, not cause.`,
  ];
};
const HOUR_MS = 3_600_000;

const hadItComplied = ({ subjects: { zone }, asked: { validAt, ...asked } }: DemoAnswers): readonly string[] => {
  const [ever, effective] = [DEFINITION_WORDS.ever, DEFINITION_WORDS.effective];
  const width = Math.max(ever.length, effective.length) + 2;
  return [
    `Had the platform complied at ${hourOf(validAt, zone)}? It depends on what is meant:`,
    `  ${ever.padEnd(width)}${figureText(totalOf(asked).ever)}`,
    `  ${effective.padEnd(width)}${figureText(totalOf(asked).effective)}`,
  ];
};

const correction = ({ subjects: { zone }, correction: { position, line, before, now } }: DemoAnswers): readonly string[] => {
  const { occurredAt, struck, target } = line.first;
  const was = extentIn(struck?.['occurredAt']);
  const instead = was ? `, was at first recorded as ${hourOf(was, zone, { year: false })}` : '';
  return [
    `That ${safe(target?.verbatim ?? '')} was restored ${extentOf(occurredAt, zone, { year: false })}${instead}.`,
    `  Event ${counted(position)} corrected it: a further event, the first one stays.`,
    `  In effect at ${hourOf(now.validAt, zone)}, as known to event ${counted(before.position)}: ${figureText(totalOf(before).effective)}`,
    `  ${' '.repeat(`In effect at ${hourOf(now.validAt, zone)},`.length)} as known to event ${counted(now.position)}: ${figureText(totalOf(now).effective)}`,
  ];
};

const extentIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'earliest' in value && typeof value.earliest === 'string' ? value.earliest : undefined;

const charts = ({ subjects: { orders, zone }, curve }: DemoAnswers, columns: number): readonly string[] => {
  const drawn = orders.map(({ id, ref }) => {
    const points = curve.orders.find(({ order }) => order === id)?.points ?? [];
    return { ref, steps: points.map(({ at, effective }) => ({ at, percent: effective.percent })) };
  });
  const note = chartNote(
    drawn.flatMap(({ steps }) => steps),
    zone,
    curve.from,
  );
  return [
    ...wrapped(`${DEFINITION_WORDS.effective} ${note}`, columns, '  '),
    ...drawn.flatMap(({ ref, steps }) => [
      `ORDER ${safe(ref)}`,
      ...stepChart({ steps, from: curve.from, to: curve.to, zone, widthMax: columns }),
    ]),
  ];
};
