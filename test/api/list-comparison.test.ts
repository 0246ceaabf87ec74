/** Somebody's list against an order's: what both name, what only one does, and what names nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LISTS_BODY_BYTES_MAX } from '../../src/api/list-comparison.ts';
import { listComparisonReply } from '../../src/api/schemas/list-comparison.ts';
import { RULES_VERSION } from '../../src/domain/figures.ts';
import { LIST_LINES_MAX } from '../../src/domain/list-line.ts';
import { account, caseBody, listRow, orderBody, PLATFORM, withdrawRow } from '../support/bodies.ts';
import { type Body, openTestLedger, type Reply, type TestLedger } from '../support/ledger.ts';
import { faultOf, query } from '../support/reading.ts';
import { bearing, makeToken, openTokenFile } from '../support/tokens.ts';

const direct = { assertion: 'direct_record' };
const CYRILLIC = 'b\u0435ta'; // its second letter is a Cyrillic one
const AT = '2021-02-10T18:00:00+05:30';

let ledger: TestLedger;
let order: string;
let other: string;
/** Before one was given up, and before one more was listed. */
let [listed, final] = [0, 0];

const rows = async (path: string, all: readonly object[]): Promise<void> => {
  const { body } = await ledger.post(path, { rows: all });
  expect(body.results.map(({ status }: Body) => status)).toEqual(all.map(() => 'recorded'));
};

/** Seven accounts, a post, an address and a hashtag from the 31st of January; one of them given up on the 2nd of February; one more listed on the 20th. */
beforeAll(async () => {
  ledger = await openTestLedger();
  const { id: caseId } = (await ledger.post('/v1/cases', caseBody)).body;
  order = (await ledger.post('/v1/orders', { ...orderBody(caseId), statedTargetCount: 10 })).body.id;
  other = (await ledger.post('/v1/orders', { ...orderBody(caseId), ref: 'No. 2' })).body.id;
  const target = (kind: string, verbatim: string) => ({ target: { platform: PLATFORM, kind, verbatim }, ...direct });
  await rows(`/v1/orders/${order}/targets`, [
    ...['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'].map(listRow),
    target('post', '1356000000000000001'),
    target('url', 'https://birdsite.example/page'),
    target('hashtag', '#Tag'),
  ]);
  await rows(`/v1/orders/${other}/targets`, [listRow('elsewhere')]);
  listed = await ledger.position();
  await rows(`/v1/orders/${order}/withdrawals`, [withdrawRow('zeta')]);
  await rows(`/v1/orders/${order}/targets`, [
    { ...listRow('theta'), occurredAt: '2021-02-20T12:00:00+05:30' },
    { ...listRow('iota'), occurredAt: { date: '2021-02-10', zone: 'Asia/Kolkata' } },
  ]);
  final = await ledger.position();
});
afterAll(() => ledger.close());

const send = (lines: readonly string[], asked: { readonly [name: string]: string | number } = {}, of = order): Promise<Reply> =>
  ledger.post(`/v1/orders/${of}/targets/comparison?${query({ at: AT, ...asked })}`, { lines });
const compare = async (lines: readonly string[], asked: { readonly [name: string]: string | number } = {}): Promise<Body> => {
  const { status, body } = await send(lines, asked);
  expect(status, JSON.stringify(body)).toBe(200);
  listComparisonReply.parse(body);
  return body;
};
const NOTHING = { matched: 0, onlyInSheet: 0, onlyInLedger: 0, withdrawn: 0, listedLater: 0, open: 0, openInLedger: 0 };
const told = ({ rows: all }: Body) =>
  all.map((row: Body) => [row.line ?? '', row.is, row.target?.key ?? row.firstLine ?? row.reason?.code]);

const WHOLE = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'eta', '1356000000000000001', 'https://birdsite.example/page', '#tag'];

