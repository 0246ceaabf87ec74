/** The golden scenario's 1,435 accounts as somebody kept them: one sheet, one row an account, with what real sheets have in them. */
import writeExcelFile from 'write-excel-file/node';
import { accountIn } from './imports.ts';

/** As the case that ships has them, so that the orders have its ids. */
const SYSTEM = 'meity-twitter-2021/illustrative';
const order = { idOf: 'order', system: SYSTEM, id: { column: 'Order', vocabulary: 'orders' } };
const at = (clock: string) => ({ at: `2021-${clock}`, zone: 'Asia/Kolkata' });
const time = (column: string) => ({ column, as: 'time' });
const filled = (column: string) => ({ column, blank: false });

const opening = (name: string, occurredAt: object, ref: string, said: object) => ({
  name,
  event: 'OrderIssued',
  fields: {
    ...{ externalId: { system: SYSTEM, id: ref }, caseId: { idOf: 'case', system: SYSTEM, id: 'case' }, ref, occurredAt },
    ...{ authority: { organisation: 'Example Ministry' }, addressee: { organisation: 'Birdsite' }, platform: 'birdsite.example' },
    ...{ legalBasis: [], grounds: [], reasonsRecorded: 'unstated', confidential: true },
    ...{ demand: { measure: 'disable_access', territory: ['IN'] } },
    ...said,
  },
});
const named = (ref: string) => ({ idOf: 'order', system: SYSTEM, id: ref });
const said = (name: string, event: string, fields: object) => ({ name, event, fields });

export const MESSY_MAPPING = {
  mapping: 1,
  name: 'Accounts of two orders',
  file: { format: 'xlsx', sheet: 'Accounts', headerRow: 2 },
  zone: 'Asia/Kolkata',
  dates: 'day-month-year',
  common: { assertion: 'direct_record', synthetic: true },
  vocabularies: {
    orders: { 'order 1': 'O1', 'order 2': 'O2' },
    classes: { press: 'news_media', journalist: 'journalist', activist: 'activist', politician: 'politician' },
  },
  before: [
    said('case', 'CaseOpened', {
      ...{ externalId: { system: SYSTEM, id: 'case' }, title: 'Two orders', zone: 'Asia/Kolkata', occurredAt: at('01-31T11:00') },
    }),
    opening('O1', at('01-31T12:00'), 'O1', {
      ...{
        instrument: 'interim_direction',
        urgency: 'emergency',
        statedTargetCount: 257,
        deadlineRule: { id: 'in-s69a-emergency', version: 1 },
      },
    }),
    opening('O2', at('02-04T12:00'), 'O2', {
      ...{ instrument: 'direction', urgency: 'ordinary', statedTargetCount: 1178, deadlineRule: { id: 'in-s69a-ordinary', version: 1 } },
    }),
    said('O1 served', 'OrderServed', { order: named('O1'), channel: 'email', occurredAt: at('01-31T12:00') }),
    said('O2 served', 'OrderServed', { order: named('O2'), channel: 'email', occurredAt: at('02-04T12:00') }),
    ...(['O1', 'O2'] as const).map((ref) =>
      said(`${ref} covered`, 'CoverageDeclared', {
        ...{ order: named(ref), from: ref === 'O1' ? '2021-01-31T12:00:00+05:30' : '2021-02-04T12:00:00+05:30' },
        ...{ to: '2021-02-13T00:00:00+05:30', completeness: 'complete', by: { organisation: 'Birdsite' }, occurredAt: at('02-13T00:00') },
      }),
    ),
  ],
  rows: [
    { name: 'listed', event: 'TargetListed', fields: { target: accountIn('Account'), order } },
    {
      ...{ name: 'first withheld', event: 'TargetWithheld', when: filled('First withheld') },
      fields: {
        target: accountIn('Account'),
        orders: [order],
        territory: ['IN'],
        basis: 'legal_order',
        occurredAt: time('First withheld'),
      },
    },
    {
      ...{ name: 'restored', event: 'TargetReinstated', when: filled('Restored') },
      fields: { target: accountIn('Account'), orders: [], reason: 'own_decision', occurredAt: time('Restored') },
    },
    {
      ...{ name: 'suspended', event: 'TargetBlocked', when: filled('Suspended') },
      fields: {
        ...{ target: accountIn('Account'), orders: [], measure: 'suspended', permanent: true, basis: 'platform_rules' },
        occurredAt: time('Suspended'),
      },
    },
    {
      ...{ name: 'withheld', event: 'TargetWithheld', when: filled('Withheld') },
      fields: { target: accountIn('Account'), orders: [order], territory: ['IN'], basis: 'legal_order', occurredAt: time('Withheld') },
    },
    {
      ...{ name: 'declined', event: 'TargetDeclined', when: filled('Declined') },
      fields: {
        ...{ target: accountIn('Account'), orders: [order], grounds: ['inconsistent_with_local_law', 'fundamental_right'] },
        ...{ classes: [{ class: { column: 'Class', vocabulary: 'classes' }, assertedBy: 'platform' }], occurredAt: time('Declined') },
      },
    },
  ],
};

