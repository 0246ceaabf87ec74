/** From a command to an event in the log, over the real store: what a repeat, a conflict, a lost answer and a full stream get. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, neverBackwards, newEventId, newSalt } from '../../src/application/clock.ts';
import { type CommandOptions, createExecuting, type Execute, type ExecuteUses, STREAM_EVENTS_MAX } from '../../src/application/execute.ts';
import type { Command } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseCommandId, type StreamName } from '../../src/domain/ids.ts';
import { parseInstant } from '../../src/domain/time.ts';
import type { NonEmpty, SealedEvent } from '../../src/envelope/envelope.ts';
import { commandHash, eventHash, sealAll } from '../../src/envelope/seal.ts';
import { Conflict, OutcomeUnknown, StoreUnavailable } from '../../src/event-store/errors.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { type Lease, openSqliteEventStore, takeLease } from '../../src/event-store/sqlite.ts';
import { wholeLog } from '../event-store/sealed-events.ts';
import {
  account,
  block,
  correct,
  type Fact,
  issueOrder,
  ist,
  listTarget,
  mondayNoon,
  openCase,
  orderOne,
  orderTwo,
  RECORDED_AT,
  recorded,
  reinstate,
  retract,
  type Said,
  serveOrder,
  targetStream,
  theCase,
  tuesdayNoon,
  withhold,
} from '../support/controls.ts';

const LEDGER = '00000000-0000-7000-8000-0000000000aa';

let folder: string;
let lease: Lease;
let opened: EventStore[];
let commands: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-execute-'));
  lease = takeLease(folder);
  opened = [];
  commands = 0;
});
afterEach(async () => {
  for (const store of opened) await store.close();
  lease.release();
  rmSync(folder, { recursive: true });
});

/** Another handle on the same log, as another writer has it. */
const openStore = (): EventStore => {
  const store = openSqliteEventStore({ folder, lease: 'held' });
  opened.push(store);
  return store;
};

const executeOver = (store: EventStore, uses: Partial<ExecuteUses> = {}): Execute =>
  createExecuting({
    store,
    ledger: LEDGER,
    clock: () => RECORDED_AT,
    newEventId,
    newSalt,
    placeOf: () => undefined,
    isShared: false,
    rules: DEADLINE_RULES,
    ...uses,
  }).execute;

const nextKey = (): string => {
  commands += 1;
  return `c${commands}`;
};
const as = (commandId = nextKey(), options: Partial<CommandOptions> = {}): CommandOptions => ({
  commandId: parseCommandId(commandId),
  recordedBy: 'local:test',
  ...options,
});

/** Records the case and the order that the commands refer to. */
const withOrder = async (execute: Execute): Promise<void> => {
  for (const command of [openCase(), issueOrder()]) expect(await execute(command, as())).toMatchObject({ kind: 'recorded', revision: 0 });
};
const streamOf = async (store: EventStore, stream: StreamName): Promise<readonly SealedEvent[]> =>
  (await wholeLog(store)).filter(({ event }) => event.stream === stream);
const rules = (n: number): Said => ({ policy: `Rule ${n}`, synthetic: true });

