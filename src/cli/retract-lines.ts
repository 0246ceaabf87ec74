/** What a retraction would do, as lines: the figures of each order before and after it, and what of others rests on what would go. */
import { z } from 'zod';
import { COUNTED_KINDS } from '../projections/compliance.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT, unitOf } from '../wording/words.ts';
import { answers } from './answers.ts';
import { instantLine, type MeantInstant, orderHeading, titleOf } from './asking.ts';
import { figureLinesBeside, lackingOf, totalLinesBeside } from './before-after.ts';
import { type Subjects, zoneOf } from './subjects.ts';

const count = z.int().min(0);
const state = answers.state.pick({ orders: true, total: true }).extend({ at: z.string() });
export const rehearsedForm = z.object({
  position: count,
  wouldBeRecorded: count,
  orders: z.array(z.string()),
  figures: z.array(z.object({ before: state, after: state })),
  resting: z.array(z.object({ stream: z.string(), name: z.string().nullable(), facts: count, orders: z.array(z.string()) })),
});
type Rehearsed = z.infer<typeof rehearsedForm>;

/** Without subjects it concerns no order. */
export const rehearsalLines = (
  rehearsed: Rehearsed,
  about: { readonly subjects: Subjects; readonly meant: MeantInstant } | undefined,
): readonly string[] => {
  const resting = rehearsed.resting.map(restingLine);
  const [figures] = rehearsed.figures;
  if (!about || !figures) return [...(rehearsed.wouldBeRecorded > 0 ? ['It concerns no order, and changes no figure.'] : []), ...resting];
  const { subjects, meant } = about;
  const unit = unitOf(COUNTED_KINDS);
  const shown = { ...figures, kinds: COUNTED_KINDS, validAt: meant.at };
  const ofOrders = subjects.orders.flatMap((order) => {
    const [before, after] = [figures.before, figures.after].map(({ orders }) => orders.find((each) => each.order === order.id));
    const lacking = { before: lackingOf(order, before, meant.at), after: lackingOf(order, after, meant.at) };
    const under = { unit, validAt: meant.at, zone: zoneOf(subjects, order), lacking };
    return ['', orderHeading(subjects, order), ...figureLinesBeside({ before, after }, under)];
  });
  return [
    '',
    titleOf(subjects),
    instantLine(meant, subjects.zone),
    `before: as recorded to event ${counted(rehearsed.position)} · after: with ${counted(rehearsed.wouldBeRecorded)} ${rehearsed.wouldBeRecorded === 1 ? 'retraction' : 'retractions'} more`,
    ...ofOrders,
    ...(subjects.orders.length > 1 ? ['', ...totalLinesBeside(subjects, shown)] : []),
    ...(resting.length > 0 ? ['', ...resting] : []),
    '',
    CAVEAT,
  ];
};

/** `WITH IT GOES order No. 1 of 2021: 3 facts that others recorded stand under it or cite it. They stay on record, and count under it no more.` */
const restingLine = ({ stream, name, facts, orders }: Rehearsed['resting'][number]): string => {
  if (stream.startsWith('evidence-')) return fileLine(stream.slice('evidence-'.length), name, facts);
  if (stream.startsWith('case-')) return caseLine(name ?? stream, facts, orders);
  const [stand, stay] =
    facts === 1
      ? ['fact that is not retracted stands under it or cites it. It stays', 'counts']
      : ['facts that are not retracted stand under it or cite it. They stay', 'count'];
  return `WITH IT GOES order ${safe(name ?? stream)}: ${counted(facts)} ${stand} on record, and ${stay} under it no more.`;
};

const ORDERS_NAMED_MAX = 5;

/** `WITH IT GOES case No. 7: its orders O1, O2 stay on record and go on counting, shown under its id. 12 facts that are not retracted …` */
const caseLine = (name: string, facts: number, orders: readonly string[]): string => {
  const more = orders.length > ORDERS_NAMED_MAX ? ` and ${counted(orders.length - ORDERS_NAMED_MAX)} more` : '';
  const named = `${orders.slice(0, ORDERS_NAMED_MAX).map(safe).join(', ')}${more}`;
  const [its, remain] =
    orders.length === 1 ? ['its order', 'stays on record and goes on counting'] : ['its orders', 'stay on record and go on counting'];
  const [stand, cite, stay] =
    facts === 1 ? ['fact that is not retracted stands', 'cites', 'It stays'] : ['facts that are not retracted stand', 'cite', 'They stay'];
  const under = `${counted(facts)} ${stand} under it`;
  if (orders.length === 0) return `WITH IT GOES case ${safe(name)}: ${under} or ${cite} it. ${stay} on record, and under no case.`;
  return `WITH IT GOES case ${safe(name)}: ${its} ${named} ${remain}, shown with the id of the case instead of its title. ${under} or its orders, or ${cite} them. ${stay} on record, and in the figures.`;
};

/** `WITH IT GOES the file 0a1b… from february.csv: 3 facts that are not retracted cite it. …` */
const fileLine = (sha256: string, from: string | null, facts: number): string => {
  const cite = facts === 1 ? 'fact that is not retracted cites it. It stays' : 'facts that are not retracted cite it. They stay';
  return `WITH IT GOES the file ${safe(sha256)}${from === null ? '' : ` from ${safe(from)}`}: ${counted(facts)} ${cite} on record, citing a file that is marked as retracted.`;
};
