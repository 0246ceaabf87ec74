/** The forms of figures, curves, sheets and accounts. */
import { z } from 'zod';
import { DEFINITIONS } from '../../domain/figures.ts';
import { uuidText } from '../../domain/ids.ts';
import { APART } from '../../domain/make-up.ts';
import { COLUMNS, ENDINGS, FLAGS, GROUNDS, LOSSES, PLACES, STATUSES_READ } from '../../domain/pairs/pair-state.ts';
import { targetKind } from '../../domain/target-ref.ts';
import { TELLING } from '../../projections/markers.ts';
import { EVER, LOST_BY } from '../../projections/pairs-asked.ts';
import { bounds, count, data, eventNamed, extent, head, instant, presumption } from './common.ts';
import { caveat, deadlineRule, due } from './due.ts';

const percent = z.strictObject({ low: z.number(), high: z.number() }).nullable();
const reason = z
  .enum(['no_target_list', 'no_numeric_deadline', 'empty_population'])
  .optional()
  .meta({ description: 'Why there is no percentage' });
const status = z.enum(STATUSES_READ);
const place = z.enum(PLACES);
const groundRead = z.enum([...GROUNDS, 'undetermined']);
const endingRead = z.enum([...ENDINGS, 'undetermined']);
const countsOf = <const N extends readonly [string, ...string[]]>(names: N) => z.record(z.enum(names), count);
const figure = z
  .strictObject({
    definition: z.enum(DEFINITIONS),
    unit: z.literal('pairs'),
    numerator: count,
    maybe: count,
    unknown: count,
    denominator: count,
    denominatorMaybe: count,
    percent,
    reason,
  })
  .meta({ id: 'Figure' });
/** Beside a count of accounts of one status. */
export const besideCount = {
  timingOpen: count
    .optional()
    .meta({ description: 'Of how many the readings agree whether they were in time, and the other is not excluded' }),
  lost: z
    .strictObject({ lifted: count, ran_out: count })
    .optional()
    .meta({ description: 'How they ceased to be in effect; of what is in neither the record leaves it open' }),
};
/** Accounts of one status. */
export const countOfStatus = z.strictObject({
  ...{ status, pairs: count, ...besideCount },
  refused: count
    .optional()
    .meta({ description: 'Of what is not in effect and has another status than refused, how many were refused as well' }),
});
/** Beside the status of an account. */
export const besideStatus = {
  isTimingOpen: z
    .literal(true)
    .optional()
    .meta({ description: 'Set where the readings agree whether it was in time, and hours that overlap leave the other possible' }),
  lostBy: z.enum(LOSSES).optional().meta({ description: 'How it ceased to be in effect while the order stood, where the record says so' }),
};
const makeUp = z
  .strictObject({
    inEffect: countsOf([...GROUNDS, 'undetermined']),
    notInEffect: z.array(z.strictObject({ status, responseDeclined: z.boolean(), pairs: count, ...besideCount })),
    unknown: count,
    open: count,
    apart: countsOf(APART),
    populationOpen: count,
    statuses: z.array(countOfStatus),
    withoutEvidence: count.meta({ description: 'In effect for certain, and no source of what is in force is a registered file' }),
    flags: countsOf(['wider_than_order', 'also_required_by', 'restoration_due']),
  })
  .meta({ id: 'MakeUp' });
const counted = <N extends z.ZodType>(unit: string, number: N) => ({
  unit: z.literal(unit),
  numerator: number,
  maybe: number,
  unknown: number,
  denominator: number,
  denominatorMaybe: number,
  percent,
  reason,
});
const decimal = z.string().regex(/^\d+$/);
const timeFigure = z
  .strictObject({
    definition: z.literal('timeWeighted'),
    ...counted('milliseconds', decimal),
    hours: z.strictObject({ numerator: z.number(), denominator: z.number() }),
  })
  .meta({ id: 'TimeFigure', description: 'Milliseconds as decimal text, since they pass 2^53; hours beside' });
const targetFigure = z
  .strictObject({ definition: z.literal('distinctTargets'), variant: z.enum(['all', 'any']), ...counted('targets', count) })
  .meta({ id: 'TargetFigure', description: 'Each account once: in effect under all, or any, of the orders live for it' });
const figures = {
  effective: figure,
  ever: figure,
  makeUp,
  anyRestriction: figure.optional(),
  onTime: figure.optional(),
  sustained: figure.optional(),
  citingOrder: figure.optional(),
  timeWeighted: timeFigure.optional(),
  distinctTargets: z.array(targetFigure).optional(),
  platformStyle: figure.extend({ columns: countsOf([...COLUMNS, 'undetermined']) }).optional(),
};
const grouped = { ...figures, groups: z.array(z.strictObject({ group: z.string(), ...figures })).optional(), ...presumption };
const standpoint = { tolerance: z.string().optional(), reportedBy: instant.optional() };
const kinds = { kinds: z.array(targetKind) };

const ofOrder = { order: uuidText, synthetic: z.boolean() };
/** Of orders that may be added up. */
const totalOf = <F extends z.ZodType>(form: F) => ({
  total: form.nullable().meta({ description: 'null: there is none, and `totalReason` says why' }),
  totalReason: z
    .enum(['mixed_synthetic'])
    .optional()
    .meta({ description: 'mixed_synthetic: synthetic and real orders are never added up' }),
});