describe('a command', () => {
  it('becomes one event, sealed with who asked for it, at the end of its stream', async () => {
    const store = openStore();
    const execute = executeOver(store);
    await withOrder(execute);
    const command = withhold();
    const outcome = await execute(command, as('my-key', { recordedBy: 'somebody' }));
    const [sealed] = await streamOf(store, command.stream);
    expect(outcome).toEqual({
      kind: 'recorded',
      stream: command.stream,
      eventId: sealed?.event.id,
      revision: 0,
      warnings: ['not_listed'],
    });
    expect(sealed?.event).toMatchObject({
      ledger: LEDGER,
      prev: null,
      type: 'TargetWithheld',
      version: 1,
      recordedAt: RECORDED_AT,
      data: { ...command.data, synthetic: true },
      meta: { commandId: 'my-key', commandHash: commandHash(command), recordedBy: 'somebody' },
    });
  });

  it('names the hash of the event before it, all along the stream', async () => {
    const store = openStore();
    const execute = executeOver(store);
    for (let n = 0; n < 5; n += 1) await execute(block(rules(n)), as());
    const again = executeOver(openStore()); // and read back by another process
    for (let n = 5; n < 10; n += 1) await again(block(rules(n)), as());
    const events = await streamOf(store, targetStream());
    expect(events).toHaveLength(10);
    for (const [index, { event, text, hash }] of events.entries()) {
      expect(event.revision).toBe(index);
      expect(event.prev).toBe(events[index - 1]?.hash.toHex() ?? null);
      expect(hash.toHex()).toBe(eventHash(text).toHex());
    }
  });

  it('is refused without a trace', async () => {
    const store = openStore();
    const execute = executeOver(store);
    expect(await execute(issueOrder(), as('k'))).toEqual({
      kind: 'refused',
      refusal: { code: 'REFERENCE_UNKNOWN', field: 'caseId', reference: theCase },
    });
    expect(await wholeLog(store)).toEqual([]);
    // The reason may go away: the same command, with the same id, is then decided anew.
    await execute(openCase(), as());
    expect(await execute(issueOrder(), as('k'))).toMatchObject({ kind: 'recorded' });
  });

  it('sees what was recorded just before it, in its own and in other streams', async () => {
    const execute = executeOver(openStore());
    await withOrder(execute);
    await execute(withhold(), as());
    expect(await execute(reinstate(), as())).toMatchObject({ kind: 'recorded', revision: 1 });
    expect(await execute(reinstate({ occurredAt: tuesdayNoon }), as())).toMatchObject({ refusal: { code: 'NO_OPEN_RESTRICTION' } });
    expect(await execute(serveOrder(), as())).toMatchObject({ kind: 'recorded', revision: 1 });
  });

  it('may name an event of its own stream that no read model has yet', async () => {
    const execute = executeOver(openStore(), { placeOf: () => undefined });
    const blocked = await execute(block(rules(1)), as());
    const follows = [blocked.kind === 'recorded' ? blocked.eventId : ''];
    expect(await execute(block({ ...rules(2), follows }), as())).toMatchObject({ kind: 'recorded', revision: 1 });
    const unknown = ['01950000-0000-7000-8000-00000000dead'];
    expect(await execute(block({ ...rules(3), follows: unknown }), as())).toMatchObject({
      refusal: { code: 'REFERENCE_UNKNOWN', field: 'follows' },
    });
  });
});

