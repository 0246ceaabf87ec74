/** The words for people (`domain.md` §8, "Words for people"): ids stay in the JSON. */

import type { NoPercent } from '../domain/figures.ts';
import type { Apart, Definition, InEffect, NotInEffect } from '../domain/pair-state.ts';

export const DEFINITION_WORDS: { readonly [definition in Definition]: string } = {
  effective: 'In effect at this time',
  ever: 'In effect at some time so far, even if lifted',
};

export const IN_EFFECT_WORDS: { readonly [status in InEffect]: string } = {
  citing_order: 'citing the order',
  preexisting: 'begun before the order bound',
  other_order: 'citing another order',
  platform_rules: "under the platform's own rules",
  unstated: 'no basis stated',
  undetermined: 'depends on the exact hour, which the sources leave open',
};

const NOT_IN_EFFECT_WORDS: { readonly [status in NotInEffect]: string } = {
  reversed_while_in_force: 'restored while the order stood',
  insufficient_measure: 'a measure weaker than the order asks',
  insufficient_territory: 'a measure in fewer places than the order asks',
  declined: 'refused, with grounds',
  outstanding: 'not in effect, no time set',
  undetermined: 'depends on the exact hour, which the sources leave open',
};

/** `restored while the order stood, then refused, with grounds` */
export const notInEffectWords = (status: NotInEffect, responseDeclined: boolean): string =>
  responseDeclined && status !== 'declined' ? `${NOT_IN_EFFECT_WORDS[status]}, then refused, with grounds` : NOT_IN_EFFECT_WORDS[status];

export const APART_WORDS: { readonly [status in Apart]: string } = {
  not_yet_binding: 'order not served yet',
  order_ended: 'order ended',
};

export const UNKNOWN_WORDS = 'no record either way';
export const OPEN_WORDS = 'depends on the exact hour, which the sources leave open';
export const POPULATION_OPEN_WORDS = 'whether the order bound depends on the exact hour, which the sources leave open';

export const NO_PERCENT_WORDS: { readonly [reason in NoPercent]: string } = {
  no_target_list: 'no percentage: no list of the accounts is on record',
  empty_population: 'no percentage: no account is under an order in force at this time',
};

/** A pair, in words. */
export const PAIR_UNIT = 'accounts under an order';

export const CAVEAT = 'published rules applied to recorded events; no finding of compliance, breach or validity';

export const EVENT_WORDS: { readonly [type: string]: string } = {
  CaseOpened: 'case opened',
  OrderIssued: 'order issued',
  OrderServed: 'order served',
  CoverageDeclared: 'record declared complete',
  TargetListed: 'listed',
  TargetBlocked: 'suspended, removed or inaccessible everywhere',
  TargetWithheld: 'withheld',
  TargetReinstated: 'restored',
  TargetDeclined: 'refused, with grounds',
  MeetingHeld: 'meeting',
  EventCorrected: 'correction recorded',
  EventRetracted: 'retraction recorded',
};

/** `news_media` as `news media`: for values of a vocabulary that have no words of their own. */
export const spoken = (value: string): string => value.replaceAll('_', ' ');

type Pair = {
  readonly is: 'in_effect' | 'not_in_effect' | 'unknown' | 'open' | 'population_open' | 'apart';
  readonly status: InEffect | NotInEffect | Apart | null;
  readonly responseDeclined: boolean;
};

const isKey = <T extends string>(words: { readonly [key in T]: string }, value: string | null): value is T =>
  value !== null && Object.hasOwn(words, value);

/** What one account is, and why. */
export const pairWords = ({ is, status, responseDeclined }: Pair): string => {
  switch (is) {
    case 'in_effect':
      return `in effect, ${isKey(IN_EFFECT_WORDS, status) ? IN_EFFECT_WORDS[status] : ''}`;
    case 'not_in_effect':
      return isKey(NOT_IN_EFFECT_WORDS, status) ? notInEffectWords(status, responseDeclined) : '';
    case 'apart':
      return isKey(APART_WORDS, status) ? APART_WORDS[status] : '';
    case 'unknown':
      return UNKNOWN_WORDS;
    case 'open':
      return OPEN_WORDS;
    case 'population_open':
      return POPULATION_OPEN_WORDS;
  }
};
