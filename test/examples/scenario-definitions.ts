/** The golden scenario by all nine definitions: what comes out at each instant. Written down by hand, not computed. */
import type { Expected } from './scenario.ts';

/** `null`: no percentage, since nobody is counted. */
export type DefinitionRow = {
  readonly at: string;
  readonly citingOrder: Expected;
  readonly sustained: Expected;
  /** Percent, of the total. */
  readonly timeWeighted: number | null;
};

const first250 = [250, 257, 97.28] as const;
const none = [0, 257, 0] as const;

export const DEFINITION_ROWS: readonly DefinitionRow[] = [
  { at: '2021-01-31T11:59:00+05:30', citingOrder: null, sustained: null, timeWeighted: null },
  { at: '2021-02-01T13:59:00+05:30', citingOrder: none, sustained: none, timeWeighted: 0 },
  { at: '2021-02-01T14:00:00+05:30', citingOrder: first250, sustained: first250, timeWeighted: 0 },
  { at: '2021-02-01T19:49:00+05:30', citingOrder: first250, sustained: first250, timeWeighted: 17.78 },
  { at: '2021-02-01T19:50:00+05:30', citingOrder: none, sustained: none, timeWeighted: 17.83 },
  { at: '2021-02-01T20:00:00+05:30', citingOrder: none, sustained: none, timeWeighted: 17.73 },
  { at: '2021-02-05T10:00:00+05:30', citingOrder: [0, 1435, 0], sustained: [0, 1435, 0], timeWeighted: 2.59 },
  { at: '2021-02-10T12:19:00+05:30', citingOrder: [196, 1435, 13.66], sustained: [583, 1435, 40.63], timeWeighted: 1.49 },
  { at: '2021-02-12T09:00:00+05:30', citingOrder: [885, 1435, 61.67], sustained: [1185, 1435, 82.58], timeWeighted: 11.88 },
];

/** Within 36 hours, as an asker may want it: the orders set no number of hours. First restricted in effect at 26 h, or at 285 h; O2 at 142 and 189 h. */
export const WITHIN_36_HOURS: readonly { readonly at: string; readonly O1: Expected; readonly O2: Expected; readonly total: Expected }[] = [
  { at: '2021-02-01T20:00:00+05:30', O1: null, O2: null, total: null }, // 36 h after service is 1 February, midnight
  { at: '2021-02-04T12:00:00+05:30', O1: first250, O2: null, total: first250 },
  { at: '2021-02-12T09:00:00+05:30', O1: first250, O2: [0, 1178, 0], total: [250, 1435, 17.42] },
];

type Tally = { readonly [status: string]: number };
export const STATUS_ROWS: readonly { readonly at: string; readonly O1: Tally; readonly O2: Tally }[] = [
  { at: '2021-02-01T14:00:00+05:30', O1: { in_effect: 250, outstanding: 7 }, O2: { not_yet_binding: 1178 } },
  { at: '2021-02-05T10:00:00+05:30', O1: { in_effect: 3, reversed_while_in_force: 247, outstanding: 7 }, O2: { outstanding: 1178 } },
  {
    at: '2021-02-10T12:19:00+05:30',
    O1: { in_effect: 126, reversed_while_in_force: 124, outstanding: 7 },
    O2: { in_effect: 583, outstanding: 595 },
  },
  { at: '2021-02-12T09:00:00+05:30', O1: { in_effect: 220, reversed_while_in_force: 37 }, O2: { in_effect: 1178 } },
];

/** On 12 February, 09:00, the morning on which nearly 97 % is claimed. */
export const LAST_MORNING = {
  at: '2021-02-12T09:00:00+05:30',
  sustained: { O1: [7, 257, 2.72], O2: [1178, 1178, 100] },
  citingOrder: { O1: [217, 257, 84.44], O2: [668, 1178, 56.71] },
  /** Hours in effect, hours required, percent. */
  timeWeighted: { O1: [7_740.33, 73_245, 10.57], O2: [27_401, 222_642, 12.31], total: [35_141.33, 295_887, 11.88] },
  grounds: { citing_order: 885, platform_rules: 513 },
  columns: { legal_order: 885, platform_rules: 513, unstated: 0, no_action: 37, unknown: 0, undetermined: 0 },
  flags: { wider_than_order: 513, also_required_by: 0, restoration_due: 0 },
  refusedByClass: { news_media: 9, journalist: 9, activist: 10, politician: 9 },
  withHashtag: { effective: [1398, 1436, 97.35], anyRestriction: [1399, 1436, 97.42] },
} as const;
