/**
 * The golden scenario as known on two days, with an injected clock: it is recorded on 14 February with the service of the second order dated by its report,
 * 8 February; on 20 February that is corrected to the 4th. By HTTP, and as typed.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASE_ID, illustrativeCase, ORDER_2 } from '../../examples/meity-twitter-2021/illustrative.ts';
import { parseInstant } from '../../src/domain/time.ts';
import type { Body } from '../support/ledger.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { figureIn, orderIn } from './read-answer.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ist = (day: string, clock: string) => ({ at: `2021-02-${day}T${clock}`, zone: 'Asia/Kolkata' });
const RECORDED = parseInstant('2021-02-14T03:30:00.000Z'); // 09:00 IST
const CORRECTED = parseInstant('2021-02-20T06:30:00.000Z'); // 12:00 IST
const ASKED = parseInstant('2021-03-01T00:00:00.000Z');
/** At which midnight (IST) it was known. */
const BEFORE = '2021-02-15T00:00';
const AFTER = '2021-02-21T00:00';

let now = RECORDED;
let ledger: ServedLedger;

/** Records the case with the service of the second order as its report is dated, and gives back what answered to that. */
const record = async (): Promise<Body> => {
  let service: Body;
  const requests = illustrativeCase();
  for (let step = requests.next(); step.done !== true; ) {
    const { path, body } = step.value;
    const isService = path === `/v1/orders/${ORDER_2}/service`;
    const answer = await ledger.post(path, isService ? { ...body, occurredAt: ist('08', '12:00') } : body);
    if (isService) service = answer;
    step = requests.next({ results: answer.results ?? [] });
  }
  return service;
};

beforeAll(async () => {
  ledger = await openServedLedger(() => now);
  const { stream, event } = await record();
  now = CORRECTED;
  const changes = { occurredAt: ist('04', '12:00'), receivedAt: ist('04', '12:00') };
  const { results } = await ledger.post('/v1/corrections', {
    rows: [{ stream, event, changes, reason: 'source_corrected', explanation: 'The newspaper dated its report, not the service.' }],
  });
  expect(results).toMatchObject([{ status: 'recorded' }]);
  now = ASKED;
});
afterAll(() => ledger.close());

type Asking = (at: string, knownAt: string) => Promise<Body>;

const byHttp: Asking = async (at, knownAt) => {
  const query = new URLSearchParams({ case: CASE_ID, at: `${at}:00+05:30`, knownAt: `${knownAt}:00+05:30`, definitions: 'timeWeighted' });
  return ledger.get(`/v1/compliance?${query}`);
};
const asTyped: Asking = (at, knownAt) =>
  ledger.typed('compliance', '--case', CASE_ID, '--at', at, '--known-at', knownAt, '--definitions', 'timeWeighted');

describe.each([
  ['by HTTP', byHttp],
  ['as typed', asTyped],
])('what was known when, %s', (_, ask) => {
  it('is, at 5 February 10:00, of one order and then of two', async () => {
    // As known on the 15th the second order bound on the 8th: at the 5th nobody was under it.
    const before = await ask('2021-02-05T10:00', BEFORE);
    expect(figureIn(before.total.effective)).toEqual([3, 257, 1.17]);
    expect(figureIn(orderIn(before, ORDER_2).effective)).toBeNull();
    const after = await ask('2021-02-05T10:00', AFTER);
    expect(figureIn(after.total.effective)).toEqual([3, 1435, 0.21]);
    expect(figureIn(orderIn(after, ORDER_2).effective)).toEqual([0, 1178, 0]);
  });

  it('is another share of required account-hours at 12 February 09:00', async () => {
    // Bound from the 8th, 12:00: 93 h each for 1,178 accounts; 47 h in effect for the 583 of the 10th, 10:00: 27,401 of 109,554 h.
    const percents = async (knownAt: string) => {
      const answer = await ask('2021-02-12T09:00', knownAt);
      return [orderIn(answer, ORDER_2), answer.total].map(({ timeWeighted: { percent } }) => [percent.low, percent.high]);
    };
    expect(await percents(BEFORE)).toEqual([
      [25.01, 25.01],
      [19.22, 19.22],
    ]);
    expect(await percents(AFTER)).toEqual([
      [12.31, 12.31],
      [11.88, 11.88],
    ]);
  });
});
