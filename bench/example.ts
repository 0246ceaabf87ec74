/** What the benchmarks record: a synthetic case with one order, and rows about accounts that are alike in size and differ in whom, when and where from. */
export const ZONE = 'Asia/Kolkata';
export const PLATFORM = 'birdsite.example';
export const ORDER = '7d0f5e0a-6a55-4f0e-9b39-8f6a2c1d4e01';
export const CASE = '7d0f5e0a-6a55-4f0e-9b39-8f6a2c1d4e00';

/** The first hour of the thirty days over which everything happens, and the end of the last. */
export const FROM_MS = Date.parse('2021-02-01T00:00:00+05:30');
export const TO_MS = FROM_MS + 30 * 24 * 3_600_000;

const ministry = { organisation: 'Example Ministry (synthetic)' };
const platform = { organisation: 'Birdsite (synthetic)' };
const direct = { assertion: 'direct_record', synthetic: true };

export const caseOpening = { title: 'Benchmark (synthetic)', zone: ZONE, occurredAt: '2021-01-31T11:00:00+05:30', ...direct };
export const orderIssue = {
  caseId: CASE,
  ref: 'BENCH-1',
  instrument: 'direction',
  authority: ministry,
  addressee: platform,
  platform: PLATFORM,
  legalBasis: [{ act: 'Information Technology Act 2000 (India)', provision: 's. 69A' }],
  grounds: [{ category: 'public order', alleged: 'synthetic: no ground is asserted by this example' }],
  reasonsRecorded: 'unstated',
  urgency: 'ordinary',
  demand: { measure: 'disable_access', territory: ['IN'] },
  deadlineRule: { id: 'in-s69a-ordinary', version: 1 },
  confidential: true,
  occurredAt: '2021-01-31T12:00:00+05:30',
  ...direct,
};
export const orderService = { channel: 'email', to: platform, occurredAt: '2021-01-31T12:00:00+05:30', ...direct };

export const verbatimOf = (n: number): string => `@synthetic-${String(n).padStart(8, '0')}`;
export const accountNamed = (n: number) => ({ platform: PLATFORM, kind: 'account', verbatim: verbatimOf(n) });

/** Spread over the days as if by chance, and the same in each run. */
export const instantOf = (n: number): number => FROM_MS + ((n * 7_919) % (25 * 86_400)) * 1_000;

const report = (n: number) => ({
  assertion: 'platform_report',
  sources: [{ name: 'Birdsite (synthetic), report', locator: `row ${n % 1_009}` }],
  synthetic: true,
});

/** Rows of `POST /v1/actions`; each seals to some 860 bytes. */
export const withholdRow = (n: number) => ({
  action: 'withhold',
  target: accountNamed(n),
  orders: [ORDER],
  territory: ['IN'],
  basis: 'legal_order',
  occurredAt: new Date(instantOf(n)).toISOString(),
  ...report(n),
});
export const reinstateRow = (n: number) => ({
  action: 'reinstate',
  target: accountNamed(n),
  orders: [],
  reason: 'own_decision',
  occurredAt: new Date(instantOf(n) + 3 * 86_400_000).toISOString(),
  ...report(n),
});
export const listedRow = (n: number) => ({ target: accountNamed(n), ...report(n) });
