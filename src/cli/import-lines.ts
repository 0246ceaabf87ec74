/** What an import came to, as lines: how many rows, how the first are read, and what is doubtful or refused, with where and why. */
import { hourOf } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import type { ImportAnswer } from './import-answers.ts';

const REASONS_MAX = 20; // on a screen; the sheet has them all

type Asked = { readonly file: string; readonly refused: string | undefined; readonly isTried: boolean };

export const importLines = (answer: ImportAnswer, asked: Asked): readonly string[] => [
  ...headLines(answer, asked),
  `SHA-256 of the file: ${answer.file}`,
  ...countLines(answer, asked.isTried),
  ...sampleLines(answer),
  ...reasonLines(answer, 'refused', { title: 'Refused:', isTried: asked.isTried }),
  ...reasonLines(answer, 'doubtful', {
    title: 'Doubtful (recorded with --confirm <kind>, or --confirm <kind>:<id> for one):',
    isTried: asked.isTried,
  }),
  ...sheetLines(answer, asked),
];

const headLines = ({ status, id, position, recordedAt }: ImportAnswer, { file, isTried }: Asked): readonly string[] => {
  const at = recordedAt === null ? '' : `, ${hourOf(recordedAt, 'UTC')}`;
  switch (status) {
    case 'would_be_recorded':
      return [`Dry run of ${safe(file)}: nothing was recorded.`];
    case 'recorded':
      return [`Import ${id} of ${safe(file)}${position === null ? '' : `, complete with event ${counted(position)}`}${at}.`];
    case 'repeated':
      return [`Import ${id} was completed before${at}: this is how it ended.`];
    case 'nothing_new':
      if (isTried) return [`Dry run of ${safe(file)}: nothing was recorded, and nothing would be${earlierWords(id, at)}.`];
      return [`Nothing of ${safe(file)} was recorded${earlierWords(id, at)}.`];
  }
};

const earlierWords = (id: string | null, at: string): string => (id === null ? '' : `: import ${id} has recorded the same file${at}`);

const countLines = ({ rows, facts, unread }: ImportAnswer, isTried: boolean): readonly string[] => {
  const parts = [
    `${numbered(rows.recorded, 'row')} ${isTried ? 'ready' : 'recorded'}`,
    `${counted(rows.doubtful)} doubtful`,
    `${counted(rows.refused)} refused`,
    ...(rows.already > 0 ? [`${counted(rows.already)} on record already`] : []),
    ...(rows.nothing > 0 ? [`${counted(rows.nothing)} with nothing to record`] : []),
  ];
  return [
    `${parts.join(', ')}, of ${counted(rows.rows)}; ${numbered(facts.recorded, 'fact')} ${recordedWords(isTried)}.`,
    ...(unread.length > 0 ? [`Columns that the mapping does not read: ${unread.map(safe).join(', ')}.`] : []),
  ];
};

const numbered = (number: number, one: 'row' | 'fact'): string => `${counted(number)} ${one}${number === 1 ? '' : 's'}`;
const recordedWords = (isTried: boolean): string => (isTried ? 'would be recorded' : 'recorded');

const placeOf = (row: number | null): string => (row === null ? 'mapping' : `row ${counted(row)}`);

const sampleLines = ({ samples }: ImportAnswer): readonly string[] =>
  samples.length === 0 ? [] : ['', 'The first are read so:', ...samples.map(({ row, reads }) => `  ${placeOf(row)}  ${safe(reads)}`)];

const reasonLines = (
  { notRecorded }: ImportAnswer,
  wanted: 'refused' | 'doubtful',
  { title, isTried }: { readonly title: string; readonly isTried: boolean },
): readonly string[] => {
  const all = notRecorded.flatMap(({ row, facts, reasons }) =>
    reasons
      .filter((reason, place, all) => reason.became === wanted && (wanted === 'doubtful' || place === all.findIndex(isLike(reason))))
      .map((reason, place, { length }) => ({ row, ...reason, part: place === length - 1 ? partLines(row, facts, isTried) : [] })),
  );
  if (all.length === 0) return [];
  const lines = all.slice(0, REASONS_MAX).flatMap(({ row, column, value, detail, code, fact, part }) => {
    const where = `${column === undefined ? '' : `, column ${safe(column)}`}${value === undefined ? '' : ` "${safe(value)}"`}`;
    const named = wanted === 'doubtful' ? `${code}${fact === undefined ? '' : `:${fact}`}  ` : '';
    return [`  ${placeOf(row)}${where}  ${named}${safe(detail)}`, ...part];
  });
  const more = all.length > REASONS_MAX ? [`  and ${counted(all.length - REASONS_MAX)} more`] : [];
  return ['', title, ...lines, ...more];
};

type Reason = ImportAnswer['notRecorded'][number]['reasons'][number];

/** Facts of one row that are refused for one reason, such as an order that they all cite, are told of once. */
const isLike =
  ({ became, column, value, detail }: Reason) =>
  (other: Reason): boolean =>
    other.became === became && other.column === column && other.value === value && other.detail === detail;

type Facts = ImportAnswer['notRecorded'][number]['facts'];

/** `row 4: 1 of 2 facts recorded: listed`; nothing of a row that says one fact, or of which nothing could be read. */
const partLines = (row: number | null, facts: Facts, isTried: boolean): readonly string[] => {
  if (facts === null || facts.of === 1) return [];
  const { of, recorded, already } = facts;
  const list = (names: readonly string[]): string => names.map(safe).join(', ');
  const which = recorded.length === 0 ? '' : `: ${list(recorded)}`;
  const before = already.length === 0 ? '' : `; ${counted(already.length)} on record already: ${list(already)}`;
  return [`  ${placeOf(row)}: ${counted(recorded.length)} of ${counted(of)} facts ${recordedWords(isTried)}${which}${before}`];
};

const sheetLines = ({ notRecorded, rows }: ImportAnswer, { refused }: Asked): readonly string[] => {
  const listed = notRecorded.filter(({ row }) => row !== null).length;
  if (listed === 0) return [];
  const open = rows.refused + rows.doubtful;
  const first = listed < open ? ` The first ${counted(listed)} of ${counted(open)} are in it.` : '';
  return refused === undefined
    ? ['', '--refused <file> writes these rows to a file of the same kind, to be mended and sent again with the same mapping.']
    : ['', `${safe(refused)} has these rows, to be mended and sent again with the same mapping.${first}`];
};
