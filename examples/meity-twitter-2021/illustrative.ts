/**
 * The illustrative case as the requests that record it, in order: a synthetic platform, synthetic accounts, and hours chosen so that the
 * figures come out as newspapers reported them (README.md beside this). The same requests again change nothing.
 */
import { idOfExternal } from '../../src/domain/ids.ts';
import type { CaseReply, CaseRequest, CaseRequests } from './case-request.ts';
import { illustrativeClaims } from './illustrative-claims.ts';

const SYSTEM = 'meity-twitter-2021/illustrative';
const external = (id: string) => ({ system: SYSTEM, id });

export const ZONE = 'Asia/Kolkata';
export const PLATFORM = 'birdsite.example';
export const CASE_ID = idOfExternal('case', external('case'));
export const ORDER_1 = idOfExternal('order', external('O1'));
export const ORDER_2 = idOfExternal('order', external('O2'));
const BOTH_ORDERS = [ORDER_1, ORDER_2];

/** The one row recorded wrongly: restored at 19:50 like the 249 others, written down an hour late. */
export const MISTAKEN_ACCOUNT = 117;

const ministry = { organisation: 'Example Ministry (synthetic)' };
const platform = { organisation: 'Birdsite (synthetic)' };
const recordsDesk = { organisation: 'Example Records Desk (synthetic)' };

const at = (local: string) => ({ at: `2021-${local}`, zone: ZONE });
const instant = (local: string) => `2021-${local}:00+05:30`;
const recorded = (occurredAt: object) => ({ occurredAt, assertion: 'direct_record', synthetic: true });

type Target = { readonly platform: string; readonly kind: string; readonly verbatim: string };
const account = (name: string): Target => ({ platform: PLATFORM, kind: 'account', verbatim: name });
/** Accounts `from` to `to` of an order, ends included. */
const accounts = (order: 1 | 2, from: number, to: number): readonly Target[] =>
  Array.from({ length: to - from + 1 }, (_, place) =>
    account(`synthetic-o${order}-${String(from + place).padStart(order === 1 ? 3 : 4, '0')}`),
  );

const HASHTAG: Target = { platform: PLATFORM, kind: 'hashtag', verbatim: '#synthetic-h1' };

const O1_ACCOUNTS = 257;
const O2_ACCOUNTS = 1_178;
const ROWS_MAX = 1_000; // rows that one request takes

const request = (key: string, path: string, body: object): CaseRequest => ({
  method: 'POST',
  path,
  body,
  idempotencyKey: `illustrative.${key}`,
});

/** One request, or as many as its rows need. */
const requests = (key: string, path: string, rows: readonly object[]): readonly CaseRequest[] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_MAX) }, (_, part) =>
    request(`${key}.${part + 1}`, path, { rows: rows.slice(part * ROWS_MAX, (part + 1) * ROWS_MAX) }),
  );
const actions = (key: string, rows: readonly object[]) => requests(key, '/v1/actions', rows);

const withheld = (targets: readonly Target[], order: string, when: string) =>
  targets.map((target) => ({
    action: 'withhold',
    target,
    orders: [order],
    territory: ['IN'],
    basis: 'legal_order',
    ...recorded(at(when)),
  }));
const suspended = (targets: readonly Target[], when: string) =>
  targets.map((target) => ({
    action: 'block',
    target,
    orders: [],
    measure: 'suspended',
    permanent: true,
    basis: 'platform_rules',
    ...recorded(at(when)),
  }));
const keptFromTrends = (target: Target, when: string) => ({
  action: 'limit',
  target,
  orders: [],
  measure: 'excluded_from_trends',
  territory: ['IN'],
  basis: 'platform_rules',
  ...recorded(at(when)),
});
const reinstated = (targets: readonly Target[], when: (place: number) => string) =>
  targets.map((target, place) => ({ action: 'reinstate', target, orders: [], reason: 'own_decision', ...recorded(at(when(place))) }));
const declined = (targets: readonly Target[], stated: string) =>
  targets.map((target) => ({
    action: 'decline',
    target,
    orders: [ORDER_1],
    grounds: ['inconsistent_with_local_law', 'fundamental_right'],
    classes: [{ class: stated, assertedBy: 'the platform' }],
    ...recorded(at('02-10T10:00')),
  }));

const order = (ref: string, when: string, own: object) =>
  request(`${ref}.issued`, '/v1/orders', {
    externalId: external(ref),
    caseId: CASE_ID,
    ref,
    authority: ministry,
    addressee: platform,
    platform: PLATFORM,
    legalBasis: [{ act: 'Information Technology Act 2000 (India)', provision: 's. 69A' }],
    grounds: [{ category: 'public order', alleged: 'synthetic: no ground is asserted by this example' }],
    reasonsRecorded: 'unstated',
    demand: { measure: 'disable_access', territory: ['IN'] },
    confidential: true,
    ...recorded(at(when)),
    ...own,
  });
const listed = (ref: string, orderId: string, targets: readonly Target[]) =>
  requests(
    `${ref}.listed`,
    `/v1/orders/${orderId}/targets`,
    targets.map((target) => ({ target, assertion: 'direct_record', synthetic: true })),
  );
const served = (ref: string, orderId: string, when: string) =>
  request(`${ref}.served`, `/v1/orders/${orderId}/service`, { channel: 'email', to: platform, ...recorded(at(when)) });
