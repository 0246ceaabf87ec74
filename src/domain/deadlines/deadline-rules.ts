/**
 * Deadline rules as data. A reading aid, not legal advice: every rule says who reviewed it (nobody), what is unchecked, and that laws change. Counsel must
 * confirm a row before anyone relies on it; a ledger's configuration confirms rules and adds its own.
 */

/** What the authority has to do, and by when; kept as data, and no consequence is drawn from its being late. */
export type Duty = {
  readonly what: string;
  readonly provision: string;
  /** ISO 8601; elapsed time. */
  readonly within?: string | undefined;
  /** A meeting of this purpose meets it; a periodic one is due again after each. */
  readonly meeting?: 'review_committee' | 'periodic_review' | undefined;
  /** Nobody has checked that the provision says so, whoever confirmed the rest of the rule. */
  readonly isUnchecked?: boolean | undefined;
};
export type DeadlineRule = {
  readonly id: string;
  readonly version: number;
  readonly framework: string;
  readonly provision: string;
  /** Local calendar dates of validity; `validTo` is exclusive. */
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  /** From receipt (when the order binds), or from issue. */
  readonly clockStart: 'receipt' | 'issue';
  /** ISO 8601; elapsed time, a day being 24 hours. None: the order sets no number of hours. */
  readonly duration?: string | undefined;
  /** What the end of a stop does: the rest runs on, or the full duration begins anew. */
  readonly onRestart: 'continue' | 'restart';
  /** Within which time the order has to be acknowledged, from receipt. */
  readonly acknowledge?: string | undefined;
  /** Which provision asks for that, where it is not the rule's own. */
  readonly acknowledgeUnder?: { readonly provision: string; readonly isUnchecked: boolean } | undefined;
  /** Within which time of the issue a committee of the authority has to look at the order. */
  readonly review?: string | undefined;
  readonly duties: readonly Duty[];
  /** What of this row nobody has checked. */
  readonly unchecked: readonly string[];
  /** Who confirmed the row; `null`: nobody. */
  readonly reviewedBy: string | null;
};

type Written = Omit<DeadlineRule, 'clockStart' | 'onRestart' | 'duties' | 'unchecked' | 'reviewedBy'> & Partial<DeadlineRule>;

const rule = (written: Written): DeadlineRule => ({
  clockStart: 'receipt',
  onRestart: 'continue',
  duties: [],
  unchecked: [],
  reviewedBy: null,
  ...written,
});

const INDIA_BLOCKING = 'India, IT Act 2000 s.69A and Blocking Rules 2009';
const INDIA_DUTIES: readonly Duty[] = [
  {
    what: 'review of the directions by the review committee, at least once in two months',
    provision: 'Blocking Rules 2009 r.14',
    within: 'P60D',
    meeting: 'periodic_review',
  },
];
const NETZDG = { framework: 'Germany, NetzDG', validFrom: '2017-10-01', validTo: '2024-05-14' };

