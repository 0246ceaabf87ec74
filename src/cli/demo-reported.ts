/** The demo's screen of the reported case, made from answers alone: what is on record, who said it, and what is not on record. No verdict on any of it. */

import { claimed, claimedBy } from '../wording/claim-words.ts';
import { figureWords } from '../wording/figure-text.ts';
import { partsText, sourcesParts } from '../wording/grounds.ts';
import { type Extent, extentOf, zoneNote } from '../wording/hours.ts';
import { objectsIn, partyIn, partyName, type Says, textIn } from '../wording/said.ts';
import { classesOf, extentIn, sentence } from '../wording/sentences.ts';
import { partsAt, unservedOf } from '../wording/standing.ts';
import { counted, safe } from '../wording/text.ts';
import { ASSERTION_WORDS, CAVEAT, spoken, unitOf } from '../wording/words.ts';
import { type Entry, type Order, totalOf } from './answers.ts';
import type { ReportedAnswers } from './demo-reported-answers.ts';
import { footingParts } from './figure-lines.ts';
import { wrapped } from './terminal.ts';
import { refsOf } from './timeline.ts';

export const reportedScreen = (found: ReportedAnswers, columns: number): readonly string[] =>
  [
    ...heading(found),
    '',
    ...found.subjects.orders.flatMap((order) => [...orderLines(found, order), '']),
    ...totalLines(found),
    '',
    'ACTS, as reported',
    ...byTime(found, found.entries.filter(isAct), entryWords),
    '',
    'MEETINGS, as reported',
    ...byTime(found, ofTypes(found, ['MeetingHeld']), meetingWords),
    '',
    `STATEMENTS, as reported: ${counted(ofTypes(found, ['StatementMade']).length)}, in the timeline`,
    '',
    ...claimLines(found),
    '',
    ...lacking(found),
    '',
    ...footing(found),
    CAVEAT,
  ].flatMap((line) => fitted(line, columns));

/** A long line goes on two spaces further in than it began. */
const fitted = (line: string, columns: number): readonly string[] => {
  const [lead = ''] = /^ */.exec(line) ?? [];
  return wrapped(line.slice(lead.length), columns - lead.length, '  ').map((text) => lead + text);
};

const heading = ({ title, entries, subjects: { zone } }: ReportedAnswers): readonly string[] => {
  const assertions = [...new Set(entries.map(({ assertion }) => ASSERTION_WORDS[assertion] ?? safe(assertion)))];
  return [
    'ENFORCEMENT LEDGER demo     REAL REPORTS: what others stated, not findings',
    `${safe(title)}     hours in ${zoneNote(zone, entries[0]?.occurredAt.earliest ?? '')}`,
    `${counted(entries.length)} events, each resting on: ${assertions.join(', ')}; its sources stand behind the dash`,
  ];
};

// ---- What happened when, on what sources

type Words = (found: ReportedAnswers, entry: Entry) => string;

/** What is reported of one time stands together under it. */
const byTime = (found: ReportedAnswers, entries: readonly Entry[], words: Words): readonly string[] => {
  const { zone } = found.subjects;
  return [...Map.groupBy(entries, ({ occurredAt }) => extentOf(occurredAt, zone))].flatMap(([when, together]) => [
    `  ${when}`,
    ...together.map((entry) => `    ${words(found, entry)}${sourced(entry, zone)}`),
  ]);
};

/** Behind a dash; who published a claim that nobody else reports has been named. */
const sourced = ({ says, sources = [] }: Entry, zone: string): string => {
  const words = partsText(sourcesParts(sources, zone));
  return says['claimant'] !== undefined && words === claimedBy(says) ? '' : ` — ${words}`;
};

const ofTypes = ({ entries }: ReportedAnswers, types: readonly string[]): readonly Entry[] =>
  entries.filter(({ type }) => types.includes(type));

const isAct = ({ type, target }: Entry): boolean => target !== undefined && type !== 'TargetListed';

const entryWords: Words = ({ subjects: { orders, zone } }, entry) => {
  const { type, says, target } = entry;
  return sentence({
    type,
    says,
    orders: refsOf(entry.orders, orders),
    whom: safe(target?.verbatim ?? ''),
    classes: classesOf(entry),
    zone,
  });
};

const meetingWords: Words = (found, entry) =>
  `${entryWords(found, entry)}: ${[...new Set(objectsIn(entry.says, 'participants').map(partyName))].join(', ')}`;

// ---- Orders

const OF_ORDERS = ['OrderIssued', 'OrderServed', 'TargetListed', 'NoticeServed', 'OrderAnswered'];

