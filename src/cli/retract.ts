/** `ledger retract`: an import as a whole, or one event, is taken back; or tried, with the figures before and after. */
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { EVENT_TYPES } from '../domain/events/event-types.ts';
import { retractionReason } from '../domain/fields.ts';
import { counted, safe } from '../wording/text.ts';
import { EVENT_WORDS } from '../wording/words.ts';
import { type AskingOptions, instantMeant, withLedger } from './asking.ts';
import { askedWith, type Ledger, read, refusedBy } from './client.ts';
import { dependentLines, placed, placedWords } from './dependents.ts';
import { importReply } from './import-answers.ts';
import { rehearsalLines, rehearsedForm } from './retract-lines.ts';
import { command, type Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { caseNamed, isId, subjectsOf } from './subjects.ts';
import { folded } from './terminal.ts';

type Options = Omit<AskingOptions, 'knownAt'> & {
  readonly import?: string;
  readonly event?: string;
  readonly types?: string;
  readonly case?: string;
  readonly reason: string;
  readonly explanation?: string;
  readonly dryRun?: true;
  readonly at?: string;
};

export const retractCommand = (shell: Shell): Command =>
  command('retract')
    .description('take back what was recorded: an import as a whole, or one event; nothing is deleted')
    .option('--import <id>', 'all that an import recorded: "npx ledger imports" lists them')
    .option(
      '--types <types>',
      'with --import: only events of these types, as in TargetListed,TargetBlocked; what tells of others goes first',
    )
    .option('--case <case>', 'with --import: only what belongs to this case, by its id or title')
    .option('--event <id>', 'one event: the timeline with --json has their ids')
    .addOption(new Option('--reason <reason>', 'why').choices(retractionReason.options).makeOptionMandatory())
    .option('--explanation <text>', 'why, in words')
    .option('--dry-run', 'decide everything, record nothing, and show the figures before and after')
    .option('--at <hour>', 'with --dry-run: the instant of the figures (default: the end to which the record is complete, or now)')
    .action((options: Options) => {
      const named = namedIn(options);
      return withLedger(shell, options, async (ledger) => {
        const what = await (named.kind === 'import' ? importNamed(ledger, named.id, options) : eventNamed(ledger, named.id));
        const said = {
          reason: options.reason,
          ...(options.explanation !== undefined && { explanation: options.explanation }),
        };
        await (options.dryRun ? tried(shell, ledger, what, said, options) : retracted(shell, ledger, what, said, options));
      });
    });

type Named = { readonly kind: 'import' | 'event'; readonly id: string };

const namedIn = ({ import: ofImport, event, types, case: ofCase, at, dryRun }: Options): Named => {
  if ((ofImport === undefined) === (event === undefined))
    throw new Stopped(EXIT.usage, 'Name one: an import (--import) or an event (--event).');
  if (at !== undefined && !dryRun) throw new Stopped(EXIT.usage, '--at is the instant of the figures of a dry run: say --dry-run as well.');
  if (ofImport === undefined && (types !== undefined || ofCase !== undefined))
    throw new Stopped(EXIT.usage, '--types and --case narrow an import: an event goes as one.');
  const unknown = typesIn(types).find((name) => !EVENT_TYPES.some((type) => type.name === name));
  if (unknown !== undefined)
    throw new Stopped(
      EXIT.usage,
      `--types: "${safe(unknown)}" is no type of event. ${EVENT_TYPES.map(({ name }) => name).join(', ')} are.`,
    );
  const named: Named = ofImport === undefined ? { kind: 'event', id: event ?? '' } : { kind: 'import', id: ofImport };
  if (isId(named.id)) return named;
  const where = named.kind === 'import' ? '"npx ledger imports" lists them' : '"npx ledger timeline --json" has those of events';
  throw new Stopped(EXIT.usage, `"${safe(named.id)}" is no id of an ${named.kind}: ${where}.`);
};

/** `TargetListed,TargetBlocked` */
const typesIn = (typed: string | undefined): readonly string[] => (typed === undefined ? [] : typed.split(',').map((name) => name.trim()));

/** What is taken back. */
type What = {
  readonly words: string;
  /** To what of it that is narrowed. */
  readonly only?: string;
  /** The request: `said` of each event, `more` of the request as a whole. */
  readonly body: (said: Said, more?: object) => object;
};
type Said = { readonly reason: string; readonly explanation?: string };

const importNamed = async (ledger: Ledger, id: string, { types, case: ofCase }: Options): Promise<What> => {
  const { import: one } = read(importReply, await found(ledger, `/v1/imports/${id}`, `import ${id}`));
  const narrowed = {
    ...(types !== undefined && { types: typesIn(types) }),
    ...(ofCase !== undefined && { case: isId(ofCase) ? ofCase : (await caseNamed(ledger, ofCase)).id }),
  };
  const only = [
    ...(types === undefined ? [] : [` of type ${typesIn(types).join(', ')}`]),
    ...(ofCase === undefined ? [] : [` of case ${safe(ofCase)}`]),
  ];
  return {
    words: `import ${id}, ${safe(one.name)}`,
    only: only.join(''),
    body: (said, more) => ({ batchId: id, ...narrowed, ...said, ...more }),
  };
};

const eventNamed = async (ledger: Ledger, id: string): Promise<What> => {
  const { position, envelope } = read(placed, await found(ledger, `/v1/events/${id}`, `event ${id}`)).event;
  const { stream, type } = envelope;
  return { words: placedWords(position, type), body: (said, more) => ({ rows: [{ stream, event: id, ...said }], ...more }) };
};

const found = async (ledger: Ledger, path: string, named: string): Promise<string> => {
  const { status, text } = await ledger.send({ method: 'GET', path });
  if (status === 404) throw new Stopped(EXIT.notFound, `No ${named} is on record.`);
  if (status >= 300) throw refusedBy(status, text);
  return text;
};

// ---- What became of it

const count = z.int().min(0);
const problem = z.object({ title: z.string(), code: z.string(), dependents: z.array(z.string()).optional() });
const became = z.object({
  batch: z.object({ events: count, changed: count, repeated: count, retracted: count, refused: count }).optional(),
  refusals: z.array(z.object({ event: z.string(), type: z.string(), problem })).optional(),
  results: z.array(z.object({ status: z.string(), position: count.nullable().optional(), problem: problem.optional() })).optional(),
});
type Became = z.infer<typeof became>;

const REFUSALS_SHOWN_MAX = 20;

const becameLines = async (
  ledger: Ledger,
  { batch, refusals = [], results = [] }: Became,
  { words, only = '' }: What,
  isTried: boolean,
): Promise<readonly string[]> => {
  if (!batch) {
    const [row] = results;
    if (row?.problem)
      return [
        `Not retracted: ${words}: ${safe(row.problem.title)} (${row.problem.code}).`,
        ...(await dependentLines(ledger, row.problem.dependents)),
      ];
    if (isTried)
      return [row?.status === 'repeated' ? `${words}: retracted before; nothing is left to retract.` : `${words}: would be retracted.`];
    const by = row?.position == null ? '' : `, by event ${counted(row.position)}`;
    return [`${row?.status === 'repeated' ? 'Retracted before' : 'Retracted'}: ${words}${by}.`];
  }
  const parts = [
    `${counted(batch.changed)} of its ${counted(batch.events)} facts${only} ${isTried ? 'would be retracted' : 'retracted'}`,
    ...(batch.retracted + batch.repeated > 0 ? [`${counted(batch.retracted + batch.repeated)} no longer stood`] : []),
    ...(batch.refused > 0 ? [`${counted(batch.refused)} refused`] : []),
  ];
  const shown = refusals.slice(0, REFUSALS_SHOWN_MAX);
  const refused = await Promise.all(
    shown.map(async ({ type, event, problem: { title, code, dependents } }) => [
      `  ${EVENT_WORDS[type] ?? safe(type)} (event ${event}): ${safe(title)} (${code})`,
      ...(await dependentLines(ledger, dependents)),
    ]),
  );
  return [
    `${words}: ${parts.join(', ')}.`,
    ...refused.flat(),
    ...(batch.refused > shown.length ? [`  and ${counted(batch.refused - shown.length)} more`] : []),
  ];
};

const stopIfRefused = ({ batch, results = [] }: Became): void => {
  if ((batch?.refused ?? 0) > 0 || results.some(({ status }) => status === 'refused')) throw new Stopped(EXIT.attention, '');
};

const retracted = async (shell: Shell, ledger: Ledger, what: What, said: Said, { json }: Options): Promise<void> => {
  const text = await askedWith(ledger, '/v1/retractions', what.body(said));
  const answer = read(became, text);
  if (json) shell.print(text);
  else for (const line of await becameLines(ledger, answer, what, false)) for (const part of folded(line, shell.columns)) shell.print(part);
  stopIfRefused(answer);
};

/** Asked first which orders it concerns: the instant of the figures follows from these, as in other reports. */
const tried = async (shell: Shell, ledger: Ledger, what: What, said: Said, { json, at }: Options): Promise<void> => {
  const ask = (more: object) => askedWith(ledger, '/v1/retractions', what.body(said, { dryRun: true, ...more }));
  const first = await ask({});
  const { orders } = read(rehearsedForm, first);
  const subjects = orders.length === 0 ? undefined : await subjectsOf(ledger, { order: orders });
  const meant = subjects && instantMeant(at, subjects);
  const text = meant ? await ask({ at: meant.at }) : first;
  const answer = read(became, text);
  if (json) shell.print(text);
  else {
    const rehearsed = read(rehearsedForm, text);
    const figures = rehearsalLines(rehearsed, subjects && meant && { subjects, meant });
    const would = rehearsed.wouldBeRecorded > 0 ? '. The same without --dry-run retracts it.' : ', and nothing would be.';
    for (const line of [`Dry run: nothing was retracted${would}`, ...(await becameLines(ledger, answer, what, true)), ...figures])
      for (const part of folded(line, shell.columns)) shell.print(part);
  }
  stopIfRefused(answer);
};
