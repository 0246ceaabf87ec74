/** A point of knowledge: a position, or the last one before the first event that was recorded later than an instant. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Uses } from '../../src/api/uses.ts';
import { composeLedger } from '../../src/compose.ts';
import { parseCaseId, parseCommandId, streamOf } from '../../src/domain/ids.ts';
import { parseInstant } from '../../src/domain/time.ts';
import { knowledgeOf } from '../../src/projections/knowledge.ts';
import { recordedMsOf } from '../../src/projections/progress.ts';
import { caseBody } from '../support/bodies.ts';
import { openCase } from '../support/controls.ts';
import { engineOf } from '../support/engine.ts';
import { withLedger } from '../support/reading.ts';

const at = (minute: number): string => `2021-02-14T09:0${minute}:00.000Z`;

/** Events 1 and 2 recorded at minute 1, event 3 at minute 1, event 4 at minute 3; it is minute 9 then. */
const recorded = <T>(use: (known: (knownAt?: string) => unknown) => T): Promise<T> => {
  let minute = 1;
  return withLedger(
    async ({ uses, post }) => {
      await post('/v1/cases', caseBody);
      await post('/v1/cases', { ...caseBody, title: 'Another' });
      minute = 3;
      await post('/v1/cases', { ...caseBody, title: 'A third' });
      return use((knownAt) => knowledgeOf(uses.model, knownAt, Temporal.Instant.from(at(9)).epochMilliseconds));
    },
    { clock: () => parseInstant(at(minute)) },
  );
};

describe('a point of knowledge', () => {
  it('is the head by default, and any position up to it', async () => {
    await recorded((known) => {
      expect(known()).toEqual({ position: 4 });
      expect(known('0')).toEqual({ position: 0 });
      expect(known('4')).toEqual({ position: 4 });
      expect(known('5')).toEqual({ fault: 'beyond_head', head: 4 });
    });
  });

  it('is the last position before the first event that was recorded later', async () => {
    await recorded((known) => {
      expect(known(at(0))).toEqual({ position: 0 });
      expect(known(at(1))).toEqual({ position: 3 });
      expect(known('2021-02-14T14:32:00+05:30')).toEqual({ position: 3 });
      expect(known('2021-02-14T09:02:59.999Z')).toEqual({ position: 3 });
      expect(known(at(3))).toEqual({ position: 4 });
      expect(known(at(8))).toEqual({ position: 4 });
    });
  });

  it('is not what is yet to come, nor any other text', async () => {
    await recorded((known) => {
      expect(known('2021-02-14T09:09:00.001Z')).toEqual({ fault: 'not_settled', head: 4 });
      // Within two seconds of now a command that was given its time may not yet be in the log.
      expect(known('2021-02-14T09:08:58.001Z')).toEqual({ fault: 'not_settled', head: 4 });
      expect(known('2021-02-14T09:08:58.000Z')).toEqual({ position: 4 });
      for (const text of ['', '-1', '01', '1.0', 'now', '2021-02-14', '2021-02-14T09:00'])
        expect(known(text)).toEqual({ fault: 'malformed', head: 4 });
    });
  });
});

describe('an instant, after the clock was set back between two starts', () => {
  /** After the ledger's own event at minute 5 those at positions 2 to 5: each start of the ledger has a clock that may be behind the last. */
  const MINUTES = [[5], [2, 2], [6]];
  const caseAt = (n: number) => parseCaseId(`00000000-0000-4000-8000-00000000000${n}`);

  const recordedInStarts = async (use: (uses: Uses) => void): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-knowledge-'));
    let minute = 5;
    let cases = 0;
    const started = async (run: (uses: Uses) => Promise<void>): Promise<void> => {
      const clock = () => parseInstant(at(minute));
      const ledger = await composeLedger({
        folder,
        engine: engineOf(folder),
        name: 'test',
        recordedBy: 'local:test',
        threads: false,
        clock,
      });
      try {
        await run(ledger.uses);
      } finally {
        await ledger.close();
      }
    };
    try {
      for (const minutes of MINUTES) {
        minute = minutes[0] ?? 0;
        await started(async ({ record }) => {
          for (const each of minutes) {
            minute = each;
            cases += 1;
            const command = { type: 'CaseOpened', stream: streamOf('case', caseAt(cases)), data: openCase({ occurredAt: at(0) }).data };
            const outcome = await record.one(command, { commandId: parseCommandId(`c${cases}`), recordedBy: 'local:test' });
            expect(outcome).toMatchObject({ kind: 'recorded', position: cases + 1 });
          }
        });
      }
      minute = 2;
      await started(async (uses) => use(uses));
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it('is still the last position before the first event that was recorded later', async () => {
    await recordedInStarts(({ model }) => {
      const known = (minute: number, now = 9) => knowledgeOf(model, at(minute), Temporal.Instant.from(at(now)).epochMilliseconds);
      expect([0, 1, 2, 3, 4].map((minute) => known(minute))).toEqual(Array.from({ length: 5 }, () => ({ position: 0 })));
      expect(known(5)).toEqual({ position: 4 });
      expect(known(6)).toEqual({ position: 5 });
    });
  });

  it('never changes again if it lies before the latest recorded, whatever the clock says now', async () => {
    await recordedInStarts(({ model }) => {
      const known = (minute: number, now: number) => knowledgeOf(model, at(minute), Temporal.Instant.from(at(now)).epochMilliseconds);
      expect(known(4, 2)).toEqual({ position: 0 });
      expect(known(5, 2)).toEqual({ position: 4 });
      expect(known(6, 2)).toEqual({ fault: 'not_settled', head: 5 });
    });
  });

  it('leaves of each event when it was itself recorded', async () => {
    await recordedInStarts(({ model }) => {
      const recordedAt = (position: number) => Temporal.Instant.fromEpochMilliseconds(recordedMsOf(model, position)).toString();
      expect([1, 2, 3, 4, 5].map(recordedAt)).toEqual([5, 5, 2, 2, 6].map((minute) => at(minute).replace('.000', '')));
      expect(() => recordedMsOf(model, 6)).toThrow('no event at position 6');
    });
  });
});