describe('a repeated command', () => {
  it('gets the first answer, whatever has happened since, and adds nothing', async () => {
    const store = openStore();
    const execute = executeOver(store);
    await withOrder(execute);
    const first = await execute(withhold(), as('k'));
    await execute(reinstate(), as());
    const expected = { ...first, kind: 'repeated', warnings: [] };
    expect(await execute(withhold(), as('k'))).toEqual(expected);
    // Another process, which has to read the stream first, says the same.
    expect(await executeOver(openStore())(withhold(), as('k'))).toEqual(expected);
    expect(await wholeLog(store)).toHaveLength(4);
  });

  it('gets it also if it was sent twice at once', async () => {
    const store = openStore();
    const execute = executeOver(store);
    const outcomes = await Promise.all([execute(openCase(), as('k')), execute(openCase(), as('k')), execute(openCase(), as('k'))]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['recorded', 'repeated', 'repeated']);
    expect(new Set(outcomes.map((outcome) => (outcome.kind === 'refused' ? '' : outcome.eventId))).size).toBe(1);
    expect(await wholeLog(store)).toHaveLength(1);
  });

  it('gets it after its fact was corrected and retracted', async () => {
    const execute = executeOver(openStore());
    const first = await execute(block(rules(1)), as('k'));
    const fact: Fact = { ...recorded(block()), id: first.kind === 'recorded' ? (first.eventId as Fact['id']) : newEventId() };
    await execute(correct(fact, { policy: 'Another rule' }), as());
    expect(await execute(retract(fact), as())).toMatchObject({ kind: 'recorded', revision: 2 });
    expect(await execute(block(rules(1)), as('k'))).toEqual({ ...first, kind: 'repeated', warnings: [] });
    // Under another id it is asked anew.
    expect(await execute(block(rules(1)), as())).toMatchObject({ kind: 'recorded', revision: 3 });
  });

  it('is another command if its body differs in anything', async () => {
    const store = openStore();
    const execute = executeOver(store);
    await execute(block(rules(1)), as('k'));
    const refusal = { kind: 'refused', refusal: { code: 'COMMAND_ID_REUSED', commandId: 'k' } };
    expect(await execute(block(rules(2)), as('k'))).toEqual(refusal);
    expect(await execute(withhold({ orders: [], basis: 'unstated', synthetic: true }), as('k'))).toEqual(refusal);
    expect(await execute(reinstate(), as('k'))).toEqual(refusal);
    expect(await wholeLog(store)).toHaveLength(1);
  });

  it('is known by its id in its own stream only', async () => {
    const execute = executeOver(openStore());
    expect(await execute(block(rules(1)), as('k'))).toMatchObject({ kind: 'recorded' });
    expect(await execute(block({ ...rules(1), target: account('@another') }), as('k'))).toMatchObject({ kind: 'recorded' });
  });

  it('under another id is found by what it says', async () => {
    const execute = executeOver(openStore());
    const first = await execute(block(rules(1)), as());
    expect(await execute(block(rules(1)), as())).toEqual({ ...first, kind: 'repeated', warnings: [] });
  });

  it('is found before the revision on which its sender insisted is looked at', async () => {
    const execute = executeOver(openStore());
    const first = await execute(block(rules(1)), as('k', { expectedRevision: -1 }));
    expect(first).toMatchObject({ kind: 'recorded' });
    expect(await execute(block(rules(1)), as('k', { expectedRevision: -1 }))).toEqual({ ...first, kind: 'repeated', warnings: [] });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '~', '.'])('may have %s as its id', async (commandId) => {
    const execute = executeOver(openStore());
    expect(await execute(block(rules(1)), as(commandId))).toMatchObject({ kind: 'recorded', revision: 0 });
    expect(await execute(block(rules(1)), as(commandId))).toMatchObject({ kind: 'repeated', revision: 0 });
    expect(await execute(block(rules(2)), as(commandId))).toMatchObject({ refusal: { code: 'COMMAND_ID_REUSED', commandId } });
  });
});

describe('a revision on which the caller insists', () => {
  it('is that of the last event; -1 where there is none', async () => {
    const execute = executeOver(openStore());
    expect(await execute(block(rules(1)), as(undefined, { expectedRevision: 0 }))).toEqual({
      kind: 'refused',
      refusal: { code: 'REVISION_MISMATCH', expected: 0, actual: -1 },
    });
    expect(await execute(block(rules(1)), as(undefined, { expectedRevision: -1 }))).toMatchObject({ kind: 'recorded', revision: 0 });
    expect(await execute(block(rules(2)), as(undefined, { expectedRevision: 0 }))).toMatchObject({ kind: 'recorded', revision: 1 });
    expect(await execute(block(rules(3)), as(undefined, { expectedRevision: 0 }))).toEqual({
      kind: 'refused',
      refusal: { code: 'REVISION_MISMATCH', expected: 0, actual: 1 },
    });
  });

  it('is looked at again after a conflict: the rival’s event counts', async () => {
    const execute = executeOver(openStore());
    await execute(block(rules(1)), as());
    await executeOver(openStore())(block(rules(2)), as());
    expect(await execute(block(rules(3)), as(undefined, { expectedRevision: 0 }))).toMatchObject({
      refusal: { code: 'REVISION_MISMATCH', actual: 1 },
    });
  });
});

