/**
 * Deadline rules as data. A reading aid, not legal advice: every rule carries `reviewedBy: null`, dates marked unchecked are unchecked, laws
 * change, and counsel must confirm a row before anyone relies on it.
 */
export type DeadlineRule = {
  readonly id: string;
  readonly version: number;
  readonly provision: string;
  /** Local calendar dates of validity; `validTo` is exclusive. */
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly clockStart: 'receipt' | 'issue';
  /** ISO 8601; elapsed time. None: the order sets no number of hours. */
  readonly duration?: string;
  readonly reviewedBy: null;
};

const rule = (id: string, version: number, provision: string, rest: Partial<DeadlineRule> = {}): DeadlineRule => ({
  id,
  version,
  provision,
  clockStart: 'receipt',
  ...rest,
  reviewedBy: null,
});

export const DEADLINE_RULES: readonly DeadlineRule[] = [
  rule('in-s69a-ordinary', 1, 'India, IT Act 2000 s.69A; Blocking Rules 2009 r.6-8', { validFrom: '2009-10-27' }),
  rule('in-s69a-emergency', 1, 'India, IT Act 2000 s.69A; Blocking Rules 2009 r.9', { validFrom: '2009-10-27' }),
  rule('in-it-rules-3-1-d', 1, 'India, IT Rules 2021 r.3(1)(d)', { validFrom: '2021-02-25', validTo: '2026-02-20', duration: 'PT36H' }),
  rule('in-it-rules-3-1-d', 2, 'India, IT Rules 2021 r.3(1)(d), as amended 2026', { validFrom: '2026-02-20', duration: 'PT3H' }),
  rule('eu-dsa-9', 1, 'Regulation (EU) 2022/2065 Art. 9', { validFrom: '2024-02-17' }),
  rule('eu-tco-3', 1, 'Regulation (EU) 2021/784 Art. 3(3)', { validFrom: '2022-06-07', duration: 'PT1H' }),
  rule('de-netzdg-manifest', 1, 'Germany, NetzDG s.3(2) no. 2', { validFrom: '2017-10-01', validTo: '2024-05-14', duration: 'PT24H' }),
  rule('de-netzdg-other', 1, 'Germany, NetzDG s.3(2) no. 3', { validFrom: '2017-10-01', validTo: '2024-05-14', duration: 'P7D' }),
  rule('gb-osa-order', 1, 'UK, Online Safety Act 2023 ss.144-147'),
  rule('tr-5651-8a', 1, 'Turkey, Law 5651 Art. 8/A', { validFrom: '2015-04-15', duration: 'PT4H' }),
  rule('ru-149fz-15-1', 1, 'Russia, Law 149-FZ Art. 15.1', { validFrom: '2012-11-01', duration: 'P1D' }),
  rule('au-osa-109', 1, 'Australia, Online Safety Act 2021 s.109', { validFrom: '2022-01-23', duration: 'PT24H' }),
  rule('us-order', 1, 'As the order states', { clockStart: 'issue' }),
  rule('none', 1, 'No rule'),
];

export const nameOfRule = ({ id, version }: { readonly id: string; readonly version: number }): string => `${id}@${version}`;
export const findRule = (wanted: { readonly id: string; readonly version: number }): DeadlineRule | undefined =>
  DEADLINE_RULES.find((known) => nameOfRule(known) === nameOfRule(wanted));
