/** `ledger compliance`: the figures of orders at an instant, or how they changed over a period. */
import type { Command } from 'commander';
import { answers, type Point } from './answers.ts';
import { type AskingOptions, askingAboutOrders, coverageNote, instantLine, instantMeant, titleOf, withLedger } from './asking.ts';
import { chartNote, stepChart } from './chart.ts';
import { asked, type Ledger, read } from './client.ts';
import { figureLines, figureText, footing } from './figure-lines.ts';
import { hourOf, instantFrom, zoneNote } from './hours.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { type Subjects, subjectsOf, withPoint } from './subjects.ts';
import { aligned, counted, safe, wrapped } from './terminal.ts';
import { CAVEAT, DEFINITION_WORDS, PAIR_UNIT } from './words.ts';

type Options = AskingOptions & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
  readonly kinds?: string;
};

export const complianceCommand = (shell: Shell): Command =>
  askingAboutOrders('compliance')
    .description('how far orders were complied with: at an instant, or over a period')
    .option(
      '--at <hour>',
      'such as 2021-02-12T09:00, an hour of the case, or with an offset (default: the end to which the record is complete, or now)',
    )
    .option('--from <hour>', 'with --to: how it changed over a period')
    .option('--to <hour>')
    .option('--step <duration>', 'between samples, such as PT1H; without it only changes are printed')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger) => {
        const subjects = await subjectsOf(ledger, options);
        const lines =
          options.from === undefined && options.to === undefined
            ? await atInstant(ledger, subjects, options, shell)
            : await overPeriod(ledger, subjects, options, shell);
        for (const line of lines) shell.print(line);
      }),
    );

const idsOf = ({ orders }: Subjects): string => orders.map(({ id }) => id).join(',');

const atInstant = async (
  ledger: Ledger,
  subjects: Subjects,
  { at, step, kinds, knownAt, json }: Options,
  shell: Shell,
): Promise<readonly string[]> => {
  if (step !== undefined) throw new Stopped(EXIT.usage, '--step belongs to a period: give --from and --to.');
  const meant = instantMeant(at, subjects);
  const text = await asked(ledger, withPoint('/v1/compliance', knownAt, { orders: idsOf(subjects), at: meant.at, kinds }));
  if (json) return [text];
  const state = read(answers.state, text);
  const { zone, orders } = subjects;
  const context = { validAt: state.validAt, zone, position: state.position };
  const part = (name: string, figures: (typeof state)['total']): readonly string[] => [
    '',
    name,
    ...figureLines(figures),
    ...wrapped(footing(context, figures), shell.columns - 2, '  ').map((line) => `  ${line.trimStart()}`),
  ];
  return [
    titleOf(subjects),
    instantLine(meant, zone),
    ...orders.flatMap(({ id, ref }) => {
      const figures = state.orders.find(({ order }) => order === id);
      return figures ? part(`ORDER ${safe(ref)}`, figures) : [];
    }),
    ...(orders.length > 1 ? part(`ALL ${orders.length} ORDERS`, state.total) : []),
    '',
    CAVEAT,
  ];
};

const overPeriod = async (ledger: Ledger, subjects: Subjects, options: Options, shell: Shell): Promise<readonly string[]> => {
  const { from, to, at, step, kinds, knownAt, json } = options;
  const { zone } = subjects;
  if (from === undefined || to === undefined) throw new Stopped(EXIT.usage, '--from and --to go together.');
  if (at !== undefined) throw new Stopped(EXIT.usage, '--at is one instant: leave out --from and --to.');
  const period = { from: instantFrom(from, zone), to: instantFrom(to, zone) };
  const text = await asked(ledger, withPoint('/v1/compliance', knownAt, { orders: idsOf(subjects), ...period, step, kinds, zone }));
  if (json) return [text];
  const curve = read(answers.curve, text);
  const isShown = (point: Point, place: number): boolean =>
    step !== undefined || curve.changes === 'omitted' || point.is === 'change' || place === 0;
  const partOf = (name: string, points: readonly Point[]): readonly string[] => {
    const steps = points.map((point) => ({ at: point.at, percent: point.effective.percent }));
    const chart = stepChart({ steps, from: curve.from, to: curve.to, zone, widthMax: shell.columns });
    return ['', name, ...tableOf(points.filter(isShown), zone), `  ${DEFINITION_WORDS.effective} ${chartNote(zone, curve.from)}`, ...chart];
  };
  return [
    titleOf(subjects),
    `${PAIR_UNIT}, ${hourOf(curve.from, zone)} to ${hourOf(curve.to, zone)} (not included), as recorded to event ${counted(curve.position)}`,
    `${coverageNote(subjects, curve.to)}; ${zoneNote(zone, curve.from)}`,
    ...(curve.changes === 'omitted' ? ['More than 5,000 changes: samples alone are shown.'] : []),
    ...curve.orders.flatMap(({ order, points }) => partOf(`ORDER ${refOf(order, subjects)}`, points)),
    ...(curve.orders.length > 1 ? partOf(`ALL ${curve.orders.length} ORDERS`, curve.total.points) : []),
    '',
    CAVEAT,
  ];
};

const refOf = (id: string, { orders }: Subjects): string => safe(orders.find((order) => order.id === id)?.ref ?? id);

const tableOf = (points: readonly Point[], zone: string): readonly string[] => {
  const rows = points.map(({ at, effective, ever }) => [hourOf(at, zone), figureText(effective), figureText(ever)]);
  return aligned([['', DEFINITION_WORDS.effective, DEFINITION_WORDS.ever], ...rows], ['left', 'left', 'left']).map((line) => `  ${line}`);
};
