/** What was said and what was published, as part of a sentence: always with whoever said it, and never as something that was found. */
import { type Extent, extentOf } from './hours.ts';
import { listIn, numberIn, objectIn, objectsIn, partyIn, partyName, type Says, textIn } from './said.ts';
import { counted, safe } from './text.ts';
import { ACCOUNTS, DEFINITION_WORDS, spoken, unitOf } from './words.ts';

/** A value of a vocabulary, which a later version may have that this one has no words for. */
const termIn = (says: Says, field: string): string => safe(spoken(textIn(says, field) ?? ''));

// ---- Statements

/** `statement (concern) by Ministry to Platform, oral: Comparable events are treated differently` */
export const statementWords = (says: Says, named: string): string => {
  const to = says['addressee'] === undefined ? '' : ` to ${partyIn(says, 'addressee')}`;
  const medium = textIn(says, 'medium') ?? 'unstated';
  const besides = [
    ...quoted('compared with', listIn(says, 'comparators').join(', ')),
    ...quoted('to the extent of', textIn(says, 'level')),
    ...quoted('outcome:', textIn(says, 'outcome')),
  ];
  return [
    `statement${textIn(says, 'kind') === 'statement' ? '' : ` (${termIn(says, 'kind')})`} by ${partyIn(says, 'speaker')}${to}`,
    medium === 'unstated' ? '' : `, ${termIn(says, 'medium')}`,
    named === '' ? '' : `, on ${named}`,
    `: ${[safe(textIn(says, 'summary') ?? ''), ...besides].join('; ')}`,
  ].join('');
};

