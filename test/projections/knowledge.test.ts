/** A point of knowledge: a position, or the last one before the first event that was recorded later than an instant. */
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/domain/time.ts';
import { knowledgeOf } from '../../src/projections/knowledge.ts';
import { caseBody } from '../support/bodies.ts';
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
