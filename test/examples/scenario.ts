/** Golden scenario S1 as far as the illustrative case goes: what comes out at each instant. Written down by hand, not computed. */

/** `[k, n, percent]`; `null` where there is no percentage. */
export type Expected = readonly [number, number, number] | null;
export type Row = {
  readonly at: string;
  readonly effective: { readonly O1: Expected; readonly O2: Expected; readonly total: Expected };
  readonly ever: { readonly O1: Expected; readonly total: Expected };
};

const first250 = [250, 257, 97.28] as const;
const none = [0, 257, 0] as const;
const row = (
  at: string,
  [O1, O2, total]: readonly [Expected, Expected, Expected],
  [ever1, everTotal]: readonly [Expected, Expected],
): Row => ({
  at: `2021-${at}:00+05:30`,
  effective: { O1, O2, total },
  ever: { O1: ever1, total: everTotal },
});

export const ROWS: readonly Row[] = [
  row('01-31T11:59', [null, null, null], [null, null]),
  row('02-01T13:59', [none, null, none], [none, none]),
  row('02-01T14:00', [first250, null, first250], [first250, first250]),
  row('02-01T19:49', [first250, null, first250], [first250, first250]),
  row('02-01T19:50', [none, null, none], [first250, first250]),
  row('02-01T20:00', [none, null, none], [first250, first250]),
  row(
    '02-05T10:00',
    [
      [3, 257, 1.17],
      [0, 1178, 0],
      [3, 1435, 0.21],
    ],
    [first250, [250, 1435, 17.42]],
  ),
  row(
    '02-10T12:19',
    [
      [126, 257, 49.03],
      [583, 1178, 49.49],
      [709, 1435, 49.41],
    ],
    [first250, [833, 1435, 58.05]],
  ),
  row(
    '02-12T09:00',
    [
      [220, 257, 85.6],
      [1178, 1178, 100],
      [1398, 1435, 97.42],
    ],
    [
      [257, 257, 100],
      [1435, 1435, 100],
    ],
  ),
];

/** Pairs by status, those with none left out; refusals after a restoration apart. */
type Tally = { readonly [status: string]: number };
export type MakeUpRow = { readonly at: string; readonly O1: Tally; readonly O2: Tally };

export const MAKE_UPS: readonly MakeUpRow[] = [
  { at: '2021-02-01T14:00:00+05:30', O1: { citing_order: 250, outstanding: 7 }, O2: { not_yet_binding: 1178 } },
  { at: '2021-02-05T10:00:00+05:30', O1: { platform_rules: 3, reversed_while_in_force: 247, outstanding: 7 }, O2: { outstanding: 1178 } },
  {
    at: '2021-02-10T12:19:00+05:30',
    O1: { citing_order: 123, platform_rules: 3, reversed_while_in_force: 87, 'reversed_while_in_force, declined': 37, outstanding: 7 },
    O2: { citing_order: 73, platform_rules: 510, outstanding: 595 },
  },
  {
    at: '2021-02-12T09:00:00+05:30',
    O1: { citing_order: 217, platform_rules: 3, 'reversed_while_in_force, declined': 37 },
    O2: { citing_order: 668, platform_rules: 510 },
  },
];
