/** What a record may lack, and what is to be known of an event before anybody relies on it: codes, worded where they are printed. */

/** Of an order: what is not on record by an instant. The last two are of an account: a name of mixed scripts, and events without a file. */
export const GAPS = [
  'no_confirmation',
  'no_service',
  'no_list',
  'count_mismatch',
  'review_overdue',
  'never_declared_complete',
  'not_declared_complete',
  'look_alike_key',
  'without_file',
] as const;
export type GapCode = (typeof GAPS)[number];

/** The first cites an order that does not list its target, the second one that stands no more; the third restored what nothing on record had restricted. */
export const EVENT_NOTES = ['not_listed', 'cites_retracted_order', 'unmatched', 'sequence_contradicted', 'without_file'] as const;
export type EventNote = (typeof EVENT_NOTES)[number];
