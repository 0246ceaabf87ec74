/** An order's dossier as a report. */
import { presumptionParts } from './coverage.ts';
import type { StatusCount } from './due-forms.ts';
import { dueWords, dutyWords, ruleWords } from './due-words.ts';
import { saidOf } from './endings.ts';
import { figureWords } from './figure-text.ts';
import { extentOf, hourOf, recordedHour } from './hours.ts';
import {
  type Context,
  changeRows,
  gapLines,
  headOf,
  inRecordedOrder,
  knownLines,
  lineRow,
  type Report,
  statusAfterLine,
} from './report.ts';
import type { DossierForm } from './report-forms.ts';
import { partyName } from './said.ts';
import { kindWords } from './sentences.ts';
import { counted, safe } from './text.ts';
import { ACCOUNTS, CAVEAT, DEFINITION_WORDS, spoken, statusCountWords } from './words.ts';

export const dossierReport = (dossier: DossierForm): Report => {
  const { order, now, deadlines, steps, hasMore, gaps, validAt, zone, refs, sort } = dossier;
  const context: Context = { zone, refs: { ...refs, [order.id]: order.ref } };
  const countWords = (counts: readonly StatusCount[], at: string): readonly string[] => {
    const said = saidOf(dossier.steps, { order: order.id, at, hasMore });
    return counts.map((found) => statusCountWords(found, said));
  };
  const rows = steps.map((step) => lineRow(step, countWords(step.after, step.occurredAt.latest), context));
  // Of what many events say alike, the account's own trail has the corrections.
  const changes = steps.flatMap(({ events, first }) => (events === 1 ? changeRows(first, context) : []));
  return {
    title: `Dossier of order ${safe(order.ref)}${order.synthetic ? ' (SYNTHETIC: an illustration, no finding)' : ''}`,
    head: headOf(dossier, { report: 'order dossier', id: order.id, isSynthetic: order.synthetic }),
    facts: [
      ...instrumentFacts(order, zone),
      ...(deadlines === null ? [] : deadlineFacts(deadlines, dossier)),
      ...(now === null
        ? []
        : [
            [
              `${DEFINITION_WORDS.effective}, ${recordedHour(validAt, zone)}`,
              figureWords(now.effective, ACCOUNTS, [], unservedIn(dossier)),
            ] as const,
            [DEFINITION_WORDS.ever, figureWords(now.ever, ACCOUNTS, [], unservedIn(dossier))] as const,
            [
              `accounts at ${recordedHour(validAt, zone)}`,
              countWords(now.makeUp.statuses, validAt).join(' · ') || 'none on record',
            ] as const,
          ]),
    ],
    gaps: gapLines(gaps, { ...context, validAt }),
    rows: sort === 'recorded' ? inRecordedOrder([...rows, ...changes]) : rows,
    more: hasMore ? `More is on record: GET /v1/chronology?order=${order.id}&group=true` : undefined,
    footing: [
      ...knownLines(dossier, `${ACCOUNTS.many} under an order`),
      ...(now === null ? [] : presumptionParts(now, zone)),
      statusAfterLine(dossier),
      dossier.caveat,
      CAVEAT,
    ],
  };
};

type Order = DossierForm['order'];

/** 1 where a missing service alone is why nothing is counted. */
const unservedIn = ({ gaps, now }: DossierForm): number =>
  gaps.some(({ code }) => code === 'no_service') && now?.makeUp.statuses.every(({ status }) => status === 'not_yet_binding') ? 1 : 0;

const instrumentFacts = (order: Order, zone: string): Report['facts'] => {
  const { authority, requestedBy, addressee, legalBasis, grounds, demand, listed, statedTargetCount, expiresAt } = order;
  const places = Array.isArray(demand.territory) ? demand.territory.join(', ') : spoken(demand.territory.toLowerCase());
  return [
    ['issued', `${extentOf(order.issuedAt, zone)}: ${spoken(order.instrument)}, ${spoken(order.urgency)}`],
    [
      'by, to',
      `${partyName(authority)}${requestedBy ? ` (requested by ${partyName(requestedBy)})` : ''}, to ${partyName(addressee)} for ${safe(order.platform)}`,
    ],
    ['demands', `${spoken(demand.measure)}: ${safe(places)}`],
    ['legal basis', legalBasis.map(({ act, provision }) => `${safe(act)}, ${safe(provision)}`).join('; ') || 'none on record'],
    [
      'grounds',
      grounds
        .map(({ category, alleged }) => `${safe(spoken(category))}${alleged === undefined ? '' : `, alleged: ${safe(alleged)}`}`)
        .join('; ') || 'none on record',
    ],
    ['reasons recorded; confidential', `${spoken(order.reasonsRecorded)}; ${order.confidential ? 'yes' : 'no'}`],
    ...(expiresAt === undefined ? [] : [['expires', hourOf(expiresAt, zone)] as const]),
    [
      'listed',
      `${kindWords(listed.byKind) || 'nothing on record'}${statedTargetCount === undefined ? '' : `; the order states ${counted(statedTargetCount)}`}`,
    ],
  ];
};

/** Of what is listed with the order; and what the rule asks besides. */
const deadlineFacts = (
  { rule, due, lists, duties }: NonNullable<DossierForm['deadlines']>,
  { zone, validAt }: DossierForm,
): Report['facts'] => [
  ['goes by', ruleWords(rule)],
  [
    `time limit, at ${recordedHour(validAt, zone)}`,
    `${dueWords(due, zone)}${lists.length > 1 ? '; accounts that are due apart: npx ledger deadlines' : ''}`,
  ],
  ...lists.flatMap(({ statuses }) =>
    statuses.flatMap((found) => (found.timingOpen === undefined ? [] : [['in time or not', statusCountWords(found)] as const])),
  ),
  ...duties.map((duty) => ['owed besides', dutyWords(duty, zone)] as const),
];
