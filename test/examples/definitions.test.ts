/** The golden scenario by all nine definitions, by HTTP and as typed: each figure to the last hundredth of a percent, and nothing open anywhere. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CASE_ID, illustrativeCase, ORDER_1, ORDER_2 } from '../../examples/meity-twitter-2021/illustrative.ts';
import { stateReply } from '../../src/api/schemas/compliance.ts';
import type { Body } from '../support/ledger.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { figureIn, orderIn } from './read-answer.ts';
import { recordExample } from './recorded-example.ts';
import { ROWS } from './scenario.ts';
import { DEFINITION_ROWS, LAST_MORNING, STATUS_ROWS, WITHIN_36_HOURS } from './scenario-definitions.ts';

// What is typed starts a process each time, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let ledger: ServedLedger;
beforeAll(async () => {
  ledger = await openServedLedger();
  await recordExample(illustrativeCase(), ledger.post);
});
afterAll(() => ledger.close());

type More = { readonly [name: string]: string };
const byHttp = async (instant: string, more: More = {}): Promise<Body> => {
  const answer = await ledger.get(`/v1/compliance?${new URLSearchParams({ case: CASE_ID, at: instant, definitions: 'all', ...more })}`);
  stateReply.parse(answer);
  return answer;
};
const asTyped = (instant: string, more: More = {}): Promise<Body> =>
  ledger.typed(
    ...['compliance', '--case', CASE_ID, '--at', instant, '--definitions', 'all'],
    ...Object.entries(more).flatMap(([name, value]) => [`--${name}`, value]),
  );
const partsOf = (answer: Body): readonly Body[] => [orderIn(answer, ORDER_1), orderIn(answer, ORDER_2), answer.total];
const timeIn = ({ hours, percent, maybe, unknown }: Body) => {
  expect([maybe, unknown, percent.low]).toEqual(['0', '0', percent.high]);
  return [hours.numerator, hours.denominator, percent.low];
};

describe.each([
  ['by HTTP', byHttp],
  ['as typed', asTyped],
])('the golden scenario, %s', (_, at) => {
  it.each(DEFINITION_ROWS)('has its figures by citation, without a break and over time at $at', async ({ at: instant, ...expected }) => {
    const { total } = await at(instant);
    expect({
      citingOrder: figureIn(total.citingOrder),
      sustained: figureIn(total.sustained),
      timeWeighted: total.timeWeighted.percent?.low ?? null,
    }).toEqual(expected);
    expect([total.timeWeighted.maybe, total.timeWeighted.unknown]).toEqual(['0', '0']);
    expect(total.timeWeighted.percent?.high ?? null).toBe(expected.timeWeighted);
  });

  it.each(ROWS)('is the same by any measure, as platforms report, and by accounts at $at', async ({ at: instant, effective }) => {
    const answer = await at(instant);
    const expected = [effective.O1, effective.O2, effective.total];
    for (const [place, part] of partsOf(answer).entries()) {
      expect(figureIn(part.anyRestriction)).toEqual(expected[place]);
      expect(figureIn(part.platformStyle)).toEqual(expected[place]);
      for (const targets of part.distinctTargets) expect(figureIn(targets)).toEqual(expected[place]);
      expect(part.onTime).toMatchObject({ percent: null, reason: 'no_numeric_deadline' });
    }
  });

  it.each(WITHIN_36_HOURS)('is, held to 36 hours, on time as it was at $at', async ({ at: instant, O1, O2, total }) => {
    const parts = partsOf(await at(instant, { tolerance: 'PT36H' }));
    expect(parts.map(({ onTime }) => figureIn(onTime))).toEqual([O1, O2, total]);
  });

  it.each(STATUS_ROWS)('has the statuses at $at', async ({ at: instant, O1, O2 }) => {
    const tallies = partsOf(await at(instant)).map(({ makeUp }) =>
      Object.fromEntries(makeUp.statuses.map(({ status, pairs }: Body) => [status, pairs])),
    );
    expect(tallies.slice(0, 2)).toEqual([O1, O2]);
  });

  it('is on its last morning made up as it is', async () => {
    const answer = await at(LAST_MORNING.at);
    const [O1, O2, total] = partsOf(answer);
    for (const definition of ['sustained', 'citingOrder'] as const)
      expect({ O1: figureIn(O1[definition]), O2: figureIn(O2[definition]) }).toEqual(LAST_MORNING[definition]);
    expect({ O1: timeIn(O1.timeWeighted), O2: timeIn(O2.timeWeighted), total: timeIn(total.timeWeighted) }).toEqual(
      LAST_MORNING.timeWeighted,
    );
    expect(total.makeUp.inEffect).toMatchObject(LAST_MORNING.grounds);
    expect(total.platformStyle.columns).toEqual(LAST_MORNING.columns);
    expect(total.makeUp.flags).toEqual(LAST_MORNING.flags);
    // No source of anything is a file.
    expect(total.makeUp.withoutEvidence).toBe(1_398);
  });
});

describe('the golden scenario, account by account and in groups', () => {
  const at = byHttp;

  it('is wider than ordered for just those under the platform’s own rules', async () => {
    const query = new URLSearchParams({ order: ORDER_2, at: LAST_MORNING.at, status: 'wider_than_order', limit: '1000' });
    const body = await ledger.get(`/v1/compliance/pairs?${query}`);
    expect(body.rows.map(({ key }: Body) => key)).toEqual(
      Array.from({ length: 510 }, (_, i) => `synthetic-o2-${String(i + 1).padStart(4, '0')}`),
    );
    expect(new Set(body.rows.map(({ ground, flags }: Body) => `${ground} ${flags}`))).toEqual(
      new Set(['platform_rules without_evidence,wider_than_order']),
    );
  });

  it('has its refusals by class, each of an account not in effect', async () => {
    const body = await ledger.get(`/v1/compliance?${new URLSearchParams({ orders: ORDER_1, at: LAST_MORNING.at, groupBy: 'class' })}`);
    const groups = Object.fromEntries(
      body.total.groups.map(({ group, effective }: Body) => [group, [effective.numerator, effective.denominator]]),
    );
    const refused = Object.fromEntries(Object.entries(LAST_MORNING.refusedByClass).map(([name, number]) => [name, [0, number]]));
    expect(groups).toEqual({ ...refused, none: [220, 220] });
  });

  it('has a hashtag with a measure that does not suffice, counted when asked', async () => {
    const { total } = await at(LAST_MORNING.at, { kinds: 'account,hashtag' });
    expect({ effective: figureIn(total.effective), anyRestriction: figureIn(total.anyRestriction) }).toEqual(LAST_MORNING.withHashtag);
    const alone = await at(LAST_MORNING.at, { kinds: 'hashtag' });
    expect(alone.total.makeUp.statuses).toEqual([{ status: 'insufficient_measure', pairs: 1 }]);
  });

  it('is grouped by the basis, the measure and the places of what is relied on', async () => {
    const groupsBy = async (groupBy: string) => {
      const { total } = await at(LAST_MORNING.at, { groupBy });
      return Object.fromEntries(total.groups.map(({ group, effective }: Body) => [group, effective.numerator]));
    };
    expect(await groupsBy('basis')).toEqual({ legal_order: 885, none: 0, platform_rules: 513 });
    expect(await groupsBy('measure')).toEqual({ none: 0, suspended: 513, withheld: 885 });
    expect(await groupsBy('territory')).toEqual({ IN: 885, WORLD: 513, none: 0 });
  });
});
