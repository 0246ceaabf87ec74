/** An account's audit trail as a report. */

import { presumptionParts } from './coverage.ts';
import { isTimed, ruleWords } from './due-words.ts';
import { recordedHour } from './hours.ts';
import { type Context, gapLines, headOf, knownLines, type Report, refOf, rowsOf, statusAfterLine, statusUnderWords } from './report.ts';
import type { TrailForm } from './report-forms.ts';
import { counted, safe } from './text.ts';
import { CAVEAT, kindWord } from './words.ts';

export const trailReport = (trail: TrailForm): Report => {
  const { target, listedBy, refs, steps, stepsMore, gaps, now, validAt, zone, synthetic, sort } = trail;
  const context: Context = { zone, refs };
  const timed = rulesBehind(trail);
  const under = listedBy.map(({ order, ref }) => safe(ref ?? order)).join(', ');
  return {
    title: `Audit trail of ${safe(target.verbatim)}${synthetic ? ' (SYNTHETIC: an illustration, no finding)' : ''}`,
    head: headOf(trail, { report: 'audit trail', id: target.id, isSynthetic: synthetic }),
    facts: [
      [kindWord(target.kind, 1), `${safe(target.verbatim)} on ${safe(target.platform)} (key ${safe(target.key)})`],
      ['id', target.id],
      ['listed by', under === '' ? 'no order on record' : under],
      [
        `at ${recordedHour(validAt, zone)}`,
        now.length === 0 ? 'under no order on record' : now.map((one) => statusUnderWords(one, context)).join(' · '),
      ],
      ...timed.map((rule) => ['times set by', `${refOf(rule.order, context)}: ${ruleWords(rule)}`] as const),
      [
        'sorted by',
        sort === 'recorded' ? 'when the ledger learned of it' : 'when it happened; where hours overlap, which came first is not known',
      ],
    ],
    gaps: gapLines(gaps, { ...context, validAt }),
    rows: rowsOf(steps, (step) => step.after.map((one) => statusUnderWords(one, context)), context, sort),
    more: stepsMore === 0 ? undefined : `${counted(stepsMore)} more events are on record: GET /v1/targets/${target.id}/timeline`,
    footing: [
      ...knownLines(trail, `${kindWord(target.kind, 1)} under each order that lists it`),
      ...(listedBy.length === 0 ? [] : presumptionParts(trail, zone)),
      statusAfterLine(trail),
      ...(timed.length > 0 ? [trail.caveat] : []),
      CAVEAT,
    ],
  };
};

/** The rules of the orders under which a status says whether a time was kept. */
const rulesBehind = ({ rules, now, steps }: TrailForm): TrailForm['rules'] => {
  const timed = new Set([...now, ...steps.flatMap(({ after }) => after)].filter(isTimed).map(({ order }) => order));
  return rules.filter(({ order }) => timed.has(order));
};
