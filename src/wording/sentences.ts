/** What an event says, as part of a sentence: for one, or for many that say the same of several targets. */
import { isJsonObject } from '../domain/json.ts';
import { claimWords, evidenceWords, statementWords, withdrawalWords } from './claim-words.ts';
import { type Extent, extentOf, hourOf } from './hours.ts';
import { orderLifeWords } from './order-words.ts';
import { listIn, objectIn, partyIn, type Says, textIn } from './said.ts';
import { counted, safe } from './text.ts';
import { EVENT_WORDS, kindWord, spoken } from './words.ts';

type Counts = { readonly [name: string]: number };
export type Told = {
  readonly type: string;
  readonly says: Says;
  /** References of the orders that it is about. */
  readonly orders: readonly string[];
  /** Whom it is about: `250 accounts`, or a name. */
  readonly whom: string;
  /** Of refusals and of listings: how many name each class. */
  readonly classes: Counts;
  readonly zone: string;
};

const placesIn = (says: Says): string => placesOf(says['territory']);
const placesOf = (territory: Says[string]): string => {
  const places = Array.isArray(territory) ? territory.filter((code) => typeof code === 'string').join(', ') : territory;
  if (places === 'WORLD') return 'worldwide';
  return typeof places !== 'string' || places === '' || places === 'UNSTATED' ? '(where, is not stated)' : `in ${safe(places)}`;
};

/** Where a reinstatement lifts what it names; nothing, where nothing on record was to be lifted. */
const liftedIn = (says: Says): string => {
  const lifts = Array.isArray(says['lifts']) ? says['lifts'] : [];
  const of = Array.isArray(says['liftedIn']) ? says['liftedIn'] : lifts.map((lift) => memberOf(lift, 'territory'));
  const places = [...new Set(of.map(placesOf))];
  return places.length === 0 ? ', nothing on record to lift' : ` ${places.join(', ')}`;
};
const memberOf = (value: Says[string], member: string): Says[string] => (isJsonObject(value) ? value[member] : undefined);

/** `, permanent`, `, until 1 Mar 2021 00:00 IST` */
const endWords = (says: Says, zone: string): string => {
  const until = textIn(says, 'until');
  return `${says['permanent'] === true ? ', permanent' : ''}${until === undefined ? '' : `, until ${hourOf(until, zone)}`}`;
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
      return `case begins: ${safe(textIn(says, 'title') ?? '')}`;
    case 'OrderIssued':
      return `order ${named} issued by ${partyIn(says, 'authority')} to ${partyIn(says, 'addressee')}: ${demandWords(objectIn(says, 'demand'))}`;
    case 'OrderServed':
      return `order ${named} served`;
    case 'CoverageDeclared':
      return coverageWords(told);
    case 'TargetListed':
      return `${whom} listed by order ${named}${classWords(told.classes)}`;
    case 'TargetWithdrawn':
      return `${whom} withdrawn from the list of order ${named}${statedReason(says)}`;
    case 'TargetBlocked':
      return `${whom} ${spoken(textIn(says, 'measure') ?? 'blocked')} worldwide, ${basisOf(told)}${endWords(says, zone)}`;
    case 'TargetWithheld':
      return `${whom} withheld ${placesIn(says)}, ${basisOf(told)}${endWords(says, zone)}`;
    case 'TargetLimited':
      return `${whom} ${limitWords(says)} ${placesIn(says)}, ${basisOf(told)}${endWords(says, zone)}`;
    case 'TargetReinstated':
      return `${whom} restored${liftedIn(says)} (${spoken(textIn(says, 'reason') ?? 'no reason stated')})`;
    case 'TargetDeclined':
      return `acting on ${whom} refused, under ${named}: ${groundsWords(says)}${classWords(told.classes)}`;
    case 'UserNotified':
      return `user notified about ${whom}${channelWords(says)}${citingWords(named)}`;
    case 'TargetGone':
      return `${whom} no longer there (${says['cause'] === 'owner' ? 'taken away by the owner' : 'why, is not known'})${citingWords(named)}`;
    case 'TargetLinked':
      return `${whom} ${linkWords(says)}${citingWords(named)}`;
    case 'MeetingHeld':
      return `meeting (${spoken(textIn(says, 'purpose') ?? '')})${named === '' ? '' : ` on ${named}`}${endedWords(says, zone)}`;
    case 'StatementMade':
      return statementWords(says, named);
    case 'ClaimRecorded':
      return claimWords(says, named, zone, extentIn(says, 'asOf'));
    case 'ClaimWithdrawn':
      return withdrawalWords(says);
    case 'EvidenceRegistered':
      return evidenceWords(says);
    case 'ImportStarted':
    case 'ImportCompleted':
    case 'EventCorrected':
    case 'EventRetracted':
      return EVENT_WORDS[type] ?? type;
    default: // what a later version records has a name that can be read, if no sentence; a test has one of each type of this one
      return orderLifeWords({ type, says, named, zone }) ?? safe(spoken(type));
  }
};

