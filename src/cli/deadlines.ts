/** `ledger deadlines`: what is due under orders, overdue or stopped, and what their authorities owe. */
import type { Command } from 'commander';
import { z } from 'zod';
import { DUE_PHASES, type DuePhase } from '../domain/deadlines/due.ts';
import { DUTY_STATES, type DutyState } from '../domain/deadlines/duties.ts';
import { STATUSES_READ } from '../domain/pairs/pair-state.ts';
import { durationOf, hourOf } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT, STATUS_WORDS, type Unit, unitOf } from '../wording/words.ts';
import type { Order } from './answers.ts';
import { type AskingOptions, askingAboutOrders, instantLine, instantMeant, orderHeading, titleOf, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import { orderNotes } from './order-notes.ts';
import type { Shell } from './shell.ts';
import { subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { folded } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

const count = z.int().min(0);
const Bounds = z.object({ earliest: z.string(), latest: z.string() });
const EventNamed = z.object({ event: z.string(), position: count });
const Due = z
  .object({
    setBy: z.array(z.union([z.literal('rule'), EventNamed])),
    at: Bounds.nullable(),
    leftMs: z.object({ earliest: count, latest: count }).nullable(),
    phases: z.array(z.enum(DUE_PHASES)),
    isReached: z.enum(['yes', 'possibly', 'no']),
  })
  .nullable();
type Due = z.infer<typeof Due>;
const OfOrder = z.object({
  order: z.string(),
  rule: z.object({
    id: z.string(),
    version: count,
    provision: z.string(),
    duration: z.string().optional(),
    unchecked: z.array(z.string()),
    reviewedBy: z.string().nullable(),
  }),
  due: Due,
  lists: z.array(
    z.object({
      binding: Bounds.nullable(),
      due: Due,
      pairs: count,
      statuses: z.array(z.object({ status: z.enum(STATUSES_READ), pairs: count })),
    }),
  ),
  listsMore: count,
  duties: z.array(
    z.object({ what: z.string(), provision: z.string(), state: z.enum(DUTY_STATES), by: Bounds.nullable(), events: z.array(EventNamed) }),
  ),
  flags: z.array(z.string()),
});
type OfOrder = z.infer<typeof OfOrder>;
const Deadlines = z.object({
  position: count,
  validAt: z.string(),
  kinds: z.array(z.string()),
  caveat: z.string(),
  orders: z.array(OfOrder),
});

type Options = AskingOptions & {
  readonly order?: readonly string[];
  readonly case?: string;
  readonly at?: string;
  readonly kinds?: string;
  readonly reportedBy?: string;
};

export const deadlinesCommand = (shell: Shell): Command =>
  askingAboutOrders('deadlines')
    .description(
      'what is due, overdue or stopped under orders, and what their authorities owe, by rules that nobody has confirmed unless it says so',
    )
    .option('--at <hour>', 'as for compliance (default: the end to which the record is complete, or now)')
    .option('--kinds <kinds>', 'which are counted, separated by commas (default: account,post,url)')
    .option('--reported-by <hour>', 'as published by then: without what all sources published later')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const { kinds, reportedBy, json } = options;
        const subjects = await subjectsOf(ledger, { order: options.order, case: options.case, known });
        const meant = instantMeant(options.at, subjects);
        const by = reportedBy === undefined ? undefined : instantFrom(reportedBy, subjects.zone);
        const orders = subjects.orders.map(({ id }) => id).join(',');
        const text = await asked(ledger, withPoint('/v1/deadlines', known?.position, { orders, at: meant.at, kinds, reportedBy: by }));
        if (json) return shell.print(text);
        const found = read(Deadlines, text);
        const unit = unitOf(found.kinds);
        shell.print(titleOf(subjects));
        shell.print(instantLine(meant, subjects.zone));
        shell.print(await recordedLine(ledger, found.position, subjects.zone, meant.at));
        if (by !== undefined) shell.print(`as published by ${hourOf(by, subjects.zone)}: without what all sources published later`);
        for (const order of subjects.orders) {
          const own = found.orders.find((one) => one.order === order.id);
          if (!own) continue;
          const lines = [...orderNotes(order, found.kinds), ...orderLines(own, { order, unit, zone: zoneOf(subjects, order) })];
          for (const line of ['', orderHeading(subjects, order), ...lines.map((one) => `  ${one}`)])
            for (const part of folded(line, shell.columns)) shell.print(part);
        }
        for (const line of ['', found.caveat, CAVEAT]) for (const part of folded(line, shell.columns)) shell.print(part);
      }),
    );

