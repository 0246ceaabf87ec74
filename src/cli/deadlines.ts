/** `ledger deadlines`: what is due under orders, overdue or stopped, and what their authorities owe. */
import type { Command } from 'commander';
import { z } from 'zod';
import { reachParts } from '../wording/coverage.ts';
import { DeadlinesOfOrder } from '../wording/due-forms.ts';
import { dueWords, dutyWords, owedHeading, ruleWords, withinWords } from '../wording/due-words.ts';
import { PUBLISHED_WORDS, publishedByWords } from '../wording/published.ts';
import { counted } from '../wording/text.ts';
import { CAVEAT, countedWords, NOT_ASKED, type OrderSaid, type Unit, unitOf } from '../wording/words.ts';
import type { Order } from './answers.ts';
import { type AskingOptions, askingAboutOrders, instantLine, instantMeant, orderHeading, titleOf, withLedger } from './asking.ts';
import { asked, type Ledger, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import { endingOf, type Moment, orderNotes, refusalsOf } from './order-notes.ts';
import type { Shell } from './shell.ts';
import { subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { folded } from './terminal.ts';
import { instantFrom } from './typed-hours.ts';

const Deadlines = z.object({
  position: z.int(),
  validAt: z.string(),
  kinds: z.array(z.string()),
  caveat: z.string(),
  orders: z.array(DeadlinesOfOrder),
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
    .option('--reported-by <hour>', `as published by then: ${PUBLISHED_WORDS}`)
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
        if (by !== undefined) for (const part of folded(publishedByWords(by, subjects.zone), shell.columns)) shell.print(part);
        for (const order of subjects.orders) {
          const own = found.orders.find((one) => one.order === order.id);
          if (!own) continue;
          const said = by === undefined ? await saidOf(ledger, own, { at: meant.at, position: found.position }) : NOT_ASKED;
          const lines = [...orderNotes(order, found.kinds), ...orderLines(own, { order, unit, zone: zoneOf(subjects, order), said })];
          for (const line of ['', orderHeading(subjects, order), ...lines.map((one) => `  ${one}`)])
            for (const part of folded(line, shell.columns)) shell.print(part);
        }
        for (const line of ['', found.caveat, CAVEAT]) for (const part of folded(line, shell.columns)) shell.print(part);
      }),
    );

type About = { readonly order: Order; readonly unit: Unit; readonly zone: string; readonly said: OrderSaid };

/** How accounts ceased to be restricted, and whether refusals name grounds: asked where a count is in question. */
const saidOf = async (ledger: Ledger, { order, lists }: DeadlinesOfOrder, moment: Moment): Promise<OrderSaid> => {
  const counts = lists.flatMap(({ statuses }) => statuses);
  const isAsked = counts.some(({ status, refused = 0 }) => status === 'declined' || refused > 0);
  return {
    refusals: isAsked ? await refusalsOf(ledger, [order], moment) : 'not_asked',
    ending: counts.some(({ status }) => status === 'reversed_while_in_force') ? await endingOf(ledger, [order], moment) : 'not_asked',
  };
};

const orderLines = (own: DeadlinesOfOrder, about: About): readonly string[] => {
  const { rule, due, lists, listsMore, duties, flags } = own;
  return [
    ruleWords(rule),
    reachParts(own, about.zone).join(' · '),
    ...(lists.length === 0
      ? [`${dueWords(due, about.zone)}; no list of the ${about.unit.many} is on record`]
      : lists.flatMap((list) => listLines(list, about))),
    ...(listsMore > 0 ? [`${counted(listsMore)} ${about.unit.many} of further lists: npx ledger pairs`] : []),
    ...(duties.length === 0 ? [] : [owedHeading(rule)]),
    ...duties.map((duty) => `  — ${dutyWords(duty, about.zone)}`),
    ...(flags.includes('review_overdue')
      ? ['Review overdue: no review is on record within its time. Nothing follows from that here.']
      : []),
  ];
};

const listLines = (
  { binding, due, pairs, statuses }: DeadlinesOfOrder['lists'][number],
  { unit, zone, said }: About,
): readonly string[] => [
  `${counted(pairs)} ${pairs === 1 ? unit.one : unit.many}, ${binding === null ? 'no service on record' : `binding ${withinWords(binding, zone)}`}: ${dueWords(due, zone)}`,
  ...statuses.map((found) => `${counted(found.pairs).padStart(7)}  ${countedWords(found, said)}`),
];
