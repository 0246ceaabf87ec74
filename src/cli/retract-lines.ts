/** What a retraction would do, as lines: the figures of each order before and after it, and what of others rests on what would go. */
import { z } from 'zod';
import { COUNTED_KINDS } from '../projections/compliance.ts';
import { counted, safe } from '../wording/text.ts';
import { CAVEAT, unitOf } from '../wording/words.ts';
import { answers } from './answers.ts';
import { instantLine, type MeantInstant, orderHeading, titleOf } from './asking.ts';
import { figureLinesBeside, totalLinesBeside } from './before-after.ts';
import { type Subjects, zoneOf } from './subjects.ts';

const count = z.int().min(0);
const state = answers.state.pick({ orders: true, total: true }).extend({ at: z.string() });
export const rehearsedForm = z.object({
  position: count,
  wouldBeRecorded: count,
  orders: z.array(z.string()),
  figures: z.array(z.object({ before: state, after: state })),
  resting: z.array(z.object({ stream: z.string(), name: z.string().nullable(), facts: count })),
});
type Rehearsed = z.infer<typeof rehearsedForm>;

/** Without subjects it concerns no order. */
export const rehearsalLines = (
  rehearsed: Rehearsed,
  about: { readonly subjects: Subjects; readonly meant: MeantInstant } | undefined,
): readonly string[] => {
  const resting = rehearsed.resting.map(restingLine);
  const [figures] = rehearsed.figures;
  if (!about || !figures) return ['It concerns no order, and changes no figure.', ...resting];
  const { subjects, meant } = about;
  const unit = unitOf(COUNTED_KINDS);
  const shown = { ...figures, kinds: COUNTED_KINDS, validAt: meant.at };
  const ofOrders = subjects.orders.flatMap((order) => {
    const [before, after] = [figures.before, figures.after].map(({ orders }) => orders.find((each) => each.order === order.id));
    const under = { unit, validAt: meant.at, zone: zoneOf(subjects, order) };
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
const restingLine = ({ stream, name, facts }: Rehearsed['resting'][number]): string => {
  if (stream.startsWith('evidence-')) return fileLine(stream.slice('evidence-'.length), name, facts);
  const category = stream.startsWith('case-') ? 'case' : 'order';
  const [stand, stay] =
    facts === 1
      ? ['fact that is not retracted stands under it or cites it. It stays', 'counts']
      : ['facts that are not retracted stand under it or cite it. They stay', 'count'];
  return `WITH IT GOES ${category} ${safe(name ?? stream)}: ${counted(facts)} ${stand} on record, and ${stay} under it no more.`;
};

/** `WITH IT GOES the file 0a1b… from february.csv: 3 facts that are not retracted cite it. …` */
const fileLine = (sha256: string, from: string | null, facts: number): string => {
  const cite = facts === 1 ? 'fact that is not retracted cites it. It stays' : 'facts that are not retracted cite it. They stay';
  return `WITH IT GOES the file ${safe(sha256)}${from === null ? '' : ` from ${safe(from)}`}: ${counted(facts)} ${cite} on record, citing a file that is marked as retracted.`;
};