const quoted = (before: string, text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : [`${before} ${safe(text)}`];

// ---- Claims

/** `of`: what is counted. */
const METRIC_WORDS: { readonly [metric: string]: (of: string) => string } = {
  pairs_in_effect: (of) => `${of} in effect`,
  compliance_rate: (of) => `share of ${of} in effect`,
  targets_listed: (of) => `${of} listed`,
  orders_issued: () => 'orders issued',
  targets_restricted: (of) => `${of} restricted`,
  restriction_duration: () => 'how long restrictions lasted',
  notification_delay: () => 'how late users were told',
  other: () => 'something that the ledger has no figure for',
};

/** Whatever the claim says is counted; where it says nothing, accounts. */
const countedIn = (population: Says): string => {
  const kinds = listIn(population, 'kinds').map(safe);
  return (kinds.length === 0 ? ACCOUNTS : unitOf(kinds)).many;
};
const COMPARATOR_WORDS: { readonly [comparator: string]: string } = {
  eq: '',
  gt: 'more than ',
  gte: 'at least ',
  lt: 'less than ',
  lte: 'at most ',
  about: 'about ',
  nearly: 'nearly ',
  range: '',
  unquantified: 'some, without a number',
};

/** `claim by Sources in the ministry (relayed by A newspaper), as published: nearly 97 %, 1,398/1,435; share of accounts in effect, under O1, O2` */
export const claimWords = (says: Says, named: string, zone: string, asOf: Extent | undefined): string =>
  `claim by ${claimedBy(says)}, as published: ${claimed(says, named, zone, asOf)} (not a figure of this ledger)`;

export const claimedBy = (says: Says): string => {
  const relayed = objectsIn(says, 'relayedBy').map(partyName).join(', ');
  return `${partyIn(says, 'claimant')}${relayed === '' ? '' : ` (relayed by ${relayed})`}`;
};

/** Its number, and what it is said to be of. */
export const claimed = (says: Says, named: string, zone: string, asOf: Extent | undefined): string => {
  const population = objectIn(says, 'population');
  const published = [numberWords(says), ratioWords(says), ...partsWords(says)].filter((part) => part !== '').join(', ');
  const note = textIn(population, 'note');
  const about = [
    METRIC_WORDS[textIn(says, 'metric') ?? '']?.(countedIn(population)) ?? termIn(says, 'metric'),
    ...(note === undefined ? [] : [`meaning ${safe(note)}`]),
    ...definitionWords(says),
    ...(named === '' ? [] : [`under ${named}`]),
    ...(asOf === undefined ? [] : [`as of ${extentOf(asOf, zone)}`]),
    ...(says['restates'] === undefined ? [] : ['retelling another claim']),
  ];
  return `${published}; ${about.join(', ')}${narrowWords(population)}`;
};

const numberWords = (says: Says): string => {
  const comparator = textIn(says, 'comparator') ?? '';
  const unit = textIn(says, 'unit') ?? '';
  const range = objectIn(says, 'range');
  const isRatio = numberIn(says, 'denominator') !== undefined;
  const value = textIn(says, 'value') ?? (unit === 'count' && !isRatio ? numberIn(says, 'numerator')?.toString() : undefined);
  const words = COMPARATOR_WORDS[comparator] ?? `${termIn(says, 'comparator')} `;
  if (comparator === 'unquantified') return words;
  if (comparator === 'range')
    return `${quantityWords(textIn(range, 'min') ?? '', unit)} to ${quantityWords(textIn(range, 'max') ?? '', unit)}`;
  return value === undefined ? words.trim() : `${words}${quantityWords(value, unit)}`;
};

/** As written: no decimal is added or taken away. */
const quantityWords = (text: string, unit: string): string => {
  if (unit === 'duration') return durationWords(text);
  if (unit === 'percent') return `${safe(text)} %`;
  return /^\d+$/.test(text) ? counted(Number(text)) : safe(text);
};

const UNITS: { readonly [letter: string]: string } = { D: 'd', H: 'h', M: 'm', S: 's' };
const durationWords = (text: string): string =>
  [...text.matchAll(/(\d+)([DHMS])/g)].map(([, number, unit = '']) => `${counted(Number(number))} ${UNITS[unit]}`).join(' ');

const ratioWords = (says: Says): string => {
  const [numerator, denominator] = [numberIn(says, 'numerator'), numberIn(says, 'denominator')];
  if (denominator === undefined) return '';
  return numerator === undefined ? `of ${counted(denominator)}` : `${counted(numerator)}/${counted(denominator)}`;
};

const partsWords = (says: Says): readonly string[] =>
  objectsIn(says, 'parts').map((part) => `${safe(textIn(part, 'label') ?? '')} ${ratioWords(part)}`);

const definitionWords = (says: Says): readonly string[] => {
  const stated = textIn(says, 'definition');
  const words = Object.entries(DEFINITION_WORDS).find(([definition]) => definition === stated)?.[1];
  return words === undefined ? [] : [`said to mean "${words}"`];
};

/** What of all that is counted it is about. */
const narrowWords = (population: Says): string => {
  const lists = ['classes', 'measures', 'bases', 'territory'].flatMap((field) => {
    const said = textIn(population, field) ?? listIn(population, field).map(spoken).join(', ');
    return said === '' ? [] : [`${field}: ${safe(said)}`];
  });
  return lists.length === 0 ? '' : ` [${lists.join('; ')}]`;
};

export const withdrawalWords = (says: Says): string => `claim taken back by ${partyIn(says, 'by')}: ${safe(textIn(says, 'reason') ?? '')}`;

// ---- Files

/** `file put on record: application/pdf, 17 bytes, SHA-256 e3b0…; from Gazette, downloaded` */
export const evidenceWords = (says: Says): string => {
  const made = textIn(says, 'derivedFrom');
  return [
    `file put on record: ${safe(textIn(says, 'mediaType') ?? '')}, ${counted(numberIn(says, 'bytes') ?? 0)} bytes`,
    `, SHA-256 ${safe(textIn(says, 'sha256') ?? '')}`,
    `; from ${safe(textIn(says, 'obtainedFrom') ?? '')}, ${safe(textIn(says, 'method') ?? '')}`,
    made === undefined ? '' : `; made from ${safe(made)}: ${safe(textIn(says, 'derivation') ?? 'how, is not said')}`,
  ].join('');
};