const COLUMNS = ['Order', 'Account', 'First withheld', 'Restored', 'Suspended', 'Withheld', 'Declined', 'Class', 'Our remarks'];
type Line = readonly (string | Date | null)[];

/** Every third a date cell, the others written as people do. */
const written = (n: number, clock: string | undefined): string | Date | null => {
  if (clock === undefined) return null;
  const [month = '', day = '', hour = ''] = clock.split(/[- ]/);
  if (n % 3 === 0) return new Date(`2021-${month}-${day}T${hour}:00Z`);
  return n % 3 === 1 ? `${day}/${month}/2021 ${hour}` : ` ${day}.${month}.2021 ${hour}\u00a0`;
};
const account = (n: number, key: string): string => [`@${key}`, ` ${key} `, `\u00a0@${key.toUpperCase()}`, key][n % 4] ?? key;
const classOf = (n: number): string => (n < 223 ? 'Press' : n < 232 ? ' journalist' : n < 242 ? 'Activist ' : 'POLITICIAN');

const lineOfOrderOne = (n: number): Line => {
  const withheld = n >= 4 && n <= 126 ? '02-10 10:00' : (n >= 127 && n <= 213) || n >= 251 ? '02-12 09:00' : undefined;
  const isDeclined = n >= 214 && n <= 250;
  return [
    n % 2 === 0 ? 'Order 1' : 'order  1 ',
    account(n, `synthetic-o1-${String(n).padStart(3, '0')}`),
    written(n, n <= 250 ? '02-01 14:00' : undefined),
    written(n, n <= 250 ? '02-01 19:50' : undefined),
    written(n, n <= 3 ? '02-05 10:00' : undefined),
    written(n, withheld),
    written(n, isDeclined ? '02-10 10:00' : undefined),
    isDeclined ? classOf(n) : null,
    n === 17 ? '=looks like a formula, and is text' : null,
  ];
};
const lineOfOrderTwo = (n: number): Line => [
  ...['Order 2', account(n, `synthetic-o2-${String(n).padStart(4, '0')}`), null, null],
  written(n, n <= 510 ? '02-10 10:00' : undefined),
  written(n, n > 583 ? '02-12 09:00' : n > 510 ? '02-10 10:00' : undefined),
  ...[null, null, null],
];

export const LINES: readonly Line[] = [
  ...Array.from({ length: 257 }, (_, place) => lineOfOrderOne(place + 1)),
  ...Array.from({ length: 1_178 }, (_, place) => lineOfOrderTwo(place + 1)),
];

/** A title above the names of the columns, blank rows, and the names once more where a page ended. */
export const workbookOf = async (lines: readonly Line[]): Promise<Uint8Array> => {
  const text = (value: string) => ({ type: String, value });
  const names = COLUMNS.map((name, place) => text(place === 1 ? `${name} ` : name));
  const body = lines.flatMap((line, place) => {
    const cells = line.map((value) =>
      value === null ? null : value instanceof Date ? { type: Date, value, format: 'dd/mm/yyyy hh:mm' } : text(value),
    );
    return place % 500 === 499 ? [cells, COLUMNS.map(() => null), names] : [cells];
  });
  const title = [text('Accounts, as kept by our desk'), ...COLUMNS.slice(1).map(() => null)];
  return writeExcelFile([title, names, ...body], { sheet: 'Accounts' }).toBuffer();
};
