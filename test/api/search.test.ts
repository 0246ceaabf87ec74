/** What a search finds: by id, by name, by words; bounded, and as known at a position. */
import { describe, expect, it } from 'vitest';
import { searchReply } from '../../src/api/schemas/search.ts';
import { NOT_SEARCHED_WORDS } from '../../src/wording/searched.ts';
import { listRow, meetingBody, orderBody, recordScene, statementRow, withholdRow } from '../support/bodies.ts';
import type { Body, TestLedger } from '../support/ledger.ts';
import { faultOf, query, read, withLedger } from '../support/reading.ts';

const search = (ledger: TestLedger, words: string, knownAt?: number): Promise<Body> =>
  read(ledger, `/v1/search?${query({ words, knownAt })}`, searchReply);
const handles = ({ targets }: Body): readonly string[] => targets.map(({ verbatim }: Body) => verbatim);

describe('a search', () => {
  it('finds targets by any part of their names, the very name first', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger, 'kisan');
      await ledger.post(`/v1/orders/${order}/targets`, { rows: ['the_kisan_union', 'kisan_ekta', 'other'].map(listRow) });
      expect(handles(await search(ledger, '@Kisan'))).toEqual(['kisan', 'kisan_ekta', 'the_kisan_union']);
      expect(await search(ledger, 'nobody')).toMatchObject({ targets: [], entries: [], named: [], isComplete: true });
    });
  });

  it('finds what is called so before what begins so, and that before what has it somewhere; orders and cases before what speaks of them', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/statements', { rows: [{ ...statementRow(caseId, [order]), summary: 'Of O1 the minister spoke.' }] });
      await ledger.post(`/v1/orders/${order}/targets`, { rows: ['synthetic-o1-9', 'o1-first', 'O1'].map(listRow) });
      await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'Review of O1' });
      await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'O1 (second)' });
      await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'o1' });
      const found = await search(ledger, 'O1');
      expect(found.entries.map(({ match, says }: Body) => [match, says.ref ?? says.summary])).toEqual([
        ['is', 'o1'],
        ['begins', 'O1 (second)'],
        ['has', 'Review of O1'],
        ['says', 'Of O1 the minister spoke.'],
      ]);
      expect(found.targets.map(({ match, verbatim }: Body) => [match, verbatim])).toEqual([
        ['is', 'O1'],
        ['begins', 'o1-first'],
        ['has', 'synthetic-o1-9'],
      ]);
    });
  });

  it('finds an order by its id elsewhere, and the very one among more than it shows', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/statements', {
        rows: Array.from({ length: 51 }, (_, n) => ({ ...statementRow(caseId, [order]), summary: `Statement ${n} on FILE-7.` })),
      });
      await ledger.post('/v1/orders', { ...orderBody(caseId), externalId: { system: 'registry', id: 'file-7' } });
      const found = await search(ledger, 'FILE-7');
      expect([found.entries.length, found.entriesMore]).toEqual([50, true]);
      expect(found.entries[0]).toMatchObject({ match: 'is', type: 'OrderIssued' });
    });
  });

  it('stops at fifty and says that there are more', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      await ledger.post(`/v1/orders/${order}/targets`, { rows: Array.from({ length: 51 }, (_, n) => listRow(`many-${n}`)) });
      const found = await search(ledger, 'many');
      expect([found.targets.length, found.targetsMore]).toEqual([50, true]);
      expect((await search(ledger, 'many-50')).targetsMore).toBe(false);
    });
  });

  it('finds orders by their references and statements by their words, in any capitals, and no names of fields', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order } = await recordScene(ledger);
      await ledger.post('/v1/statements', { rows: [statementRow(caseId, [order])] });
      expect((await search(ledger, 'no. 1 OF 2021')).entries.map(({ type }: Body) => type)).toEqual(['OrderIssued']);
      expect((await search(ledger, 'treated differently')).entries.map(({ type }: Body) => type)).toEqual(['StatementMade']);
      expect((await search(ledger, 'statedTargetCount')).entries).toEqual([]);
      expect((await search(ledger, '100%')).entries).toEqual([]);
    });
  });

  it('finds anything by its id, and events by their positions', async () => {
    await withLedger(async (ledger) => {
      const { caseId, order, withheld } = await recordScene(ledger);
      const { body: meeting } = await ledger.post('/v1/meetings', meetingBody(caseId, [order]));
      for (const [is, id] of [
        ['case', caseId],
        ['order', order],
        ['target', withheld.target],
        ['meeting', meeting.id],
        ['event', withheld.event],
      ])
        expect((await search(ledger, `${id}`.toUpperCase())).named).toEqual([{ is, id }]);
      const first = await ledger.get('/v1/events?limit=2');
      expect((await search(ledger, '02')).named).toEqual([{ is: 'event', id: first.body.events[1].envelope.id }]);
      expect((await search(ledger, '99')).named).toEqual([]);
      for (const none of ['00000000-0000-0000-0000-000000000000', '11111111-1111-9111-1111-111111111111', 'f'.repeat(64)])
        expect((await search(ledger, none)).named).toEqual([]);
    });
  });

  it('says that it does not go through the words of events about accounts, nor through why something was corrected or retracted', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      await ledger.post('/v1/actions', { rows: [{ ...withholdRow('listed-1', [order]), text: 'An unheard-of word.' }] });
      const found = await search(ledger, 'unheard-of');
      expect(found).toMatchObject({ targets: [], entries: [], isComplete: true });
      expect(found.searched).not.toContain('events about single accounts');
      expect(found.notSearched).toBe(NOT_SEARCHED_WORDS);
      const { body } = await ledger.get('/openapi.json');
      expect(body.paths['/v1/search'].get.description).toContain(NOT_SEARCHED_WORDS);
    });
  });

  it('knows nothing of what was recorded later', async () => {
    await withLedger(async (ledger) => {
      const { order } = await recordScene(ledger);
      const before = await ledger.position();
      const { body } = await ledger.post(`/v1/orders/${order}/targets`, { rows: [listRow('late-one')] });
      expect(handles(await search(ledger, 'late-one'))).toEqual(['late-one']);
      expect(handles(await search(ledger, 'late-one', before))).toEqual([]);
      expect((await search(ledger, body.results[0].event, before)).named).toEqual([]);
      expect((await search(ledger, body.results[0].stream.slice('target-'.length), before)).named).toEqual([]);
    });
  });

  it('is refused for less than two characters or more than two hundred', async () => {
    await withLedger(async (ledger) => {
      for (const words of ['', ' a ', 'x'.repeat(201)])
        expect(faultOf(await ledger.get(`/v1/search?${query({ words })}`))).toBe('400 QUERY_INVALID #/words');
      expect((await ledger.get(`/v1/search?${query({ words: 'x'.repeat(200) })}`)).status).toBe(200);
    });
  });
});
