/**
 * The sheet to begin with: columns, rows that show how they are filled in, and the mapping that imports them. An invented case, marked as synthetic;
 * whoever uses it writes their own orders into the mapping and their own accounts into the rows.
 */
import type { JsonObject } from '../../domain/json.ts';

const SYSTEM = 'our sheet of accounts';
const ORDER = 'No. 1 of 2021';
const PLATFORM = 'birdsite.example';

/** `note` says how the column is filled in. */
export const TEMPLATE_COLUMNS = [
  {
    name: 'Account',
    note: `@name; the address of the profile only on a platform whose addresses are known (twitter.com), not on ${PLATFORM}`,
  },
  { name: 'Order', note: `the reference of the order, as the mapping has it: ${ORDER}` },
  { name: 'Listed', note: 'yes, if the order lists the account' },
  { name: 'Withheld at', note: '2021-02-01 14:00; a day alone if the hour is not known; blank if it was not withheld' },
  { name: 'Withheld in', note: 'country codes in capitals, IN or IN, PK' },
  { name: 'Restored at', note: 'as Withheld at' },
  { name: 'Why restored', note: 'own decision, order revoked, order stayed, appeal, error, settlement; blank if nobody says' },
  { name: 'Declined at', note: 'as Withheld at; blank if the platform did not decline' },
  { name: 'Grounds', note: 'why it declined; several with ; between them' },
  { name: 'Note', note: "the source's own words" },
] as const;

export const TEMPLATE_SHEET = 'Accounts';

/** Cells in the order of the columns; blank ones are empty. */
export const TEMPLATE_ROWS: readonly (readonly string[])[] = [
  ['@synthetic-one', ORDER, 'yes', '2021-02-01 14:00', 'IN', '2021-02-01 19:50', 'own decision', '', '', ''],
  ['@synthetic-two', ORDER, 'yes', '2021-02-01 14:00', 'IN', '', '', '', '', 'withheld as the order asks'],
  ['@synthetic-three', ORDER, 'yes', '', '', '', '', '2021-02-10', 'local law; fundamental right', ''],
  ['@synthetic-four', ORDER, 'yes', '', '', '', '', '', '', ''],
];

const account = { column: 'Account', as: 'target', platform: PLATFORM, kind: 'account' };
const order = { idOf: 'order', system: SYSTEM, id: { column: 'Order' } };
const theCase = { idOf: 'case', system: SYSTEM, id: 'case' };
/** What the platform did is known from what it said; whoever saw it done, or has it from elsewhere, says so here. */
const reported = { assertion: 'platform_report', sources: [{ name: 'Letter of Birdsite (invented)' }] };
const said = { column: 'Note', optional: true };

export const TEMPLATE_MAPPING: JsonObject = {
  mapping: 1,
  name: 'Accounts of one order',
  note: 'An invented case to begin with. Write your own case and orders under "before", take "synthetic" out, and fill the sheet in. Must be your own: externalId of the case and of each order, the same wherever idOf cites them; title, ref, statedTargetCount, confidential, assertion (direct_record: you did it or saw it; platform_report: the platform says so, in the source named beside it).',
  file: { format: 'csv' },
  zone: 'Asia/Kolkata',
  dates: 'iso',
  common: { assertion: 'direct_record', synthetic: true },
  vocabularies: {
    'yes or no': { yes: true, no: false },
    reasons: {
      'own decision': 'own_decision',
      'order revoked': 'order_revoked',
      'order stayed': 'order_stayed',
      appeal: 'appeal_upheld',
      error: 'error',
      settlement: 'settlement',
    },
    grounds: {
      'local law': 'inconsistent_with_local_law',
      'fundamental right': 'fundamental_right',
      'own principles': 'platform_principles',
      disproportionate: 'disproportionate',
      'no reasons': 'lacks_reasons',
      'no jurisdiction': 'no_jurisdiction',
      'not found': 'target_not_found',
      other: 'other',
    },
  },
  before: [
    {
      name: 'case',
      event: 'CaseOpened',
      fields: {
        externalId: { system: SYSTEM, id: 'case' },
        title: 'An invented order, to begin with',
        zone: 'Asia/Kolkata',
        occurredAt: { at: '2021-01-31T11:00', zone: 'Asia/Kolkata' },
      },
    },
    {
      name: 'order',
      event: 'OrderIssued',
      fields: {
        externalId: { system: SYSTEM, id: ORDER },
        caseId: theCase,
        ref: ORDER,
        instrument: 'direction',
        authority: { name: 'Ministry', country: 'IN' },
        addressee: { organisation: 'Birdsite' },
        platform: PLATFORM,
        legalBasis: [{ act: 'Information Technology Act 2000', provision: 's. 69A' }],
        grounds: [],
        reasonsRecorded: 'unstated',
        urgency: 'ordinary',
        demand: { measure: 'disable_access', territory: ['IN'] },
        statedTargetCount: 4,
        deadlineRule: { id: 'none', version: 1 },
        confidential: false,
        occurredAt: { at: '2021-01-31T12:00', zone: 'Asia/Kolkata' },
      },
    },
    {
      name: 'service',
      event: 'OrderServed',
      fields: {
        order: { idOf: 'order', system: SYSTEM, id: ORDER },
        channel: 'e-mail',
        occurredAt: { at: '2021-01-31T12:00', zone: 'Asia/Kolkata' },
      },
    },
  ],
  rows: [
    {
      name: 'listed',
      event: 'TargetListed',
      when: { column: 'Listed', vocabulary: 'yes or no', is: true },
      fields: { target: account, order },
    },
    {
      name: 'withheld',
      event: 'TargetWithheld',
      when: { column: 'Withheld at', blank: false },
      fields: {
        ...reported,
        target: account,
        orders: [order],
        territory: { column: 'Withheld in', as: 'territory' },
        basis: 'legal_order',
        occurredAt: { column: 'Withheld at', as: 'time' },
        text: said,
      },
    },
    {
      name: 'restored',
      event: 'TargetReinstated',
      when: { column: 'Restored at', blank: false },
      fields: {
        ...reported,
        target: account,
        orders: [],
        reason: { column: 'Why restored', vocabulary: 'reasons', default: 'unstated' },
        occurredAt: { column: 'Restored at', as: 'time' },
      },
    },
    {
      name: 'declined',
      event: 'TargetDeclined',
      when: { column: 'Declined at', blank: false },
      fields: {
        ...reported,
        target: account,
        orders: [order],
        grounds: { column: 'Grounds', vocabulary: 'grounds', list: ';', optional: true },
        occurredAt: { column: 'Declined at', as: 'time' },
        text: said,
      },
    },
  ],
};
