/** Bodies that the API accepts, and a small case recorded with them. All is synthetic. */
import type { TestLedger } from './ledger.ts';

export const PLATFORM = 'birdsite.example';

export const caseBody = {
  title: 'Two orders',
  zone: 'Asia/Kolkata',
  occurredAt: '2021-01-31T11:00:00+05:30',
  assertion: 'direct_record',
  synthetic: true,
};

export const orderBody = (caseId: string) => ({
  caseId,
  ref: 'No. 1 of 2021',
  instrument: 'interim_direction',
  authority: { name: 'Ministry', country: 'IN' },
  addressee: { organisation: 'Platform' },
  platform: PLATFORM,
  legalBasis: [{ act: 'Information Technology Act 2000', provision: 's. 69A' }],
  grounds: [{ category: 'public order', alleged: 'misinformation' }],
  reasonsRecorded: 'unstated',
  urgency: 'emergency',
  demand: { measure: 'disable_access', territory: ['IN'] },
  statedTargetCount: 2,
  deadlineRule: { id: 'in-s69a-emergency', version: 1 },
  expiresAt: '2021-06-01T00:00:00+05:30',
  confidential: true,
  occurredAt: '2021-01-31T12:00:00+05:30',
  assertion: 'direct_record',
});

export const serviceBody = {
  channel: 'e-mail',
  to: { role: 'counsel' },
  occurredAt: '2021-01-31T12:30:00+05:30',
  assertion: 'direct_record',
};

export const coverageBody = (order: string) => ({
  order,
  from: '2021-01-31T12:00:00+05:30',
  to: '2021-02-13T00:00:00+05:30',
  completeness: 'complete',
  by: { organisation: 'Platform' },
  occurredAt: '2021-02-13T00:00:00+05:30',
  assertion: 'direct_record',
});

