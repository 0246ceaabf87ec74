/** What is said of targets beside listing, restricting and declining: asked for over HTTP, and read again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linePage } from '../../src/api/schemas/chronology.ts';
import { targetReply } from '../../src/api/schemas/registers.ts';
import {
  account,
  goneRow,
  limitRow,
  linkRow,
  listRow,
  notifyRow,
  recordScene,
  reinstateRow,
  type Scene,
  withdrawRow,
} from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';

let ledger: TestLedger;
let scene: Scene;
beforeAll(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
});
afterAll(() => ledger.close());

const resultsOf = async (url: string, rows: readonly object[]): Promise<readonly Body[]> => (await ledger.post(url, { rows })).body.results;
const storedAt = async ({ stream, revision }: Body) => {
  const [stored] = await ledger.uses.log.readStream(stream, { from: revision, limit: 1 });
  return stored?.event;
};
const reflected = async (path: string): Promise<Body> =>
  (await ledger.get(`${path}${path.includes('?') ? '&' : '?'}minPosition=${await ledger.position()}`)).body;

describe('rows of actions', () => {
  it('become the events that their action names', async () => {
    const restriction = scene.withheld.event;
    const results = await resultsOf('/v1/actions', [
      limitRow('listed-1'),
      notifyRow('listed-1', restriction),
      goneRow('listed-1', [scene.order]),
      linkRow('listed-1', '@Renamed'),
    ]);
    const events = await Promise.all(results.map(storedAt));
    expect(events.map((event) => event?.type)).toEqual(['TargetLimited', 'UserNotified', 'TargetGone', 'TargetLinked']);
    expect(events[0]?.data).toMatchObject({ measure: 'excluded_from_trends', territory: ['IN'], basis: 'platform_rules', orders: [] });
    expect(events[1]?.data).toMatchObject({ restriction, channel: 'e-mail' });
    expect(events[3]?.data).toMatchObject({ to: { ...account('@Renamed'), key: 'renamed' } });
  });

  it('say what their action needs, and nothing else', async () => {
    const rows = [
      { ...limitRow('a'), territory: undefined },
      { ...goneRow('b', []), cause: 'platform' },
      { ...notifyRow('c'), channel: undefined },
    ];
    const { status, body } = await ledger.post('/v1/actions', { rows });
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/rows/0/territory',
      '#/rows/1/cause',
      '#/rows/2/channel',
    ]);
  });

  it('lift what others limited', async () => {
    const results = await resultsOf('/v1/actions', [
      { ...limitRow('limited'), occurredAt: '2021-02-01T10:00:00+05:30' },
      reinstateRow('limited'),
    ]);
    const [limit, reinstated] = results;
    expect((await storedAt(reinstated))?.data['lifts']).toEqual([{ restriction: limit.event, territory: ['IN'] }]);
  });
});

describe('a withdrawal', () => {
  it('is a row of the order in the path, once, and repeated quietly', async () => {
    await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: [listRow('given-up')] });
    const url = `/v1/orders/${scene.order}/withdrawals`;
    const [first] = await resultsOf(url, [withdrawRow('given-up')]);
    expect(await storedAt(first)).toMatchObject({ type: 'TargetWithdrawn', data: { order: scene.order, reason: withdrawRow('').reason } });
    expect(await resultsOf(url, [withdrawRow('given-up')])).toMatchObject([{ status: 'repeated', event: first.event }]);
    const { reason, occurredAt, assertion } = withdrawRow('');
    const byId = { targetId: first.target, reason, occurredAt, assertion };
    expect(await resultsOf(url, [byId])).toMatchObject([{ status: 'repeated', event: first.event }]);
  });

  it('is of an order that is there', async () => {
    const { status, body } = await ledger.post(`/v1/orders/${scene.caseId}/withdrawals`, { rows: [withdrawRow('listed-1')] });
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('of several targets is one line, without the reason of any one of them', async () => {
    const names = ['several-1', 'several-2'];
    await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: names.map(listRow) });
    const occurredAt = '2021-02-04T12:00:00+05:30';
    await ledger.post(`/v1/orders/${scene.order}/withdrawals`, {
      rows: names.map((name) => ({ ...withdrawRow(name), occurredAt, reason: `Of ${name}` })),
    });
    const { lines } = linePage.parse(await reflected(`/v1/chronology?order=${scene.order}&types=TargetWithdrawn&group=true`));
    expect(lines.map(({ events, says }) => [events, says])).toEqual([
      [1, { order: scene.order, reason: withdrawRow('').reason }],
      [2, { order: scene.order }],
    ]);
  });
});

describe('a target', () => {
  it('says which orders gave it up, how lists write it besides, and to what it is linked', async () => {
    const [listing] = await resultsOf(`/v1/orders/${scene.order}/targets`, [listRow('@Known')]);
    const before = targetReply.parse(await reflected(`/v1/targets/${listing.target}`));
    expect(before.listedBy).toMatchObject([{ order: scene.order, listing: listing.event }]);
    expect(before.listedBy[0]).not.toHaveProperty('withdrawnAt');
    expect(before.links).toEqual([]);

    const [withdrawal] = await resultsOf(`/v1/orders/${scene.order}/withdrawals`, [withdrawRow('known')]);
    const elsewhere = { ...account('@Next'), platform: 'othersite.example' };
    const [linked, wrong] = await resultsOf('/v1/actions', [
      { ...linkRow('known', ''), relation: 'successor', to: elsewhere, confidence: 'possible' },
      linkRow('known', '@other'),
    ]);
    await ledger.post('/v1/retractions', { rows: [{ stream: wrong.stream, event: wrong.event, reason: 'wrong' }] });

    const at = { earliest: '2021-02-02T06:30:00.000Z', latest: '2021-02-02T06:30:00.000Z' };
    const after = targetReply.parse(await reflected(`/v1/targets/${listing.target}`));
    expect(after.listedBy).toMatchObject([{ order: scene.order, listing: listing.event, withdrawal: withdrawal.event, withdrawnAt: at }]);
    expect(after.aliases).toEqual([{ verbatim: 'https://birdsite.example/other', listing: listing.event }]);
    const linkedAt = { earliest: '2021-02-03T06:30:00.000Z', latest: '2021-02-03T06:30:00.000Z' };
    const to = { ...elsewhere, key: 'next', id: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    expect(after.links).toEqual([{ relation: 'successor', to, confidence: 'possible', linkedAt, event: linked.event }]);

    const asBefore = targetReply.parse((await ledger.get(`/v1/targets/${listing.target}?knownAt=${before.position}`)).body);
    expect(asBefore).toEqual(before);
  });
});
