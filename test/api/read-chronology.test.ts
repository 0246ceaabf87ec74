/** What happened, in the order in which it occurred: what belongs to it, what was corrected or retracted, and what says the same of many. */
import { describe, expect, it } from 'vitest';
import { entryPage, linePage, timelinePage } from '../../src/api/schemas/chronology.ts';
import {
  blockRow,
  caseBody,
  coverageBody,
  declineRow,
  listRow,
  meetingBody,
  orderBody,
  recordScene,
  reinstateRow,
  serviceBody,
  withholdRow,
} from '../support/bodies.ts';
import type { Body, TestLedger } from '../support/ledger.ts';
import { faultOf, pagesOf, read, withLedger } from '../support/reading.ts';

const types = (entries: readonly Body[]): readonly string[] => entries.map(({ type }) => type);
const act = async (ledger: TestLedger, ...rows: readonly object[]) => (await ledger.post('/v1/actions', { rows })).body.results;
const correct = (ledger: TestLedger, { stream, event }: Body, changes: object) =>
  ledger.post('/v1/corrections', { rows: [{ stream, event, changes, reason: 'data_entry', explanation: 'an hour off' }] });
const retract = (ledger: TestLedger, { stream, event }: Body, rest: object = {}) =>
  ledger.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong', ...rest }] });