const coverage = (ref: string, orderId: string, from: string) =>
  request(`${ref}.coverage`, '/v1/coverage', {
    order: orderId,
    from: instant(from),
    to: instant('02-13T00:00'),
    completeness: 'complete',
    by: recordsDesk,
    ...recorded(at('02-13T00:00')),
  });

const opening = request('case', '/v1/cases', {
  externalId: external('case'),
  title: 'Illustrative: two blocking orders, February 2021 (synthetic)',
  zone: ZONE,
  ...recorded(at('01-31T11:00')),
});

const firstOrder: readonly CaseRequest[] = [
  order('O1', '01-31T12:00', {
    instrument: 'interim_direction',
    urgency: 'emergency',
    deadlineRule: { id: 'in-s69a-emergency', version: 1 },
    statedTargetCount: O1_ACCOUNTS,
  }),
  ...listed('O1', ORDER_1, [...accounts(1, 1, O1_ACCOUNTS), HASHTAG]),
  served('O1', ORDER_1, '01-31T12:00'),
  ...actions('withheld-1-feb', withheld(accounts(1, 1, 250), ORDER_1, '02-01T14:00')),
  request('committee', '/v1/meetings', {
    externalId: external('committee'),
    caseId: CASE_ID,
    orders: [ORDER_1],
    participants: [
      { ...ministry, role: 'review committee' },
      { ...platform, role: 'counsel' },
    ],
    mode: 'unstated',
    purpose: 'review_committee',
    ...recorded(at('02-01T18:00')),
  }),
];

const restoration = actions(
  'restored-1-feb',
  reinstated(accounts(1, 1, 250), (place) => (place + 1 === MISTAKEN_ACCOUNT ? '02-01T20:50' : '02-01T19:50')),
);

const notice = request('notice', `/v1/orders/${ORDER_1}/notices`, {
  kind: 'non_compliance',
  penaltiesCited: [],
  restatesDemand: true,
  ...recorded({ date: '2021-02-03', zone: ZONE }),
});

const secondOrder: readonly CaseRequest[] = [
  order('O2', '02-04T12:00', {
    instrument: 'direction',
    urgency: 'ordinary',
    deadlineRule: { id: 'in-s69a-ordinary', version: 1 },
    statedTargetCount: O2_ACCOUNTS,
  }),
  ...listed('O2', ORDER_2, accounts(2, 1, O2_ACCOUNTS)),
  served('O2', ORDER_2, '02-04T12:00'),
  ...actions('suspended-5-feb', suspended(accounts(1, 1, 3), '02-05T10:00')),
  ...actions('acts-10-feb', [
    ...withheld(accounts(1, 4, 126), ORDER_1, '02-10T10:00'),
    ...suspended(accounts(2, 1, 510), '02-10T10:00'),
    ...withheld(accounts(2, 511, 583), ORDER_2, '02-10T10:00'),
    keptFromTrends(HASHTAG, '02-10T10:00'),
    ...declined(accounts(1, 214, 222), 'news_media'),
    ...declined(accounts(1, 223, 231), 'journalist'),
    ...declined(accounts(1, 232, 241), 'activist'),
    ...declined(accounts(1, 242, 250), 'politician'),
  ]),
  request('dialogue', '/v1/meetings', {
    externalId: external('dialogue'),
    caseId: CASE_ID,
    orders: BOTH_ORDERS,
    participants: [ministry, platform],
    mode: 'virtual',
    purpose: 'dialogue',
    ...recorded({ date: '2021-02-10', part: 'evening', zone: ZONE, text: 'in the evening of 10 February' }),
  }),
  ...actions('withheld-12-feb', [
    ...withheld(accounts(1, 127, 213), ORDER_1, '02-12T09:00'),
    ...withheld(accounts(1, 251, O1_ACCOUNTS), ORDER_1, '02-12T09:00'),
    ...withheld(accounts(2, 584, O2_ACCOUNTS), ORDER_2, '02-12T09:00'),
  ]),
  coverage('O1', ORDER_1, '01-31T12:00'),
  coverage('O2', ORDER_2, '02-04T12:00'),
];

const claims: readonly CaseRequest[] = illustrativeClaims({
  caseId: CASE_ID,
  orders: { first: ORDER_1, both: BOTH_ORDERS },
  at,
  day: (local) => ({ date: `2021-${local}`, zone: ZONE }),
}).map(({ key, body }) => request(`claim.${key}`, '/v1/claims', { externalId: external(`claim ${key}`), ...body }));

/** The events of the case without the correction: LedgerOpened is not among them. */
export const CASE_EVENTS = 3_392;

/** The correction has to name the event that it is about. */
export function* illustrativeCase(): CaseRequests {
  yield opening;
  yield* firstOrder;
  const replies: CaseReply[] = [];
  for (const part of restoration) replies.push(yield part);
  yield notice;
  yield* secondOrder;
  yield* claims;
  const mistaken = replies.flatMap(({ results }) => results)[MISTAKEN_ACCOUNT - 1];
  if (mistaken === undefined) throw new Error('no answer to the reinstatement that is to be corrected');
  yield* requests('correction', '/v1/corrections', [
    {
      stream: mistaken.stream,
      event: mistaken.event,
      changes: { occurredAt: at('02-01T19:50') },
      reason: 'data_entry',
      explanation: 'Written down an hour late: the log of the platform has 19:50, as for the others.',
    },
  ]);
}
