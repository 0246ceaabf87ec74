/** Figures of what is not recorded: only upon what was decided, within bounds, and without a trace. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newEventId, newSalt } from '../../src/application/clock.ts';
import { createExecuting, type Execute } from '../../src/application/execute.ts';
import { createRehearsal } from '../../src/application/rehearsal.ts';
import { logEventOf } from '../../src/domain/codec.ts';
import type { Command } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseCommandId } from '../../src/domain/ids.ts';
import { msOf } from '../../src/domain/time.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { openReadModel } from '../../src/projections/read-model.ts';
import { answerRehearsals } from '../../src/projections/rehearsal.ts';
import { catchUp, createRunner } from '../../src/projections/runner.ts';
import {
  account,
  correct,
  instant,
  issueOrder,
  ist,
  listTarget,
  openCase,
  orderOne,
  RECORDED_AT,
  recorded,
  serveOrder,
  withhold,
} from '../support/controls.ts';
import { rowsOfTables } from '../support/tables.ts';

let folder: string;
let store: EventStore;
let execute: Execute;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-rehearsal-'));
  store = openSqliteEventStore({ folder });
  execute = createExecuting(uses()).execute;
  for (const command of [openCase(), issueOrder(), serveOrder(), ...['@one', '@two'].map((name) => listTarget({ target: account(name) }))])
    await run(command);
  await run(withhold({ target: account('@one') }));
  await reflect();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const uses = () => ({
  store,
  ledger: '00000000-0000-7000-8000-0000000000aa',
  clock: () => RECORDED_AT,
  newEventId,
  newSalt,
  placeOf: () => undefined,
  isShared: false,
  rules: DEADLINE_RULES,
});
let commands = 0;
const run = async (command: Command, by: Execute = execute): Promise<string> => {
  commands += 1;
  const outcome = await by(command, { commandId: parseCommandId(`c${commands}`), recordedBy: 'local:test' });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.code);
  return outcome.eventId;
};
const open = () => openReadModel({ path: join(folder, 'read-model.sqlite') });
const reflect = async (): Promise<void> => {
  const model = open();
  await catchUp(createRunner({ store, model }));
  model.close();
};

/** What would be recorded if these were asked for now. */
const rehearsal = async (...wanted: readonly Command[]) => {
  const tried = createRehearsal(uses());
  for (const command of wanted) {
    commands += 1;
    expect(await tried.record.one(command, { commandId: parseCommandId(`c${commands}`), recordedBy: 'local:test' })).toMatchObject({
      kind: 'recorded',
      position: null,
    });
  }
  return tried.events().map(({ event }) => logEventOf(event));
};
const asked = { at: [msOf(instant('02-01 14:00'))], kinds: ['account'] } as const;
const rehearse = async (events: Awaited<ReturnType<typeof rehearsal>>, pairsMax?: number) =>
  JSON.parse(
    await answerRehearsals({ open, log: store, rules: DEADLINE_RULES, ...(pairsMax !== undefined && { pairsMax }) }).rehearse({
      ...asked,
      events,
    }),
  );
const withheldTwo = withhold({ target: account('@two') });
const reissue = async (ref: string): Promise<Command> => {
  const [issue] = await store.readStream(`order-${orderOne}`, { from: 0, limit: 1 });
  const command = correct(recorded(issueOrder()), { ref });
  return { ...command, data: { ...command.data, event: issue?.event.id ?? '' } };
};

describe('a rehearsal', () => {
  it('gives the figures before and after, and leaves the model as it was', async () => {
    const model = open();
    const before = rowsOfTables(model);
    const answer = await rehearse(await rehearsal(withheldTwo, withhold({ target: account('@two'), occurredAt: ist('02-03 10:00') })));
    expect(answer).toMatchObject({ position: 6, orders: [orderOne] });
    expect(answer.figures[0].before.total.effective).toMatchObject({ numerator: 1, denominator: 2 });
    expect(answer.figures[0].after.total.effective).toMatchObject({ numerator: 2, denominator: 2 });
    expect(rowsOfTables(model)).toEqual(before);
    model.close();
    expect(await store.readStream(withheldTwo.stream, { from: 0, limit: 10 })).toHaveLength(1);
  });

  it('asks to decide again where its stream has gone on, reflected or not, and where the model is behind', async () => {
    const events = await rehearsal(withheldTwo);
    await run(withhold({ target: account('@one'), occurredAt: ist('02-04 10:00') }));
    // Another stream: no matter.
    expect(await rehearse(events)).toHaveProperty('figures');
    await run(withhold({ target: account('@two'), occurredAt: ist('02-05 10:00') }));
    expect(await rehearse(events)).toEqual({ fault: 'moved_on' });
    await reflect();
    expect(await rehearse(events)).toEqual({ fault: 'moved_on' });
    await run(withhold({ target: account('@two'), occurredAt: ist('02-06 10:00') }));
    const upToDate = await rehearsal(withheldTwo);
    expect(await rehearse(upToDate)).toEqual({ fault: 'moved_on' });
    await reflect();
    expect(await rehearse(upToDate)).toHaveProperty('figures');
  });

  it('is refused where an order with too many accounts would have to be gone through', async () => {
    const events = await rehearsal(await reissue('Synthetic/1b'));
    expect(await rehearse(events, 2)).toHaveProperty('figures');
    expect(await rehearse(events, 1)).toEqual({ fault: 'too_many_pairs', pairs: 2, pairsMax: 1 });
    // What touches single accounts is looked up one by one.
    expect(await rehearse(await rehearsal(withheldTwo), 1)).toHaveProperty('figures');
  });

  it('decides later commands upon earlier ones, and none upon what it made up of another request', async () => {
    const [first, second] = await rehearsal(withheldTwo, withhold({ target: account('@two'), territory: ['FR'] }));
    expect([first?.revision, second?.revision]).toEqual([1, 2]);
    const [again] = await rehearsal(withheldTwo);
    expect(again?.revision).toBe(1);
  });
});