export const meetingBody = (caseId: string, orders: readonly string[]) => ({
  caseId,
  orders,
  participants: [{ role: 'Secretary' }],
  mode: 'virtual',
  purpose: 'dialogue',
  occurredAt: { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata', text: 'Wednesday evening' },
  endedAt: { date: '2021-02-10', zone: 'Asia/Kolkata' },
  assertion: 'third_party_report',
  sources: [{ name: 'A newspaper', quote: 'they met', publishedAt: { date: '2021-02-11', zone: 'Asia/Kolkata' } }],
});

export const account = (verbatim: string) => ({ platform: PLATFORM, kind: 'account', verbatim });
const direct = { assertion: 'direct_record' };

export const listRow = (verbatim: string) => ({
  target: account(verbatim),
  aliases: [{ verbatim: 'https://birdsite.example/other' }],
  classes: [{ class: 'journalist', assertedBy: 'press council' }],
  note: 'row 17',
  ...direct,
});

const court = { organisation: 'High Court' };
export const confirmationBody = { by: { role: 'Review committee' }, occurredAt: '2021-02-02T17:00:00+05:30', ...direct };
export const stayBody = { by: court, restorationDirected: false, occurredAt: '2021-02-15T11:00:00+05:30', ...direct };
export const stayLiftBody = { by: court, occurredAt: '2021-03-01T15:30:00+05:30', ...direct };
export const revocationBody = {
  how: 'set_aside',
  by: court,
  restorationDirected: true,
  occurredAt: '2021-03-31T16:00:00+05:30',
  ...direct,
};
export const noticeBody = {
  kind: 'non_compliance',
  ref: 'Notice 1',
  pages: 18,
  penaltiesCited: ['s. 69A(3)'],
  restatesDemand: true,
  occurredAt: '2021-02-03T12:00:00+05:30',
  ...direct,
};
export const answerBody = {
  answer: 'partly_declined',
  by: { organisation: 'Platform' },
  scope: 'some',
  grounds: ['fundamental_right'],
  classes: [{ class: 'journalist', assertedBy: 'the platform' }],
  occurredAt: '2021-02-10T10:00:00+05:30',
  ...direct,
};
export const deadlineBody = {
  dueAt: '2021-02-12T18:00:00+05:30',
  by: { organisation: 'Ministry' },
  reason: 'Extended as asked',
  occurredAt: '2021-02-10T20:00:00+05:30',
  ...direct,
};
export const stopBody = { act: 'stop', cause: 'clarification', occurredAt: '2021-02-03T09:00:00+05:30', ...direct };
export const restartBody = { act: 'restart', occurredAt: '2021-02-04T09:00:00+05:30', ...direct };

export const withdrawRow = (verbatim: string) => ({
  target: account(verbatim),
  reason: 'Listed by mistake, says the ministry',
  occurredAt: '2021-02-02T12:00:00+05:30',
  ...direct,
});

export const withholdRow = (verbatim: string, orders: readonly string[]) => ({
  action: 'withhold',
  target: account(verbatim),
  orders,
  territory: ['IN'],
  basis: orders.length > 0 ? 'legal_order' : 'unstated',
  policy: 'country withheld content',
  occurredAt: '2021-02-01T14:00:00+05:30',
  ...direct,
});
export const blockRow = (verbatim: string) => ({
  action: 'block',
  target: account(verbatim),
  orders: [],
  measure: 'suspended',
  basis: 'platform_rules',
  permanent: true,
  occurredAt: '2021-02-05T10:00:00+05:30',
  ...direct,
});
export const reinstateRow = (verbatim: string) => ({
  action: 'reinstate',
  target: account(verbatim),
  orders: [],
  reason: 'own_decision',
  occurredAt: '2021-02-01T19:50:00+05:30',
  ...direct,
});
export const declineRow = (verbatim: string, orders: readonly string[]) => ({
  action: 'decline',
  target: account(verbatim),
  orders,
  grounds: ['inconsistent_with_local_law'],
  classes: [{ class: 'news_media', assertedBy: 'platform' }],
  occurredAt: '2021-02-10T10:00:00+05:30',
  ...direct,
});

const onThe3rd = { occurredAt: '2021-02-03T12:00:00+05:30', ...direct };
export const limitRow = (verbatim: string) => ({
  action: 'limit',
  target: account(verbatim),
  orders: [],
  measure: 'excluded_from_trends',
  territory: ['IN'],
  basis: 'platform_rules',
  ...onThe3rd,
});
export const notifyRow = (verbatim: string, restriction?: string) => ({
  action: 'notify',
  target: account(verbatim),
  orders: [],
  ...(restriction !== undefined && { restriction }),
  channel: 'e-mail',
  receivedAt: '2021-02-03T13:00:00+05:30',
  ...onThe3rd,
});
export const goneRow = (verbatim: string, orders: readonly string[]) => ({
  action: 'gone',
  target: account(verbatim),
  orders,
  cause: 'owner',
  ...onThe3rd,
});
export const linkRow = (verbatim: string, to: string) => ({
  action: 'link',
  target: account(verbatim),
  orders: [],
  relation: 'renamed_to',
  to: account(to),
  confidence: 'probable',
  ...onThe3rd,
});

export const statementRow = (caseId: string, orders: readonly string[]) => ({
  caseId,
  kind: 'concern',
  speaker: { role: 'Secretary', organisation: 'Ministry' },
  addressee: { organisation: 'Platform' },
  medium: 'oral',
  orders,
  targets: [account('spoken-of')],
  summary: 'Comparable events are treated differently.',
  comparators: ['another event abroad'],
  level: 'substantial parts',
  outcome: 'open',
  occurredAt: { date: '2021-02-10', part: 'evening', zone: 'Asia/Kolkata' },
  assertion: 'third_party_report',
  sources: [{ name: 'A newspaper' }],
});

export const claimBody = (caseId: string, orders: readonly string[]) => ({
  caseId,
  claimant: { description: 'Sources in the ministry' },
  relayedBy: [{ organisation: 'A newspaper' }],
  asOf: { date: '2021-02-12', zone: 'Asia/Kolkata' },
  metric: 'compliance_rate',
  population: { orders, kinds: ['account'], classes: ['journalist'], territory: ['IN'], note: 'handles' },
  comparator: 'nearly',
  value: '97',
  numerator: 1398,
  denominator: 1435,
  unit: 'percent',
  parts: [{ label: 'first order', numerator: 220, denominator: 257 }],
  occurredAt: '2021-02-12T18:00:00+05:30',
  assertion: 'third_party_report',
  sources: [{ name: 'A newspaper', publishedAt: { date: '2021-02-12', zone: 'Asia/Kolkata' } }],
  text: 'nearly 97 per cent',
});
export const claimWithdrawalBody = {
  by: { organisation: 'A newspaper' },
  reason: 'Corrected in a later edition.',
  occurredAt: '2021-02-13T09:00:00+05:30',
  ...direct,
};

/** What is said of a file; synthetic as all else here. */
export const evidenceData = {
  obtainedFrom: 'The gazette',
  method: 'downloaded',
  synthetic: true,
  occurredAt: '2021-02-12T10:00:00+05:30',
  ...direct,
};
export const evidenceForm = (
  bytes: string | Uint8Array<ArrayBuffer>,
  said: object = {},
  type = 'application/pdf',
  name = 'a.pdf',
): FormData => {
  const form = new FormData();
  form.append('data', new Blob([JSON.stringify({ ...evidenceData, ...said })], { type: 'application/json' }));
  form.append('file', new Blob([bytes], { type }), name);
  return form;
};

export type Scene = {
  readonly caseId: string;
  readonly order: string;
  readonly issue: { readonly stream: string; readonly event: string };
  readonly listing: { readonly stream: string; readonly event: string };
  readonly withheld: { readonly stream: string; readonly event: string; readonly target: string };
};

/** A case, an order served, `listed` on its list and withheld. */
export const recordScene = async (ledger: TestLedger, listed = 'listed-1'): Promise<Scene> => {
  const opened = await ledger.post('/v1/cases', caseBody);
  const issued = await ledger.post('/v1/orders', orderBody(opened.body.id));
  await ledger.post(`/v1/orders/${issued.body.id}/service`, serviceBody);
  const listing = await ledger.post(`/v1/orders/${issued.body.id}/targets`, { rows: [listRow(listed)] });
  const withheld = await ledger.post('/v1/actions', { rows: [withholdRow(listed, [issued.body.id])] });
  return {
    caseId: opened.body.id,
    order: issued.body.id,
    issue: issued.body,
    listing: listing.body.results[0],
    withheld: withheld.body.results[0],
  };
};
