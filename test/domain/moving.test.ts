/** Facts about the wrong target: what goes along, what stays, and what is then said of the right one. */

import { describe, expect, it } from 'vitest';
import { type Command, decideCommand } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { effective } from '../../src/domain/history.ts';
import { type EventId, parseEventId, type StreamName } from '../../src/domain/ids.ts';
import { familyOf, moveCommand, notMovable, planMove, retractionOf } from '../../src/domain/moving.ts';
import { parseTargetRef, type TargetRef } from '../../src/domain/target-ref.ts';
import {
  account,
  corrected,
  decline,
  eventNowhere,
  type Fact,
  inFrance,
  inFranceAndIndia,
  inIndia,
  lift,
  listedInOrderOne,
  listTarget,
  notify,
  orderOne,
  RECORDED_AT,
  recorded,
  reinstate,
  retracted,
  targetStream,
  twoOrders,
  withdraw,
  withheldInIndia,
  withhold,
} from '../support/controls.ts';

const inFranceToo = recorded(withhold({ territory: ['FR'], basis: 'unstated', orders: [] }));
const reinstated = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia)] });
const reinstatedBoth = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia), lift(inFranceToo, inFrance)] });
const notified = recorded(notify({ restriction: withheldInIndia.id }));
const withdrawn = recorded(withdraw());

const historyOf = (...facts: readonly Fact[]) => facts.map((fact, revision) => ({ ...fact, revision }));
const planned = (asked: readonly Fact[], ...stream: readonly Fact[]) => {
  const plan = planMove(
    asked.map(({ id }) => id),
    historyOf(...stream),
  );
  return 'refusal' in plan ? plan.refusal : plan.moving.map(({ fact, with: by }) => [fact.id, by]);
};

describe('what moves with a fact', () => {
  it('is what tells of it: reinstatements and notices of a restriction, the withdrawal of a listing', () => {
    expect(planned([withheldInIndia], listedInOrderOne, withheldInIndia, reinstated, notified)).toEqual([
      [withheldInIndia.id, withheldInIndia.id],
      [reinstated.id, withheldInIndia.id],
      [notified.id, withheldInIndia.id],
    ]);
    expect(planned([listedInOrderOne], listedInOrderOne, withheldInIndia, withdrawn)).toEqual([
      [listedInOrderOne.id, listedInOrderOne.id],
      [withdrawn.id, listedInOrderOne.id],
    ]);
  });

  it('is in log order, whatever the order in which it was asked for, and each fact once', () => {
    expect(planned([reinstated, withheldInIndia, withheldInIndia], withheldInIndia, reinstated)).toEqual([
      [withheldInIndia.id, withheldInIndia.id],
      [reinstated.id, reinstated.id],
    ]);
  });

  it('is not what was retracted, which its family remembers all the same', () => {
    const stream = [withheldInIndia, reinstated, retracted(reinstated), notified];
    expect(planned([withheldInIndia], ...stream)).toEqual([
      [withheldInIndia.id, withheldInIndia.id],
      [notified.id, withheldInIndia.id],
    ]);
    expect(familyOf(withheldInIndia.id, historyOf(...stream))).toEqual([withheldInIndia.id, reinstated.id, notified.id]);
    expect(retractionOf(reinstated.id, historyOf(...stream))).toMatchObject({ revision: 2 });
    expect(retractionOf(notified.id, historyOf(...stream))).toBeUndefined();
  });

  it('cannot be a reinstatement of what stays as well: it is named, and nothing moves', () => {
    const stream = [withheldInIndia, inFranceToo, reinstatedBoth];
    expect(planned([withheldInIndia], ...stream)).toEqual({
      code: 'EVENT_HAS_DEPENDENTS',
      event: withheldInIndia.id,
      dependents: [reinstatedBoth.id],
    });
    expect(planned([withheldInIndia, inFranceToo], ...stream)).toHaveLength(3);
  });

  it('has to be a fact that was recorded there', () => {
    const history = historyOf(withheldInIndia, retracted(withheldInIndia));
    expect(notMovable(withheldInIndia.id, history)).toBeUndefined();
    expect(notMovable(eventNowhere, history)).toEqual({ code: 'REFERENCE_UNKNOWN', field: 'event', reference: eventNowhere });
    const [, retraction] = history;
    expect(retraction && notMovable(retraction.id, history)).toMatchObject({ code: 'CORRECTION_FORBIDDEN', why: 'not_a_fact' });
  });
});

const parsedTarget = parseTargetRef({ platform: 'birdsite.example', kind: 'account', verbatim: '@the-right-one' });
if (!('value' in parsedTarget)) throw new Error('no target');
const target: TargetRef = parsedTarget.value;
const right = targetStream('@the-right-one');
const newId = (last: number): EventId => parseEventId(`01950000-0000-7000-8000-00000000f00${last}`);

