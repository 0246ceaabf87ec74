/** Dry runs: what would become of a request, row by row, and the figures before and after. Nothing is recorded. */
import { z } from 'zod';
import type { Rehearsal } from '../application/rehearsal.ts';
import { logEventOf } from '../domain/codec.ts';
import { inputFields } from '../domain/fields.ts';
import { type OrderId, orderIdText, streamNameText } from '../domain/ids.ts';
import { type Instant, msOf } from '../domain/time.ts';
import { COUNTED_KINDS } from '../projections/compliance.ts';
import { positionOf } from '../projections/progress.ts';
import { caseOfOrder } from '../projections/registers.ts';
import type { RehearsalFault } from '../projections/rehearsal-answers.ts';
import { problem, Refused } from './problems.ts';
import { ORDERS_MAX } from './query.ts';
import { stateForm } from './schemas/compliance.ts';
import { spliced } from './spliced.ts';
import type { Uses } from './uses.ts';

/** More would hold up what is read for too long. */
export const DRY_RUN_EVENTS_MAX = 10_000;
const INSTANTS_MAX = 24;
const DECISIONS_MAX = 5; // a stream that moves on so often is written to all the time
const WAIT_MS = 500; // until what is read reflects what was just recorded

/** What a body says of its dry run. */
export const dryRunFields = {
  dryRun: z
    .boolean()
    .optional()
    .meta({ description: 'Decides everything, records nothing, and answers with the figures before and after' }),
  orders: z
    .array(orderIdText)
    .min(1)
    .max(ORDERS_MAX)
    .optional()
    .meta({ description: 'Whose figures; by default all orders of the cases concerned' }),
  at: z
    .union([inputFields.instant, z.array(inputFields.instant).min(1).max(INSTANTS_MAX)])
    .optional()
    .meta({ description: 'Instants of the figures; by default now' }),
};
export type DryRunAsked = { readonly orders?: readonly OrderId[] | undefined; readonly at?: Instant | readonly Instant[] | undefined };

const figuresForm = z.strictObject({ before: stateForm, after: stateForm });
/** Besides what would become of the rows. */
const dryRunReply = {
  dryRun: z.literal(true),
  position: z.int().min(0).meta({ description: 'As known before' }),
  wouldBeRecorded: z.int().min(0).meta({ description: 'How many events' }),
  orders: z.array(orderIdText),
  figures: z.array(figuresForm).meta({ description: 'One of each instant' }),
  resting: z
    .array(z.strictObject({ stream: streamNameText, name: z.string().nullable(), facts: z.int().min(1), orders: z.array(z.string()) }))
    .meta({
      description:
        'Orders, cases and files of evidence whose opening would be retracted, and how many facts under them, or citing them, this request leaves: those stay on record. Of an order that is gone they are in no figure; the orders of a case that is gone (`orders`: their references) go on counting',
    }),
};
export const dryRunForm = <Told extends z.core.$ZodShape>(told: Told) => z.strictObject({ commandId: z.string(), ...told, ...dryRunReply });

/** JSON text: what `run` tells, decided upon a rehearsal, and the figures. Throws `Refused` for more than one dry run may hold. */
export const dryRunText = async (uses: Uses, asked: DryRunAsked, run: (rehearsal: Rehearsal) => Promise<object>): Promise<string> => {
  const knownAt = positionOf(uses.model);
  const unknown = asked.orders?.filter((order) => !caseOfOrder(uses.model, order, knownAt)) ?? [];
  if (unknown.length > 0) throw ordersInvalid('not known', { knownAt, unknown });
  const at = asked.at === undefined ? [uses.nowMs()] : [asked.at].flat().map(msOf);
  for (let decisions = 1; decisions <= DECISIONS_MAX; decisions += 1) {
    const rehearsal = uses.rehearse();
    const told = await run(rehearsal);
    const events = rehearsal.events().map(({ event }) => logEventOf(event));
    if (events.length > DRY_RUN_EVENTS_MAX) throw tooLarge(events.length, '#/rows', 'Send fewer rows.');
    const text = await uses.answers.rehearse({ events, orders: asked.orders, at, kinds: COUNTED_KINDS });
    const { data: fault } = faultForm.safeParse(JSON.parse(text));
    if (!fault) return spliced({ ...told, dryRun: true, wouldBeRecorded: events.length }, text);
    if (fault.fault !== 'moved_on') throw tooManyOf(fault);
    await uses.reached(positionOf(uses.model) + 1, WAIT_MS);
  }
  throw new Refused(problem('CONTENTION', [], { decisions: DECISIONS_MAX }));
};

const count = z.int().min(0);
const faultForm: z.ZodType<RehearsalFault> = z.discriminatedUnion('fault', [
  z.object({ fault: z.literal('moved_on') }),
  z.object({ fault: z.literal('too_many_orders'), orders: count, ordersMax: count }),
  z.object({ fault: z.literal('too_many_pairs'), pairs: count, pairsMax: count }),
]);

const tooManyOf = ({ fault, ...facts }: RehearsalFault): Refused =>
  fault === 'too_many_pairs'
    ? ordersInvalid('together these orders have more targets than a dry run goes through: name fewer', facts)
    : ordersInvalid('figures of so many orders are not given at so many instants: name fewer', facts);

const ordersInvalid = (detail: string, facts: object): Refused =>
  new Refused(problem('BODY_INVALID', [{ pointer: '#/orders', detail }], facts));

export const tooLarge = (rows: number, pointer: string, remedy: string, rowsMax = DRY_RUN_EVENTS_MAX): Refused =>
  new Refused(problem('BATCH_TOO_LARGE', [{ pointer, detail: `At most ${rowsMax} at once. ${remedy}` }], { rows, rowsMax }));