const orderLines = (found: ReportedAnswers, order: Order): readonly string[] => {
  const { state } = found;
  const figures = state.orders.find(({ order: id }) => id === order.id);
  const states = order.statedTargetCount === undefined ? 'states no number' : `states ${counted(order.statedTargetCount)}`;
  const own = ofTypes(found, OF_ORDERS).filter(({ orders }) => orders.includes(order.id));
  return [
    `ORDER ${safe(order.ref)}, as reported: ${states}`,
    ...byTime(found, own, orderWords),
    ...(figures
      ? [`  compliance: ${figureWords(figures.effective, unitOf(state.kinds), [], unservedOf(partsAt([order], [figures], state.validAt)))}`]
      : []),
  ];
};

const orderWords: Words = (found, entry) => `${entryWords(found, entry)}${entry.type === 'OrderIssued' ? issueWords(entry.says) : ''}`;

/** `; interim direction, emergency, under s. 69A Act, at the request of P; alleged: …`: what is alleged is not said to be so. */
const issueWords = (says: Says): string => {
  const laws = objectsIn(says, 'legalBasis').map((law) => `${safe(textIn(law, 'provision') ?? '')} ${safe(textIn(law, 'act') ?? '')}`);
  const alleged = objectsIn(says, 'grounds').flatMap((ground) => textIn(ground, 'alleged') ?? []);
  return [
    `; ${safe(spoken(textIn(says, 'instrument') ?? ''))}${says['urgency'] === 'emergency' ? ', emergency' : ''}`,
    laws.length === 0 ? '' : `, under ${laws.join(', ')}`,
    says['requestedBy'] === undefined ? '' : `, at the request of ${partyIn(says, 'requestedBy')}`,
    alleged.length === 0 ? '' : `; alleged: ${alleged.map(safe).join(', ')}`,
  ].join('');
};

const totalLines = ({ state, subjects: { orders } }: ReportedAnswers): readonly string[] => {
  const isWithout = (order: Order): boolean =>
    state.orders.some(({ order: id, effective }) => id === order.id && effective.reason === 'no_target_list');
  const withoutList = orders.filter(isWithout).map(({ ref }) => safe(ref));
  const unserved = unservedOf(partsAt(orders, state.orders, state.validAt));
  const words = figureWords(totalOf(state).effective, unitOf(state.kinds), withoutList, unserved);
  return [`ALL ${orders.length} ORDERS`, `  compliance: ${words}`];
};

// ---- Claims

/** As they stand, in the order of their publication. */
const claimLines = (found: ReportedAnswers): readonly string[] => {
  const claims = ofTypes(found, ['ClaimRecorded']);
  return [
    `CLAIMS, as published and by time of publication: ${counted(claims.length)} figures of others, none of this ledger`,
    '  (where no source stands behind a dash, it is whoever is named first)',
    ...byTime(found, claims, claimWords),
  ];
};

const claimWords: Words = ({ subjects: { orders, zone } }, { says, orders: named, occurredAt }) => {
  const asOf = extentIn(says, 'asOf');
  const otherTime = asOf && isSame(asOf, occurredAt) ? undefined : asOf;
  return `${claimedBy(says)}: ${claimed(says, refsOf(named, orders).join(', '), zone, otherTime)}`;
};
const isSame = (a: Extent, b: Extent): boolean => a.earliest === b.earliest && a.latest === b.latest;

// ---- What there is none of

const lacking = ({ subjects: { orders }, entries, state: { kinds } }: ReportedAnswers): readonly string[] => {
  const { many, one } = unitOf(kinds);
  const lacked = [
    { what: 'service of the order', by: ({ receipts }: Order) => receipts.length === 0 },
    { what: `a list of the ${many}`, by: ({ listed }: Order) => kinds.every((kind) => (listed.byKind[kind] ?? 0) === 0) },
    { what: 'a declaration that the record is complete', by: ({ coveredTo }: Order) => coveredTo === null },
  ].map(({ what, by }) => ({ what, refs: orders.filter(by).map(({ ref }) => safe(ref)) }));
  const isActOnOne = (entry: Entry): boolean => isAct(entry) && kinds.includes(entry.target?.kind ?? '');
  return [
    'NOT ON RECORD',
    ...lacked.filter(({ refs }) => refs.length > 0).map(({ what, refs }) => `  ${what}: ${refs.join(', ')}`),
    ...(entries.some(isActOnOne) ? [] : [`  what was done about any one ${one}`]),
  ];
};

const footing = ({ state, subjects: { zone }, recordedAt }: ReportedAnswers): readonly string[] =>
  footingParts({ unit: unitOf(state.kinds), validAt: state.validAt, zone, position: state.position, recordedAt }, totalOf(state));
