/** What a cluster is asked before a ledger trusts it: each refusal with its reason, and what is only noted. */
import { afterEach, describe, expect, it } from 'vitest';
import { checkCluster } from '../../src/event-store/eventstoredb-start.ts';
import type { FakeClusterOptions } from '../support/fake-eventstoredb/cluster.ts';
import { addressIn, type OverTheWire, PREFIX, startOverTheWire } from './over-the-wire.ts';
import { opening } from './sealed-events.ts';

const LEDGER = { stream: 'ledger', type: 'TestRecorded' };

let wire: OverTheWire | undefined;
afterEach(async () => {
  await wire?.close();
  wire = undefined;
});
const start = async (options: FakeClusterOptions = {}): Promise<OverTheWire> => {
  wire = await startOverTheWire(options);
  return wire;
};
/** What was noted; throws what the check throws. */
const check = async ({ cluster }: OverTheWire, notReadyWaitMs = 600): Promise<readonly string[]> => {
  const notes: string[] = [];
  await checkCluster({
    address: addressIn(cluster.url),
    prefix: PREFIX,
    ledger: LEDGER,
    notReadyWaitMs,
    onNote: (note) => notes.push(note),
  });
  return notes;
};

describe('a cluster is taken', () => {
  it('empty, or with a ledger, and nothing is noted', async () => {
    const on = await start();
    expect(await check(on)).toEqual([]);
    await on.open().append(opening('ledger', {}), { expected: 'no_stream' });
    expect(await check(on)).toEqual([]);
    expect(on.cluster.subscriptions()).toEqual([]);
  });

  it('beside the streams of others', async () => {
    const on = await start();
    on.cluster.put({ stream: 'other-1', type: 'Other', data: {} });
    on.cluster.put({ stream: `x${PREFIX}ledger`, type: 'Other', data: {} });
    expect(await check(on)).toEqual([]);
  });

  it('with a note if it is newer than those known, says no version, or its clock is a little off', async () => {
    expect(await check(await start({ version: '27.2.0' }))).toEqual([expect.stringMatching(/27\.2/)]);
    await wire?.close();
    expect(await check(await start({ version: '' }))).toEqual([expect.stringMatching(/version/)]);
    await wire?.close();
    expect(await check(await start({ clockOffsetMs: -20_000 }))).toEqual([expect.stringMatching(/clocks.*(19|20|21) seconds/)]);
  });

  it('as soon as it is ready', async () => {
    const on = await start({ ready: false });
    setTimeout(() => {
      on.cluster.settings.ready = true;
    }, 300);
    expect(await check(on, 10_000)).toEqual([]);
  });
});

describe('a cluster is refused', () => {
  it('that is not ready in time, or not there', async () => {
    const on = await start({ ready: false });
    await expect(check(on)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'not_ready' });
    await on.cluster.nodes[0]?.kill();
    await expect(check(on)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'unreachable' });
  });

  it.each(['21.10.9', '22.6.0', '5.0.11'])('of version %s', async (version) => {
    await expect(check(await start({ version }))).rejects.toMatchObject({ reason: 'server_version' });
  });

  it.each([90_000, -90_000])('whose clock is %i ms off', async (clockOffsetMs) => {
    await expect(check(await start({ clockOffsetMs }))).rejects.toMatchObject({ reason: 'clock_off' });
  });

  it('that does not let this user read $all', async () => {
    await expect(check(await start({ access: 'no-all' }))).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('whose prefix holds streams, and no ledger', async () => {
    const on = await start();
    on.cluster.put({ stream: `${PREFIX}order-1`, type: 'Other', data: {} });
    await expect(check(on)).rejects.toMatchObject({ reason: 'not_a_ledger' });
  });

  it('whose ledger begins with something else', async () => {
    const on = await start();
    await on.open().append(opening('ledger', {}), { expected: 'no_stream' });
    const ask = {
      address: addressIn(on.cluster.url),
      prefix: PREFIX,
      ledger: { stream: 'ledger', type: 'LedgerOpened' },
      onNote: () => {},
    };
    await expect(checkCluster(ask)).rejects.toMatchObject({ reason: 'not_a_ledger' });
  });
});
