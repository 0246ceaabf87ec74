/** The words for people: ids stay in the JSON. */

import type { Definition, NoPercent } from '../domain/figures.ts';
import type { Apart } from '../domain/make-up.ts';
import { type Flag, type Ground, LOSSES, type Loss, type Place, type ReadStatus } from '../domain/pairs/pair-state.ts';
import { counted } from './text.ts';

export const DEFINITION_WORDS: { readonly [definition in Definition]: string } = {
  effective: 'In effect at this time',
  anyRestriction: 'Any measure at this time, even weaker or narrower',
  ever: 'In effect at some time so far, even if lifted',
  onTime: 'Within the time limit',
  sustained: 'Without a break since first applied',
  timeWeighted: 'Share of required account-hours',
  citingOrder: 'Citing this order',
  distinctTargets: 'Each account once',
  platformStyle: 'As platforms usually report',
};

const LEFT_OPEN = 'depends on what the record leaves open (the hour, the measure or the places)';

export const GROUND_WORDS: { readonly [ground in Ground | 'undetermined']: string } = {
  citing_order: 'citing the order',
  preexisting: 'begun before the order bound',
  other_order: 'citing another order',
  platform_rules: "under the platform's own rules",
  unstated: 'no basis stated',
  undetermined: `on a basis that ${LEFT_OPEN}`,
};

/** What is on record of the grounds of refusals: a class of accounts does not tell. */
export type Refusals = 'with_grounds' | 'without_grounds' | 'some_with_grounds' | 'not_asked';
const REFUSED_WORDS: { readonly [refusals in Refusals]: string } = {
  with_grounds: 'refused, with grounds',
  without_grounds: 'refused, no grounds on record',
  some_with_grounds: 'refused, some with grounds',
  not_asked: 'refused',
};

export const STATUS_WORDS: { readonly [status in ReadStatus]: string } = {
  not_yet_binding: 'not yet under the order',
  restricted_after_order_ended: 'order ended, still restricted citing it',
  order_ended: 'order ended (withdrawn for it, revoked or expired)',
  suspended_by_stay: 'order stayed',
  target_gone: 'gone, not restricted as the order asks',
  in_effect_preexisting: 'in effect, begun before the order bound',
  in_effect_on_time: 'in effect, within the time set',
  in_effect_late: 'in effect, first after the time set',
  in_effect: 'in effect',
  reversed_while_in_force: 'lifted or run out while the order stood',
  insufficient_measure: 'a measure weaker than the order asks',
  insufficient_territory: 'a measure that does not reach all places the order asks',
  declined: 'refused',
  unknown: 'no record either way',
  tolled: 'not in effect, clock stopped',
  pending: 'not in effect, time set not over',
  overdue: 'not in effect, past the time set',
  outstanding: 'nothing on record that does what the order asks; no time set',
  undetermined: `for a reason that ${LEFT_OPEN}`,
};

/** What is on record of how accounts ceased to be restricted: a class of accounts does not tell. */
export type Ending = 'restored' | 'restored_then_refused' | 'not_asked';
const RESTORED_WORDS = 'restored while the order stood';
const RAN_OUT_WORDS = 'ran out while the order stood';
const LOST_WORDS: { readonly [loss in Loss]: string } = { lifted: RESTORED_WORDS, ran_out: RAN_OUT_WORDS };

/** A status by itself; with how the account ceased to be restricted, where the record of the account says it. */
export const statusWords = (status: ReadStatus, lostBy: Loss | undefined): string =>
  lostBy === undefined ? STATUS_WORDS[status] : LOST_WORDS[lostBy];

/** What is on record of the order's accounts together, where it was asked for. */
export type OrderSaid = { readonly refusals: Refusals; readonly ending: Ending };
export const NOT_ASKED: OrderSaid = { refusals: 'not_asked', ending: 'not_asked' };

/** `250 restored while the order stood, then refused, with grounds`. */
export const statusCountWords = (found: StatusCount, said: OrderSaid = NOT_ASKED): string =>
  `${counted(found.pairs)} ${countedWords(found, said)}`;

/** The same without the number, which stands beside it: what the accounts of a count are; of several ways, how many in each. */
export const countedWords = (found: StatusCount, { refusals, ending }: OrderSaid = NOT_ASKED): string => {
  const { status, pairs, timingOpen, refused = 0 } = found;
  const words = notInEffectWords(status, refused === pairs, refusals, ending, allLostBy(found));
  const some = refused > 0 && refused < pairs ? ` (${counted(refused)} of them refused)` : '';
  return `${words}${waysWords(found)}${some}${timingOpenCount(status, timingOpen)}`;
};

/** The one way in which all of a count ceased to be restricted. */
const allLostBy = ({ pairs, lost }: Pick<StatusCount, 'pairs' | 'lost'>): Loss | undefined => LOSSES.find((loss) => lost?.[loss] === pairs);