describe('a conflict', () => {
  /** Two processes, both with the stream in memory; then the rival writes. */
  const afterRival = async (rivalDoes: Command, rivalAs = as()): Promise<{ readonly store: EventStore; readonly execute: Execute }> => {
    const store = openStore();
    const execute = executeOver(store);
    const rival = executeOver(openStore());
    await withOrder(execute);
    await execute(block({ synthetic: true }), as());
    expect(await rival(block({ synthetic: true }), as())).toMatchObject({ kind: 'repeated' });
    expect(await rival(rivalDoes, rivalAs)).toMatchObject({ kind: 'recorded', revision: 1 });
    return { store, execute };
  };

  it('is decided again on what the rival recorded', async () => {
    const { store, execute } = await afterRival(withhold());
    const outcome = await execute(withhold({ occurredAt: tuesdayNoon }), as());
    expect(outcome).toMatchObject({ kind: 'recorded', revision: 2 });
    const [, second, third] = await streamOf(store, targetStream());
    expect(third?.event.prev).toBe(second?.hash.toHex());
  });

  it('may turn an act into a repeat', async () => {
    const { store, execute } = await afterRival(withhold());
    expect(await execute(withhold(), as())).toMatchObject({ kind: 'repeated', revision: 1 });
    expect(await streamOf(store, targetStream())).toHaveLength(2);
  });

  it('may turn an act into a refusal', async () => {
    const { execute } = await afterRival(listTarget());
    expect(await execute(listTarget({ note: 'Page 3.' }), as())).toMatchObject({
      refusal: { code: 'TARGET_ALREADY_LISTED', order: orderOne },
    });
  });

  it('may show that the rival was given the same command', async () => {
    const { execute } = await afterRival(withhold(), as('k'));
    expect(await execute(withhold(), as('k'))).toMatchObject({ kind: 'repeated', revision: 1 });
    expect(await execute(withhold({ occurredAt: tuesdayNoon }), as('k'))).toMatchObject({ refusal: { code: 'COMMAND_ID_REUSED' } });
  });

  it('writes out what the reinstatement ends, the rival’s restriction too', async () => {
    const { store, execute } = await afterRival(withhold());
    expect(await execute(reinstate(), as())).toMatchObject({ kind: 'recorded', revision: 2 });
    const [blocked, withheld, lifted] = await streamOf(store, targetStream());
    expect(lifted?.event.data['lifts']).toEqual([
      { restriction: blocked?.event.id, territory: 'WORLD' },
      { restriction: withheld?.event.id, territory: ['IN'] },
    ]);
  });

  /** A store that says "conflict" a number of times before it stores anything. */
  const conflicting = (store: EventStore, times: number): { readonly store: EventStore; readonly attempts: NonEmpty<SealedEvent>[] } => {
    const attempts: NonEmpty<SealedEvent>[] = [];
    const append: EventStore['append'] = async (events, options) => {
      attempts.push(events);
      if (attempts.length <= times) throw new Conflict({ stream: events[0].event.stream, expected: options.expected, head: 41 });
      return store.append(events, options);
    };
    return { store: { ...store, append }, attempts };
  };

  it.each([1, 4])('is met %i times, and then not', async (times) => {
    const { store, attempts } = conflicting(openStore(), times);
    expect(await executeOver(store)(openCase(), as())).toMatchObject({ kind: 'recorded', revision: 0 });
    expect(attempts).toHaveLength(times + 1);
    expect(new Set(attempts.map(([{ event }]) => event.id)).size, 'each attempt has an id of its own').toBe(times + 1);
    expect(await wholeLog(store)).toHaveLength(1);
  });

  it('five times in a row is contention', async () => {
    const { store, attempts } = conflicting(openStore(), 5);
    const execute = executeOver(store);
    expect(await execute(openCase(), as('k'))).toEqual({ kind: 'refused', refusal: { code: 'CONTENTION', decisions: 5 } });
    expect(attempts).toHaveLength(5);
    expect(await execute(openCase(), as('k'))).toMatchObject({ kind: 'recorded' });
  });
});

