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

export type Scene = {
  readonly caseId: string;
  readonly order: string;
  readonly issue: { readonly stream: string; readonly event: string };
  readonly withheld: { readonly stream: string; readonly event: string; readonly target: string };
};

/** A case, an order served, `listed` on its list and withheld. */
export const recordScene = async (ledger: TestLedger, listed = 'listed-1'): Promise<Scene> => {
  const opened = await ledger.post('/v1/cases', caseBody);
  const issued = await ledger.post('/v1/orders', orderBody(opened.body.id));
  await ledger.post(`/v1/orders/${issued.body.id}/service`, serviceBody);
  await ledger.post(`/v1/orders/${issued.body.id}/targets`, { rows: [listRow(listed)] });
  const withheld = await ledger.post('/v1/actions', { rows: [withholdRow(listed, [issued.body.id])] });
  return { caseId: opened.body.id, order: issued.body.id, issue: issued.body, withheld: withheld.body.results[0] };
};
