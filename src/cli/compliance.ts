/** `ledger compliance`: the figures of orders at an instant, or how they changed over a period. */
import type { Command } from 'commander';
import { presumptionParts } from '../wording/coverage.ts';
import { figureText } from '../wording/figure-text.ts';
import { endHourOf, hourOf, msOf } from '../wording/hours.ts';
import { PUBLISHED_WORDS, publishedByWords } from '../wording/published.ts';
import { partsAt } from '../wording/standing.ts';
import { safe } from '../wording/text.ts';
import { CAVEAT, DEFINITION_WORDS, type Unit, unitOf } from '../wording/words.ts';
import { answers, type Curve, type Order, type Point, type State, type Total } from './answers.ts';
import { type AskingOptions, askingAboutOrders, instantLine, instantMeant, NO_TOTAL, orderHeading, titleOf, withLedger } from './asking.ts';
import { chartNote, stepChart } from './chart.ts';
import { asked, type Ledger, read } from './client.ts';
import { type About, figureLines, footing, requestedLines } from './figure-lines.ts';
import { recordedAtOf, recordedLine } from './knowledge.ts';
import { endingOf, hasRefusals, hasReversed, orderNotes, refusalsOf } from './order-notes.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { type Known, type Subjects, subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { aligned, folded } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

type Options = AskingOptions & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
  readonly kinds?: string;
  readonly definitions?: string;
  readonly tolerance?: string;
  readonly reportedBy?: string;
};

export const complianceCommand = (shell: Shell): Command =>
  askingAboutOrders('compliance')
    .description('how many accounts under an order were restricted as it asks, at an instant or over a period')
    .option(
      '--at <hour>',
      'such as 2021-02-12T09:00, an hour of the case, or with an offset (default: the end to which the record is complete, or now)',
    )
    .option('--from <hour>', 'with --to: how it changed over a period')
    .option('--to <hour>')
    .option('--step <duration>', 'between samples, such as PT1H; without it only changes are printed')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--definitions <definitions>', 'further definitions of compliance, separated by commas, or all')
    .option('--tolerance <duration>', 'such as PT36H: to which orders are held that set no number of hours')
    .option('--reported-by <hour>', `as published by then: ${PUBLISHED_WORDS}`)
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const subjects = await subjectsOf(ledger, { order: options.order, case: options.case, known });
        const question: Question = { ledger, known, subjects, options, columns: shell.columns };
        const lines = options.from === undefined && options.to === undefined ? await atInstant(question) : await overPeriod(question);
        for (const line of lines) shell.print(line);
      }),
    );

type Question = {
  readonly ledger: Ledger;
  readonly known: Known | undefined;
  readonly subjects: Subjects;
  readonly options: Options;
  readonly columns: number;
};

type FromWhere = { readonly tolerance?: string | undefined; readonly reportedBy?: string | undefined };
const standpointOf = ({ options: { tolerance, reportedBy }, subjects }: Question): FromWhere => ({
  tolerance,
  reportedBy: reportedBy === undefined ? undefined : instantFrom(reportedBy, subjects.zone),
});

/** A figure never travels without its terms. */
const standpointLines = ({ tolerance, reportedBy }: Options, zone: string): readonly string[] => [
  ...(reportedBy === undefined ? [] : [publishedByWords(instantFrom(reportedBy, zone), zone)]),
  ...(tolerance === undefined
    ? []
    : [`where an order sets no number of hours, held to ${safe(tolerance)} as you asked; no law is said to set it`]),
];

const idsOf = ({ orders }: Subjects): string => orders.map(({ id }) => id).join(',');

// ---- At an instant

const atInstant = async (question: Question): Promise<readonly string[]> => {
  const { ledger, known, subjects, options, columns } = question;
  const { at, step, kinds, json, definitions, tolerance } = options;
  if (step !== undefined) throw new Stopped(EXIT.usage, '--step belongs to a period: give --from and --to.');
  const meant = instantMeant(at, subjects);
  const text = await asked(
    ledger,
    withPoint('/v1/compliance', known?.position, { orders: idsOf(subjects), at: meant.at, kinds, definitions, ...standpointOf(question) }),
  );
  if (json) return [text];
  const state = read(answers.state, text);
  const recordedAt = await recordedAtOf(ledger, state.position);
  const part = async (name: string, figures: Total, orders: readonly Order[]): Promise<readonly string[]> => {
    const about = { ...(await aboutOf(ledger, state, figures, orders)), ...(tolerance !== undefined && { tolerance: safe(tolerance) }) };
    const [first] = orders;
    const zone = orders.length === 1 && first ? zoneOf(subjects, first) : subjects.zone;
    const context = { unit: about.unit, validAt: state.validAt, zone, position: state.position, recordedAt };
    const notes = orders.length === 1 ? orders.flatMap((order) => orderNotes(order, state.kinds)) : [];
    const [head, foot] = [notes, [footing(context, figures)]].map((lines) => lines.flatMap((line) => indented(line, columns)));
    const figured = [...figureLines(figures, about), ...requestedLines(figures, about)].flatMap((line) => folded(line, columns));
    return ['', name, ...(head ?? []), ...figured, ...(foot ?? [])];
  };
  const parts = await Promise.all(
    subjects.orders.map((order) => {
      const figures = state.orders.find(({ order: id }) => order.id === id);
      return figures ? part(orderHeading(subjects, order), figures, [order]) : [];
    }),
  );
  return [
    titleOf(subjects),
    instantLine(meant, subjects.zone),
    ...standpointLines(options, subjects.zone).flatMap((line) => folded(line, columns)),
    ...parts.flat(),
    ...(await totalPart(subjects, state, (total) => part(`ALL ${subjects.orders.length} ORDERS`, total, subjects.orders))),
    '',
    CAVEAT,
  ];
};

