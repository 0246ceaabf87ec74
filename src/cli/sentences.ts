/** What an event says, as part of a sentence: for one, or for many that say the same of several targets. */
import type { Entry, Line } from './answers.ts';
import { extentOf, hourOf } from './hours.ts';
import { counted, safe } from './terminal.ts';
import { EVENT_WORDS, spoken } from './words.ts';

type Says = Entry['says'];
export type Told = {
  readonly type: string;
  readonly says: Says;
  /** References of the orders that it is about. */
  readonly orders: readonly string[];
  /** Whom it is about: `250 accounts`, or a name. */
  readonly whom: string;
  /** Of refusals: how many name each class. */
  readonly classes: { readonly [name: string]: number };
  readonly zone: string;
};

const textIn = (says: Says, field: string): string | undefined => {
  const value = says[field];
  return typeof value === 'string' ? value : undefined;
};
const listIn = (says: Says, field: string): readonly string[] => {
  const value = says[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};
const objectIn = (says: Says, field: string): Says => {
  const value = says[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
};
/** The first name that a party goes by. */
const partyIn = (says: Says, field: string): string => {
  const party = objectIn(says, field);
  const name = ['organisation', 'name', 'role', 'description'].map((member) => textIn(party, member)).find((text) => text !== undefined);
  return safe(name ?? 'unnamed');
};

const placesIn = (says: Says): string => {
  const places = textIn(says, 'territory') ?? listIn(says, 'territory').join(', ');
  if (places === 'WORLD') return 'worldwide';
  return places === '' || places === 'UNSTATED' ? 'where, is not stated' : `in ${safe(places)}`;
};

const basisOf = ({ says, orders }: Told): string => {
  const cited = orders.length > 0 ? `citing ${orders.join(', ')}` : 'citing no order';
  switch (textIn(says, 'basis')) {
    case 'legal_order':
      return cited;
    case 'platform_rules':
      return orders.length > 0 ? `under the platform's own rules, ${cited}` : "under the platform's own rules, citing no order";
    default:
      return `no basis stated, ${cited}`;
  }
};

export const sentence = (told: Told): string => {
  const { type, says, orders, whom, zone } = told;
  const named = orders.join(', ');
  switch (type) {
    case 'CaseOpened':
      return `case opened: ${safe(textIn(says, 'title') ?? '')}`;
    case 'OrderIssued':
      return `order ${named} issued by ${partyIn(says, 'authority')} to ${partyIn(says, 'addressee')}: ${spoken(textIn(objectIn(says, 'demand'), 'measure') ?? '')} ${placesIn(objectIn(says, 'demand'))}`;
    case 'OrderServed':
      return `order ${named} served`;
    case 'CoverageDeclared':
      return coverageWords(told);
    case 'TargetListed':
      return `${whom} listed by order ${named}`;
    case 'TargetBlocked':
      return `${whom} ${spoken(textIn(says, 'measure') ?? 'blocked')} worldwide, ${basisOf(told)}`;
    case 'TargetWithheld':
      return `${whom} withheld ${placesIn(says)}, ${basisOf(told)}`;
    case 'TargetReinstated':
      return `${whom} restored (${spoken(textIn(says, 'reason') ?? 'no reason stated')})`;
    case 'TargetDeclined':
      return `acting on ${whom} refused, under ${named}: ${listIn(says, 'grounds').map(spoken).join(', ')}${classWords(told.classes)}`;
    case 'MeetingHeld':
      return `meeting (${spoken(textIn(says, 'purpose') ?? '')})${named === '' ? '' : ` on ${named}`}${endedWords(says, zone)}`;
    default:
      return EVENT_WORDS[type] ?? safe(type);
  }
};

const coverageWords = ({ says, orders, zone }: Told): string => {
  const [from, to] = [textIn(says, 'from'), textIn(says, 'to')];
  const period = from === undefined || to === undefined ? '' : ` from ${hourOf(from, zone)} to ${hourOf(to, zone)}`;
  return `record on ${orders.join(', ')} declared ${textIn(says, 'completeness') ?? ''}${period} by ${partyIn(says, 'by')} (not verified)`;
};

const endedWords = (says: Says, zone: string): string => {
  const { earliest, latest } = {
    earliest: textIn(objectIn(says, 'endedAt'), 'earliest'),
    latest: textIn(objectIn(says, 'endedAt'), 'latest'),
  };
  return earliest === undefined || latest === undefined ? '' : `, ended ${extentOf({ earliest, latest }, zone)}`;
};

/** `; classes as the platform states: 9 news media, 9 journalist` */
const classWords = (classes: Told['classes']): string => {
  const named = classList(classes);
  return named === '' ? '' : `; stated as ${named}`;
};
const classList = (classes: Told['classes']): string =>
  Object.entries(classes)
    .map(([name, number]) => `${counted(number)} ${spoken(safe(name))}`)
    .join(', ');

const PLURALS: { readonly [kind: string]: string } = {
  account: 'accounts',
  post: 'posts',
  url: 'addresses',
  hashtag: 'hashtags',
  service: 'services',
  class: 'described classes',
};
const SINGULARS: { readonly [kind: string]: string } = { url: 'address', class: 'described class' };

/** `257 accounts, 1 hashtag` */
export const kindWords = (kinds: Line['kinds']): string =>
  Object.entries(kinds)
    .map(([kind, number]) => `${counted(number)} ${number === 1 ? (SINGULARS[kind] ?? safe(kind)) : (PLURALS[kind] ?? safe(kind))}`)
    .join(', ');
