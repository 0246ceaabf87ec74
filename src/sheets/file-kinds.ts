/** What kind of file it really is, by its first bytes: a name or a declaration says little. */
import { SheetInvalid } from './sheet-invalid.ts';

type Kind = { readonly first: readonly number[]; readonly is: string; readonly remedy: string };

const AS_CSV = 'Save it as "CSV UTF-8" and send that.';
const ZIP: readonly number[] = [0x50, 0x4b, 0x03, 0x04];
const KINDS: readonly Kind[] = [
  {
    first: ZIP,
    is: 'a packed file, such as a workbook (XLSX, ODS, Numbers)',
    remedy: 'Declare "format": "xlsx" if it is an XLSX; else save it as "CSV UTF-8".',
  },
  {
    first: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old workbook (XLS), or one with a password',
    remedy: 'Save it as XLSX without a password, or as "CSV UTF-8".',
  },
  { first: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', remedy: 'Its table has to be taken out of it first, and looked through.' },
  { first: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: 'a text document (RTF)', remedy: AS_CSV },
  { first: [0xff, 0xfe], is: 'text in UTF-16', remedy: AS_CSV },
  { first: [0xfe, 0xff], is: 'text in UTF-16', remedy: AS_CSV },
  { first: [0x1f, 0x8b], is: 'compressed (gzip)', remedy: 'Unpack it first.' },
];

/** As a page or an older export begins, whatever the name of the file. */
const MARKUP = /^\s*<(?:!doctype|\?xml|html|head|body|table|meta)/i;

export const FIRST_BYTES = 64;

/** Throws SheetInvalid for bytes that are not the text of a table. */
export const refuseOtherThanText = (start: Uint8Array): void => {
  const kind = KINDS.find(({ first }) => begins(start, first));
  if (kind) throw new SheetInvalid('format', `The file is ${kind.is}, not the text that the mapping declares. ${kind.remedy}`);
  if (MARKUP.test(new TextDecoder().decode(start.subarray(0, FIRST_BYTES))))
    throw new SheetInvalid(
      'format',
      `The file is a web page or XML, whatever its name says. Open it in a spreadsheet and save it as "CSV UTF-8".`,
    );
};

/** Throws SheetInvalid for bytes that are no packed file, as a workbook is one. */
export const refuseOtherThanPacked = (start: Uint8Array): void => {
  if (begins(start, ZIP)) return;
  const kind = KINDS.find(({ first }) => begins(start, first));
  const is = kind?.is ?? 'no workbook; it may be text, such as a CSV';
  const remedy = kind?.remedy ?? 'Declare "format": "csv" if it is one.';
  throw new SheetInvalid('format', `The mapping declares a workbook (XLSX), and the file is ${is}. ${remedy}`);
};

/** Part of a packed file, and which kind it shows. */
const PACKED_KINDS: readonly (readonly [path: RegExp, is: string])[] = [
  [/^xl\/workbook\.bin$/, 'a binary workbook (XLSB)'],
  [/^word\//, 'a text document (DOCX)'],
  [/^ppt\//, 'slides (PPTX)'],
  [/^Index(?:\/|\.zip$)/, 'a Numbers or Pages document'],
  [/^(?:mimetype|content\.xml)$/, 'an OpenDocument file (ODS)'],
];

/** Of a packed file that has no workbook in it. */
export const noWorkbook = (paths: Iterable<string>): SheetInvalid => {
  const has = [...paths];
  const is = PACKED_KINDS.find(([path]) => has.some((part) => path.test(part)))?.[1] ?? 'packed, but holds no workbook';
  return new SheetInvalid('format', `The mapping declares a workbook (XLSX), and the file is ${is}. Save it as XLSX, or as "CSV UTF-8".`);
};

const begins = (bytes: Uint8Array, first: readonly number[]): boolean =>
  bytes.length >= first.length && first.every((byte, at) => bytes[at] === byte);