describe('an answer that was lost', () => {
  type Failing = 'before' | 'after';
  /** Fails once, before it stores or after. */
  const failingOnce = (store: EventStore, when: Failing, fails: (stream: string) => Error): EventStore => {
    let isDone = false;
    return {
      ...store,
      async append(events, options) {
        if (isDone) return store.append(events, options);
        isDone = true;
        if (when === 'after') await store.append(events, options);
        throw fails(events[0].event.stream);
      },
    };
  };
  const lost = (stream: string) => new OutcomeUnknown(stream);

  it('though the event is stored: the repeat is told so', async () => {
    const store = openStore();
    const execute = executeOver(failingOnce(store, 'after', lost));
    await expect(execute(openCase(), as('k'))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    const [stored] = await wholeLog(store);
    expect(await execute(openCase(), as('k'))).toMatchObject({ kind: 'repeated', eventId: stored?.event.id, revision: 0 });
    expect(await wholeLog(store)).toHaveLength(1);
  });

  it('and the event is not stored: the repeat records it', async () => {
    const store = openStore();
    const execute = executeOver(failingOnce(store, 'before', lost));
    await expect(execute(openCase(), as('k'))).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await execute(openCase(), as('k'))).toMatchObject({ kind: 'recorded', revision: 0 });
    expect(await wholeLog(store)).toHaveLength(1);
  });

  it.each<[Failing, number]>([
    ['after', 2],
    ['before', 1],
  ])('leaves the next command with the truth (%s storing)', async (when, events) => {
    const store = openStore();
    const first = executeOver(store);
    await first(block(rules(0)), as());
    const execute = executeOver(failingOnce(store, when, lost));
    expect(await execute(block(rules(0)), as())).toMatchObject({ kind: 'repeated' }); // now in memory
    await expect(execute(block(rules(1)), as())).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await execute(block(rules(2)), as())).toMatchObject({ kind: 'recorded', revision: events });
  });

  it('does not hold up those who wait behind it', async () => {
    const store = openStore();
    const execute = executeOver(failingOnce(store, 'before', () => new StoreUnavailable('busy')));
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => execute(block(rules(n)), as())));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect((await wholeLog(store)).map(({ event }) => event.data['policy'])).toEqual(['Rule 2', 'Rule 3']);
  });
});

describe('commands that come at once', () => {
  it('for one stream land in the order in which they came', async () => {
    const store = openStore();
    const execute = executeOver(store);
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, n) => execute(block(rules(n)), as())));
    expect(outcomes).toMatchObject(Array.from({ length: 50 }, (_, revision) => ({ kind: 'recorded', revision })));
    const policies = (await streamOf(store, targetStream())).map(({ event }) => event.data['policy']);
    expect(policies).toEqual(Array.from({ length: 50 }, (_, n) => `Rule ${n}`));
  });

  it('from two processes lose nothing: each is recorded once, or told of contention', async () => {
    const store = openStore();
    const rivals = [executeOver(store), executeOver(openStore())];
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, n) => rivals[n % 2]?.(block(rules(n)), as())));
    const recordedNow = outcomes.filter((outcome) => outcome?.kind === 'recorded').length;
    const events = await streamOf(store, targetStream());
    expect(events).toHaveLength(recordedNow);
    expect(new Set(events.map(({ event }) => event.data['policy'])).size).toBe(recordedNow);
    for (const outcome of outcomes) expect(outcome?.kind === 'refused' ? outcome.refusal.code : 'CONTENTION').toBe('CONTENTION');
  });

  it('for many streams that name one order all find it', async () => {
    const store = openStore();
    const execute = executeOver(store, { cacheBytesMax: 1 });
    await withOrder(execute);
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, n) => execute(listTarget({ target: account(`@a${n}`) }), as())));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 30 }, () => 'recorded'));
  });
});

