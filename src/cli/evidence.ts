/** `ledger evidence`: puts a file on record, lists what is there, and sees whether the bytes are still those. */
import { accessSync, constants, openAsBlob, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Command } from 'commander';
import { mediaTypeOfName } from '../evidence/media-types.ts';
import { extentOf } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import { answers, type Evidence } from './answers.ts';
import { type AskingOptions, asking, withLedger } from './asking.ts';
import { asked, type Ledger, read, refusedBy } from './client.ts';
import { command, type Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { codeOf } from './store-failure.ts';
import { type Known, pages, withPoint } from './subjects.ts';
import { wrapped } from './terminal.ts';

export const evidenceCommand = (shell: Shell): Command => {
  const parent = new Command('evidence').description('files on record: add one, list them, verify their bytes');
  for (const child of [addCommand, listCommand, verifyCommand]) parent.addCommand(child(shell));
  return parent;
};

// ---- Adding

type AddOptions = AskingOptions & {
  readonly from: string;
  readonly method: string;
  readonly obtained: string;
  readonly type?: string;
  readonly derivedFrom?: string;
  readonly derivation?: string;
  readonly synthetic?: true;
};

const addCommand = (shell: Shell): Command =>
  command('add')
    .description('put a file on record: its SHA-256 in the log, its bytes in the folder')
    .argument('<file>', 'the file')
    .requiredOption('--from <who>', 'from whom or where it was obtained')
    .requiredOption('--method <how>', 'how: downloaded, photographed, handed over')
    .requiredOption('--obtained <hour>', 'when: 2021-02-12T09:00+05:30, or a day; without an offset UTC')
    .option('--type <media type>', 'default: by the name of the file')
    .option('--derived-from <sha256>', 'the file on record from which it was made')
    .option('--derivation <how>', 'how it was made from that')
    .option('--synthetic', 'made up, as everything in a synthetic case is')
    .action((file: string, options: AddOptions) =>
      withLedger(shell, options, async (ledger) => {
        const { status, text } = await ledger.send({ method: 'POST', path: '/v1/evidence', form: await formOf(file, options) });
        if (status >= 300) throw notAdded(status, text);
        if (options.json) return shell.print(text);
        const { status: became, id, position } = read(answers.acceptance, text);
        const where = position === null ? '' : ` (event ${counted(position)})`;
        shell.print(`${became === 'recorded' ? 'On record' : 'On record already'}${where}: ${id}`);
      }),
    );

const notAdded = (status: number, text: string): Stopped => {
  if (status === 409 && read(answers.problem, text).code === 'ALREADY_EXISTS')
    return new Stopped(
      EXIT.usage,
      'The same bytes are on record, and something else is said of them: "npx ledger evidence list" shows what.',
    );
  return refusedBy(status, text, ([part, field = '']) => {
    const option = part === 'data' ? OPTIONS.get(field) : undefined;
    return option && `${option}: `;
  });
};
/** By the fields of the request that they fill. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['occurredAt', '--obtained'],
  ['obtainedFrom', '--from'],
  ['method', '--method'],
  ['derivedFrom', '--derived-from'],
  ['derivation', '--derivation'],
]);

const formOf = async (file: string, options: AddOptions): Promise<FormData> => {
  const { from, method, obtained, type, derivedFrom, derivation, synthetic } = options;
  const data = {
    obtainedFrom: from,
    method,
    occurredAt: obtainedAt(obtained),
    assertion: 'direct_record',
    ...(derivedFrom !== undefined && { derivedFrom }),
    ...(derivation !== undefined && { derivation }),
    ...(synthetic && { synthetic }),
  };
  const form = new FormData();
  form.append('data', new Blob([JSON.stringify(data)], { type: 'application/json' }));
  form.append('file', await fileAt(file, type ?? mediaTypeOfName(basename(file))), 'file');
  return form;
};

export const fileAt = async (path: string, type: string): Promise<Blob> => {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  if (!isFile) throw new Stopped(EXIT.usage, `${safe(path)} is no file.`);
  try {
    accessSync(path, constants.R_OK);
    return await openAsBlob(path, { type });
  } catch (cause) {
    throw codeOf(cause) === undefined ? cause : new Stopped(EXIT.usage, `${safe(path)} cannot be read by this user.`, { cause });
  }
};

const HOUR = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?))?(Z|[+-]\d{2}:\d{2})?$/;

/** As exactly as it was typed: of a day no hour is made up. */
const obtainedAt = (typed: string): object => {
  const [, date, clock, offset = 'Z'] = HOUR.exec(typed) ?? [];
  if (date === undefined) throw new Stopped(EXIT.usage, `"${safe(typed)}" is no hour. Write 2021-02-12T09:00+05:30, or 2021-02-12.`);
  const zone = offset === 'Z' ? 'UTC' : offset;
  return clock === undefined ? { date, zone } : { at: `${date}T${clock}`, zone };
};

// ---- Listing

const PAGE_ROWS = 1_000;

const listCommand = (shell: Shell): Command =>
  asking('list')
    .description('the files on record')
    .action((options: AskingOptions) =>
      withLedger(shell, options, async (ledger, known) => {
        if (options.json) return shell.print(await asked(ledger, withPoint('/v1/evidence', known?.position, { limit: PAGE_ROWS })));
        const files = await filesOf(ledger, known);
        if (files.length === 0) shell.print('No file is on record.');
        for (const line of files.flatMap((file) => linesOf(file, shell.columns))) shell.print(line);
      }),
    );

const linesOf = ({ sha256, bytes, mediaType, obtainedFrom, method, occurredAt, synthetic }: Evidence, columns: number) => [
  `${safe(sha256)}${synthetic ? '  synthetic' : ''}`,
  ...wrapped(
    `  ${safe(mediaType)}, ${counted(bytes)} bytes; from ${safe(obtainedFrom)}, ${safe(method)}, ${extentOf(occurredAt, 'UTC')}`,
    columns,
    '  ',
  ),
];

const filesOf = (ledger: Ledger, known?: Known): Promise<readonly Evidence[]> =>
  pages(
    (cursor) => withPoint('/v1/evidence', known?.position, { limit: PAGE_ROWS, cursor }),
    async (path) => {
      const page = read(answers.evidence, await asked(ledger, path));
      return { rows: page.evidence, next: page.next };
    },
  );

// ---- Verifying

const verifyCommand = (shell: Shell): Command =>
  command('verify')
    .description('hash every file on record again, and name those that are missing or altered')
    .action((options: AskingOptions) =>
      withLedger(shell, options, async (ledger) => {
        const files = await filesOf(ledger);
        const found: { readonly sha256: string; readonly file: string }[] = [];
        for (const [index, { sha256 }] of files.entries()) {
          shell.progress(`file ${counted(index + 1)} of ${counted(files.length)}`);
          found.push(read(answers.verification, await asked(ledger, `/v1/evidence/${sha256}/verification`)));
        }
        shell.progress('');
        const damaged = found.filter(({ file }) => file !== 'intact');
        if (options.json) shell.print(JSON.stringify({ files: files.length, damaged }));
        else for (const { sha256, file } of damaged) shell.print(`${file}  ${sha256}`);
        if (damaged.length > 0)
          throw new Stopped(
            EXIT.failed,
            `Of ${counted(files.length)} files on record ${counted(damaged.length)} are not what they were. Restore the folder "evidence" from a copy, or add the same files again.`,
          );
        if (!options.json)
          shell.print(
            files.length === 1 ? 'The one file on record is intact.' : `All ${counted(files.length)} files on record are intact.`,
          );
      }),
    );