describe('a list against the one on record', () => {
  it('is the same, however it is written and sorted, apart from what the sources leave open', async () => {
    const body = await compare(
      [
        '#TAG',
        ...WHOLE.slice(0, 8)
          .toReversed()
          .map((line) => ` ${line.startsWith('https') ? line : line.toUpperCase()}\r`),
      ],
      { at: '2021-02-03T00:00:00Z' },
    );
    expect(body).toMatchObject({ isSame: true, rows: [], next: null, statedTargetCount: 10, flags: ['count_mismatch'] });
    expect(body.counts).toMatchObject({
      sheet: { lines: 9, blank: 0, unreadable: 0, repeated: 0, named: 9, counted: 8, lookAlike: 0 },
      ledger: { listed: 9, open: 0, withdrawn: 1, listed_later: 2, counted: { listed: 8, withdrawn: 1, listed_later: 2 } },
      matched: 9,
    });
  });

  it('says of every line what became of it, and what of the record no line names', async () => {
    const lines = ['', '@Alpha', 'ALPHA', 'zeta', 'theta', 'iota', 'two words', 'nobody', 'elsewhere', CYRILLIC, 'nobody '];
    const body = await compare(lines);
    expect(told(body)).toEqual([
      [3, 'repeated', 2],
      [4, 'withdrawn', 'zeta'],
      [5, 'listed_later', 'theta'],
      [6, 'open', 'iota'],
      [7, 'unreadable', 'TARGET_KEY_INVALID'],
      [8, 'only_in_sheet', 'nobody'],
      [9, 'only_in_sheet', 'elsewhere'],
      [10, 'only_in_sheet', CYRILLIC],
      [11, 'repeated', 8],
      ...['beta', 'gamma', 'delta', 'epsilon', 'eta', '1356000000000000001', 'birdsite.example/page', 'tag'].map((key) => [
        '',
        'only_in_ledger',
        key,
      ]),
    ]);
    expect(body).toMatchObject({
      position: final,
      knownAt: final,
      rulesVersion: RULES_VERSION,
      validAt: '2021-02-10T12:30:00.000Z',
      platform: PLATFORM,
      isSame: false,
    });
    expect(body.counts).toEqual({
      sheet: { lines: 11, blank: 1, unreadable: 1, repeated: 2, named: 7, counted: 7, lookAlike: 1 },
      ledger: {
        ...{ listed: 9, open: 1, withdrawn: 1, listed_later: 1 },
        counted: { listed: 8, open: 1, withdrawn: 1, listed_later: 1 },
        byKind: {
          account: { listed: 6, open: 1, withdrawn: 1, listed_later: 1 },
          post: { listed: 1, open: 0, withdrawn: 0, listed_later: 0 },
          url: { listed: 1, open: 0, withdrawn: 0, listed_later: 0 },
          hashtag: { listed: 1, open: 0, withdrawn: 0, listed_later: 0 },
        },
      },
      ...{ matched: 1, onlyInSheet: 3, onlyInLedger: 8, withdrawn: 1, listedLater: 1, open: 1, openInLedger: 0 },
      byKind: {
        account: { matched: 1, onlyInSheet: 3, onlyInLedger: 5, withdrawn: 1, listedLater: 1, open: 1, openInLedger: 0 },
        post: { ...NOTHING, onlyInLedger: 1 },
        url: { ...NOTHING, onlyInLedger: 1 },
        hashtag: { ...NOTHING, onlyInLedger: 1 },
      },
    });
    const [, zeta, , , , nobody, elsewhere, lookAlike] = body.rows;
    expect(zeta).toMatchObject({ value: 'zeta', target: { withdrawal: expect.any(String), listing: expect.any(String) } });
    expect(nobody).toMatchObject({ isOnRecord: false, flags: [], target: { kind: 'account', key: 'nobody' } });
    expect(elsewhere).toMatchObject({ isOnRecord: true });
    expect(lookAlike).toMatchObject({ flags: ['look_alike_key'] });
  });

  it('names the events behind each row that is on record, of this order or of another', async () => {
    const eventAt = async (position: number) => (await ledger.get(`/v1/events?after=${position - 1}&limit=1`)).body.events[0].envelope;
    const { rows: all } = await compare(['zeta', 'alpha', 'elsewhere', 'nobody'], { each: 'true' });
    const [zeta, alpha, elsewhere, nobody, beta] = all;
    expect(zeta.listedIn).toEqual({ event: zeta.target.listing, position: expect.any(Number) });
    expect(zeta.withdrawnIn).toEqual({ event: zeta.target.withdrawal, position: expect.any(Number) });
    for (const { listedIn, withdrawnIn, target } of [zeta, alpha, beta]) {
      expect((await eventAt(listedIn.position)).id).toBe(target.listing);
      if (withdrawnIn) expect((await eventAt(withdrawnIn.position)).id).toBe(target.withdrawal);
    }
    expect([alpha, beta].map((row: Body) => 'withdrawnIn' in row)).toEqual([false, false]);
    expect(elsewhere.listedBy).toEqual([{ order: other, listedIn: elsewhere.recordedIn }]);
    expect((await eventAt(elsewhere.recordedIn.position)).type).toBe('TargetListed');
    expect(['listedBy', 'recordedIn', 'listedIn'].some((field) => field in nobody)).toBe(false);
    const [known] = (await compare(['zeta'], { knownAt: listed })).rows;
    expect(known).not.toHaveProperty('withdrawnIn');
  });

  it('is as it was known then, and as it was at the instant', async () => {
    const before = await compare(['zeta'], { knownAt: listed });
    expect(before.counts).toMatchObject({ matched: 1, onlyInLedger: 9, ledger: { listed: 10, withdrawn: 0, open: 0, listed_later: 0 } });
    // Given up on the 2nd at 12:00, and so not on the list from that instant on.
    const givenUp = '2021-02-02T06:30:00.000Z';
    expect((await compare(['zeta'], { at: '2021-02-02T06:29:59.999Z' })).counts).toMatchObject({ matched: 1, withdrawn: 0 });
    expect((await compare(['zeta'], { at: givenUp })).counts).toMatchObject({ matched: 0, withdrawn: 1 });
    // Some time on the 10th: before it nothing, during it open, from its last millisecond on listed.
    for (const [at, counts] of [
      ['2021-02-09T18:29:59.999Z', { listedLater: 1, open: 0, matched: 0 }],
      ['2021-02-09T18:30:00.000Z', { listedLater: 0, open: 1, matched: 0 }],
      ['2021-02-10T18:29:59.999Z', { listedLater: 0, open: 0, matched: 1 }],
    ] as const)
      expect([at, (await compare(['iota'], { at })).counts]).toEqual([at, expect.objectContaining(counts)]);
    expect((await compare(['alpha'], { at: '2021-01-31T06:29:59.999Z' })).counts).toMatchObject({
      listedLater: 1,
      onlyInLedger: 0,
      ledger: { listed: 0 },
    });
    const silent = await compare(['alpha']);
    expect(silent.counts).toMatchObject({ openInLedger: 1 });
    expect(silent.rows.at(-1)).toMatchObject({ is: 'open', target: { key: 'iota' } });
  });

  it('counts as the register does, whatever was corrected or retracted', async () => {
    const target = (await ledger.get(`/v1/targets?${query({ ...account('elsewhere') })}`)).body.targets[0].id;
    const stream = `target-${target}`;
    const { entries } = (await ledger.get(`/v1/targets/${target}/timeline`)).body;
    const row = { stream, event: entries[0].event, reason: 'wrong', explanation: 'Of another order.' };
    const before = await ledger.position();
    await ledger.post('/v1/retractions', { rows: [row] });
    const counts = async (asked: object) => (await send(['elsewhere'], { ...asked }, other)).body.counts;
    expect(await counts({})).toMatchObject({ matched: 0, onlyInSheet: 1, onlyInLedger: 0, ledger: { listed: 0 } });
    expect(await counts({ knownAt: before })).toMatchObject({ matched: 1, onlyInSheet: 0, ledger: { listed: 1 } });
    const [found] = (await send(['elsewhere'], {}, other)).body.rows;
    expect(found).toMatchObject({ is: 'only_in_sheet', isOnRecord: true, recordedIn: { event: entries[0].event }, listedBy: [] });
  });

  it('shows the lines that agree where they are asked for, and those that look like others in any case', async () => {
    expect(told(await compare(['beta', 'alpha'], { each: 'true', kind: 'account' })).slice(0, 2)).toEqual([
      [1, 'matched', 'beta'],
      [2, 'matched', 'alpha'],
    ]);
    await rows(`/v1/orders/${order}/targets`, [{ ...listRow(CYRILLIC), occurredAt: '2021-03-01T12:00:00+05:30' }]);
    const [row] = (await compare([CYRILLIC], { at: '2021-03-02T00:00:00Z' })).rows;
    expect(row).toMatchObject({ is: 'matched', flags: ['look_alike_key'], line: 1 });
  });

  it('is one of a single kind where that is asked for', async () => {
    const body = await compare(['1356000000000000001', 'alpha'], { kind: 'post' });
    expect(body).toMatchObject({
      kind: 'post',
      counts: { matched: 1, onlyInSheet: 1, onlyInLedger: 0, ledger: { listed: 1, byKind: { post: {} } } },
    });
    expect(told(body)).toEqual([[2, 'only_in_sheet', 'alpha']]);
  });
});