describe('the moment of recording', () => {
  const clockOf = (...instants: readonly string[]): Clock => {
    const left = [...instants];
    return () => parseInstant(left.length > 1 ? (left.shift() ?? '') : (left[0] ?? ''));
  };

  it('never goes back, though the clock is set back', async () => {
    const store = openStore();
    const clock = clockOf(
      '2021-02-14T03:30:00.000Z',
      '2021-02-14T03:30:05.000Z',
      '2021-02-13T00:00:00.000Z',
      '2021-02-14T03:30:04.999Z',
      '2021-02-14T03:30:06.000Z',
    );
    const execute = executeOver(store, { clock: neverBackwards(clock) });
    for (let n = 0; n < 5; n += 1) await execute(block(rules(n)), as());
    expect((await wholeLog(store)).map(({ event }) => event.recordedAt)).toEqual([
      '2021-02-14T03:30:00.000Z',
      '2021-02-14T03:30:05.000Z',
      '2021-02-14T03:30:05.000Z',
      '2021-02-14T03:30:05.000Z',
      '2021-02-14T03:30:06.000Z',
    ]);
  });

  it('is what the rules judge by, and is taken anew for each decision', async () => {
    const store = openStore();
    const tooEarly = '2021-01-01T00:00:00.000Z';
    const execute = executeOver(store, { clock: clockOf(tooEarly, RECORDED_AT) });
    expect(await execute(openCase(), as('k'))).toMatchObject({ refusal: { code: 'TIME_IN_FUTURE', recordedAt: tooEarly } });
    expect(await execute(openCase(), as('k'))).toMatchObject({ kind: 'recorded' });
    expect((await wholeLog(store))[0]?.event.recordedAt).toBe(RECORDED_AT);
  });
});

describe('a stream that is full', () => {
  /** Appends sealed facts up to a number of events, in groups that a store accepts. */
  const fillTo = async (store: EventStore, count: number): Promise<void> => {
    const stream = targetStream();
    const { data } = block({ synthetic: true });
    let head: Parameters<typeof sealAll>[1]['head'] = null;
    for (let from = 0; from < count; ) {
      const drafts = Array.from({ length: Math.min(500, count - from) }, (_, n) => ({
        type: 'TargetBlocked',
        version: 1,
        data: { ...data, policy: `Rule ${from + n}` },
      }));
      const meta = { commandId: `fill-${from}`, commandHash: 'f'.repeat(64), recordedBy: 'local:test' };
      const [first, ...rest] = drafts;
      if (first === undefined) throw new Error('nothing to fill with');
      const sealed = sealAll([first, ...rest], { ledger: LEDGER, stream, head, meta, recordedAt: RECORDED_AT, newEventId, newSalt });
      await store.append(sealed, { expected: head === null ? 'no_stream' : head.revision });
      const last: SealedEvent = sealed.at(-1) ?? sealed[0];
      head = { revision: last.event.revision, hash: last.hash };
      from += drafts.length;
    }
  };

  it('takes its ten-thousandth event, and no further one', async () => {
    const store = openStore();
    await fillTo(store, STREAM_EVENTS_MAX - 1);
    const execute = executeOver(store);
    const last = await execute(block(rules(99_999)), as('last'));
    expect(last).toMatchObject({ kind: 'recorded', revision: STREAM_EVENTS_MAX - 1 });
    const full = { kind: 'refused', refusal: { code: 'STREAM_FULL', stream: targetStream(), eventsMax: STREAM_EVENTS_MAX } };
    expect(await execute(block(rules(100_000)), as())).toEqual(full);
    const fact: Fact = { ...recorded(block()), id: last.kind === 'recorded' ? (last.eventId as Fact['id']) : newEventId() };
    expect(await execute(retract(fact), as())).toEqual(full);
    // What is on record is still found, what is wrong is still refused for what it is, and other streams are not concerned.
    expect(await execute(block(rules(99_999)), as('last'))).toEqual({ ...last, kind: 'repeated', warnings: [] });
    expect(await execute(block(rules(17)), as())).toMatchObject({ kind: 'repeated', revision: 17 });
    expect(await execute(reinstate({ occurredAt: mondayNoon }), as())).toMatchObject({ refusal: { code: 'REINSTATED_BEFORE_RESTRICTED' } });
    expect(await execute(block({ ...rules(1), target: account('@another') }), as())).toMatchObject({ kind: 'recorded' });
    expect(await streamOf(store, targetStream())).toHaveLength(STREAM_EVENTS_MAX);
  });
});

