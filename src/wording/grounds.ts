/** On what an event rests: who says so, where it is written, and when it came into the ledger. */
import { isSelfDeclared } from '../domain/self-declared.ts';
import { daysOf, type Extent, recordedHour } from './hours.ts';
import { counted, safe } from './text.ts';
import { ASSERTION_WORDS, spoken } from './words.ts';

type Source = {
  readonly name: string;
  readonly locator?: string | undefined;
  readonly quote?: string | undefined;
  readonly evidence?: string | undefined;
  readonly publishedAt?: Extent | undefined;
};
/** On what an event rests, and when the ledger learned of it. */
export type Grounds = {
  readonly assertion: string;
  readonly sources?: readonly Source[] | undefined;
  readonly text?: string | undefined;
  readonly recordedAt: string;
  readonly recordedBy: string;
};
/** The event that changed what another says. */
export type By = {
  readonly position: number;
  readonly recordedAt: string;
  readonly reason: string;
  readonly explanation?: string | undefined;
};

/** Words in parts: a file of evidence by its SHA-256 apart from what is quoted, which may look like one. */
export type Part = string | { readonly file: string };
export const partsText = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : `file ${safe(part.file)}`)).join('');

/** `— third-party report: Daily Post, page 3: "blocked on Wednesday evening"; recorded 25 Nov 2026 08:20 IST by local:root (name not checked)` */
export const groundsOf = (grounds: Grounds, zone: string): string => `— ${partsText(groundsParts(grounds, zone))}`;

/** The same without the dash. */
export const groundsParts = ({ assertion, sources = [], text, recordedAt, recordedBy }: Grounds, zone: string): readonly Part[] => {
  const words = text === undefined ? '' : `; ${quotedWords(text)}`;
  return [
    ASSERTION_WORDS[assertion] ?? safe(spoken(assertion)),
    ...(sources.length > 0 ? [': ', ...sourcesParts(sources, zone)] : []),
    `${words}; ${recordedWords(recordedAt, recordedBy, zone)}`,
  ];
};

const PARAPHRASED = '[paraphrased] ';

/** What is marked as a paraphrase does not stand in quotation marks. */
const quotedWords = (text: string): string =>
  text.startsWith(PARAPHRASED) ? `paraphrased: ${safe(text.slice(PARAPHRASED.length))}` : `in the source's words: "${safe(text)}"`;

/** `Daily Post, page 3: "blocked on Wednesday evening"; Gazette, published on 8 Feb 2021` */
export const sourcesParts = (sources: readonly Source[], zone: string): readonly Part[] =>
  sources.flatMap((source, place) => [...(place === 0 ? [] : ['; ']), ...sourceParts(source, zone)]);

const sourceParts = ({ name, locator, quote, evidence, publishedAt }: Source, zone: string): readonly Part[] => [
  safe(name),
  ...(locator === undefined ? [] : [`, ${safe(locator)}`]),
  ...(publishedAt === undefined ? [] : [`, published ${daysOf(publishedAt, zone)}`]),
  ...(evidence === undefined ? [] : [', ', { file: evidence }]),
  ...(quote === undefined ? [] : [`: "${safe(quote)}"`]),
];

const recordedWords = (recordedAt: string, recordedBy: string, zone: string): string =>
  `recorded ${recordedHour(recordedAt, zone)} by ${recorderWords(recordedBy)}`;

/** `local:root (name not checked)`; `Review desk (by token)` */
export const recorderWords = (recordedBy: string): string =>
  `${safe(recordedBy)} (${isSelfDeclared(recordedBy) ? 'name not checked' : 'by token'})`;

/** What a field says: `IN, PK`; `not said`. */
export const valueWords = (value: unknown): string => {
  if (value === undefined || value === null) return 'not said';
  if (typeof value === 'string') return safe(spoken(value));
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return safe(isList ? value.map(spoken).join(', ') : JSON.stringify(value));
};

/** `corrected by event 12, recorded 25 Nov 2026 08:20 IST: data entry, "Written down an hour late."` */
export const changeWords = (verb: string, by: By, zone: string): string =>
  `${verb} by event ${counted(by.position)}, recorded ${recordedHour(by.recordedAt, zone)}: ${reasonWords(by)}`;

export const reasonWords = ({ reason, explanation }: Pick<By, 'reason' | 'explanation'>): string =>
  `${spoken(reason)}${explanation === undefined ? '' : `, "${safe(explanation)}"`}`;

/** `event 16`, `events 1,948–2,070`; where others stand in between, `123 events from 1,948 to 3,451`. */
export const eventsWords = ({
  number,
  first,
  last,
}: {
  readonly number: number;
  readonly first: number;
  readonly last: number;
}): string => {
  if (number === 1) return `event ${counted(first)}`;
  if (last - first + 1 === number) return `events ${counted(first)}–${counted(last)}`;
  return `${counted(number)} events from ${counted(first)} to ${counted(last)}`;
};