describe('the chronology of a case', () => {
  it("has its own events, its orders' and its meetings', and what was done about the targets that they list", async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await act(ledger, blockRow('listed-1'), blockRow('elsewhere'), withholdRow('cited-only', [order]), reinstateRow('listed-1'));
      await act(ledger, blockRow('cited-only'));
      await ledger.post('/v1/meetings', meetingBody(caseId, [order]));
      await ledger.post('/v1/coverage', coverageBody(order));
      const { entries } = await read(ledger, `/v1/chronology?case=${caseId}`, entryPage);
      expect(entries.map((entry: Body) => [entry.type, entry.target?.key])).toEqual([
        ['CaseOpened', undefined],
        ['OrderIssued', undefined],
        ['TargetListed', 'listed-1'],
        ['OrderServed', undefined],
        ['TargetWithheld', 'listed-1'],
        ['TargetWithheld', 'cited-only'], // cites the order; the block of the same target does not
        ['TargetReinstated', 'listed-1'],
        ['TargetBlocked', 'listed-1'],
        ['MeetingHeld', undefined],
        ['CoverageDeclared', undefined],
      ]);
      const ofOrder = (await read(ledger, `/v1/chronology?order=${order}`, entryPage)).entries;
      expect(ofOrder).toEqual(entries.slice(1));
    });
  });

  it('leaves out, as published by a day, what all its sources published later, and says so', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const published = (verbatim: string, ...days: readonly string[]) => ({
        ...withholdRow(verbatim, [order]),
        assertion: 'third_party_report',
        sources: days.map((day) => ({ name: `Paper of ${day}`, publishedAt: { date: day, zone: 'UTC' } })),
      });
      await act(ledger, published('early', '2021-02-05'), published('late', '2021-02-06'), published('both', '2021-02-05', '2021-02-06'));
      await ledger.post('/v1/meetings', meetingBody(caseId, [order])); // published on 11 February
      const by = async (reportedBy: string) => {
        const page = await read(
          ledger,
          `/v1/chronology?case=${caseId}&types=TargetWithheld,MeetingHeld&reportedBy=${reportedBy}`,
          entryPage,
        );
        return [page.reportedBy, ...page.entries.map(({ type, target }: Body) => target?.key ?? type)];
      };
      // What has no source, or none with a date, stays: `listed-1` of the scene.
      expect(await by('2021-02-05T23:00:00Z')).toEqual(['2021-02-05T23:00:00.000Z', 'listed-1', 'early', 'both']);
      expect(await by('2021-02-12T00:00:00Z')).toEqual(['2021-02-12T00:00:00.000Z', 'listed-1', 'early', 'late', 'both', 'MeetingHeld']);
    });
  });

  it('shows an event in two of its orders once', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const second = (await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'No. 2' })).body.id;
      await ledger.post(`/v1/orders/${second}/targets`, { rows: [listRow('listed-1')] });
      await ledger.post('/v1/meetings', meetingBody(caseId, [order, second]));
      const { entries } = await read(ledger, `/v1/chronology?case=${caseId}`, entryPage);
      expect(types(entries).toSorted()).toEqual([
        'CaseOpened',
        'MeetingHeld',
        'OrderIssued',
        'OrderIssued',
        'OrderServed',
        'TargetListed',
        'TargetListed',
        'TargetWithheld',
      ]);
    });
  });

  it('shows what was corrected with what it said at first, where it now belongs', async () => {
    await withLedger(async (ledger) => {
      const { caseId, withheld } = await recordScene(ledger);
      await act(ledger, blockRow('listed-1'));
      await correct(ledger, withheld, { occurredAt: '2021-02-07T14:00:00+05:30', policy: null });
      const { entries, knownAt } = await read(ledger, `/v1/chronology?case=${caseId}`, entryPage);
      expect(types(entries).slice(-2)).toEqual(['TargetBlocked', 'TargetWithheld']);
      expect(entries.at(-1)).toMatchObject({
        event: withheld.event,
        occurredAt: { earliest: '2021-02-07T08:30:00.000Z' },
        correctedBy: [{ position: knownAt, reason: 'data_entry', explanation: 'an hour off', fields: ['occurredAt', 'policy'] }],
        struck: { occurredAt: { earliest: '2021-02-01T08:30:00.000Z' }, policy: 'country withheld content' },
      });
      expect(entries.at(-1).says).not.toHaveProperty('policy');
      const before = (await read(ledger, `/v1/chronology?case=${caseId}&knownAt=${knownAt - 1}`, entryPage)).entries;
      expect(types(before).slice(-2)).toEqual(['TargetWithheld', 'TargetBlocked']);
      expect(before.at(-2)).not.toHaveProperty('correctedBy');
    });
  });

  it('shows what was retracted struck, as it said last, with what stands instead', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order, withheld } = await recordScene(ledger);
      const [again] = await act(ledger, { ...withholdRow('listed-1', [order]), occurredAt: '2021-02-01T14:05:00+05:30' });
      await correct(ledger, withheld, { occurredAt: '2021-02-01T14:04:00+05:30' });
      await retract(ledger, withheld, { reason: 'duplicate', duplicateOf: again.event, explanation: 'entered twice' });
      const { entries } = await read(ledger, `/v1/chronology?case=${caseId}`, entryPage);
      const [struck, standing] = entries.filter(({ type }: Body) => type === 'TargetWithheld');
      expect(struck).toMatchObject({
        event: withheld.event,
        occurredAt: { earliest: '2021-02-01T08:34:00.000Z' },
        correctedBy: [{ fields: ['occurredAt'] }],
        retracted: { reason: 'duplicate', duplicateOf: again.event, explanation: 'entered twice' },
      });
      expect(standing).toMatchObject({ event: again.event });
      expect(standing).not.toHaveProperty('retracted');
    });
  });

  it('goes through all pages without gap or overlap, one by one and in lines', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const names = Array.from({ length: 12 }, (_, i) => `n-${i}`);
      await ledger.post(`/v1/orders/${order}/targets`, { rows: names.map(listRow) });
      await act(ledger, ...names.map((name) => withholdRow(name, [order])), ...names.slice(0, 5).map(reinstateRow));
      const whole = (await read(ledger, `/v1/chronology?case=${caseId}`, entryPage)).entries;
      expect(whole).toHaveLength(6 + 12 + 12 + 5 - 1);
      expect((await pagesOf(ledger, `/v1/chronology?case=${caseId}&limit=4`, 'entries')).flat()).toEqual(whole);
      const lines = (await read(ledger, `/v1/chronology?case=${caseId}&group=true`, linePage)).lines;
      expect((await pagesOf(ledger, `/v1/chronology?case=${caseId}&group=true&limit=2`, 'lines')).flat()).toEqual(lines);
      expect(lines.map(({ type, events }: Body) => [type, events])).toEqual([
        ['CaseOpened', 1],
        ['OrderIssued', 1],
        ['TargetListed', 13],
        ['OrderServed', 1],
        ['TargetWithheld', 13],
        ['TargetReinstated', 5],
      ]);
    });
  });
});

