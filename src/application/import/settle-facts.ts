/**
 * Facts of some rows, each a command: what others of them may cite is recorded first, then the rest side by side, those that change one stream in the order
 * of the rows.
 */
import { findEventType } from '../../domain/events/event-types.ts';
import type { Doubt } from '../../domain/events/import-started.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { type CompiledMapping, isOutside } from '../mapping/row-facts.ts';
import type { Recorder } from '../rehearsal.ts';
import type { CaseBeginnings } from './case-beginnings.ts';
import { type OpenFact, withoutFile } from './open-fact.ts';
import type { FactOutcome } from './record-fact.ts';

export type SettledFact = OpenFact & { readonly outcome: FactOutcome };

export type Settling = {
  readonly record: Recorder['record'];
  readonly recordedBy: string;
  readonly mapping: CompiledMapping;
  readonly beginnings: CaseBeginnings;
  readonly isConfirmed: (doubt: Doubt, factId: string) => boolean;
  /** Records nothing: what is not on record is doubtful. */
  readonly isLookingOnly?: boolean;
};

/** In the order given. Throws the event store's errors. */
export const settleFacts = async (settling: Settling, facts: readonly OpenFact[]): Promise<readonly SettledFact[]> => {
  const outcomes = new Map<OpenFact, FactOutcome>();
  for (const together of inRanks(facts)) {
    await settling.beginnings.load(together);
    await Promise.all(together.map(async (open) => outcomes.set(open, await settleOne(settling, open))));
  }
  return settledBy(facts, outcomes);
};

/** Upon a recorder of which nothing is kept, one after the other, as far as the first that would be recorded: that one is given, with what it would say. */
export const tryFacts = async (
  settling: Settling,
  facts: readonly OpenFact[],
): Promise<{ readonly settled: readonly SettledFact[] } | { readonly isNew: OpenFact }> => {
  const outcomes = new Map<OpenFact, FactOutcome>();
  for (const together of inRanks(facts)) {
    await settling.beginnings.load(together);
    for (const open of together) {
      const outcome = await settleOne(settling, { ...open, fact: withoutFile(open.fact) });
      if (outcome.kind === 'recorded') return { isNew: open };
      // What was recorded by hand in just these words is no import's own.
      outcomes.set(open, outcome.kind === 'repeated' ? { kind: 'known', eventId: outcome.eventId } : outcome);
    }
  }
  return { settled: settledBy(facts, outcomes) };
};

/** Why one of the facts ahead of the rows would be refused, so that what the rows rest on is another thing than the mapping says. */
export const refusalAmong = async (
  settling: Settling,
  facts: readonly OpenFact[],
): Promise<{ readonly refusal: Refusal; readonly open: OpenFact } | undefined> => {
  for (const together of inRanks(facts)) {
    await settling.beginnings.load(together);
    for (const open of together) {
      const outcome = await settleOne(settling, { ...open, fact: withoutFile(open.fact) });
      if (outcome.kind === 'refused' && !mayComeLater(outcome)) return { refusal: outcome.refusal, open };
    }
  }
  return undefined;
};

const settledBy = (facts: readonly OpenFact[], outcomes: ReadonlyMap<OpenFact, FactOutcome>): readonly SettledFact[] =>
  facts.map((open) => {
    const outcome = outcomes.get(open);
    if (!outcome) throw new Error('a fact without an outcome');
    return { ...open, outcome };
  });

const inRanks = (facts: readonly OpenFact[]): readonly (readonly OpenFact[])[] =>
  [...Map.groupBy(facts, rankOf)].toSorted(([a], [b]) => a - b).map(([, together]) => together);

/** What opens a stream may be cited: an order names its case, a meeting its orders. */
const CITED_FIRST = ['case', 'order', 'meeting', 'claim'];

const rankOf = ({ fact: { command } }: OpenFact): number => {
  const type = findEventType(command.type);
  const rank = type?.opens === true ? CITED_FIRST.indexOf(type.category) : -1;
  return rank === -1 ? CITED_FIRST.length : rank;
};

const settleOne = (settling: Settling, open: OpenFact): Promise<FactOutcome> => {
  const { record, recordedBy, isConfirmed, isLookingOnly = false } = settling;
  const { factId } = open.fact;
  return record.fact(open.fact, {
    recordedBy,
    doubts: doubtsOf(settling, open),
    isConfirmed: (doubt) => !isLookingOnly && isConfirmed(doubt, factId),
  });
};

const doubtsOf = ({ beginnings, mapping, isLookingOnly }: Settling, open: OpenFact): readonly Doubt[] =>
  isLookingOnly || beginnings.isBefore(open) || isOutside(mapping, open.said) ? ['outside_case'] : [];

const LATER_ROW_HELPS: readonly string[] = [
  'NO_OPEN_RESTRICTION',
  'REINSTATED_BEFORE_RESTRICTED',
  'TERRITORY_NOT_RESTRICTED',
  'TARGET_NOT_LISTED',
  'REFERENCE_UNKNOWN',
];
/** Doubts that a later row may take away. */
export const OPEN_DOUBTS: readonly Doubt[] = ['not_listed', 'unmatched'];

/** Whether a later row of the file may supply what is missing. */
export const mayComeLater = (outcome: FactOutcome): boolean => {
  if (outcome.kind === 'refused') return LATER_ROW_HELPS.includes(outcome.refusal.code);
  return outcome.kind === 'doubtful' && outcome.doubts.some((doubt) => OPEN_DOUBTS.includes(doubt));
};
