/** The words for people: ids stay in the JSON. */

import type { NoPercent } from '../domain/figures.ts';
import type { Apart, Definition, InEffect, NotInEffect } from '../domain/pair-state.ts';

export const DEFINITION_WORDS: { readonly [definition in Definition]: string } = {
  effective: 'In effect at this time',
  ever: 'In effect at some time so far, even if lifted',
};

const LEFT_OPEN = 'depends on what the record leaves open (the hour, the measure or the places)';

export const IN_EFFECT_WORDS: { readonly [status in InEffect]: string } = {
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

const NOT_IN_EFFECT_WORDS: { readonly [status in Exclude<NotInEffect, 'declined'>]: string } = {
  reversed_while_in_force: 'lifted or run out while the order stood',
  insufficient_measure: 'a measure weaker than the order asks',
  insufficient_territory: 'a measure that does not reach all places the order asks',
  outstanding: 'nothing on record that does what the order asks',
  undetermined: `for a reason that ${LEFT_OPEN}`,
};

/** `lifted or run out while the order stood; refused, with grounds`: both are so, in whatever order they came. */
export const notInEffectWords = (status: NotInEffect, responseDeclined: boolean, refusals: Refusals): string => {
  if (status === 'declined') return REFUSED_WORDS[refusals];
  return responseDeclined ? `${NOT_IN_EFFECT_WORDS[status]}; ${REFUSED_WORDS[refusals]}` : NOT_IN_EFFECT_WORDS[status];
};

/** What is known of an order at an instant: why its accounts are outside of the figures. */
export type Standing = 'not_issued' | 'not_served' | 'list_not_received';
const NOT_BINDING_WORDS: { readonly [standing in Standing]: string } = {
  not_issued: 'order not issued by this time',
  not_served: 'no service of the order on record by this time',
  list_not_received: 'the list had not reached its addressee by this time',
};
/** Of the ends of an order, this release records its expiry alone. */
export const apartWords = (status: Apart, standing: Standing): string =>
  status === 'order_ended' ? 'order expired' : NOT_BINDING_WORDS[standing];

export const UNKNOWN_WORDS = 'no record either way';
export const OPEN_WORDS = LEFT_OPEN;
export const POPULATION_OPEN_WORDS = 'whether the order bound depends on hours that the record leaves open';

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

/** Why there is no percentage. `missing`: references of the orders of which no list is on record, where several were asked about. */
export const noPercentWords = (reason: NoPercent, definition: Definition, unit: Unit, missing: readonly string[]): string => {
  if (reason === 'no_target_list') {
    const of = missing.length === 0 ? '' : ` for ${missing.length === 1 ? 'order' : 'orders'} ${missing.join(', ')}`;
    return `no percentage: no list of the ${unit.many} is on record${of}`;
  }
  return definition === 'ever'
    ? `no percentage: no ${unit.one} was under an order in force up to this time`
    : `no percentage: no ${unit.one} is under an order in force at this time`;
};

export const CAVEAT = 'published rules applied to recorded events; no finding of compliance, breach or validity';

// ---- Events

export const EVENT_WORDS: { readonly [type: string]: string } = {
  CaseOpened: 'case opened',
  OrderIssued: 'order issued',
  OrderServed: 'order served',
  CoverageDeclared: 'record declared complete',
  TargetListed: 'listed',
  TargetBlocked: 'suspended, removed or inaccessible everywhere',
  TargetWithheld: 'withheld',
  TargetReinstated: 'restored',
  TargetDeclined: 'refused',
  MeetingHeld: 'meeting',
  EventCorrected: 'correction recorded',
  EventRetracted: 'retraction recorded',
};

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

type Pair = {
  readonly is: 'in_effect' | 'not_in_effect' | 'unknown' | 'open' | 'population_open' | 'apart';
  readonly status: InEffect | NotInEffect | Apart | null;
  readonly responseDeclined: boolean;
};

const isKey = <T extends string>(words: { readonly [key in T]: unknown }, value: string | null): value is T =>
  value !== null && Object.hasOwn(words, value);
const isNotInEffect = (value: string | null): value is NotInEffect => value === 'declined' || isKey(NOT_IN_EFFECT_WORDS, value);

/** What one account is, and why. */
export const pairWords = ({ is, status, responseDeclined }: Pair, standing: Standing, refusals: Refusals): string => {
  switch (is) {
    case 'in_effect':
      return `in effect, ${isKey(IN_EFFECT_WORDS, status) ? IN_EFFECT_WORDS[status] : ''}`;
    case 'not_in_effect':
      return isNotInEffect(status) ? notInEffectWords(status, responseDeclined, refusals) : '';
    case 'apart':
      return apartWords(status === 'order_ended' ? status : 'not_yet_binding', standing);
    case 'unknown':
      return UNKNOWN_WORDS;
    case 'open':
      return OPEN_WORDS;
    case 'population_open':
      return POPULATION_OPEN_WORDS;
  }
};
