/** A log to which other processes write as well: what is remembered here is no ground to refuse, nor to say that something is on record already. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newCommandId, newEventId, newSalt } from '../../src/application/clock.ts';
import { createExecuting, type Outcome } from '../../src/application/execute.ts';
import type { Command } from '../../src/domain/command.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseEventId } from '../../src/domain/ids.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { type Lease, openSqliteEventStore, takeLease } from '../../src/event-store/sqlite.ts';
import { account, block, issueOrder, ist, openCase, RECORDED_AT, reinstate, retract, tuesdayNoon, withhold } from '../support/controls.ts';

const LEDGER = '00000000-0000-7000-8000-0000000000aa';

let folder: string;
let lease: Lease;
let opened: EventStore[];
/** How often a stream was read. */
let reads: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-shared-'));
  lease = takeLease(folder);
  opened = [];
  reads = 0;
});
afterEach(async () => {
  for (const store of opened) await store.close();
  lease.release();
  rmSync(folder, { recursive: true });
});

type Options = { readonly expectedRevision?: number };
type Process = (command: Command, options?: Options) => Promise<Outcome>;

const process = (isShared: boolean): Process => {
  const store = openSqliteEventStore({ folder, lease: 'held' });
  opened.push(store);
  const counted: EventStore = {
    ...store,
    readStream(stream, page) {
      reads += 1;
      return store.readStream(stream, page);
    },
  };
  const made = { newEventId, newSalt, clock: () => RECORDED_AT, placeOf: () => undefined, rules: DEADLINE_RULES };
  const execute = createExecuting({ store: counted, ledger: LEDGER, isShared, ...made }).execute;
  return (command, options = {}) => execute(command, { commandId: newCommandId(), recordedBy: 'local:test', ...options });
};

const blocked = block({ synthetic: true });
const lifted = reinstate({ occurredAt: tuesdayNoon });
const blockedAgain = block({ synthetic: true, occurredAt: ist('02-03 12:00') });

/** Blocked here; lifted by another process, of which this one has not heard. */
const liftedElsewhere = async (isShared: boolean): Promise<Process> => {
  const here = process(isShared);
  for (const command of [openCase(), issueOrder(), blocked]) expect(await here(command)).toMatchObject({ kind: 'recorded' });
  expect(await process(isShared)(lifted)).toMatchObject({ kind: 'recorded', revision: 1 });
  return here;
};

it('a refusal is decided upon what stands in the log', async () => {
  expect(await (await liftedElsewhere(true))(blockedAgain)).toMatchObject({ kind: 'recorded', revision: 2 });
});

it('a revision on which the caller insists is that of the log', async () => {
  const here = await liftedElsewhere(true);
  expect(await here(blockedAgain, { expectedRevision: 0 })).toMatchObject({ refusal: { code: 'REVISION_MISMATCH', actual: 1 } });
  expect(await here(blockedAgain, { expectedRevision: 1 })).toMatchObject({ kind: 'recorded', revision: 2 });
});

it('what is on record is said to be so after it was looked up, once', async () => {
  const here = await liftedElsewhere(true);
  expect(await here(lifted)).toMatchObject({ kind: 'repeated', revision: 1 });
  const before = reads;
  expect(await here(lifted)).toMatchObject({ kind: 'repeated', revision: 1 });
  expect(reads - before).toBeLessThanOrEqual(3); // the account, its case and its order
});

it('what another process retracted is not cited, though it is remembered here', async () => {
  const here = process(true);
  for (const command of [openCase(), issueOrder(), withhold()]) expect(await here(command)).toMatchObject({ kind: 'recorded' });
  const { stream } = issueOrder();
  const [issued] = (await opened[0]?.readStream(stream, { from: 0, limit: 1 })) ?? [];
  const retraction = retract({ stream, id: parseEventId(issued?.event.id ?? '') }, { explanation: 'Never issued.' });
  expect(await process(true)(retraction)).toMatchObject({ kind: 'recorded' });
  expect(await here(withhold({ occurredAt: tuesdayNoon }))).toMatchObject({ kind: 'refused' });
});

it('an order that many rows cite is looked at for all of them together', async () => {
  const here = process(true);
  for (const command of [openCase(), issueOrder(), withhold()]) expect(await here(command)).toMatchObject({ kind: 'recorded' });
  const rows = Array.from({ length: 50 }, (_, n) => withhold({ target: account(`@row${n}`) }));
  const before = reads;
  for (const outcome of await Promise.all(rows.map((row) => here(row)))) expect(outcome).toMatchObject({ kind: 'recorded' });
  expect(reads - before).toBeLessThan(60); // each account's own stream, and a few looks
});

it('one process alone remembers what it wrote, and reads nothing again', async () => {
  const here = process(false);
  for (const command of [openCase(), issueOrder(), blocked]) await here(command);
  const before = reads;
  expect(await here(blocked)).toMatchObject({ kind: 'repeated' });
  expect(reads).toBe(before);
});
