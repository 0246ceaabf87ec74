/** What a reader who has to prove each sentence is shown: grounds, knowledge, coverage and what is left open, over a case recorded from reports. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isOnCluster } from '../support/engine.ts';
import { type LedgerProcess, startLedger } from '../support/ledger-process.ts';
import { ledger } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const PLATFORM = 'birdsite.example';
const account = (verbatim: string) => ({ platform: PLATFORM, kind: 'account', verbatim });
const direct = { assertion: 'direct_record' };
const reported = {
  assertion: 'third_party_report',
  sources: [{ name: 'Daily Post', locator: 'page 3', quote: 'blocked on Wednesday evening' }],
};

let folder: string;
let server: LedgerProcess;

const post = async (
  path: string,
  body: object,
): Promise<{ readonly id: string; readonly results: readonly { readonly status: string }[] }> => {
  const reply = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.ok).toBe(true);
  return JSON.parse(await reply.text());
};
const rows = async (path: string, all: readonly object[]): Promise<void> => {
  const { results } = await post(path, { rows: all });
  expect(results.map(({ status }) => status)).toEqual(all.map(() => 'recorded'));
};
const caseOf = async (title: string, zone: string, synthetic: boolean): Promise<string> =>
  (await post('/v1/cases', { title, zone, synthetic, occurredAt: '2021-01-31T11:00:00+05:30', ...direct })).id;
const orderOf = async (caseId: string, ref: string, said: object = {}): Promise<string> => {
  const body = {
    ...{ ref, caseId, instrument: 'direction', urgency: 'ordinary', platform: PLATFORM, confidential: false },
    ...{ authority: { organisation: 'Ministry' }, addressee: { organisation: 'Platform' }, reasonsRecorded: 'unstated' },
    ...{ legalBasis: [], grounds: [], demand: { measure: 'disable_access', territory: ['IN'] }, deadlineRule: { id: 'none', version: 1 } },
    ...{ occurredAt: '2021-01-31T12:00:00+05:30', ...direct, ...said },
  };
  return (await post('/v1/orders', body)).id;
};
const asked = async (...args: readonly string[]): Promise<string> => {
  const { code, out, err } = await ledger(...args, '--data', folder);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out.replace(/\s+/g, ' '); // wherever a long line was broken
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-litigation-'));
  server = await startLedger({ folder });
  const reportedCase = await caseOf('Reported', 'Asia/Kolkata', false);
  const real = await orderOf(reportedCase, 'A1', {
    statedTargetCount: 300,
    deadlineRule: { id: 'tr-5651-8a', version: 1 },
    urgency: 'emergency',
  });
  await rows(`/v1/orders/${real}/targets`, [
    ...['evening', 'until', 'partly', 'refused', 'silent'].map((name) => ({ target: account(name), ...direct })),
    { target: { platform: PLATFORM, kind: 'hashtag', verbatim: '#tag' }, ...direct },
  ]);
  await post(`/v1/orders/${real}/service`, { channel: 'e-mail', occurredAt: '2021-02-01T09:00:00+05:30', ...direct });
  const withheld = { action: 'withhold', orders: [real], territory: ['IN', 'US'], basis: 'legal_order', ...direct };
  const evening = { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata', text: 'on Wednesday evening' };
  await rows('/v1/actions', [
    { ...withheld, target: account('evening'), occurredAt: evening, ...reported },
    { ...withheld, target: account('until'), occurredAt: '2021-02-02T10:00:00+05:30', until: '2021-02-05T00:00:00+05:30' },
    { ...withheld, target: account('partly'), occurredAt: '2021-02-02T10:00:00+05:30' },
    {
      action: 'reinstate',
      target: account('partly'),
      orders: [],
      territory: ['US'],
      reason: 'own_decision',
      occurredAt: '2021-02-03T10:00:00+05:30',
      ...direct,
    },
    { action: 'decline', target: account('refused'), orders: [real], grounds: [], occurredAt: '2021-02-03T10:00:00+05:30', ...direct },
  ]);
  await post('/v1/coverage', {
    ...{ order: real, completeness: 'complete', by: { organisation: 'Desk' }, occurredAt: '2021-02-09T00:00:00+05:30', ...direct },
    ...{ from: '2021-02-01T09:00:00+05:30', to: '2021-02-09T00:00:00+05:30' },
  });
  const invented = await caseOf('Invented', 'Europe/Berlin', true);
  await orderOf(invented, 'B1', { synthetic: true, statedTargetCount: 40 });
  await orderOf(invented, 'B2', { synthetic: true });
});
afterAll(async () => {
  server.kill('SIGTERM');
  await server.exit;
  await rm(folder, { recursive: true, force: true });
});

const RECORDED = /recorded \d{1,2} \w{3} \d{4} \d\d:\d\d(?::[\d.]+)? IST by local:\S+ \(name not checked\)/;

describe('a timeline', () => {
  it('says of each event who says so, where, and when it was recorded', async () => {
    const out = await asked('timeline', '--order', 'A1');
    expect(out).toContain('10 Feb 2021, "on Wednesday evening" (read as 17:00–24:00 IST, parts-of-day@1) event');
    expect(out).toContain('— third-party report: Daily Post, page 3: "blocked on Wednesday evening"; recorded');
    expect(out).toMatch(RECORDED);
    expect(out).toMatch(/as recorded to event \d+ \(recorded \d.* IST\); hours in IST = Asia\/Kolkata, UTC\+05:30/);
    expect(out).toContain('no finding of compliance');
  });

  it('says until when, where access came back, and that no grounds are on record', async () => {
    const out = await asked('timeline', '--order', 'A1');
    expect(out).toContain('withheld in IN, US, citing A1, until 5 Feb 2021 00:00 IST');
    expect(out).toContain('restored in US (own decision)');
    expect(out).toContain('acting on refused refused, under A1: no grounds on record');
  });

  it('lists each event of a line of several on request', async () => {
    expect(await asked('timeline', '--order', 'A1')).toMatch(/6 events from \d+ 5 accounts, 1 hashtag listed by order A1/);
    const out = await asked('timeline', '--order', 'A1', '--each');
    expect(out).toMatch(/event \d+ silent listed by order A1 — direct record; recorded/);
    expect(out).not.toContain('events from');
  });
});

describe('what was known', () => {
  it('is asked for by position or by hour', async () => {
    const { position }: { position: number } = JSON.parse((await ledger('status', '--json', '--data', folder)).out);
    const [issued] = JSON.parse(await (await fetch(new URL('/v1/events?after=2&limit=1', server.url))).text()).events;
    const byHour = await asked('orders', '--case', 'Reported', '--known-at', issued.envelope.recordedAt);
    expect(byHour).toContain('A1 birdsite.example');
    // What is printed of the standpoint, typed again, is the same standpoint.
    const shown = await asked('compliance', '--order', 'A1', '--at', '2021-02-04');
    const [, upTo, day, , year, clock] = /as recorded to event (\d+), of (\d+) (\w+) (\d+) ([\d:.]+) IST/.exec(shown) ?? [];
    const { recordedAt } = issued.envelope;
    const month = recordedAt.slice(5, 7);
    const typed = `${year}-${month}-${String(day).padStart(2, '0')}T${clock}`;
    // On a cluster something may still be recorded at an instant of the last 90 seconds, unless something later was already.
    if (isOnCluster) await caseOf('Later', 'UTC', false);
    expect(await asked('compliance', '--order', 'A1', '--at', '2021-02-04', '--known-at', typed)).toBe(shown);
    expect(upTo).toBe(`${position}`);
    expect(await asked('timeline', '--order', 'A1', '--known-at', `${position}`)).toContain(`as recorded to event ${position} `);
    expect(await ledger('compliance', '--order', 'A1', '--known-at', '2', '--data', folder)).toEqual({
      code: 3,
      out: '',
      err: 'ledger: As known at event 2, no order called "A1" was recorded.\n',
    });
    const { code, err } = await ledger('pairs', '--order', 'A1', '--known-at', '2021-02-01T09:00', '--data', folder);
    expect({ code, err }).toEqual({
      code: 3,
      err: 'ledger: As known at 1 Feb 2021 09:00 IST (event 0), no order called "A1" was recorded.\n',
    });
  });
});

describe('figures', () => {
  const at = (instant: string) => asked('compliance', '--order', 'A1', '--at', instant);

  it('are about what is listed, and say what is not', async () => {
    const out = await at('2021-02-04');
    expect(out).toContain('5 listed of 300 that the order states: the figures are about the listed ones only');
    expect(out).toContain('not counted here: 1 hashtag (--kinds hashtag)');
    expect(out).toContain('2 not in effect, past the time set');
    expect(out).toContain('1 refused, no grounds on record');
    expect(await asked('compliance', '--order', 'A1', '--at', '2021-02-04', '--kinds', 'hashtag')).toContain(
      'hashtags under an order, 4 Feb',
    );
  });

  it('say whether the very instant is declared complete', async () => {
    const declared = '1 Feb 2021 09:00 IST to 9 Feb 2021 00:00 IST';
    const { orders } = JSON.parse((await ledger('compliance', '--order', 'A1', '--at', '2021-02-06', '--json', '--data', folder)).out);
    const { event, position, recordedAt } = orders[0].declaredIn;
    const { envelope } = JSON.parse(await (await fetch(new URL(`/v1/events?after=${position - 1}&limit=1`, server.url))).text()).events[0];
    expect(envelope).toMatchObject({ id: event, type: 'CoverageDeclared', recordedAt });
    const recorded = Temporal.Instant.from(envelope.recordedAt).toZonedDateTimeISO('Asia/Kolkata');
    const named = `${position}, recorded ${recorded.day} ${recorded.toLocaleString('en-US', { month: 'short' })} ${recorded.year}`;
    expect(await at('2021-02-06')).toContain(`declared complete ${declared} by Desk, on 9 Feb 2021, event ${named} (not verified)`);
    const before = await at('2021-02-01T08:00');
    expect(before).toContain(`not declared complete at this time (declared so from ${declared}, by Desk, event ${named}, not verified)`);
    expect(before).toContain('no service of the order on record by this time');
    expect(await at('2021-01-30')).toContain('order not issued by this time');
    expect(await at('2021-02-10')).toContain('assumes that nothing was changed since 9 Feb 2021 00:00 IST');
    for (const command of ['pairs', 'orders']) {
      const about = command === 'pairs' ? ['--order', 'A1', '--at', '2021-02-06'] : ['--case', 'Reported'];
      expect(await asked(command, ...about)).toContain(
        `declared complete ${declared} by Desk, on 9 Feb 2021, event ${named} (not verified)`,
      );
    }
    const period = await asked('compliance', '--order', 'A1', '--from', '2021-02-01', '--to', '2021-02-12');
    expect(period).toContain(`not declared complete at this time (declared so from ${declared}, by Desk, event ${named}, not verified)`);
  });

  it('do not claim that it is the hour which is open, and say of what ran out that it did', async () => {
    expect(await at('2021-02-10T18:00')).toContain('depends on what the record leaves open (the hour, the measure or the places)');
    expect(await at('2021-02-06')).toContain('1 ran out while the order stood');
  });

  it('are not added up over synthetic and real orders', async () => {
    const out = await asked('compliance', '--at', '2021-02-04T00:00:00+05:30');
    expect(out).toContain('No total: synthetic and real orders are never added up.');
    expect(out).not.toContain('ALL 3 ORDERS');
    expect(out).toContain('ORDER B1 (Invented) SYNTHETIC');
    expect(out).toContain('ORDER A1 (Reported) 5 listed');
    expect(out).toMatch(/accounts under an order, 3 Feb 2021 19:30 (CET|UTC\+01:00)/);
  });
});

describe('the sheet of several orders', () => {
  it('has their total, unless synthetic and real ones are asked about together', async () => {
    expect(await asked('state', '--case', 'Invented', '--at', '2021-02-04')).toContain(
      'ALL 2 ORDERS In effect at this time: – (no percentage: no list of the accounts is on record for orders B1, B2)',
    );
    const mixed = await asked('state', '--at', '2021-02-04T00:00:00+05:30');
    expect(mixed).toContain('No total: synthetic and real orders are never added up.');
    expect(mixed).not.toContain('ALL 3 ORDERS');
  });
});

describe('the accounts of an order', () => {
  it('are in effect since the act, or by its latest hour', async () => {
    const out = await asked('pairs', '--order', 'A1', '--at', '2021-02-12');
    expect(out).toMatch(/evening in effect, citing the order, first after the time set by 10 Feb 2021 24:00 IST at the latest/);
    expect(out).toMatch(/refused 3 Feb 2021 10:00 IST: no grounds on record \(event \d+\)/);
    expect(out).toMatch(/partly in effect, citing the order, first after the time set since 2 Feb 2021 10:00 IST/);
  });

  it('cannot be told where no list is on record', async () => {
    expect(await asked('pairs', '--order', 'B1')).toContain('no list of the accounts is on record; the order states 40');
    const out = await asked('compliance', '--case', 'Invented', '--at', '2021-02-04');
    expect(out).toContain('no percentage: no list of the accounts is on record for orders B1, B2');
  });
});
