/** Tests of deciders as sentences: given what is on record, when something is asked, it emits, it refuses, or nothing is added. */

import { expect } from 'vitest';
import { type Command, decideCommand } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import type { Decision } from '../../src/domain/decide.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { eventCorrected, eventRetracted } from '../../src/domain/events/corrections.ts';
import { findEventType } from '../../src/domain/events/event-types.ts';
import { effective } from '../../src/domain/history.ts';
import type { StreamName } from '../../src/domain/ids.ts';
import type { RefusalCode } from '../../src/domain/refusal.ts';
import type { Instant } from '../../src/domain/time.ts';
import type { Warning } from '../../src/domain/warnings.ts';
import { canonical } from '../../src/envelope/canonical.ts';
import { type Fact, RECORDED_AT, type Said } from './controls.ts';

type Expected = { readonly code: RefusalCode } & { readonly [fact: string]: unknown };

export type Outcome = {
  /**
   * One event that says what was asked and, besides, what the decider fills in: `synthetic: true` and what is given here; `undefined` takes a field
   * of the request out. It also has to pass the schema of what is stored. The warnings are exactly these.
   */
  readonly emits: (filled?: Said, warnings?: readonly Warning[]) => void;
  /** With exactly these facts. */
  readonly refuses: (refusal: Expected) => void;
  /** A quiet repeat; of `fact`, if it is named. */
  readonly emitsNothing: (fact?: Fact) => void;
};

export type Given = {
  /** The moment of recording; otherwise `RECORDED_AT`. */
  readonly at: (recordedAt: Instant) => Given;
  readonly when: (command: Command) => Outcome;
};

/** Facts of any streams, in log order: those of the command's own stream are its history, the others what it may refer to. */
export const given = (...facts: readonly Fact[]): Given => recordedAtInstant(facts, RECORDED_AT);

const recordedAtInstant = (facts: readonly Fact[], recordedAt: Instant): Given => ({
  at: (other) => recordedAtInstant(facts, other),
  when(command) {
    const { stream } = command;
    const history = historyOf(facts, stream);
    const before = JSON.stringify(history);
    const typeOf = (event: string): string | undefined => facts.find(({ id }) => id === event)?.type;
    const first = (of: StreamName) => effective(historyOf(facts, of))[0];
    const decide = (): Decision => decideCommand(command, history, { recordedAt, stream, first, typeOf, rules: DEADLINE_RULES });
    const decision = decide();
    expect(decide(), 'a decision is the same each time').toEqual(decision);
    expect(JSON.stringify(history), 'a decision changes nothing that it was given').toBe(before);
    return outcomeOf(command, decision, facts);
  },
});

const historyOf = (facts: readonly Fact[], of: StreamName): readonly RecordedEvent[] =>
  facts.filter(({ stream }) => stream === of).map(({ stream: _, ...event }, revision) => ({ ...event, revision }));

const outcomeOf = ({ type: name, stream, data: asked }: Command, decision: Decision, facts: readonly Fact[]): Outcome => ({
  emits(filled = {}, warnings = []) {
    const type = findEventType(name);
    const expected: unknown = JSON.parse(JSON.stringify({ ...asked, ...(type && { synthetic: true }), ...filled }));
    expect(decision).toEqual({ kind: 'accepted', event: { type: name, version: type?.version ?? 1, data: expected }, warnings });
    if (decision.kind !== 'accepted') return;
    expect(Object.values(decision.event.data), 'what was not said is left out').not.toContain(undefined);
    storedSchemaOf(name).parse(decision.event.data);
    canonical(decision.event.data);
  },
  refuses(refusal) {
    expect(decision).toEqual({ kind: 'refused', refusal });
  },
  emitsNothing(fact) {
    expect(decision.kind === 'refused' ? decision.refusal : decision.kind).toBe('repeated');
    if (fact === undefined || decision.kind !== 'repeated') return;
    const revision = historyOf(facts, stream).findIndex(({ id }) => id === fact.id);
    expect(decision.event).toMatchObject({ id: fact.id, revision });
  },
});

const storedSchemaOf = (name: string) => {
  if (name === 'EventCorrected') return eventCorrected;
  if (name === 'EventRetracted') return eventRetracted;
  const type = findEventType(name);
  if (!type) throw new Error(`no event type ${name}`);
  return type.stored;
};
