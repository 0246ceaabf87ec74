/** What is due and what is owed, in words: never without the rule and who confirmed it. */
import type { DuePhase } from '../domain/deadlines/due.ts';
import type { DutyState } from '../domain/deadlines/duties.ts';
import type { ReadStatus } from '../domain/pairs/pair-state.ts';
import type { DeadlinesOfOrder, Due, RuleForm } from './due-forms.ts';
import { durationOf, hourOf } from './hours.ts';
import { counted, safe } from './text.ts';

export const ruleWords = ({ id, version, provision, unchecked, reviewedBy }: RuleForm): string => {
  const open = unchecked.length === 0 ? '' : `; unchecked: ${unchecked.map(safe).join('; ')}`;
  const by = reviewedBy === null ? 'confirmed by nobody' : `confirmed by ${safe(reviewedBy)}`;
  return `Rule ${safe(id)}@${version}, ${safe(provision ?? 'not known here')} (${by}${open})`;
};

/** Statuses that say whether a time was kept: said by a rule, and never without it. */
const TIMED: readonly ReadStatus[] = ['in_effect_on_time', 'in_effect_late', 'tolled', 'pending', 'overdue'];
type Timed = { readonly status: ReadStatus; readonly readings?: readonly ReadStatus[] | undefined };
export const isTimed = ({ status, readings = [] }: Timed): boolean => [status, ...readings].some((one) => TIMED.includes(one));

const PHASE_WORDS: { readonly [phase in DuePhase]: string } = {
  none: 'no time set',
  not_served: 'no time can be reckoned: no service on record',
  not_started: 'the clock has not started',
  running: 'the clock runs',
  stopped: 'the clock is stopped',
  stayed: 'the order is stayed, and the clock with it',
  reached: 'the time is over',
  ended: 'nothing is due any more',
};

/** `due 1 Feb 2021 14:00 IST, by the rule; the clock runs` */
export const dueWords = (due: Due, zone: string): string => {
  if (due === null) return 'the order sets no number of hours; whether this was "immediate" is not decided here';
  const { at, leftMs, phases, setBy } = due;
  const by =
    setBy.length === 0
      ? ''
      : `, ${setBy.map((one) => (one === 'rule' ? 'by the rule' : `set by event ${counted(one.position)}`)).join(' or ')}`;
  const phase = phases.map((one) => PHASE_WORDS[one]).join(', or ');
  const left = leftMs === null ? '' : `; left: ${leftWords(leftMs)}`;
  return `${at === null ? '' : `due ${withinWords(at, zone)}${by}; `}${phase}${left}`;
};

const leftWords = ({ earliest, latest }: { readonly earliest: number; readonly latest: number }): string =>
  earliest === latest ? durationOf(earliest) : `${durationOf(earliest)} to ${durationOf(latest)}`;

type Bounds = { readonly earliest: string; readonly latest: string };

/** Behind `due` or `binding`; `rangeWords` behind a preposition. */
export const withinWords = (bounds: Bounds, zone: string): string =>
  `${bounds.earliest === bounds.latest ? '' : 'at '}${rangeWords(bounds, zone)}`;
const rangeWords = ({ earliest, latest }: Bounds, zone: string): string =>
  earliest === latest ? hourOf(earliest, zone) : `some instant from ${hourOf(earliest, zone)} to ${hourOf(latest, zone)}`;

export const DUTY_WORDS: { readonly [state in DutyState]: string } = {
  met: 'on record in time',
  possibly_met: 'possibly in time: the sources leave the hour open',
  due: 'nothing on record yet',
  not_on_record: 'not on record by then',
  not_started: 'not yet due',
  not_served: 'no time can be reckoned: no service on record',
  ended: 'no longer: the order was over before',
  undetermined: 'nothing on record; whether the order was over before depends on the hour, which the sources leave open',
  not_reckoned: 'kept as data, no time is reckoned',
};

/** Above what is owed besides: by whose word. */
export const owedHeading = ({ reviewedBy }: RuleForm): string =>
  reviewedBy === null
    ? 'Owed besides, by provisions that nobody has confirmed:'
    : `Owed besides, by the rule as ${safe(reviewedBy)} confirmed it:`;

export const dutyWords = (
  { what, provision, isUnchecked, state, by, events }: DeadlinesOfOrder['duties'][number],
  zone: string,
): string => {
  const until = by === null ? '' : `, by ${rangeWords(by, zone)}`;
  const shown =
    events.length === 0
      ? ''
      : ` (${events.length === 1 ? 'event' : 'events'} ${events.map(({ position }) => counted(position)).join(', ')})`;
  return `${safe(what)}${until}: ${DUTY_WORDS[state]}${shown}. ${safe(provision)}${isUnchecked ? ' (unchecked)' : ''}`;
};
