/** The two orders as reported: what they are said to ask, the notice after the first, and what the platform answered. No list, no service and no coverage is reported. */
import {
  days,
  external,
  hashtag,
  IDN,
  ministry,
  on,
  PLATFORM,
  paraphrased,
  partOf,
  platform,
  REF_1,
  REF_2,
  REPORTED_CASE_ID,
  REPORTED_ORDER_1,
  REPORTED_ORDER_2,
  reportedIn,
  request,
} from './reported-terms.ts';

const order = (ref: string, own: object) =>
  request(`${ref}.issued`, '/v1/orders', {
    externalId: external(ref),
    caseId: REPORTED_CASE_ID,
    ref,
    authority: ministry,
    addressee: platform,
    platform: PLATFORM,
    legalBasis: [{ act: 'Information Technology Act 2000 (India)', provision: 's. 69A' }],
    reasonsRecorded: 'unstated',
    // What s. 69A allows to be asked is that the public has no access; where, no source says.
    demand: { measure: 'disable_access', territory: 'UNSTATED' },
    confidential: true, // as rule 16 of the Blocking Rules 2009 has it
    ...own,
  });

const firstOrder = order(REF_1, {
  requestedBy: { organisation: 'Ministry of Home Affairs' },
  instrument: 'interim_direction',
  urgency: 'emergency',
  deadlineRule: { id: 'in-s69a-emergency', version: 1 },
  statedTargetCount: 257,
  grounds: [{ category: 'misinformation', alleged: "misinformation on the farmers' protest" }],
  occurredAt: days('2021-01-30', '2021-01-31', '30 January: Hindustan Times; 31: Indian Express, Zee News'),
  ...reportedIn('Hindustan Times', 'Indian Express', 'Zee News', 'NDTV'),
  text: paraphrased('a later list of a court begins on 2 February'),
});

/** What is reported of what it names: a hashtag, and a description that nobody can count. */
const firstOrderTargets = request(`${REF_1}.listed`, `/v1/orders/${REPORTED_ORDER_1}/targets`, {
  rows: [hashtag, { platform: PLATFORM, kind: 'class', verbatim: 'all related content' }].map((target) => ({
    target,
    ...reportedIn(IDN, 'OpIndia'),
  })),
});

const notice = request('notice', `/v1/orders/${REPORTED_ORDER_1}/notices`, {
  kind: 'non_compliance',
  pages: 18,
  penaltiesCited: ['imprisonment of up to seven years'],
  restatesDemand: true,
  occurredAt: days('2021-02-01', '2021-02-03', '1 February: DNP; 3 February: The Quint, Odisha Bytes'),
  ...reportedIn('DNP', 'The Quint', 'Odisha Bytes', 'The Daily Guardian'),
});

/** No source calls it urgent, and there is no third word for what is not stated. */
const secondOrder = order(REF_2, {
  instrument: 'direction',
  urgency: 'ordinary',
  deadlineRule: { id: 'in-s69a-ordinary', version: 1 },
  statedTargetCount: 1_178,
  grounds: [{ category: 'foreign links and automation', alleged: 'foreign links and bots' }],
  occurredAt: on('2021-02-04'),
  ...reportedIn('Indian Express', 'Odisha Bhaskar', { name: 'FinanceTom', publishedAt: on('2021-02-08') }),
  text: paraphrased('to suspend or to block'),
});

export const orderRequests = [firstOrder, firstOrderTargets, notice, secondOrder];

// ---- The platform's blog

/** Dated 9 February in the United States, which is the 10th in India from its small hours on. */
export const BLOG = partOf('2021-02-10', 'small_hours', 'morning');

const CLASSES = ['news_media', 'journalist', 'activist', 'politician'];

/** It refuses some and does not say which, so no account is refused by it. */
const answer = (ref: string, orderId: string) =>
  request(`${ref}.answered`, `/v1/orders/${orderId}/responses`, {
    answer: 'partly_declined',
    by: platform,
    scope: 'some',
    grounds: ['inconsistent_with_local_law', 'fundamental_right', 'platform_principles'],
    classes: CLASSES.map((name) => ({ class: name, assertedBy: 'the platform' })),
    occurredAt: BLOG,
    ...reportedIn('Business Today', IDN),
  });

export const firstAnswer = answer(REF_1, REPORTED_ORDER_1);
export const secondAnswer = answer(REF_2, REPORTED_ORDER_2);

export const BLOG_REPORTS = ['India Today', 'India Blooms'];

export const keptFromTrends = request('hashtag', '/v1/actions', {
  rows: [
    {
      action: 'limit',
      target: hashtag,
      orders: [],
      measure: 'excluded_from_trends',
      territory: 'UNSTATED',
      basis: 'unstated',
      occurredAt: BLOG,
      ...reportedIn(...BLOG_REPORTS),
    },
  ],
});