describe('a line that no reader can use', () => {
  it.each([
    ['bidi\u202e', { code: 'TEXT_UNSAFE', character: 'U+202E', at: 4 }],
    ['nul\u0000l', { code: 'TEXT_UNSAFE', character: 'U+0000', at: 3 }],
    ['x'.repeat(3_000), { code: 'TARGET_KEY_INVALID', kind: 'account', why: 'too long' }],
    ['https://elsewhere.example/alpha', { code: 'TARGET_KEY_INVALID', kind: 'account', why: 'an address on another platform' }],
    ['https://me:secret@birdsite.example/alpha', { code: 'URL_REFUSED', why: 'credentials' }],
    ['=HYPERLINK("x")', { code: 'TARGET_KEY_INVALID', kind: 'account', why: 'not a handle' }],
    ['\ud800', { code: 'TEXT_UNSAFE', character: 'U+D800', at: 0 }],
  ])('is told with its number and the reason, and refuses nothing else: %j', async (line, reason) => {
    const { rows: all, counts, isSame } = await compare(['alpha', line]);
    expect(all[0]).toMatchObject({ is: 'unreadable', line: 2, reason });
    expect([...all[0].value].length).toBeLessThanOrEqual(201);
    expect({ counts, isSame }).toMatchObject({ counts: { matched: 1, sheet: { unreadable: 1 } }, isSame: false });
  });
});