const INDENT = '  ';
const indented = (line: string, columns: number): readonly string[] => (line === '' ? [] : folded(INDENT + line, columns));

const totalPart = async <T>(
  { orders }: Subjects,
  { total }: { readonly total: T | null },
  part: (total: T) => Promise<readonly string[]> | readonly string[],
): Promise<readonly string[]> => {
  if (orders.length < 2) return [];
  return total === null ? ['', NO_TOTAL] : await part(total);
};

const aboutOf = async (ledger: Ledger, state: State, figures: Total, orders: readonly Order[]): Promise<About> => {
  const ids = orders.map(({ id }) => id);
  const moment = { at: state.validAt, position: state.position };
  const isSeveral = orders.length > 1;
  const found = orders.map((order) => ({ order, figures: state.orders.find(({ order: id }) => order.id === id) }));
  return {
    unit: unitOf(state.kinds),
    refusals: hasRefusals(figures.makeUp) ? await refusalsOf(ledger, ids, moment) : 'not_asked',
    ending: hasReversed(figures.makeUp) ? await endingOf(ledger, ids, moment) : 'not_asked',
    parts: partsAt(orders, state.orders, state.validAt),
    withoutList: isSeveral
      ? found.flatMap(({ order, figures: own }) => (own?.effective.reason === 'no_target_list' ? [safe(order.ref)] : []))
      : [],
  };
};

// ---- Over a period

const overPeriod = async (question: Question): Promise<readonly string[]> => {
  const { ledger, known, subjects, options, columns } = question;
  const { from, to, at, step, kinds, json } = options;
  const { zone } = subjects;
  if (from === undefined || to === undefined) throw new Stopped(EXIT.usage, '--from and --to go together.');
  if (at !== undefined) throw new Stopped(EXIT.usage, '--at is one instant: leave out --from and --to.');
  const period = { from: instantFrom(from, zone), to: instantFrom(to, zone) };
  const orders = idsOf(subjects);
  const text = await asked(
    ledger,
    withPoint('/v1/compliance', known?.position, { orders, ...period, step, kinds, zone, ...standpointOf(question) }),
  );
  if (json) return [text];
  const curve = read(answers.curve, text);
  const end = await stateAt(ledger, curve, { orders, kinds, at: lastInstantOf(curve) });
  const unit = unitOf(curve.kinds);
  const isShown = (point: Point, place: number): boolean =>
    step !== undefined || curve.changes === 'omitted' || point.is === 'change' || place === 0;
  const partOf = (
    name: string,
    points: readonly Point[],
    presumption: Total | null | undefined,
    own: { readonly zone: string; readonly notes: readonly string[] },
  ): readonly string[] => {
    const steps = points.map((point) => ({ at: point.at, percent: point.effective.percent }));
    const chart = stepChart({ steps, from: curve.from, to: curve.to, zone: own.zone, widthMax: columns });
    const presumed = presumption ? `at the end of the period: ${presumptionParts(presumption, own.zone).join(' · ')}` : '';
    return [
      '',
      name,
      ...own.notes.flatMap((line) => indented(line, columns)),
      ...tableOf(points.filter(isShown), unit, own.zone),
      ...indented(presumed, columns),
      ...indented(`${DEFINITION_WORDS.effective} ${chartNote(steps, own.zone, curve.from)}`, columns),
      ...chart,
    ];
  };
  const parts = curve.orders.flatMap(({ order: id, points }) => {
    const order = subjects.orders.find((candidate) => candidate.id === id);
    if (!order) return [];
    const notes = orderNotes(order, curve.kinds);
    const presumption = end.orders.find((figures) => figures.order === id);
    return partOf(orderHeading(subjects, order), points, presumption, { zone: zoneOf(subjects, order), notes });
  });
  return [
    titleOf(subjects),
    `${unit.many} under an order, ${hourOf(curve.from, zone)} to ${hourOf(curve.to, zone)} (not included)`,
    await recordedLine(ledger, curve.position, zone, curve.from),
    ...standpointLines(options, zone).flatMap((line) => folded(line, columns)),
    ...(curve.changes === 'omitted' ? ['More than 5,000 changes: samples alone are shown.'] : []),
    ...parts,
    ...(await totalPart(subjects, curve, ({ points }) =>
      partOf(`ALL ${curve.orders.length} ORDERS`, points, end.total, { zone, notes: [] }),
    )),
    '',
    CAVEAT,
  ];
};

type StateAsked = { readonly orders: string; readonly kinds: string | undefined; readonly at: string };
const stateAt = async (ledger: Ledger, { position }: Curve, parameters: StateAsked): Promise<State> =>
  read(answers.state, await asked(ledger, withPoint('/v1/compliance', `${position}`, parameters)));

/** The end is not part of the period. */
const lastInstantOf = ({ to }: Curve): string =>
  Temporal.Instant.fromEpochMilliseconds(msOf(to) - 1).toString({ fractionalSecondDigits: 3 });

/** What can have come until the last millisecond of a day has come at its end. */
const tableOf = (points: readonly Point[], unit: Unit, zone: string): readonly string[] => {
  const rows = points.map(({ at, effective, ever }) => [endHourOf(at, zone), figureText(effective, unit), figureText(ever, unit)]);
  return aligned([['', DEFINITION_WORDS.effective, DEFINITION_WORDS.ever], ...rows], ['left', 'left', 'left']).map((line) => `  ${line}`);
};