type About = { readonly order: Order; readonly unit: Unit; readonly zone: string };

const orderLines = ({ rule, due, lists, listsMore, duties, flags }: OfOrder, about: About): readonly string[] => [
  ruleWords(rule),
  ...(lists.length === 0
    ? [`${dueWords(due, about.zone)}; no list of the ${about.unit.many} is on record`]
    : lists.flatMap((list) => listLines(list, about))),
  ...(listsMore > 0 ? [`${counted(listsMore)} ${about.unit.many} of further lists: npx ledger pairs`] : []),
  ...(duties.length === 0 ? [] : ['Owed besides, as the rule says:']),
  ...duties.map((duty) => `  — ${dutyWords(duty, about.zone)}`),
  ...(flags.includes('review_overdue') ? ['Review overdue: no review is on record within its time. Nothing follows from that here.'] : []),
];

const ruleWords = ({ id, version, provision, unchecked, reviewedBy }: OfOrder['rule']): string => {
  const open = unchecked.length === 0 ? '' : `; unchecked: ${unchecked.map(safe).join('; ')}`;
  const by = reviewedBy === null ? 'confirmed by nobody' : `confirmed by ${safe(reviewedBy)}`;
  return `Rule ${safe(id)}@${version}, ${safe(provision)} (${by}${open})`;
};

const listLines = ({ binding, due, pairs, statuses }: OfOrder['lists'][number], { unit, zone }: About): readonly string[] => [
  `${counted(pairs)} ${pairs === 1 ? unit.one : unit.many}, ${binding === null ? 'not served' : `binding ${boundsWords(binding, zone)}`}: ${dueWords(due, zone)}`,
  ...statuses.map(({ status, pairs: many }) => `${counted(many).padStart(7)}  ${STATUS_WORDS[status]}`),
];

const PHASE_WORDS: { readonly [phase in DuePhase]: string } = {
  none: 'no time set',
  not_started: 'the clock has not started',
  running: 'the clock runs',
  stopped: 'the clock is stopped',
  stayed: 'the order is stayed, and the clock with it',
  reached: 'the time is over',
  ended: 'nothing is due any more',
};

/** `due 1 Feb 2021 14:00 IST, by the rule; the clock runs` */
const dueWords = (due: Due, zone: string): string => {
  if (due === null) return 'the order sets no number of hours; whether this was "immediate" is not decided here';
  const { at, leftMs, phases, setBy } = due;
  const by =
    setBy.length === 0
      ? ''
      : `, ${setBy.map((one) => (one === 'rule' ? 'by the rule' : `set by event ${counted(one.position)}`)).join(' or ')}`;
  const phase = phases.map((one) => PHASE_WORDS[one]).join(', or ');
  const left = leftMs === null ? '' : `; left: ${leftWords(leftMs)}`;
  return `${at === null ? '' : `due ${boundsWords(at, zone)}${by}; `}${phase}${left}`;
};

const leftWords = ({ earliest, latest }: { readonly earliest: number; readonly latest: number }): string =>
  earliest === latest ? durationOf(earliest) : `${durationOf(earliest)} to ${durationOf(latest)}`;

const boundsWords = ({ earliest, latest }: { readonly earliest: string; readonly latest: string }, zone: string): string =>
  earliest === latest ? hourOf(earliest, zone) : `at some instant from ${hourOf(earliest, zone)} to ${hourOf(latest, zone)}`;

const DUTY_WORDS: { readonly [state in DutyState]: string } = {
  met: 'on record in time',
  possibly_met: 'possibly in time: the sources leave the hour open',
  due: 'nothing on record yet',
  not_on_record: 'not on record by then',
  not_started: 'not yet due',
  ended: 'no longer: the order is over',
  not_reckoned: 'kept as data, no time is reckoned',
};

const dutyWords = ({ what, provision, state, by, events }: OfOrder['duties'][number], zone: string): string => {
  const until = by === null ? '' : `, by ${boundsWords(by, zone)}`;
  const shown =
    events.length === 0
      ? ''
      : ` (${events.length === 1 ? 'event' : 'events'} ${events.map(({ position }) => counted(position)).join(', ')})`;
  return `${safe(what)}${until}: ${DUTY_WORDS[state]}${shown}. ${safe(provision)}`;
};
