/**
 * One change for many events, a command for each: worked through in slices, so that whoever else asks is answered in between. Row `i` has command id `key/i`,
 * so a repeat finishes what was cut short.
 */
import type { Command } from '../domain/command.ts';
import { type CommandId, rowCommandId } from '../domain/ids.ts';
import type { Record, RowOutcome } from './record.ts';

export type BatchRow = { readonly row: number; readonly command: Command };
export type BatchOutcome = BatchRow & { readonly outcome: RowOutcome };

const SLICE_ROWS = 250;
/** Events of one batch may stand in each other's way until all have changed. How often that can go on is a matter of how entangled they are. */
const PASSES_MAX = 5;

export type BatchOptions = {
  readonly key: CommandId;
  readonly recordedBy: string;
  /** Told of each row once, when it is settled. */
  readonly settled: (outcome: BatchOutcome) => void;
  /** Lets others be answered. */
  readonly pause: () => Promise<unknown>;
};

/** In the order given; what another row of the batch stood in the way of is tried again, as long as that gets on. */
export const recordBatch = async (record: Record, rows: readonly BatchRow[], options: BatchOptions): Promise<void> => {
  let open = rows;
  for (let pass = 1; open.length > 0; pass += 1) {
    const refused: BatchOutcome[] = [];
    for (let from = 0; from < open.length; from += SLICE_ROWS) {
      const slice = await recordSlice(record, open.slice(from, from + SLICE_ROWS), options);
      for (const settled of slice) {
        if (isInTheWay(settled.outcome)) refused.push(settled);
        else options.settled(settled);
      }
      await options.pause();
    }
    const isStuck = refused.length === open.length || pass === PASSES_MAX;
    if (isStuck) for (const settled of refused) options.settled(settled);
    open = isStuck ? [] : refused;
  }
};

const recordSlice = (record: Record, rows: readonly BatchRow[], { key, recordedBy }: BatchOptions): Promise<readonly BatchOutcome[]> =>
  Promise.all(
    rows.map(async ({ row, command }) => ({
      row,
      command,
      outcome: await record.one(command, { commandId: rowCommandId(key, row), recordedBy }),
    })),
  );

/** What is wrong with the row itself stays wrong. */
const isInTheWay = (outcome: RowOutcome): boolean => {
  if (outcome.kind !== 'refused') return false;
  const { refusal } = outcome;
  return refusal.code === 'EVENT_HAS_DEPENDENTS' || (refusal.code === 'CORRECTION_INVALID' && refusal.cause.code !== 'BODY_INVALID');
};