describe('a line of a chronology', () => {
  it('says of many targets what all of them have in common, and counts their kinds and classes', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const classOf = (name: string) => [{ class: name, assertedBy: 'platform' }];
      await act(
        ledger,
        declineRow('d-1', [order]),
        { ...declineRow('d-2', [order]), classes: classOf('politician') },
        { ...declineRow('d-3', [order]), classes: classOf('politician') },
      );
      const { lines } = await read(ledger, `/v1/chronology?case=${caseId}&group=true&types=TargetDeclined`, linePage);
      expect(lines).toMatchObject([
        {
          events: 3,
          targets: 3,
          kinds: { account: 3 },
          classes: { news_media: 1, politician: 2 },
          type: 'TargetDeclined',
          orders: [order],
          says: { grounds: ['inconsistent_with_local_law'] },
          isRetracted: false,
          first: { target: { key: 'd-1' } },
        },
      ]);
    });
  });

  it('keeps apart what differs in time, territory, basis, order or reason, and what was corrected or retracted', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      const row = (name: string, rest: object = {}) => ({ ...withholdRow(name, [order]), ...rest });
      const acted = await act(
        ledger,
        row('same'),
        row('where', { territory: ['FR'] }),
        row('why', { basis: 'unstated' }),
        row('when', { occurredAt: '2021-02-01T14:00:01+05:30' }),
        row('corrected', { occurredAt: '2021-02-01T15:00:00+05:30' }),
        row('retracted'),
      );
      await correct(ledger, acted[4], { occurredAt: '2021-02-01T14:00:00+05:30' });
      await retract(ledger, acted[5]);
      const { lines } = await read(ledger, `/v1/chronology?case=${caseId}&group=true&types=TargetWithheld`, linePage);
      expect(
        lines.map(({ events, isCorrected, isRetracted, says }: Body) => [events, isCorrected, isRetracted, says.territory, says.basis]),
      ).toEqual([
        [2, false, false, ['IN'], 'legal_order'],
        [1, false, false, ['FR'], 'legal_order'],
        [1, false, false, ['IN'], 'unstated'],
        [1, true, false, ['IN'], 'legal_order'],
        [1, false, true, ['IN'], 'legal_order'],
        [1, false, false, ['IN'], 'legal_order'],
      ]);
    });
  });
});