describe('pages', () => {
  it('go through lines and record once each, in the state that the first was of', async () => {
    const lines = ['nobody', 'alpha', 'zeta', 'two words', 'else'];
    const whole = await compare(lines, { knownAt: final });
    const found: Body[] = [];
    let [cursor, pages]: [string | null, number] = [null, 0];
    do {
      const page: Body = await compare(lines, { limit: 2, knownAt: final, ...(cursor !== null && { cursor }) });
      expect('counts' in page).toBe(cursor === null);
      expect(page).toMatchObject({ knownAt: final, validAt: whole.validAt });
      found.push(...page.rows);
      cursor = page.next;
      pages += 1;
    } while (cursor !== null);
    expect(found).toEqual(whole.rows);
    expect(pages).toBe(Math.ceil(whole.rows.length / 2));
  });

  it('are not those of other lines, nor of another question', async () => {
    const { next } = await compare(['nobody', 'else'], { limit: 1 });
    expect(faultOf(await send(['nobody', 'other'], { limit: 1, cursor: next }))).toBe('400 CURSOR_INVALID #/cursor');
    expect(faultOf(await send(['nobody', 'else'], { limit: 1, cursor: next, kind: 'post' }))).toBe('400 CURSOR_INVALID #/cursor');
    expect(faultOf(await send(['nobody', 'else'], { limit: 1, cursor: next }, other))).toBe('400 CURSOR_INVALID #/cursor');
  });
});