describe('the cache', () => {
  /** One script, with ids and salts that count: what is answered and what is stored must not depend on what is remembered. */
  const run = async (cacheBytesMax?: number) => {
    const other = mkdtempSync(join(tmpdir(), 'ledger-execute-'));
    const store = openSqliteEventStore({ folder: other });
    let made = 0;
    const uses = {
      newEventId: () => `00000000-0000-7000-8000-${(++made).toString(16).padStart(12, '0')}`,
      newSalt: () => (++made).toString(16).padStart(32, '0'),
      ...(cacheBytesMax !== undefined && { cacheBytesMax }),
    };
    const execute = executeOver(store, uses);
    const second = account('@second');
    const script: readonly (readonly [Command, string])[] = [
      [openCase(), 'a'],
      [issueOrder(), 'b'],
      [issueOrder({ ref: 'Synthetic/2' }, orderTwo), 'c'],
      [listTarget(), 'd'],
      [withhold(), 'e'],
      [listTarget({ target: second, order: orderTwo }), 'f'],
      [withhold(), 'e'],
      [reinstate(), 'g'],
      [reinstate(), 'h'],
      [withhold({ target: second, orders: [orderOne, orderTwo] }), 'i'],
      [issueOrder({ ref: 'Another' }), 'j'],
      [serveOrder({ occurredAt: ist('02-01 10:00') }), 'k'],
      [withhold({ occurredAt: tuesdayNoon }), 'e'],
      [reinstate({ target: second, territory: ['IN'] }), 'l'],
    ];
    const outcomes = [];
    for (const [command, id] of script) outcomes.push(await execute(command, as(id)));
    const log = (await wholeLog(store)).map(({ text }) => text);
    await store.close();
    rmSync(other, { recursive: true });
    return { outcomes, log };
  };

  it('changes nothing by what it forgets', async () => {
    const remembered = await run();
    expect(remembered.outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind))).toEqual([
      'recorded',
      'recorded',
      'recorded',
      'recorded',
      'recorded',
      'recorded',
      'repeated',
      'recorded',
      'repeated',
      'recorded',
      'ALREADY_EXISTS',
      'recorded',
      'COMMAND_ID_REUSED',
      'recorded',
    ]);
    for (const bytesMax of [0, 1, 1_000, 3_000]) expect(await run(bytesMax), `${bytesMax} bytes`).toEqual(remembered);
  });
});

describe('what no schema let through', () => {
  it('is not stored, and reaches no prototype', async () => {
    const store = openStore();
    const execute = executeOver(store);
    for (const text of [
      '{"__proto__":{"polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"title":{"__proto__":{"polluted":true}}}',
      '{"title":null}',
      '{"title":1.5}',
    ]) {
      const data = { ...openCase().data };
      for (const [key, value] of Object.entries(JSON.parse(text) as object)) Object.defineProperty(data, key, { value, enumerable: true });
      await expect(execute({ ...openCase(), data }, as()), text).rejects.toMatchObject({ code: 'NOT_CANONICAL' });
    }
    expect(await wholeLog(store)).toEqual([]);
    expect(({} as { readonly polluted?: boolean }).polluted).toBeUndefined();
    await expect(execute({ ...openCase(), type: 'LedgerOpened' }, as())).rejects.toThrow();
    expect(await execute(openCase(), as())).toMatchObject({ kind: 'recorded' });
  });
});