describe('the filters of a chronology', () => {
  it('are a target, a party, a period and types of events', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order, withheld } = await recordScene(ledger);
      await act(ledger, blockRow('listed-1'), withholdRow('other', [order]));
      await ledger.post('/v1/meetings', meetingBody(caseId, [order]));
      const asked = async (parameters: string) => types((await read(ledger, `/v1/chronology?${parameters}`, entryPage)).entries);
      expect(await asked(`target=${withheld.target}`)).toEqual(['TargetListed', 'TargetWithheld', 'TargetBlocked']);
      expect(await asked(`target=${withheld.target}&case=${caseId}&types=TargetBlocked,TargetListed`)).toEqual([
        'TargetListed',
        'TargetBlocked',
      ]);
      expect(await asked('party=SECRET')).toEqual(['MeetingHeld']);
      expect(await asked(`order=${order}&party=platform`)).toEqual(['OrderIssued']);
      // The meeting was held at some time in the evening: it can have been within any part of it.
      expect(await asked(`case=${caseId}&from=2021-02-10T18:00:00%2B05:30&to=2021-02-10T18:00:01%2B05:30`)).toEqual(['MeetingHeld']);
      expect(await asked(`case=${caseId}&from=2021-02-01T14:00:00%2B05:30&to=2021-02-01T14:00:01%2B05:30`)).toEqual([
        'TargetWithheld',
        'TargetWithheld',
      ]);
      expect(await asked(`case=${caseId}&from=2021-02-01T13:00:00%2B05:30&to=2021-02-01T14:00:00%2B05:30`)).toEqual([]);
    });
  });

  it('are needed: a chronology is about something', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      expect(faultOf(await ledger.get('/v1/chronology'))).toBe('400 QUERY_INVALID #/case');
      expect(faultOf(await ledger.get(`/v1/chronology?case=${caseId}&order=${order}`))).toBe('400 QUERY_INVALID #/order');
      expect(faultOf(await ledger.get(`/v1/chronology?case=${caseId}&types=TargetEaten`))).toBe('400 QUERY_INVALID #/types/0');
      expect((await read(ledger, `/v1/chronology?case=${order}`, entryPage)).entries).toEqual([]);
    });
  });
});

describe('the timeline of a target', () => {
  it('has all that is recorded about it, and says where it is not known what came first', async () => {
    await withLedger(async (ledger) => {
      const { withheld } = await recordScene(ledger);
      const [day, block] = await act(
        ledger,
        {
          ...withholdRow('listed-1', []),
          occurredAt: { date: '2021-02-05', zone: 'Asia/Kolkata' },
          externalRecordedAt: '2021-02-06T00:00:00Z',
          receivedAt: '2021-02-06T00:00:00Z',
        },
        blockRow('listed-1'),
      );
      await retract(ledger, withheld);
      const { entries, listedBy } = await read(ledger, `/v1/targets/${withheld.target}/timeline`, timelinePage);
      expect(types(entries)).toEqual(['TargetListed', 'TargetWithheld', 'TargetWithheld', 'TargetBlocked']);
      expect(entries[1]).toMatchObject({ event: withheld.event, retracted: { reason: 'wrong' } });
      expect(entries[2]).toMatchObject({
        undeterminedWith: [block.event],
        externalRecordedAt: '2021-02-06T00:00:00.000Z',
        receivedAt: { earliest: '2021-02-06T00:00:00.000Z' },
      });
      expect(entries[3]).toMatchObject({ undeterminedWith: [day.event] });
      expect(entries[0]).not.toHaveProperty('undeterminedWith');
      expect(listedBy).toHaveLength(1);
      const pages = await pagesOf(ledger, `/v1/targets/${withheld.target}/timeline?limit=3`, 'entries');
      expect(pages.map(({ length }) => length)).toEqual([3, 1]);
    });
  });

  it('shows a report of a reinstatement with nothing to lift', async () => {
    await withLedger(async (ledger) => {
      const { caseId } = await recordScene(ledger);
      await act(ledger, {
        ...reinstateRow('listed-1'),
        occurredAt: '2021-02-01T10:00:00+05:30',
        assertion: 'third_party_report',
        sources: [{ name: 'A newspaper' }],
      });
      const { entries } = await read(ledger, `/v1/chronology?case=${caseId}&types=TargetReinstated`, entryPage);
      expect(entries).toMatchObject([{ says: { lifts: [], reason: 'own_decision' } }]);
    });
  });

  it('is of nothing but a target', async () => {
    await withLedger(async (ledger) => {
      const { body } = await ledger.post('/v1/cases', caseBody);
      await ledger.post(`/v1/orders/${body.id}/service`, serviceBody);
      expect(faultOf(await ledger.get(`/v1/targets/${body.id}/timeline`))).toBe('404 NOT_FOUND ');
    });
  });
});
