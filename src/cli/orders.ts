/** `ledger orders`: which orders there are, and how they can be named. */
import type { Command } from 'commander';
import { type Coverage, coverageWords } from '../wording/coverage.ts';
import { extentOf } from '../wording/hours.ts';
import { mismatchWords } from '../wording/order-words.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT } from '../wording/words.ts';
import { answers, type Order } from './answers.ts';
import { type AskingOptions, asking, titleOf, withLedger } from './asking.ts';
import { asked, read } from './client.ts';
import { recordedLine } from './knowledge.ts';
import type { Shell } from './shell.ts';
import { caseNamed, type Subjects, subjectsOf, withPoint, zoneOf } from './subjects.ts';
import { wrapped } from './terminal.ts';

type Options = AskingOptions & { readonly case?: string };

const LIMIT = 1_000;

export const ordersCommand = (shell: Shell): Command =>
  asking('orders')
    .description('which orders there are')
    .option('--case <case>', 'id or title of a case')
    .action((options: Options) =>
      withLedger(shell, options, async (ledger, known) => {
        const name = options.case;
        if (options.json) {
          const ofCase = name === undefined ? undefined : (await caseNamed(ledger, name, known)).id;
          return shell.print(await asked(ledger, withPoint('/v1/orders', known?.position, { case: ofCase, limit: LIMIT })));
        }
        const subjects = await subjectsOf(ledger, { case: name, known });
        const { position } = read(answers.orders, await asked(ledger, withPoint('/v1/orders', known?.position, { limit: 1 })));
        const [first] = subjects.orders;
        shell.print(titleOf(subjects));
        if (first) shell.print(await recordedLine(ledger, position, subjects.zone, first.issuedAt.earliest));
        for (const order of subjects.orders) {
          const head = `${safe(order.ref)}  ${safe(order.platform)}${order.synthetic ? '  synthetic' : ''}  ${order.id}`;
          const coverage = coverageOfOrder(order);
          const about = [...caseLines(subjects, order), ...linesOf(order, coverage, zoneOf(subjects, order))].flatMap((line) =>
            wrapped(line, shell.columns - 2, '  '),
          );
          for (const line of ['', head, ...about.map((text) => `  ${text}`)]) shell.print(line);
        }
        for (const line of ['', CAVEAT]) shell.print(line);
      }),
    );

/** Where one case is above them all, it stands there. */
const caseLines = (subjects: Subjects, { caseId }: Order): readonly string[] =>
  !subjects.case && subjects.cases.some(({ id, isRetracted }) => id === caseId && isRetracted)
    ? [`the record of its case ${safe(caseId)} was retracted`]
    : [];

const linesOf = (order: Order, coverage: Coverage, zone: string): readonly string[] => {
  const { issuedAt, expiresAt, listed, statedTargetCount } = order;
  const many = statedTargetCount === undefined ? `${counted(listed.counted)} listed` : mismatchWords(listed.counted, statedTargetCount);
  const expires = expiresAt === undefined ? '' : `, expires ${extentOf({ earliest: expiresAt, latest: expiresAt }, zone)}`;
  return [`issued ${extentOf(issuedAt, zone)}${expires}; ${many}`, coverageWords(coverage, zone)];
};

/** Of an order itself, whatever the instant: the declaration recorded last that reaches the end to which the record is complete. */
const coverageOfOrder = ({ coveredTo, coverage }: Order): Coverage => {
  const deciding = coverage.findLast(
    ({ completeness, from, to }) => completeness === 'complete' && coveredTo !== null && from <= coveredTo && coveredTo <= to,
  );
  if (coveredTo === null || !deciding)
    return { isCoveredAt: false, coveredFrom: null, coveredTo, coveredBy: null, declaredAt: null, declaredIn: null };
  const { from, declaredAt, by, position, recordedAt } = deciding;
  return {
    isCoveredAt: true,
    coveredFrom: from,
    coveredTo,
    coveredBy: by.organisation ?? by.name ?? by.role ?? by.description ?? null,
    declaredAt,
    declaredIn: { position, recordedAt },
  };
};
