/** Figures that somebody published, as published: in conflict with each other, and with no list behind them. They are recorded, and never become events. */
import { idOfExternal } from '../../src/domain/ids.ts';
import type { CaseRequest } from './case-request.ts';
import { BLOG } from './reported-orders.ts';
import {
  BOTH_ORDERS,
  days,
  external,
  IDN,
  on,
  paraphrased,
  partOf,
  platform,
  REPORTED_CASE_ID,
  REPORTED_ORDER_1,
  reportedIn,
  request,
  ZONE,
} from './reported-terms.ts';

type Said = { readonly text: string; readonly claimant?: object; readonly [field: string]: unknown };

const named = (key: string) => external(`claim ${key}`);

/** A figure that a newspaper prints is the newspaper's, where nothing says whose else. */
const claim = (key: string, occurredAt: object, sources: readonly string[], { text, ...said }: Said): CaseRequest =>
  request(`claim.${key}`, '/v1/claims', {
    externalId: named(key),
    caseId: REPORTED_CASE_ID,
    claimant: sources.length === 1 ? { organisation: sources[0] } : { description: 'press reports' },
    relayedBy: [],
    occurredAt,
    ...reportedIn(...sources),
    ...said,
    text: paraphrased(text),
  });

const count = (metric: string, comparator: string, value: string, population: object) => ({
  ...{ metric, comparator, value, unit: 'count' },
  population,
});
const ofFirst = (said: object = {}) => ({ orders: [REPORTED_ORDER_1], ...said });
const ofBoth = (said: object = {}) => ({ orders: BOTH_ORDERS, ...said });

// ---- Before the orders, and the first order

/** They speak of what followed the 26th and were out by the 27th. */
const JANUARY = days('2021-01-26', '2021-01-27');
const OTHERS = 'not those under the orders';

const january = [
  claim('550', JANUARY, ['Odisha Bhaskar'], {
    ...count('targets_restricted', 'eq', '550', { orders: [], note: OTHERS }),
    text: '550 accounts',
  }),
  claim('over-300', JANUARY, ['ExBulletin'], {
    ...count('targets_restricted', 'gt', '300', { orders: [], note: OTHERS }),
    text: 'over 300 accounts',
  }),
  claim('over-500-spam', JANUARY, ['Business Today'], {
    ...count('targets_restricted', 'gt', '500', { orders: [], measures: ['suspended'], note: `${OTHERS}, for spam` }),
    text: 'over 500 accounts suspended for spam',
  }),
];

const ISSUED = days('2021-01-30', '2021-01-31');
/** The same number, of different things. */
const listed = (key: string, source: string, kinds: readonly string[], note: string) =>
  claim(key, ISSUED, [source], { ...count('targets_listed', 'eq', '257', ofFirst({ kinds, note })), text: `257 ${note}` });

const firstOrder = [
  listed('257-handles', 'Hindustan Times', ['account'], 'handles'),
  listed('257-tweets-and-handles', 'Indian Express', ['post', 'account'], 'tweets and handles'),
  listed('257-urls', 'Coastal Digest (PTI)', ['url'], 'URLs with a hashtag'),
  claim('250', partOf('2021-02-01', 'morning', 'afternoon'), ['Pratidin Time', 'The Nation Wide', 'AFP', 'Indian Express'], {
    ...count(
      'targets_restricted',
      'about',
      '250',
      ofFirst({ kinds: ['account', 'post'], measures: ['withheld'], territory: ['IN'], note: 'about 100 accounts and 150 tweets' }),
    ),
    text: 'about 250 withheld in India: about 100 accounts and 150 tweets',
  }),
];

// ---- How long it lasted

const FIRST_DAY = on('2021-02-01');

/** About what began that day: said apart from the time of publication, of which no more is on record than that it is told of this day. */
const lasted = (key: string, source: string, said: Said) =>
  claim(key, FIRST_DAY, [source], { asOf: FIRST_DAY, metric: 'restriction_duration', population: ofFirst(), unit: 'duration', ...said });

const durations = [
  lasted('minutes', 'Sun News', {
    comparator: 'range',
    range: { min: 'PT2M', max: 'PT10M' },
    population: ofFirst({ note: '"a few minutes", read as 2 to 10' }),
    text: '"a few minutes"',
  }),
  lasted('under-6-h', 'iNews.id', { comparator: 'lt', value: 'PT6H', text: 'under six hours' }),
  lasted('nearly-6-h', 'The Quint', { comparator: 'nearly', value: 'PT6H', text: 'nearly six hours' }),
  lasted('12-h', 'Shiksha News', { comparator: 'eq', value: 'PT12H', text: '12 hours' }),
  lasted('told-after-2-h', 'One News Page', {
    metric: 'notification_delay',
    comparator: 'eq',
    value: 'PT2H',
    population: ofFirst({ note: 'an e-mail to one account holder' }),
    text: 'one account holder got an e-mail after two hours',
  }),
];

