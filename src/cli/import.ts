/** `ledger import`: a table and its mapping go in, or are tried; what was not recorded comes back as a sheet to be mended. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { fileToMend } from '../application/import/sheet-to-mend.ts';
import { parseMapping } from '../application/mapping/mapping.ts';
import type { Config } from '../config.ts';
import { DOUBTS } from '../domain/events/import-started.ts';
import { mediaTypeOfName } from '../evidence/media-types.ts';
import { safe } from '../wording/text.ts';
import { collected } from './asking.ts';
import { isThere, type Ledger, openLedgerOf, type Placed, read, refusedBy } from './client.ts';
import { fileAt } from './evidence.ts';
import { type ImportAnswer, importAnswer } from './import-answers.ts';
import { createImportBar } from './import-bar.ts';
import { importLines } from './import-lines.ts';
import { command, type Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { codeOf } from './store-failure.ts';

type Options = {
  readonly mapping: string;
  readonly dryRun?: true;
  readonly confirm?: readonly string[];
  readonly refused?: string;
  readonly data?: string;
  readonly json?: true;
};

export const importCommand = (shell: Shell): Command =>
  command('import')
    .description('record what the rows of a table say: CSV, XLSX or JSON lines')
    .argument('<file>', 'the table')
    .requiredOption('--mapping <file>', 'what its columns mean: docs/reference/mapping.md')
    .option('--dry-run', 'decide everything and record nothing')
    .addOption(
      new Option(
        '--confirm <doubt>',
        `record what is doubtful: ${DOUBTS.join(', ')}; of one fact alone: its kind, a colon and its id; may be repeated`,
      ).argParser(collected),
    )
    .option('--refused <file>', 'write what was not recorded to a file of the same kind (.csv, .xlsx or .jsonl), with what is wrong')
    .action(async (file: string, options: Options) => {
      const mapping = await mappingAt(options.mapping);
      refuseOtherEnding(options.refused, mapping);
      const form = await formOf(file, mapping, options);
      const { read: answer, whole } = await withImportingLedger(shell.config(options), options.dryRun === true, (ledger) =>
        sent(shell, ledger, form, file, options),
      );
      if (options.refused !== undefined) await writeRefused(options.refused, mapping, answer);
      if (options.json) shell.print(JSON.stringify(whole));
      else
        for (const line of importLines(answer, { file: basename(file), refused: options.refused, isTried: options.dryRun === true }))
          shell.print(line);
      if (answer.rows.refused + answer.rows.doubtful > 0 || answer.notRecorded.length > 0) throw new Stopped(EXIT.attention, '');
    });

/** Where there is no ledger yet an import makes one; a dry run leaves none behind. */
const withImportingLedger = async <T>(config: Config, isDryRun: boolean, use: (ledger: Ledger) => Promise<T>): Promise<T> => {
  const aside = isDryRun && !(await isThere(config)) ? mkdtempSync(join(tmpdir(), 'ledger-dry-run-')) : undefined;
  try {
    const ledger = await openLedgerOf({ ...config, ...(aside !== undefined && { folder: aside }) }, { makes: true, threads: true });
    try {
      return await use(ledger);
    } finally {
      await ledger.close();
    }
  } finally {
    if (aside !== undefined) rmSync(aside, { recursive: true, force: true });
  }
};

const formOf = async (file: string, mapping: MappingFile, { confirm = [] }: Options): Promise<FormData> => {
  const form = new FormData();
  form.append('mapping', new Blob([mapping.bytes], { type: 'application/json' }));
  if (confirm.length > 0) form.append('confirm', new Blob([JSON.stringify(confirm.map(confirmed))], { type: 'application/json' }));
  form.append('file', await fileAt(file, mediaTypeOfName(basename(file))), basename(file));
  return form;
};

/** The bytes as they are, and what they say. */
type MappingFile = { readonly bytes: Uint8Array<ArrayBuffer>; readonly json: unknown };

