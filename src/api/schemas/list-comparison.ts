/** The form of a comparison of lists. */
import { z } from 'zod';
import { uuidText } from '../../domain/ids.ts';
import { targetKind } from '../../domain/target-ref.ts';
import { count, eventNamed, head, instant, next } from './common.ts';
import { listedTarget, targetEntry } from './registers.ts';

const onList = z.strictObject({
  listed: count,
  open: count.meta({ description: 'Whether it was on the list at this instant, the sources leave open' }),
  withdrawn: count.meta({ description: 'The order gave it up by then' }),
  listed_later: count.meta({ description: 'It came onto the list only afterwards' }),
});
const between = {
  matched: count,
  onlyInSheet: count,
  onlyInLedger: count,
  withdrawn: count,
  listedLater: count,
  open: count.meta({ description: 'Named in the sheet, and perhaps on the list then' }),
  openInLedger: count.meta({ description: 'Not named in the sheet, and perhaps on the list then' }),
};
const counts = z.strictObject({
  sheet: z.strictObject({
    ...{ lines: count, blank: count, unreadable: count },
    repeated: count.meta({ description: 'Lines that name again what an earlier one names' }),
    named: count.meta({ description: 'Different targets' }),
    counted: count.meta({ description: 'Of these accounts, posts and addresses, as the order states their number' }),
    lookAlike: count.meta({ description: 'Of these those with letters of more than one script' }),
  }),
  ledger: z.strictObject({
    ...onList.shape,
    byKind: z.record(z.string(), onList),
    counted: onList.meta({ description: 'Accounts, posts and addresses' }),
  }),
  ...between,
  byKind: z.record(z.string(), z.strictObject(between)).meta({ description: 'Of the kinds that either names' }),
});

const flags = { flags: z.array(z.enum(['look_alike_key'])) };
const onRecord = {
  target: listedTarget,
  listedIn: eventNamed.optional().meta({ description: 'The event by which the order lists it' }),
  withdrawnIn: eventNamed.optional().meta({ description: 'The event by which the order gave it up' }),
};
const written = {
  line: z.int().min(1).meta({ description: 'From 1' }),
  value: z.string().meta({ description: 'As sent, without the spaces around it; a long one cut' }),
};
const reason = z.looseObject({ code: z.string(), why: z.string().optional() });
const row = z.union([
  z.strictObject({
    is: z.enum(['matched', 'open', 'withdrawn', 'listed_later']),
    ...written,
    ...flags,
    ...onRecord,
  }),
  z.strictObject({
    is: z.literal('only_in_sheet'),
    ...written,
    ...flags,
    target: targetEntry,
    isOnRecord: z.boolean().meta({ description: 'Whether anything is recorded of it: another order may list it' }),
    recordedIn: eventNamed.optional().meta({ description: 'The first event of it' }),
    listedBy: z
      .array(z.strictObject({ order: uuidText, listedIn: eventNamed }))
      .optional()
      .meta({ description: 'Other orders that list it, or listed it and gave it up' }),
  }),
  z.strictObject({ is: z.literal('repeated'), ...written, firstLine: z.int().min(1) }),
  z.strictObject({ is: z.literal('unreadable'), ...written, reason }),
  z.strictObject({ is: z.enum(['only_in_ledger', 'open']), ...flags, ...onRecord }),
]);

export const listComparisonReply = z.strictObject({
  ...head,
  validAt: instant,
  order: uuidText,
  platform: z.string(),
  kind: targetKind.optional(),
  statedTargetCount: count.optional().meta({ description: 'As the order states it' }),
  flags: z.array(z.enum(['count_mismatch'])).meta({ description: 'Of the order, whatever was sent' }),
  counts: counts.optional().meta({ description: 'On the first page alone' }),
  isSame: z.boolean().optional().meta({ description: 'Every line could be read, and both name the same; on the first page alone' }),
  rows: z.array(row).meta({ description: 'The lines in their order, then what the sheet does not name' }),
  ...next,
});