/** What is asked when a fact moves, with what it is told of. */
const movesOf = (fact: Fact, stream: readonly Fact[], moved: ReadonlyMap<string, EventId> = new Map()): Command => {
  const plan = planMove([fact.id], historyOf(...stream));
  const step = 'moving' in plan ? plan.moving.find((moving) => moving.fact.id === fact.id) : undefined;
  if (!step) throw new Error('does not move');
  return moveCommand(step, { stream: right, target, moved, leaving: [] });
};
/** What becomes of it, upon what is recorded about the right target. */
const decided = (command: Command, ...there: readonly Fact[]) => {
  const first = (stream: StreamName) => effective(historyOf(...twoOrders.filter((fact) => fact.stream === stream)))[0];
  return decideCommand(command, historyOf(...there), {
    recordedAt: RECORDED_AT,
    stream: right,
    first,
    typeOf: () => 'TargetWithheld',
    rules: DEADLINE_RULES,
  });
};
const eventOf = (command: Command, ...there: readonly Fact[]) => {
  const decision = decided(command, ...there);
  expect(decision.kind).toBe('accepted');
  return decision.kind === 'accepted' ? decision.event : undefined;
};

const theRightOne = { target: account('@the-right-one') };
const listedRight = recorded(listTarget(theRightOne), { occurredAt: listedInOrderOne.data['occurredAt'] });
const restrictedRight = recorded(withhold({ ...theRightOne, territory: ['FR', 'IN'] }));

describe('a fact that is moved', () => {
  it('says of the right target what it said of the wrong one, as corrected', () => {
    const correction = corrected(withheldInIndia, { policy: 'Corrected.' });
    const event = eventOf(movesOf(withheldInIndia, [withheldInIndia, correction]), listedRight);
    expect(event).toEqual({ type: 'TargetWithheld', version: 1, data: { ...withheldInIndia.data, policy: 'Corrected.', target } });
  });

  it('names what moved before it by its new id, wherever it names it', () => {
    const told = recorded(notify({ restriction: withheldInIndia.id, follows: [withheldInIndia.id, listedInOrderOne.id] }));
    const moved = new Map([[withheldInIndia.id, newId(1)]]);
    const there = { ...recorded(withhold(theRightOne)), id: newId(1) };
    expect(eventOf(movesOf(told, [withheldInIndia, told], moved), there)?.data).toEqual({
      ...told.data,
      restriction: newId(1),
      follows: [newId(1), listedInOrderOne.id],
      target,
    });
  });

  it('ends, with the restrictions that went with it, what it ended before', () => {
    const moved = new Map([
      [withheldInIndia.id, newId(1)],
      [inFranceToo.id, newId(2)],
    ]);
    const there = [
      { ...recorded(withhold(theRightOne)), id: newId(1) },
      { ...recorded(withhold({ ...theRightOne, territory: ['FR'] })), id: newId(2) },
      restrictedRight,
    ];
    const plan = planMove([withheldInIndia.id, inFranceToo.id], historyOf(withheldInIndia, inFranceToo, reinstatedBoth));
    const step = 'moving' in plan ? plan.moving.find(({ fact }) => fact.id === reinstatedBoth.id) : undefined;
    const command = step && moveCommand(step, { stream: right, target, moved, leaving: [] });
    expect(command && eventOf(command, ...there)?.data['lifts']).toEqual([
      { restriction: newId(1), territory: inIndia },
      { restriction: newId(2), territory: inFrance },
    ]);
  });

  it('ends, without them, what is restricted of the right target: everywhere, or in the places that it named', () => {
    const whole = movesOf(reinstated, [withheldInIndia, reinstated]);
    expect(eventOf(whole, restrictedRight)?.data['lifts']).toEqual([{ restriction: restrictedRight.id, territory: inFranceAndIndia }]);
    const inBoth = recorded(withhold({ territory: ['FR', 'IN'] }));
    const inFranceOnly = recorded(reinstate(), { lifts: [lift(inBoth, inFrance)] });
    const part = movesOf(inFranceOnly, [inBoth, inFranceOnly]);
    expect(eventOf(part, restrictedRight)?.data['lifts']).toEqual([{ restriction: restrictedRight.id, territory: inFrance }]);
    expect(decided(part)).toEqual({ kind: 'refused', refusal: { code: 'NO_OPEN_RESTRICTION', target: right.slice('target-'.length) } });
  });

  it('is held against the rules, like anything new', () => {
    const listing = movesOf(listedInOrderOne, [listedInOrderOne]);
    const other = { ...listedRight, data: { ...listedRight.data, note: 'Another row.' } };
    expect(decided(listing, other)).toEqual({
      kind: 'refused',
      refusal: { code: 'TARGET_ALREADY_LISTED', order: orderOne, existing: other.id },
    });
    const late = recorded(decline());
    expect(eventOf(movesOf(late, [late]))?.type).toBe('TargetDeclined');
  });

  it('repeats quietly where it is on record already', () => {
    const listing = movesOf(listedInOrderOne, [listedInOrderOne]);
    expect(decided(listing, listedRight)).toMatchObject({ kind: 'repeated', event: { id: listedRight.id } });
  });
});
