/** What a workbook (XLSX, ECMA-376) says of itself: its sheets, where each part stands, from which day it counts. */
import { posix } from 'node:path';
import { cut } from './columns.ts';
import { noWorkbook } from './file-kinds.ts';
import { XLSX_PARTS_MAX } from './limits.ts';
import { SheetInvalid } from './sheet-invalid.ts';
import { prefixed, readXml } from './xml.ts';
import { damaged, type Parts, tooLarge } from './zip.ts';

export type WorkbookSheet = { readonly name: string; readonly path: string; readonly isHidden: boolean };

export type Workbook = {
  /** In the workbook's order, charts left out. */
  readonly sheets: readonly WorkbookSheet[];
  readonly countsFrom1904: boolean;
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
};

/** Throws SheetInvalid. */
export const readWorkbook = async (parts: Parts): Promise<Workbook> => {
  if (!parts.paths.has(ROOT_RELATIONS)) throw noWorkbook(parts.paths);
  const root = await relationsOf(parts, '');
  const path = root.find(({ type }) => type === 'officeDocument')?.path;
  if (path === undefined || !path.endsWith('.xml') || !parts.paths.has(path) || !path.startsWith('xl/')) throw noWorkbook(parts.paths);
  const relations = await relationsOf(parts, path);
  const { sheets, countsFrom1904 } = await sheetsOf(parts, path);
  const partOf = (type: string): string | undefined =>
    relations.find((relation) => relation.type === type && parts.paths.has(relation.path))?.path;
  return {
    sheets: sheets.flatMap(({ id, name, isHidden }) => {
      const relation = relations.find((candidate) => candidate.id === id);
      if (!relation) throw damaged(new Error(`no part for sheet ${name}`));
      return relation.type === 'worksheet' ? [{ name, isHidden, path: relation.path }] : [];
    }),
    countsFrom1904,
    sharedStrings: partOf('sharedStrings'),
    styles: partOf('styles'),
  };
};

type Relation = { readonly id: string; readonly type: string; readonly path: string };

const ROOT_RELATIONS = '_rels/.rels';

/** Of the part `path`; types come without the address that both editions of the standard put before them. */
const relationsOf = async (parts: Parts, path: string): Promise<readonly Relation[]> => {
  const folder = posix.dirname(path);
  const relations: Relation[] = [];
  const open = (name: string, { Id = '', Type = '', Target = '' }: { readonly [name: string]: string | undefined }): void => {
    if (name !== 'Relationship') return;
    const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
    if (relations.length >= XLSX_PARTS_MAX) throw tooLarge(`${XLSX_PARTS_MAX} parts`);
    relations.push({ id: Id, type: posix.basename(Type), path: target });
  };
  await readXml(parts.read(path === '' ? ROOT_RELATIONS : posix.join(folder, '_rels', `${posix.basename(path)}.rels`)), { open });
  return relations;
};

type ListedSheet = { readonly id: string; readonly name: string; readonly isHidden: boolean };

const sheetsOf = async (parts: Parts, path: string): Promise<{ sheets: readonly ListedSheet[]; countsFrom1904: boolean }> => {
  const sheets: ListedSheet[] = [];
  let countsFrom1904 = false;
  await readXml(parts.read(path), {
    open: (name, attributes) => {
      if (name === 'workbookPr') countsFrom1904 = TRUE.has(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const { name: said = '', state = 'visible' } = attributes;
      if (sheets.length >= XLSX_PARTS_MAX) throw tooLarge(`${XLSX_PARTS_MAX} sheets`);
      sheets.push({ id: prefixed(attributes, 'id') ?? '', name: said, isHidden: state !== 'visible' });
    },
  });
  return { sheets, countsFrom1904 };
};

const TRUE: ReadonlySet<string> = new Set(['1', 'true', 'on']);

/** The sheet that is meant. Without a name the only one that is shown: hidden ones hold lists to choose from, and what nobody means to send. */
export const chosenSheet = ({ sheets }: Workbook, wanted: string | undefined): WorkbookSheet => {
  const all = listed(sheets.map(({ name }) => `"${cut(name)}"`));
  if (wanted !== undefined) {
    const named = sheets.find(({ name }) => name === wanted);
    if (named) return named;
    throw new SheetInvalid('sheet', `The workbook has no sheet "${cut(wanted)}". It has ${all}: correct "sheet" in the mapping.`);
  }
  const [first, ...others] = sheets.filter(({ isHidden }) => !isHidden);
  if (first && others.length === 0) return first;
  if (first) throw new SheetInvalid('sheet', `The workbook has several sheets: ${all}. Declare in the mapping which is meant, as "sheet".`);
  throw new SheetInvalid(
    'sheet',
    `The workbook shows no sheet with cells. ${all === '' ? '' : `Hidden are ${all}; one may be declared as "sheet".`}`,
  );
};

const NAMES_SHOWN_MAX = 20;

const listed = (names: readonly string[]): string =>
  names.length > NAMES_SHOWN_MAX
    ? `${names.slice(0, NAMES_SHOWN_MAX).join(', ')} and ${names.length - NAMES_SHOWN_MAX} more`
    : names.join(', ');
