/** What was learned of a case and when; and how densely a period is filled with events. */
import { describe, expect, it } from 'vitest';
import { densityReply, learnedReply } from '../../src/api/schemas/learned.ts';
import type { Clock } from '../../src/application/clock.ts';
import { type Instant, parseInstant } from '../../src/domain/time.ts';
import { blockRow, listRow, recordScene, reinstateRow, statementRow } from '../support/bodies.ts';
import type { Body, TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, read, withLedger } from '../support/reading.ts';

const clockAt = () => {
  let now: Instant = parseInstant('2021-02-14T03:30:00.000Z');
  const clock: Clock = () => now;
  const set = (text: string): void => {
    now = parseInstant(text);
  };
  return { clock, set };
};
const correct = (ledger: TestLedger, { stream, event }: Body) =>
  ledger.post('/v1/corrections', {
    rows: [{ stream, event, changes: { occurredAt: '2021-02-01T15:00:00+05:30' }, reason: 'data_entry', explanation: 'an hour off' }],
  });
const runs = async (ledger: TestLedger, caseId: string, knownAt?: number): Promise<readonly Body[]> =>
  (await read(ledger, `/v1/cases/${caseId}/learned${knownAt === undefined ? '' : `?knownAt=${knownAt}`}`, learnedReply)).runs;

describe('what was learned of a case', () => {
  it('is told in runs: apart where the recorder paused, and where it was a correction', async () => {
    const { clock, set } = clockAt();
    await withLedger(
      async (ledger) => {
        const { caseId, order, withheld } = await recordScene(ledger);
        const scene = await ledger.position();
        set('2021-02-14T03:40:00.000Z'); // ten minutes are no pause yet
        await ledger.post(`/v1/orders/${order}/targets`, { rows: [listRow('listed-2')] });
        set('2021-02-14T03:50:00.001Z');
        await ledger.post('/v1/actions', { rows: [blockRow('listed-2'), blockRow('of-no-case')] });
        const { body } = await correct(ledger, withheld);
        const [first, second, third, ...rest] = await runs(ledger, caseId);
        expect(first).toMatchObject({ first: 2, last: scene + 1, events: scene, isOfChanges: false, changes: [] });
        expect(first.recordedAt).toEqual({ first: '2021-02-14T03:30:00.000Z', last: '2021-02-14T03:40:00.000Z' });
        expect(first.types).toEqual({ CaseOpened: 1, OrderIssued: 1, OrderServed: 1, TargetListed: 2, TargetWithheld: 1 });
        expect(second).toMatchObject({ events: 1, types: { TargetBlocked: 1 } });
        expect(third).toMatchObject({ events: 1, isOfChanges: true, types: { EventCorrected: 1 } });
        expect(third.changes).toEqual([
          {
            event: body.results[0].event,
            position: third.first,
            type: 'EventCorrected',
            about: withheld.event,
            reason: 'data_entry',
            explanation: 'an hour off',
          },
        ]);
        expect(rest).toEqual([]);
        expect(await runs(ledger, caseId, scene)).toEqual([expect.objectContaining({ last: scene, events: scene - 1 })]);
      },
      { clock },
    );
  });

  it('has the same runs page by page, and nothing of another case', async () => {
    const { clock, set } = clockAt();
    await withLedger(
      async (ledger) => {
        const { caseId, order } = await recordScene(ledger);
        for (const hour of ['05', '06', '07', '08']) {
          set(`2021-02-14T${hour}:00:00.000Z`);
          await ledger.post('/v1/statements', { rows: [statementRow(caseId, [order])] });
        }
        const { body: other } = await ledger.post('/v1/cases', {
          title: 'Another',
          zone: 'UTC',
          occurredAt: '2021-02-01T00:00:00Z',
          assertion: 'direct_record',
          synthetic: true,
        });
        const whole = await runs(ledger, caseId);
        expect(whole.length).toBe(5);
        expect((await pagesOf(ledger, `/v1/cases/${caseId}/learned?limit=2`, 'runs')).flat()).toEqual(whole);
        expect(await runs(ledger, other.id)).toEqual([expect.objectContaining({ types: { CaseOpened: 1 } })]);
      },
      { clock },
    );
  });

  it('is not there for a case that is not known', async () => {
    await withLedger(async (ledger) => {
      const { caseId } = await recordScene(ledger);
      expect(faultOf(await ledger.get(`/v1/cases/${caseId}/learned?knownAt=1`))).toMatch('404 NOT_FOUND');
    });
  });
});

describe('the density of a period', () => {
  const density = '/v1/chronology/density';
  it('counts each event once, in the part in which it can first have happened', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger); // 31 January 12:00, 12:30; listed 12:00; withheld 1 February 14:00 IST
      await ledger.post('/v1/actions', { rows: [reinstateRow('listed-1')] });
      const period = 'from=2021-01-31T00:00:00%2B05:30&to=2021-02-02T00:00:00%2B05:30&parts=2';
      const { buckets } = await read(ledger, `${density}?case=${caseId}&${period}`, densityReply);
      expect(buckets).toEqual([4, 2]);
      expect((await read(ledger, `${density}?order=${order}&${period}`, densityReply)).buckets).toEqual([3, 2]);
    });
  });

  it('is refused without a subject, with two, backwards, or in too many parts', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const [early, late] = ['2021-01-31T00:00:00Z', '2021-02-02T00:00:00Z'];
      const period = `from=${early}&to=${late}`;
      expect(faultOf(await ledger.get(`${density}?${period}`))).toBe('400 QUERY_INVALID #/case');
      expect(faultOf(await ledger.get(`${density}?case=${caseId}&order=${order}&${period}`))).toBe('400 QUERY_INVALID #/case');
      expect(faultOf(await ledger.get(`${density}?case=${caseId}&from=${late}&to=${early}`))).toBe('400 QUERY_INVALID #/to');
      expect(faultOf(await ledger.get(`${density}?case=${caseId}&${period}&parts=501`))).toBe('400 QUERY_INVALID #/parts');
      expect((await ledger.get(`${density}?case=${caseId}&${period}&parts=500`)).body.buckets.length).toBe(500);
    });
  });
});
