/** What all events of the reported case have in common: that others report it, which orders and whom it is about, and how their times are written. */
import { idOfExternal } from '../../src/domain/ids.ts';
import type { CaseRequest } from './case-request.ts';

const SYSTEM = 'meity-twitter-2021/reported';
export const external = (id: string) => ({ system: SYSTEM, id });

export const ZONE = 'Asia/Kolkata';
export const PLATFORM = 'twitter.com';
export const REPORTED_CASE_ID = idOfExternal('case', external('case'));
/** Our names: no source has a number of an order. */
export const [REF_1, REF_2] = ['R1', 'R2'] as const;
export const REPORTED_ORDER_1 = idOfExternal('order', external(REF_1));
export const REPORTED_ORDER_2 = idOfExternal('order', external(REF_2));
export const BOTH_ORDERS = [REPORTED_ORDER_1, REPORTED_ORDER_2];

export const ministry = { organisation: 'Ministry of Electronics and Information Technology' };
export const platform = { organisation: 'Twitter' };
export const hashtag = { platform: PLATFORM, kind: 'hashtag', verbatim: '#ModiPlanningFarmerGenocide' };

export const request = (key: string, path: string, body: object): CaseRequest => ({
  method: 'POST',
  path,
  body,
  idempotencyKey: `reported.${key}`,
});

// ---- Sources

export const IDN = 'Indian Defence News';
type Source = { readonly name: string; readonly publishedAt: object };

/** A source has a date of publication only where one is on record: without it, it counts as published at any time. */
export const reportedIn = (...sources: readonly (string | Source)[]) => ({
  assertion: 'third_party_report',
  synthetic: false,
  sources: sources.map((source) => (typeof source === 'string' ? { name: source } : source)),
});

/** Nothing is copied but a few words in quotation marks. */
export const paraphrased = (words: string): string => `[paraphrased] ${words}`;

// ---- Times

/** A day, or a month of which no more is said. */
export const on = (date: string) => ({ date, zone: ZONE });
export const partOf = (date: string, part: string, to = part) => ({ date, part, to, zone: ZONE });
/** From the start of the first day to the end of the last; `text` where sources say different days. */
export const days = (first: string, last: string, text?: string) => ({
  earliest: `${first}T00:00`,
  latest: `${last}T23:59:59.999`,
  zone: ZONE,
  ...(text !== undefined && { text }),
});
