/** Records commands and waits until this process's read model reflects them, so that what is read next includes what was just written. */
import type { Command } from '../domain/command.ts';
import { type CommandId, rowCommandId } from '../domain/ids.ts';
import type { CommandOptions, Execute, ExecuteUnless, Outcome } from './execute.ts';
import { type FactOptions, type FactOutcome, type ImportedFact, recordFact } from './import/record-fact.ts';

export type Recorded = Exclude<Outcome, { kind: 'refused' }> & {
  /** How many of the ledger's events there are up to this one; `null` if the read model is more than 2 s behind. The event is stored all the same. */
  readonly position: number | null;
};
export type Refused = Extract<Outcome, { kind: 'refused' }>;
export type RowOutcome = Recorded | Refused;

export type Positions = {
  /** The position of a recorded event, as soon as the read model has it; `null` after 2 s, or if no runner lives. Never throws. */
  readonly of: (eventId: string) => Promise<number | null>;
};

export type RowOptions = Omit<CommandOptions, 'commandId' | 'expectedRevision'> & { readonly key: CommandId };
export type Record = {
  readonly one: (command: Command, options: CommandOptions) => Promise<RowOutcome>;
  /** A command and an outcome for each row, in order; rows that change one stream run in row order, the others side by side. Row `i` has command id `key/i`. */
  readonly rows: (commands: readonly Command[], options: RowOptions) => Promise<readonly RowOutcome[]>;
  /** One fact of a file. Waits for no position: a file has many, and is asked for as a whole. */
  readonly fact: (fact: ImportedFact, options: FactOptions) => Promise<FactOutcome>;
};

type RecordUses = { readonly execute: Execute; readonly executeUnless: ExecuteUnless; readonly positions: Positions };

export const createRecord = ({ execute, executeUnless, positions }: RecordUses): Record => {
  const one = async (command: Command, options: CommandOptions): Promise<RowOutcome> => {
    const outcome = await execute(command, options);
    return outcome.kind === 'refused' ? outcome : { ...outcome, position: await positions.of(outcome.eventId) };
  };
  return {
    one,
    fact: (fact, options) => recordFact(executeUnless, fact, options),
    rows: (commands, { key, recordedBy }) =>
      Promise.all(commands.map((command, row) => one(command, { commandId: rowCommandId(key, row), recordedBy }))),
  };
};