/** ` (200 restored, 50 ran out)`, where not all went one way. */
const waysWords = ({ pairs, lost }: Pick<StatusCount, 'pairs' | 'lost'>): string => {
  if (!lost || allLostBy({ pairs, lost })) return '';
  const ways = [
    ...(lost.lifted > 0 ? [`${counted(lost.lifted)} restored`] : []),
    ...(lost.ran_out > 0 ? [`${counted(lost.ran_out)} ran out`] : []),
  ];
  return ` (${ways.join(', ')})`;
};
type StatusCount = {
  readonly status: ReadStatus;
  readonly pairs: number;
  readonly timingOpen?: number | undefined;
  readonly refused?: number | undefined;
  readonly lost?: { readonly lifted: number; readonly ran_out: number } | undefined;
};

/** `restored while the order stood, then refused, with grounds`; with `;` both are so, in whatever order they came. */
export const notInEffectWords = (
  status: ReadStatus,
  responseDeclined: boolean,
  refusals: Refusals,
  ending: Ending = 'not_asked',
  lostBy: Loss | undefined = undefined,
): string => {
  if (status === 'declined') return REFUSED_WORDS[refusals];
  const isRestored = status === 'reversed_while_in_force' && ending !== 'not_asked' && lostBy !== 'ran_out';
  const words = isRestored ? RESTORED_WORDS : statusWords(status, lostBy);
  if (!responseDeclined) return words;
  return `${words}${isRestored && ending === 'restored_then_refused' ? ', then' : ';'} ${REFUSED_WORDS[refusals]}`;
};

/** What is known of an order at an instant: why its accounts are outside of the figures. */
export type Standing = 'not_issued' | 'not_served' | 'list_not_received';
const NOT_BINDING_WORDS: { readonly [standing in Standing]: string } = {
  not_issued: 'order not issued by this time',
  not_served: 'no service of the order on record by this time',
  list_not_received: 'the list had not reached its addressee by this time',
};
const APART_WORDS: { readonly [status in Exclude<Apart, 'not_yet_binding'>]: string } = {
  withdrawn: 'taken off the list by the authority',
  revoked: 'order revoked',
  expired: 'order expired',
  suspended_by_stay: 'order stayed',
  target_gone: 'gone, not restricted as the order asks',
  undetermined: `for a reason that ${LEFT_OPEN}`,
};
export const apartWords = (status: Apart, standing: Standing): string =>
  status === 'not_yet_binding' ? NOT_BINDING_WORDS[standing] : APART_WORDS[status];

export const UNKNOWN_WORDS = STATUS_WORDS.unknown;
export const OPEN_WORDS = LEFT_OPEN;
export const POPULATION_OPEN_WORDS = 'whether the order bound depends on what the record leaves open';

/** Beside a pair or a figure; they change none. */
export const FLAG_WORDS: { readonly [flag in Flag]: string } = {
  without_evidence: 'in effect without a file on record that shows it',
  wider_than_order: 'restricted in more places than the order asks',
  also_required_by: 'order ended, another order still asks for it',
  restoration_due: 'restoration directed, still restricted citing this order alone',
};

// ---- Units

/** What a figure counts: `accounts under an order`. */
export type Unit = { readonly one: string; readonly many: string };

const PLURALS: { readonly [kind: string]: string } = {
  account: 'accounts',
  post: 'posts',
  url: 'addresses',
  hashtag: 'hashtags',
  service: 'services',
  class: 'described classes',
};
const SINGULARS: { readonly [kind: string]: string } = { url: 'address', class: 'described class' };
export const kindWord = (kind: string, number: number): string =>
  number === 1 ? (SINGULARS[kind] ?? spoken(kind)) : (PLURALS[kind] ?? spoken(kind));

export const ACCOUNTS: Unit = { one: 'account', many: 'accounts' };
const DEFAULT_KINDS = ['account', 'post', 'url'];

/** The kinds that are counted by default go by the name of the first; others by their own. */
export const unitOf = (kinds: readonly string[]): Unit => {
  if (DEFAULT_KINDS.every((kind) => kinds.includes(kind)) && kinds.length === DEFAULT_KINDS.length) return ACCOUNTS;
  return { one: listed(kinds, 1, 'or'), many: listed(kinds, 2, 'and') };
};
const listed = (kinds: readonly string[], number: number, joined: string): string =>
  kinds.map((kind) => kindWord(kind, number)).join(` ${joined} `);

/**
 * Why there is no percentage. `missing`: references of the orders of which no list is on record, where several were asked about. `unserved`: of how many orders
 * a missing service is the only reason why nothing is counted.
 */
