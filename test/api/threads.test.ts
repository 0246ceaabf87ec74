/** The server as it is served: the runner and long answers in threads of their own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateReply } from '../../src/api/schemas/compliance.ts';
import { createProgress, POSITION_WAIT_MS } from '../../src/application/positions.ts';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseOrderId } from '../../src/domain/ids.ts';
import { EMBEDDED } from '../../src/engines.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { openSqliteEventStore } from '../../src/event-store/sqlite.ts';
import { openReadModel, READ_MODEL_VERSION } from '../../src/projections/read-model.ts';
import { answerInThread, runInThread } from '../../src/threads.ts';
import { caseBody, recordScene } from '../support/bodies.ts';
import { query, read, withLedger } from '../support/reading.ts';

describe('a ledger in threads', () => {
  it('answers a write as soon as it is reflected, since the runner is woken', async () => {
    await withLedger(
      async ({ post }) => {
        const WRITES = 10;
        const began = performance.now();
        for (let n = 0; n < WRITES; n += 1) {
          const { status, body } = await post('/v1/cases', { ...caseBody, title: `Case ${n}` });
          expect([status, body.position]).toEqual([201, 2 + n]);
        }
        // A runner that only looked now and then would have been looked for each time anew, about a second later.
        expect(performance.now() - began).toBeLessThan((WRITES * POSITION_WAIT_MS) / 4);
      },
      { threads: true },
    );
  });

  it('answers every kind of question about compliance', async () => {
    await withLedger(
      async (ledger) => {
        const { order } = await recordScene(ledger);
        const at = '2021-02-01T14:00:00+05:30';
        const { orders } = await read(ledger, `/v1/compliance?${query({ orders: order, at })}`, stateReply);
        expect(orders).toMatchObject([{ order, effective: { numerator: 1, denominator: 1 } }]);
        expect((await ledger.get(`/v1/compliance/pairs?${query({ order, at })}`)).body.rows).toHaveLength(1);
        const curve = await ledger.get(`/v1/compliance?${query({ orders: order, from: at, to: '2021-02-02T14:00:00+05:30' })}`);
        expect([curve.status, curve.body.total.points.length]).toEqual([200, 24]);
      },
      { threads: true },
    );
  });
});

describe('a thread that ends', () => {
  let folder: string;
  const order = parseOrderId('00000000-0000-4000-8000-000000000011');
  const asked = { orders: [order], knownAt: 0, kinds: ['account'], at: 0 } as const;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-threads-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('answers all who wait for it with what ended it, and the next question has another', async () => {
    await openSqliteEventStore({ folder }).close();
    const { answers, close } = answerInThread({ folder, engine: EMBEDDED }, DEADLINE_RULES);
    try {
      // There is no read model yet, which a reader does not make.
      const waiting = [answers.at(asked), answers.curve({ ...asked, from: 0, to: 1, samples: [] }), answers.at(asked)];
      for (const answer of await Promise.allSettled(waiting))
        expect(answer).toMatchObject({ status: 'rejected', reason: { cause: { errcode: 14 } } });
      await expect(answers.at(asked)).rejects.toMatchObject({ cause: { errcode: 14 } });
      openReadModel({ path: join(folder, `read-model-${READ_MODEL_VERSION}.sqlite`) }).close();
      expect(JSON.parse(await answers.at(asked))).toMatchObject({ at: '1970-01-01T00:00:00.000Z', orders: [] });
    } finally {
      await close();
    }
    await close();
  });

  it('passes an error of one question on, and answers the next', async () => {
    await openSqliteEventStore({ folder }).close();
    openReadModel({ path: join(folder, `read-model-${READ_MODEL_VERSION}.sqlite`) }).close();
    const { answers, close } = answerInThread({ folder, engine: EMBEDDED }, DEADLINE_RULES);
    try {
      await expect(answers.at({ ...asked, at: Number.NaN })).rejects.toBeInstanceOf(RangeError);
      expect(JSON.parse(await answers.at(asked))).toMatchObject({ orders: [] });
      const search = { words: 'anything', knownAt: 0, limit: 1 };
      expect(JSON.parse(await answers.search(search))).toMatchObject({ targets: [], entries: [], isComplete: true });
    } finally {
      await close();
    }
  });

  it('drops what is still asked when it closes, without a word', async () => {
    await openSqliteEventStore({ folder }).close();
    openReadModel({ path: join(folder, `read-model-${READ_MODEL_VERSION}.sqlite`) }).close();
    const { answers, close } = answerInThread({ folder, engine: EMBEDDED }, DEADLINE_RULES);
    let said: unknown = 'nothing';
    void answers.at(asked).then(
      (text) => (said = text),
      (error: unknown) => (said = error),
    );
    await close();
    await setImmediate();
    expect(said).toBe('nothing');
  });

  it('moves the read model no more: who waits for a position is told', async () => {
    const progress = createProgress(0, () => undefined);
    const waiting = progress.of('01950000-0000-7000-8000-000000000001');
    const store: Pick<EventStore, 'onAppended'> = { onAppended: () => () => {} };
    // There is no log to read.
    const runner = runInThread({ folder, engine: EMBEDDED }, store, progress);
    await expect(runner.caughtUp).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(progress.isFollowing()).toBe(false);
    await expect(waiting).resolves.toBeNull();
    await runner.close();
  });
});