// ---- Between the restoration and the meeting

/** "Again" is after what was restored in the evening of the 1st. */
const AGAIN = { earliest: '2021-02-01T17:00', latest: '2021-02-05T23:59:59.999', zone: ZONE };
const again = claim('again', AGAIN, ['The Mobile Indian'], {
  ...count('targets_restricted', 'gte', '3', ofFirst({ note: 'restricted again' })),
  text: 'at least three accounts of the first order restricted again',
});

const BLOG_500 = 'blog-over-500';
const blog = [
  claim(BLOG_500, BLOG, ['India Today'], {
    claimant: platform,
    relayedBy: [{ organisation: 'India Today' }],
    ...count('targets_restricted', 'gt', '500', ofBoth({ note: 'by various measures, suspension "in certain cases"' })),
    text: 'action of various kinds on more than 500 accounts, suspension "in certain cases"',
  }),
  // Retold with more than it says: the retelling is not the platform's.
  claim('retold-over-500', BLOG, [IDN], {
    ...count(
      'targets_restricted',
      'gt',
      '500',
      ofBoth({ measures: ['suspended'], bases: ['platform_rules'], note: 'suspended permanently' }),
    ),
    restates: idOfExternal('claim', named(BLOG_500)),
    text: "more than 500 accounts permanently suspended under the platform's rules",
  }),
  claim('blog-a-portion', BLOG, [IDN], {
    claimant: platform,
    relayedBy: [{ organisation: IDN }],
    metric: 'targets_restricted',
    comparator: 'unquantified',
    unit: 'count',
    population: ofBoth({ measures: ['withheld'], territory: ['IN'], note: '"a portion"' }),
    text: '"a portion" withheld in India',
  }),
];

const NOON = { at: '2021-02-10T12:19', zone: ZONE };
const noon = [
  claim('702', NOON, ['Times Now'], { ...count('pairs_in_effect', 'eq', '702', ofBoth()), text: '702 blocked' }),
  claim('709', NOON, ['Sanatan Prabhat'], {
    claimant: { organisation: 'Sanatan Prabhat', description: 'a partisan newspaper' },
    ...count('pairs_in_effect', 'eq', '709', ofBoth()),
    text: '709 blocked',
  }),
  claim('half', NOON, ['The Weekly Mail'], {
    ...{ metric: 'compliance_rate', comparator: 'nearly', value: '50', unit: 'percent', population: ofBoth({ note: '"nearly half"' }) },
    text: '"nearly half"',
  }),
];

// ---- 12 February

const LAST_DAY = on('2021-02-12');
const rate = { metric: 'compliance_rate', unit: 'percent' };

/** `meeting`: the event that the first of them is said to follow. */
const lastDay = (meeting: string) => [
  claim('nearly-97', LAST_DAY, ['The Times of India via Indian Defence News'], {
    claimant: { organisation: 'The Times of India' },
    relayedBy: [{ organisation: IDN }],
    ...{ ...rate, comparator: 'nearly', value: '97', numerator: 1_398, denominator: 1_435, population: ofBoth() },
    follows: [meeting],
    text: 'nearly 97 per cent, 1,398 of 1,435, after the meeting',
  }),
  claim('1398', LAST_DAY, ['Sanatan Prabhat'], {
    claimant: { organisation: 'Sanatan Prabhat', description: 'a partisan newspaper' },
    ...{ metric: 'pairs_in_effect', comparator: 'eq', numerator: 1_398, denominator: 1_435, unit: 'count', population: ofBoth() },
    parts: [
      { label: 'second order', numerator: 1_178, denominator: 1_178 },
      { label: 'first order', numerator: 220, denominator: 257 },
    ],
    text: '1,398 of 1,435: all 1,178, and 220 of 257',
  }),
  claim('over-97', LAST_DAY, ['PTI via India TV'], {
    claimant: { organisation: 'PTI' },
    relayedBy: [{ organisation: 'India TV' }],
    ...{ ...rate, comparator: 'gt', value: '97', population: ofBoth({ note: 'accounts and posts' }) },
    text: 'more than 97 per cent of the accounts and posts',
  }),
  claim('1435-listed', LAST_DAY, [IDN], { ...count('targets_listed', 'eq', '1435', ofBoth()), text: '1,435 in all' }),
  claim('two-orders', LAST_DAY, [IDN], { ...count('orders_issued', 'eq', '2', ofBoth()), text: 'two orders' }),
];

export const claims = ({ meeting }: { readonly meeting: string }): readonly CaseRequest[] => [
  ...january,
  ...firstOrder,
  ...durations,
  again,
  ...blog,
  ...noon,
  ...lastDay(meeting),
];
