/** `ledger template`: writes a sheet to begin with, as CSV and as XLSX, and the mappings that import them. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { TEMPLATE_COLUMNS, TEMPLATE_MAPPING, TEMPLATE_ROWS, TEMPLATE_SHEET } from '../application/mapping/template.ts';
import { csvOfTable, xlsxOfTable } from '../sheets/write.ts';
import { safe } from '../wording/text.ts';
import type { Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { codeOf } from './store-failure.ts';
import { quoted } from './typed-command.ts';

export const templateCommand = (shell: Shell): Command =>
  new Command('template')
    .description('write a sheet to begin with, as CSV and XLSX, and the mappings that import it')
    .option('--out <folder>', 'where; made if it is not there', '.')
    .option('--json', 'print the names of the files as JSON')
    .action(async ({ out, json }: { readonly out: string; readonly json?: true }) => {
      const files = await filesOf();
      const paths = files.map(({ name }) => join(out, name));
      const there = paths.find((path) => statSync(path, { throwIfNoEntry: false }));
      if (there !== undefined) throw new Stopped(EXIT.usage, `${safe(there)} is there already: name another folder with --out.`);
      try {
        mkdirSync(out, { recursive: true });
        for (const { name, content } of files) writeFileSync(join(out, name), content, { flag: 'wx' });
      } catch (cause) {
        throw codeOf(cause) === undefined ? cause : new Stopped(EXIT.refused, `${safe(out)} cannot be written to.`, { cause });
      }
      if (json) return shell.print(JSON.stringify({ files: paths }));
      for (const path of paths) shell.print(safe(path));
      shell.print('');
      for (const { name, note } of TEMPLATE_COLUMNS) shell.print(`  ${name.padEnd(NAME_WIDTH)}  ${note}`);
      shell.print('');
      const [csv = '', , mapping = ''] = paths;
      shell.print(`Fill it in, then try it: npx ledger import ${quoted(csv)} --mapping ${quoted(mapping)} --dry-run`);
    });

const NAME_WIDTH = Math.max(...TEMPLATE_COLUMNS.map(({ name }) => name.length));

const filesOf = async () => {
  const table = { columns: TEMPLATE_COLUMNS.map(({ name }) => name), rows: TEMPLATE_ROWS };
  const mapping = (file: object): string => `${JSON.stringify({ ...TEMPLATE_MAPPING, file }, null, 2)}\n`;
  return [
    { name: 'accounts.csv', content: csvOfTable(table) },
    { name: 'accounts.xlsx', content: await xlsxOfTable(table, TEMPLATE_SHEET) },
    { name: 'mapping-csv.json', content: mapping({ format: 'csv' }) },
    { name: 'mapping-xlsx.json', content: mapping({ format: 'xlsx', sheet: TEMPLATE_SHEET }) },
  ];
};