export const DEADLINE_RULES: readonly DeadlineRule[] = [
  rule({
    id: 'in-s69a-ordinary',
    version: 1,
    framework: INDIA_BLOCKING,
    provision: 'India, IT Act 2000 s.69A; Blocking Rules 2009 r.6-8',
    validFrom: '2009-10-27',
    duties: [
      { what: 'notice to the addressee, with at least 48 hours to reply', provision: 'Blocking Rules 2009 r.8(1)' },
      ...INDIA_DUTIES,
    ],
    unchecked: ['validFrom', 'two months are counted as 60 days'],
  }),
  rule({
    id: 'in-s69a-emergency',
    version: 1,
    framework: INDIA_BLOCKING,
    provision: 'India, IT Act 2000 s.69A; Blocking Rules 2009 r.9',
    validFrom: '2009-10-27',
    acknowledge: 'PT2H',
    acknowledgeUnder: { provision: 'Blocking Rules 2009 r.13', isUnchecked: true },
    review: 'PT48H',
    duties: [
      {
        what: 'the request brought before the committee',
        provision: 'Blocking Rules 2009 r.9(3)',
        within: 'PT48H',
        meeting: 'review_committee',
      },
      {
        what: 'if the request is not approved: the interim direction revoked and unblocking directed',
        provision: 'Blocking Rules 2009 r.9(4)',
      },
      ...INDIA_DUTIES,
    ],
    unchecked: ['validFrom', 'acknowledge (r.13)', 'two months are counted as 60 days'],
  }),
  rule({
    id: 'in-it-rules-3-1-d',
    version: 1,
    framework: 'India, IT Rules 2021',
    provision: 'India, IT Rules 2021 r.3(1)(d)',
    validFrom: '2021-02-25',
    validTo: '2026-02-20',
    duration: 'PT36H',
    duties: [{ what: 'monthly review, from 15 November 2025', provision: 'IT Rules 2021 r.3(1)(d)' }],
    unchecked: ['validFrom'],
  }),
  rule({
    id: 'in-it-rules-3-1-d',
    version: 2,
    framework: 'India, IT Rules 2021',
    provision: 'India, IT Rules 2021 r.3(1)(d), as amended 2026',
    validFrom: '2026-02-20',
    duration: 'PT3H',
    duties: [{ what: 'monthly review', provision: 'IT Rules 2021 r.3(1)(d)' }],
  }),
  rule({
    id: 'eu-dsa-9',
    version: 1,
    framework: 'European Union, Digital Services Act',
    provision: 'Regulation (EU) 2022/2065 Art. 9',
    validFrom: '2024-02-17',
    duties: [
      { what: 'the platform reports if and when effect was given', provision: 'Art. 9(1)' },
      { what: 'the platform tells the recipient', provision: 'Art. 9(5)' },
      { what: 'the platform publishes median times', provision: 'Art. 15(1)(a)' },
    ],
  }),
  rule({
    id: 'eu-tco-3',
    version: 1,
    framework: 'European Union, terrorist content online',
    provision: 'Regulation (EU) 2021/784 Art. 3(3)',
    validFrom: '2022-06-07',
    duration: 'PT1H',
    onRestart: 'restart',
    duties: [
      { what: 'impossibility and requests for clarification stop the clock', provision: 'Art. 3(7), 3(8)' },
      { what: 'scrutiny of a cross-border order within 72 hours; restored if found contrary to law', provision: 'Art. 4', within: 'PT72H' },
      { what: 'removed content preserved for six months', provision: 'Art. 6' },
    ],
  }),
  rule({ ...NETZDG, id: 'de-netzdg-manifest', version: 1, provision: 'Germany, NetzDG s.3(2) no. 2', duration: 'PT24H' }),
  rule({ ...NETZDG, id: 'de-netzdg-other', version: 1, provision: 'Germany, NetzDG s.3(2) no. 3', duration: 'P7D' }),
  rule({
    id: 'gb-osa-order',
    version: 1,
    framework: 'United Kingdom, Online Safety Act 2023',
    provision: 'UK, Online Safety Act 2023 ss.144-147',
    unchecked: ['validFrom'],
  }),
  rule({
    id: 'tr-5651-8a',
    version: 1,
    framework: 'Turkey, Law 5651',
    provision: 'Turkey, Law 5651 Art. 8/A',
    validFrom: '2015-04-15',
    duration: 'PT4H',
    duties: [
      { what: 'the order brought before a judge within 24 hours', provision: 'Art. 8/A', within: 'PT24H' },
      { what: 'decided by the judge within 48 hours', provision: 'Art. 8/A', within: 'PT48H' },
    ],
  }),
  rule({
    id: 'ru-149fz-15-1',
    version: 1,
    framework: 'Russia, Law 149-FZ',
    provision: 'Russia, Law 149-FZ Art. 15.1',
    validFrom: '2012-11-01',
    duration: 'P1D',
    duties: [{ what: 'appeal within three months', provision: 'Art. 15.1' }],
    unchecked: ['validFrom'],
  }),
  rule({
    id: 'au-osa-109',
    version: 1,
    framework: 'Australia, Online Safety Act 2021',
    provision: 'Australia, Online Safety Act 2021 s.109',
    validFrom: '2022-01-23',
    duration: 'PT24H',
    duties: [{ what: 'longer if allowed: then a deadline is set', provision: 's.109' }],
  }),
  rule({ id: 'us-order', version: 1, framework: 'United States', provision: 'As the order states', clockStart: 'issue' }),
  rule({ id: 'none', version: 1, framework: 'None', provision: 'No rule' }),
];

/** Beside every due time. */
export const DEADLINE_CAVEAT = 'A reading aid, not legal advice: laws change, and counsel must confirm a rule before anyone relies on it.';

export type RuleName = { readonly id: string; readonly version: number };
export const nameOfRule = ({ id, version }: RuleName): string => `${id}@${version}`;
export const findRule = (wanted: RuleName, rules: readonly DeadlineRule[]): DeadlineRule | undefined =>
  rules.find((known) => nameOfRule(known) === nameOfRule(wanted));