describe('a comparison', () => {
  it('records nothing', async () => {
    const before = await ledger.position();
    await compare(['nobody at all', 'nobody']);
    expect(await ledger.position()).toBe(before);
  });

  it('refuses what is no list, and an order that is not known', async () => {
    expect(faultOf(await ledger.post(`/v1/orders/${order}/targets/comparison`, {}))).toBe('400 BODY_INVALID #/lines');
    expect(faultOf(await send([]))).toBe('400 BODY_INVALID #/lines');
    expect(faultOf(await ledger.post(`/v1/orders/${order}/targets/comparison`, { lines: [7] }))).toBe('400 BODY_INVALID #/lines/0');
    expect(faultOf(await send(['alpha'], { at: 'yesterday' }))).toMatch(/^400 QUERY_INVALID #\/at/);
    expect(faultOf(await send(['alpha'], { knownAt: 99_999 }))).toBe('400 QUERY_INVALID #/knownAt');
    expect((await send(['alpha'], { knownAt: 1 })).status).toBe(404);
    expect((await send(['alpha'], {}, '00000000-0000-4000-8000-00000000abcd')).status).toBe(404);
  });

  it('takes lists up to its limits, and names them beyond', async () => {
    expect(faultOf(await send(Array<string>(LIST_LINES_MAX + 1).fill('')))).toBe('413 BATCH_TOO_LARGE #/lines');
    const { counts } = await compare(Array.from({ length: LIST_LINES_MAX }, (_, line) => (line === 7 ? 'alpha' : '')));
    expect(counts).toMatchObject({ matched: 1, sheet: { lines: LIST_LINES_MAX, blank: LIST_LINES_MAX - 1 } });
    const { status, body } = await send(['x'.repeat(LISTS_BODY_BYTES_MAX)]);
    expect([status, body.code, body.bodyBytesMax]).toEqual([413, 'BODY_TOO_LARGE', LISTS_BODY_BYTES_MAX]);
  });

  it('of many lines lets others be answered in between', async () => {
    const busy = await openTestLedger({ threads: true });
    try {
      const { id: caseId } = (await busy.post('/v1/cases', caseBody)).body;
      const { id } = (await busy.post('/v1/orders', orderBody(caseId))).body;
      const answered: string[] = [];
      const lines = Array.from({ length: LIST_LINES_MAX }, (_, line) => `nobody-${line}`);
      const long = busy.post(`/v1/orders/${id}/targets/comparison`, { lines }).then(({ body }) => {
        answered.push('lists');
        expect(body.counts).toMatchObject({ onlyInSheet: LIST_LINES_MAX });
      });
      const short = busy.get(`/v1/compliance?${query({ orders: id })}`).then(({ status }) => {
        answered.push('figures');
        expect(status).toBe(200);
      });
      await Promise.all([long, short]);
      expect(answered).toEqual(['figures', 'lists']);
    } finally {
      await busy.close();
    }
  });

  it('is for readers too', async () => {
    const reader = makeToken('Rita', 'reader');
    const file = openTokenFile();
    file.write(reader);
    const guarded = await openTestLedger({ access: file.access() });
    try {
      const url = `/v1/orders/${order}/targets/comparison`;
      expect((await guarded.post(url, { lines: ['a'] })).status).toBe(401);
      expect((await guarded.post(url, { lines: ['a'] }, { ...bearing(reader) })).status).toBe(404);
      expect((await guarded.post(`/v1/orders/${order}/targets`, { rows: [] }, { ...bearing(reader) })).status).toBe(403);
    } finally {
      await guarded.close();
      file.close();
    }
  });
});