export const noPercentWords = (reason: NoPercent, definition: Definition, unit: Unit, missing: readonly string[], unserved = 0): string => {
  if (reason === 'no_target_list') {
    const of = missing.length === 0 ? '' : ` for ${missing.length === 1 ? 'order' : 'orders'} ${missing.join(', ')}`;
    return `no percentage: no list of the ${unit.many} is on record${of}`;
  }
  if (reason === 'no_numeric_deadline')
    return 'no percentage: the order sets no number of hours; whether this was "immediate" is not decided here';
  if (unserved > 0 && definition !== 'platformStyle')
    return `no percentage: no service of ${unserved === 1 ? 'the order' : 'any of the orders'} is on record by this time, so no ${unit.one} is counted`;
  if (definition === 'onTime') return `no percentage: no time set was over for any ${unit.one} under the order`;
  return definition === 'ever'
    ? `no percentage: no ${unit.one} was under an order in force up to this time`
    : `no percentage: no ${unit.one} is under an order in force at this time`;
};

export const CAVEAT = 'published rules applied to recorded events; no finding of compliance, breach or validity';

// ---- Events

export const EVENT_WORDS: { readonly [type: string]: string } = {
  CaseOpened: 'case begins',
  OrderIssued: 'order issued',
  OrderServed: 'order served',
  CoverageDeclared: 'record declared complete',
  OrderConfirmed: 'order confirmed',
  OrderStayed: 'order stayed',
  StayLifted: 'stay lifted',
  OrderRevoked: 'order revoked',
  NoticeServed: 'notice served',
  OrderAnswered: 'order answered',
  DeadlineSet: 'time for compliance set',
  ClockStopped: 'clock stopped',
  ClockRestarted: 'clock restarted',
  TargetListed: 'listed',
  TargetWithdrawn: 'withdrawn from the list',
  TargetBlocked: 'suspended, removed or inaccessible everywhere',
  TargetWithheld: 'withheld',
  TargetLimited: 'limited',
  TargetReinstated: 'restored',
  TargetDeclined: 'refused',
  UserNotified: 'user notified',
  TargetGone: 'no longer there',
  TargetLinked: 'linked to another',
  MeetingHeld: 'meeting',
  StatementMade: 'statement',
  ClaimRecorded: 'claim, as published',
  ClaimWithdrawn: 'claim taken back',
  EvidenceRegistered: 'file put on record',
  ImportStarted: 'import begun',
  ImportCompleted: 'import completed',
  EventCorrected: 'correction recorded',
  EventRetracted: 'retraction recorded',
};

/** The types of events that restrict an account. */
export const RESTRICTIONS: readonly string[] = ['TargetBlocked', 'TargetWithheld', 'TargetLimited'];

export const ASSERTION_WORDS: { readonly [assertion: string]: string } = {
  direct_record: 'direct record',
  official_document: 'official document',
  platform_report: 'platform report',
  third_party_report: 'third-party report',
  inferred: 'inferred',
};

/** `news_media` as `news media`: for values of a vocabulary that have no words of their own. */
export const spoken = (value: string): string => value.replaceAll('_', ' ');

// ---- Pairs

export type Pair = {
  readonly is: Place;
  readonly status: ReadStatus;
  readonly ground: Ground | 'undetermined' | null;
  readonly isTimingOpen?: boolean | undefined;
  readonly lostBy?: Loss | undefined;
  readonly responseDeclined: boolean;
};

/** What one account is, and why. */
export const pairWords = (
  { is, status, ground, isTimingOpen, lostBy, responseDeclined }: Pair,
  standing: Standing,
  refusals: Refusals,
  ending: Ending = 'not_asked',
): string => {
  switch (is) {
    case 'in_effect':
      return `in effect, ${GROUND_WORDS[ground ?? 'undetermined']}${TIMING_WORDS[status] ?? ''}${timingOpenWords(status, isTimingOpen)}`;
    case 'not_in_effect':
      return notInEffectWords(status, responseDeclined, refusals, ending, lostBy);
    case 'apart':
      return status === 'not_yet_binding' ? NOT_BINDING_WORDS[standing] : STATUS_WORDS[status];
    case 'unknown':
      return UNKNOWN_WORDS;
    case 'open':
      return OPEN_WORDS;
    case 'population_open':
      return POPULATION_OPEN_WORDS;
  }
};
const TIMING_WORDS: { readonly [status in ReadStatus]?: string } = {
  in_effect_on_time: ', within the time set',
  in_effect_late: ', first after the time set',
};

/** The same of a count: for how many of it. */
const timingOpenCount = (status: ReadStatus, open: number | undefined): string =>
  open === undefined
    ? ''
    : ` (for ${counted(open)} of them ${status === 'in_effect_late' ? 'on time' : 'late'} is not excluded, since the hours overlap)`;

/** Behind a status that says whether it was in time: that the readings agree, and that the hours nevertheless leave it open. */
export const timingOpenWords = (status: ReadStatus, isOpen: boolean | undefined): string => {
  if (isOpen !== true) return '';
  return ` in both readings; ${status === 'in_effect_late' ? 'on time' : 'late'} is not excluded, since the hours overlap`;
};
