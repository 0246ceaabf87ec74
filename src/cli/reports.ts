/** `ledger trail` and `ledger dossier`: what is filed about one account, and about one order. */
import type { Command } from 'commander';
import { dossierReport } from '../wording/dossier-report.ts';
import { partsText } from '../wording/grounds.ts';
import type { Report, ReportRow } from '../wording/report.ts';
import { DossierForm, TrailForm } from '../wording/report-forms.ts';
import { safe } from '../wording/text.ts';
import { trailReport } from '../wording/trail-report.ts';
import { answers } from './answers.ts';
import { type AskingOptions, asking, withLedger } from './asking.ts';
import { asked, type Ledger, read } from './client.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { askedIfKnown, type Known, subjectsOf, withPoint } from './subjects.ts';
import { targetNamed } from './target-named.ts';
import { folded } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

type Options = AskingOptions & { readonly at?: string; readonly recorded?: true; readonly csv?: true; readonly html?: true };

const reporting = (name: string): Command =>
  asking(name)
    .option('--at <hour>', 'the hour of the status and of what is lacking (default: the end to which the record is complete, or now)')
    .option('--recorded', 'in the order in which the ledger learned of it, instead of that in which it happened')
    .option('--csv', 'as a sheet: instants in UTC')
    .option('--html', 'as a page that prints');

export const trailCommand = (shell: Shell): Command =>
  reporting('trail')
    .description('everything that touches one account, with what it was after each event, and what the record lacks')
    .requiredOption('--target <target>', 'id or name of an account, as it is written')
    .action(({ target, ...options }: Options & { readonly target: string }) =>
      withLedger(shell, options, async (ledger, known) => {
        const id = await targetNamed(ledger, target, known);
        const path = `/v1/targets/${encodeURIComponent(id)}/audit-trail`;
        const at = options.at === undefined ? undefined : await instantOfTrail({ ledger, known, target: id }, options.at);
        const text = await askedIfKnown(ledger, pathOf(path, options, known, at), known, `no account ${safe(target)}`);
        print({ shell, options }, text, (answer) => trailReport(read(TrailForm, answer)));
      }),
    );

export const dossierCommand = (shell: Shell): Command =>
  reporting('dossier')
    .description('everything about one order, with what its accounts were after each event, and what the record lacks')
    .requiredOption('--order <order>', 'id or reference of the order')
    .action((options: Options & { readonly order: string }) =>
      withLedger(shell, options, async (ledger, known) => {
        const subjects = await subjectsOf(ledger, { order: [options.order], known });
        const path = `/v1/orders/${subjects.orders[0]?.id ?? ''}/dossier`;
        // Without an hour typed the answer is about the end to which the record is complete, or now, and says which.
        const at = options.at === undefined ? undefined : instantFrom(options.at, subjects.zone);
        const text = await asked(ledger, pathOf(path, options, known, at));
        print({ shell, options }, text, (answer) => dossierReport(read(DossierForm, answer)));
      }),
    );

type Asking = { readonly ledger: Ledger; readonly known: Known | undefined; readonly target: string };

/** In hours of the orders that list the account; of UTC, if none does. */
const instantOfTrail = async ({ ledger, known, target }: Asking, typed: string): Promise<string> => {
  const path = withPoint(`/v1/targets/${encodeURIComponent(target)}`, known?.position);
  const { listedBy } = read(answers.target, await askedIfKnown(ledger, path, known, `no account ${safe(target)}`));
  const standing = listedBy.flatMap(({ order, caseId }) => (caseId === null ? [] : [order]));
  return instantFrom(typed, standing.length > 0 ? (await subjectsOf(ledger, { order: standing, known })).zone : 'UTC');
};

const pathOf = (path: string, { recorded, csv, html }: Options, known: Known | undefined, at: string | undefined): string =>
  withPoint(path, known?.position, {
    at,
    sort: recorded ? 'recorded' : undefined,
    format: csv ? 'csv' : html ? 'html' : undefined,
  });

type Printing = { readonly shell: Shell; readonly options: Options };

const print = ({ shell, options }: Printing, text: string, reportOf: (text: string) => Report): void => {
  const { json, csv, html } = options;
  if ([json, csv, html].filter(Boolean).length > 1) throw new Stopped(EXIT.usage, 'Name one of --json, --csv, --html.');
  const lines = json || csv || html ? [text.trimEnd()] : linesOf(reportOf(text)).flatMap((line) => folded(line, shell.columns));
  for (const line of lines) shell.print(line);
};

const linesOf = ({ title, facts, gaps, rows, more, footing }: Report): readonly string[] => [
  title,
  ...facts.map(([name, value]) => `  ${name}: ${value}`),
  '',
  'What the record lacks:',
  ...(gaps.length === 0 ? ['  nothing that this ledger looks for'] : gaps.map((gap) => `  — ${gap}`)),
  '',
  ...rows.flatMap(rowLines),
  ...(more === undefined ? [] : ['', more]),
  '',
  ...footing,
];

const rowLines = (row: ReportRow): readonly string[] => {
  const { occurred, received, external, which, what, isStruck, struck, changes, grounds, after, notes } = row;
  return [
    `${occurred}  ${which}${isStruck ? '  [STRUCK]' : ''}`,
    `    ${what}`,
    ...(received === '' ? [] : [`    received ${received}`]),
    `    — ${partsText(grounds)}${external === '' ? '' : `; recorded where it comes from ${external}`}`,
    ...struck.map(({ field, was, is }) => `    ${field}: was ${was}, now ${is}`),
    ...changes.map((change) => `    [${change}]`),
    ...notes.map((note) => `    ! ${note}`),
    ...after.map((status) => `    → ${status}`),
  ];
};
