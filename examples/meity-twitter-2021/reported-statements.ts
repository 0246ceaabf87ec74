/** Meetings as reported, and what was said in them and beside them. Each statement is its speaker's, in our words. */
import { idOfExternal } from '../../src/domain/ids.ts';
import { BLOG, BLOG_REPORTS } from './reported-orders.ts';
import {
  BOTH_ORDERS,
  days,
  external,
  hashtag,
  IDN,
  ministry,
  on,
  paraphrased,
  partOf,
  platform,
  REPORTED_CASE_ID,
  REPORTED_ORDER_1,
  reportedIn,
  request,
} from './reported-terms.ts';

// ---- Meetings

export const committee = request('committee', '/v1/meetings', {
  externalId: external('committee'),
  caseId: REPORTED_CASE_ID,
  orders: [REPORTED_ORDER_1],
  participants: [{ role: 'review committee' }, { ...platform, role: 'lawyer' }],
  mode: 'unstated',
  purpose: 'review_committee',
  occurredAt: on('2021-02-01'),
  ...reportedIn('Sun News', 'Odisha Bytes'),
  text: paraphrased('the order stood'),
});

const secretary = { ...ministry, name: 'Ajay Sawhney', role: 'IT secretary' };
const DIALOGUE = 'dialogue';

export const dialogue = request(DIALOGUE, '/v1/meetings', {
  externalId: external(DIALOGUE),
  caseId: REPORTED_CASE_ID,
  orders: BOTH_ORDERS,
  participants: [secretary, { ...platform, name: 'Monique Meche' }, { ...platform, name: 'Jim Baker' }],
  mode: 'virtual',
  purpose: 'dialogue',
  occurredAt: partOf('2021-02-10', 'evening'),
  ...reportedIn(IDN, 'The Quint'),
});

// ---- Statements

type Said = { readonly kind: string; readonly summary: string; readonly speaker?: object; readonly [field: string]: unknown };

const statement = (key: string, sources: readonly string[], said: Said) => ({
  externalId: external(`statement ${key}`),
  caseId: REPORTED_CASE_ID,
  medium: 'unstated',
  orders: [],
  ...reportedIn(...sources),
  ...said,
});

const before = [
  statement('red-fort', [IDN], {
    kind: 'context',
    speaker: { organisation: IDN },
    summary: 'There was a disturbance at the Red Fort.',
    occurredAt: on('2021-01-26'),
  }),
  statement('restored', ['Sun News', 'The Quint'], {
    kind: 'reason',
    speaker: platform,
    orders: [REPORTED_ORDER_1],
    summary: 'What was withheld is restored, for the sake of free speech and as news.',
    occurredAt: partOf('2021-02-01', 'evening'),
  }),
  statement('dialogue-asked', ['Mint', 'Moneycontrol'], {
    kind: 'statement',
    speaker: platform,
    summary: 'Asks for a formal dialogue, and speaks of the safety of its staff.',
    occurredAt: days('2021-02-08', '2021-02-09'),
  }),
  statement('obeyed-for-a-time', BLOG_REPORTS, {
    kind: 'reason',
    speaker: platform,
    medium: 'blog',
    summary: 'Emergency orders were obeyed for a time; a hashtag is kept from trends.',
    occurredAt: BLOG,
  }),
];

/** `blog`: the event that the ministry speaks after. */
const unusual = (blog: string) =>
  statement('unusual', ['Moneycontrol'], {
    kind: 'criticism',
    speaker: ministry,
    summary: 'To publish before the meeting is "unusual".',
    occurredAt: on('2021-02-10'),
    follows: [blog],
  });

/** Made when the meeting was held: the ledger takes its time from there. */
const inMeeting = (key: string, said: Omit<Said, 'speaker'> & { readonly kind: string; readonly summary: string }) =>
  statement(key, [IDN], {
    speaker: secretary,
    addressee: platform,
    medium: 'oral',
    orders: BOTH_ORDERS,
    meetingId: idOfExternal('meeting', external(DIALOGUE)),
    ...said,
  });

const meeting = [
  inMeeting('not-complied', { kind: 'non_compliance_alleged', summary: 'The orders were not complied with as they should have been.' }),
  inMeeting('late', { kind: 'assessment', summary: 'What was done was done late and reluctantly.', level: '"substantial parts"' }),
  inMeeting('treatment', {
    kind: 'concern',
    summary: 'Comparable events are treated differently.',
    comparators: ['Capitol Hill', 'Red Fort'],
  }),
  inMeeting('orders-bind', { kind: 'legal_position', summary: 'Orders bind every business.' }),
  inMeeting('speech', { kind: 'legal_position', summary: 'Speech may be reasonably restricted.' }),
  inMeeting('undertaking', { kind: 'undertaking_requested', summary: 'An undertaking is asked of the platform.', outcome: 'open' }),
];

/** Whose words they are is the government's; which of its officers spoke is not on record. */
const government = { description: 'the government side' };

const after = [
  statement('anonymous-accounts', [IDN], {
    kind: 'criticism',
    speaker: government,
    summary: 'Objects to anonymous and automated accounts.',
    occurredAt: on('2021-02-10'),
  }),
  statement('hashtag', [IDN], {
    kind: 'criticism',
    speaker: government,
    targets: [hashtag],
    summary: 'The hashtag is no free expression.',
    occurredAt: on('2021-02-10'),
  }),
  statement('rajya-sabha', ['PTI via Republic World'], {
    kind: 'legal_position',
    speaker: { role: 'the minister, in the Rajya Sabha' },
    medium: 'oral',
    summary: 'Platforms have to follow Indian law.',
    occurredAt: on('2021-02-11'),
  }),
  statement('comment-sought', [IDN], {
    kind: 'comment_sought',
    speaker: { organisation: IDN },
    addressee: platform,
    summary: 'A comment on the figures is sought: neither denial nor assent.',
    outcome: 'unavailable',
    occurredAt: on('2021-02-12'),
  }),
];

// ---- Later

const JUNE = days('2022-06-26', '2022-06-27');
const ofJune = [
  statement('80-blocked', ['Manalokam'], {
    kind: 'statement',
    speaker: platform,
    summary: 'Lists more than 80 items as blocked; of what kind, is not told.',
    occurredAt: JUNE,
  }),
  statement('last-date', ['Manalokam'], {
    kind: 'statement',
    speaker: ministry,
    addressee: platform,
    summary: 'A notice names 4 July 2022 as the last date.',
    occurredAt: JUNE,
  }),
];

const COURT_REPORTS = ['NDTV', 'Deccan Herald', 'The New Indian Express', 'LiveLaw'];

const court = (key: string, occurredAt: object, summary: string) =>
  statement(`court-${key}`, COURT_REPORTS, { kind: 'court_direction', speaker: { role: 'the court' }, occurredAt, summary });

/** About ten orders later than the two of this case, which are not recorded: so none is cited. */
const courts = [
  court('petition', on('2022-07'), 'Registers writ petition 13710/2022 of the platform, about ten later orders.'),
  court('dismissed', on('2023-06-30'), 'Dismisses writ petition 13710/2022, with costs.'),
  court('stay', on('2023-08-10'), 'On appeal, stays what was decided, on condition of a deposit.'),
  court('last-chance', on('2023-08-24'), 'On appeal, gives the platform a last chance to show compliance.'),
  court('admitted', on('2023-10-04'), 'Admits the appeal.'),
];

/** `blog`: the answer in which the platform published what it did. */
export const statements = ({ blog }: { readonly blog: string }) =>
  request('statements', '/v1/statements', { rows: [...before, unusual(blog), ...meeting, ...after, ...ofJune, ...courts] });