/** Read once, a mark of its byte order left out as the ledger does. What is no JSON is refused here, where the file and the place in it have a name. */
const mappingAt = async (path: string): Promise<MappingFile> => {
  await fileAt(path, 'application/json'); // says what is wrong with the file itself
  const bytes = new Uint8Array(readFileSync(path));
  try {
    return { bytes, json: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch (cause) {
    const fault = cause instanceof SyntaxError ? cause.message : 'not to be read';
    throw new Stopped(EXIT.usage, `${safe(path)} is no JSON: ${safe(fault)}. A comma before a closing bracket is a frequent reason.`, {
      cause,
    });
  }
};

/** `not_listed`, or `not_listed:<id>`. */
const confirmed = (typed: string): object => {
  const [kind = '', fact] = typed.split(':', 2);
  if (!DOUBTS.some((doubt) => doubt === kind)) throw new Stopped(EXIT.usage, `--confirm ${safe(typed)}: one of ${DOUBTS.join(', ')}.`);
  return { kind, ...(fact !== undefined && { facts: [fact] }) };
};

/** As it is read here, and as it came. */
type Sent = { readonly read: ImportAnswer; readonly whole: unknown };

const sent = async (shell: Shell, ledger: Ledger, form: FormData, file: string, { dryRun, mapping }: Options): Promise<Sent> => {
  const placed = placedIn(basename(file), basename(mapping));
  const bar = createImportBar(shell);
  let last = '';
  try {
    const path = `/v1/imports${dryRun ? '?dryRun=true' : ''}`;
    const onLine = (line: string): void => {
      last = line;
      bar.show(line);
    };
    const { status, text } = await ledger.send({ method: 'POST', path, form, onLine });
    if (status >= 300) throw refusedBy(status, text, placed);
  } finally {
    bar.stop();
  }
  const { data } = ended.safeParse(last === '' ? undefined : JSON.parse(last));
  if (!data) throw new Stopped(EXIT.failed, 'The answer broke off. Repeat the command: what was recorded is found and not recorded again.');
  if ('problem' in data) throw refusedBy(data.problem.status, JSON.stringify(data.problem), placed);
  return { read: read(importAnswer, JSON.stringify(data.result)), whole: data.result };
};

/** Where it is in the files and options that were typed. */
const placedIn =
  (file: string, mapping: string): Placed =>
  ([part, ...within]) => {
    if (part === 'file') return `${safe(file)}: `;
    if (part === 'confirm') return '--confirm: ';
    if (part !== 'mapping') return undefined;
    return `${safe(mapping)}${within.length === 0 ? '' : ` at ${safe(`/${within.join('/')}`)}`}: `;
  };

const ended = z.union([z.object({ result: z.unknown() }).required(), z.object({ problem: z.looseObject({ status: z.int() }) })]);

// ---- What was not recorded

const declared = z.object({ file: z.object({ format: z.enum(['csv', 'xlsx', 'jsonl']) }) });

/** The mapping reads no other kind of file. What declares none is refused by the ledger, which says more. */
const refuseOtherEnding = (path: string | undefined, { json }: MappingFile): void => {
  if (path === undefined) return;
  const { data } = declared.safeParse(json);
  if (data && !path.toLowerCase().endsWith(`.${data.file.format}`)) {
    const kind = `.${data.file.format}`;
    throw new Stopped(
      EXIT.usage,
      `--refused ${safe(path)}: a file that ends in ${kind}. The rows come back as the kind of file that the mapping reads.`,
    );
  }
  if (statSync(path, { throwIfNoEntry: false })) throw new Stopped(EXIT.usage, `${safe(path)} is there already: name another file.`);
};

const writeRefused = async (path: string, mapping: MappingFile, { columns, notRecorded }: ImportAnswer): Promise<void> => {
  const rows = notRecorded.flatMap(({ row, cells, reasons }) => (row === null ? [] : [{ cells, reasons }]));
  if (rows.length === 0) return;
  const { file } = parseMapping(mapping.json); // the ledger has taken it
  const bytes = await fileToMend(columns, rows, file);
  try {
    writeFileSync(path, bytes, { flag: 'wx' });
  } catch (cause) {
    throw codeOf(cause) === undefined ? cause : new Stopped(EXIT.refused, `${safe(path)} cannot be written.`, { cause });
  }
};