const demandWords = (demand: Says): string => {
  const measure = textIn(demand, 'measure') ?? 'unstated';
  return `${measure === 'unstated' ? 'what to do, is not stated,' : spoken(measure)} ${placesIn(demand)}`;
};

/** A weaker measure may leave what it does unsaid. */
const limitWords = (says: Says): string => {
  const measure = textIn(says, 'measure') ?? 'other';
  return measure === 'other' ? 'limited in a way not named' : spoken(measure);
};

/** In the recorder's own words, which a line about many does not have. */
const statedReason = (says: Says): string => {
  const reason = textIn(says, 'reason');
  return reason === undefined ? '' : ` (${safe(reason)})`;
};

/** Of what is no act under an order, and so says nothing where it cites none. */
const citingWords = (named: string): string => (named === '' ? '' : `, citing ${named}`);

const channelWords = (says: Says): string => {
  const channel = textIn(says, 'channel');
  return channel === undefined ? '' : ` (${safe(channel)})`;
};

const RELATION_WORDS: { readonly [relation: string]: string } = {
  renamed_to: 'renamed to',
  successor: 'succeeded by',
  same_as: 'the same as',
};

/** `renamed to @other on birdsite.example (probable)`; of many, whom each is linked to stands in each event. */
const linkWords = (says: Says): string => {
  const [to, relation] = [objectIn(says, 'to'), textIn(says, 'relation')];
  const name = textIn(to, 'verbatim');
  if (name === undefined || relation === undefined) return 'linked to others';
  const confidence = spoken(textIn(says, 'confidence') ?? '');
  return `${RELATION_WORDS[relation] ?? spoken(relation)} ${safe(name)} on ${safe(textIn(to, 'platform') ?? '')} (${confidence})`;
};

/** Of a refusal. */
export const groundsWords = (says: Says): string => listIn(says, 'grounds').map(spoken).join(', ') || 'no grounds on record';

const coverageWords = ({ says, orders, zone }: Told): string => {
  const [from, to] = [textIn(says, 'from'), textIn(says, 'to')];
  const period = from === undefined || to === undefined ? '' : ` from ${hourOf(from, zone)} to ${hourOf(to, zone)}`;
  return `record on ${orders.join(', ')} declared ${textIn(says, 'completeness') ?? ''}${period} by ${partyIn(says, 'by')} (not verified)`;
};

const endedWords = (says: Says, zone: string): string => {
  const ended = extentIn(says, 'endedAt');
  return ended ? `, ended ${extentOf(ended, zone)}` : '';
};

/** A time that an event says, with its source's words. */
export const extentIn = (says: Says, field: string): Extent | undefined => {
  const value = objectIn(says, field);
  const [earliest, latest] = [textIn(value, 'earliest'), textIn(value, 'latest')];
  if (earliest === undefined || latest === undefined) return undefined;
  return { earliest, latest, precision: textIn(value, 'precision'), text: textIn(value, 'text'), resolvedBy: textIn(value, 'resolvedBy') };
};

/** Of one refusal: the classes that it names. */
export const classesOf = ({ says }: { readonly says: Says }): Counts => {
  const classes = Array.isArray(says['classes']) ? says['classes'] : [];
  const names = classes.flatMap((stated) => (isJsonObject(stated) && typeof stated['class'] === 'string' ? [stated['class']] : []));
  return Object.fromEntries(names.map((name) => [name, 1]));
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

/** `257 accounts, 1 hashtag` */
export const kindWords = (kinds: Counts): string =>
  Object.entries(kinds)
    .map(([kind, number]) => `${counted(number)} ${safe(kindWord(kind, number))}`)
    .join(', ');