export const orderFigures = z.strictObject({ ...ofOrder, ...grouped });
const state = {
  at: instant,
  orders: z.array(orderFigures),
  ...totalOf(z.strictObject(grouped)),
};
export const stateForm = z.strictObject(state).meta({ id: 'State' });
export const stateReply = z.strictObject({ ...head, ...standpoint, validAt: instant, ...kinds, ...state });
const eventsNamed = z.strictObject({ number: count, first: count, last: count, named: z.array(eventNamed), more: count }).meta({
  id: 'EventsNamed',
  description: 'Positions in the log: consecutive where last - first + 1 is the number; the first few by id, and how many more',
});
const behind = z.strictObject({
  type: z.string(),
  occurredAt: extent,
  says: data,
  orders: z.array(uuidText),
  assertion: z.string(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      evidence: z.string().nullable().meta({ description: 'SHA-256 of a registered file; null: no file' }),
      locators: z.array(z.string()),
      locatorsMore: count,
    }),
  ),
  events: eventsNamed,
  recordedAt: z.strictObject({ first: instant, last: instant }),
  recordedAfterMs: z
    .strictObject({ shortest: z.int(), longest: z.int() })
    .meta({ description: 'From the last instant at which it can have occurred until it was recorded' }),
});
const changed = { accounts: count, examples: z.array(z.string()) };
const sheetLine = z.strictObject({
  accounts: count,
  is: place,
  status,
  ground: groundRead.nullable(),
  responseDeclined: z.boolean(),
  ...besideStatus,
  behind: z.array(behind),
  examples: z.array(z.string()),
  corrected: z
    .strictObject({ ...changed, by: eventsNamed })
    .optional()
    .meta({ description: 'Accounts whose record by then was corrected; what it was stands in their timelines' }),
  retracted: z
    .strictObject({ ...changed, entries: eventsNamed, by: eventsNamed })
    .optional()
    .meta({ description: 'What was recorded of accounts by then and counts no more' }),
  each: z
    .array(
      z.strictObject({
        target: uuidText,
        verbatim: z.string(),
        events: z.array(eventNamed.extend({ type: z.string(), locators: z.array(z.string()) })),
      }),
    )
    .optional()
    .meta({ description: 'With each=true: every account of the line' }),
});
export const sheetReply = z.strictObject({
  ...head,
  ...standpoint,
  validAt: instant,
  ...kinds,
  at: instant,
  orders: z.array(
    z.strictObject({
      ...ofOrder,
      ...grouped,
      inEffectBefore: count.meta({ description: 'In effect at some time by then, and not at it' }),
      lines: z
        .array(sheetLine)
        .nullable()
        .meta({ description: 'Accounts of which the record says the same; null: more accounts than are gone through' }),
    }),
  ),
  ...totalOf(z.strictObject(grouped)),
});
const points = z.array(
  z.strictObject({
    at: instant,
    is: z.enum(['change', 'sample']),
    ...figures,
    makeUp: makeUp.omit({ statuses: true, withoutEvidence: true, flags: true }).meta({ id: 'PointMakeUp' }),
  }),
);
const marker = z.strictObject({
  event: uuidText,
  position: count,
  type: z.string(),
  orders: z.array(uuidText),
  occurredAt: extent,
  receivedAt: extent.optional(),
  ...Object.fromEntries(TELLING.map((field) => [field, z.string().optional()])),
});
export const curveReply = z.strictObject({
  ...head,
  ...standpoint,
  from: instant,
  to: instant,
  step: z.string(),
  zone: z.string(),
  ...kinds,
  markers: z.array(marker),
  changes: z.enum(['all', 'omitted']),
  orders: z.array(z.strictObject({ ...ofOrder, points })),
  ...totalOf(z.strictObject({ points })),
});
export const complianceReply = z.union([stateReply, curveReply]);

const pair = z.strictObject({
  target: uuidText,
  kind: targetKind,
  platform: z.string(),
  key: z.string(),
  verbatim: z.string(),
  is: place,
  status,
  readings: z.array(status).optional().meta({ description: 'What the sources leave open between' }),
  ...besideStatus,
  ground: groundRead.nullable(),
  ending: endingRead.nullable().meta({ description: 'What ended the order for the account: withdrawn, revoked, expired' }),
  responseDeclined: z.boolean(),
  flags: z.array(z.enum(FLAGS)),
  due,
  since: bounds.nullable().meta({ description: 'Since when `is` has been what it is: one instant in this range' }),
});
export const pairsReply = z.strictObject({
  ...head,
  ...standpoint,
  validAt: instant,
  order: uuidText,
  rule: deadlineRule.nullable().meta({ description: 'By which the rows are due, unless an event set a time' }),
  caveat,
  ...kinds,
  status: z.string().optional(),
  is: place.optional(),
  ground: groundRead.optional(),
  ending: endingRead.optional(),
  responseDeclined: z.boolean().optional(),
  lostBy: z.enum(LOST_BY).optional(),
  isTimingOpen: z.boolean().optional(),
  ever: z.enum(EVER).optional(),
  rows: z.array(pair),
  next: z
    .string()
    .nullable()
    .meta({ description: 'Cursor of the next page, which may be there though this one is short; null at the end' }),
});
