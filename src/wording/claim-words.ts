/** What was said and what was published, as part of a sentence: always with whoever said it, and never as something that was found. */
import { type Extent, extentOf } from './hours.ts';
import { listIn, numberIn, objectIn, objectsIn, partyIn, partyName, type Says, textIn } from './said.ts';
import { counted, safe } from './text.ts';
import { DEFINITION_WORDS, spoken } from './words.ts';

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
    `statement (${termIn(says, 'kind')}) by ${partyIn(says, 'speaker')}${to}`,
    medium === 'unstated' ? '' : `, ${termIn(says, 'medium')}`,
    named === '' ? '' : `, on ${named}`,
    `: ${[safe(textIn(says, 'summary') ?? ''), ...besides].join('; ')}`,
  ].join('');
};

const quoted = (before: string, text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : [`${before} ${safe(text)}`];

// ---- Claims

const METRIC_WORDS: { readonly [metric: string]: string } = {
  pairs_in_effect: 'accounts in effect',
  compliance_rate: 'share of accounts in effect',
  targets_listed: 'accounts listed',
  orders_issued: 'orders issued',
  targets_restricted: 'accounts restricted',
  restriction_duration: 'how long restrictions lasted',
  notification_delay: 'how late users were told',
  other: 'something that the ledger has no figure for',
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
export const claimWords = (says: Says, named: string, zone: string, asOf: Extent | undefined): string => {
  const relayed = objectsIn(says, 'relayedBy').map(partyName).join(', ');
  const published = [numberWords(says), ratioWords(says), ...partsWords(says)].filter((part) => part !== '').join(', ');
  const note = textIn(objectIn(says, 'population'), 'note');
  const about = [
    METRIC_WORDS[textIn(says, 'metric') ?? ''] ?? termIn(says, 'metric'),
    ...(note === undefined ? [] : [`meaning ${safe(note)}`]),
    ...definitionWords(says),
    ...(named === '' ? [] : [`under ${named}`]),
    ...(asOf === undefined ? [] : [`as of ${extentOf(asOf, zone)}`]),
  ];
  const by = `claim by ${partyIn(says, 'claimant')}${relayed === '' ? '' : ` (relayed by ${relayed})`}`;
  return `${by}, as published: ${published}; ${about.join(', ')}${narrowWords(objectIn(says, 'population'))} (not a figure of this ledger)`;
};

const numberWords = (says: Says): string => {
  const comparator = textIn(says, 'comparator') ?? '';
  const unit = textIn(says, 'unit') ?? '';
  const range = objectIn(says, 'range');
  const value = textIn(says, 'value') ?? (unit === 'count' ? numberIn(says, 'numerator')?.toString() : undefined);
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

/** What of all that might be meant it is about. */
const narrowWords = (population: Says): string => {
  const lists = ['kinds', 'classes', 'measures', 'bases', 'territory'].flatMap((field) => {
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
