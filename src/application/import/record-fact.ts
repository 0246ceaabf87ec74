/**
 * One fact of a file, recorded under an id that says what it is: whichever file, row and batch bring it again, it is found. What was retracted since is
 * recorded anew.
 */

import { retractionIn } from '../../domain/codec.ts';
import type { Command } from '../../domain/command.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import { EVENT_RETRACTED } from '../../domain/events/corrections.ts';
import type { Doubt } from '../../domain/events/import-started.ts';
import { type CommandId, parseCommandId } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { EventsAround, ExecuteUnless, Outcome } from '../execute.ts';
import type { CachedStream } from '../stream-cache.ts';

export type ImportedFact = {
  readonly command: Command;
  /** What it says, as an id. */
  readonly factId: string;
  /** The fact of a row that its file names; `undefined` where the content alone names it. */
  readonly rowFactId?: string | undefined;
};
export type FactOptions = {
  readonly recordedBy: string;
  /** What is doubtful about it before anything is decided. */
  readonly doubts: readonly Doubt[];
  readonly isConfirmed: (doubt: Doubt) => boolean;
};
export type FactOutcome =
  | Outcome
  /** On record through another file or batch, or in another place of this one. */
  | { readonly kind: 'known'; readonly eventId: string }
  /** It would be recorded, if these were confirmed. */
  | { readonly kind: 'doubtful'; readonly doubts: readonly Doubt[] };
type Answered = Exclude<FactOutcome, Outcome> | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Throws the event store's errors. */
export const recordFact = (executeUnless: ExecuteUnless, fact: ImportedFact, options: FactOptions): Promise<FactOutcome> => {
  const { recordedBy, doubts, isConfirmed } = options;
  return executeUnless<Answered>(
    fact.command,
    { recordedBy },
    {
      idIn: (stream, commandHash, eventsAround) => idIn(fact, stream, commandHash, eventsAround),
      hold(warnings) {
        const open = [...warnings, ...doubts].filter((doubt) => !isConfirmed(doubt));
        return open.length === 0 ? undefined : { kind: 'doubtful', doubts: open };
      },
    },
  );
};

/** `import.<what it says>`, then `.<its row's>` if its file names rows, then `~<n>` from the second time on. */
const PREFIX = 'import.';
const FORM = /^import\.([0-9a-f-]{36})(?:\.([0-9a-f-]{36}))?(?:~\d+)?$/;

/**
 * The id that is still free, if no fact that stands says the same; what the same row said under another content is refused. Two rows that their files
 * name differently are two facts, though they say the same.
 */
const idIn = async (
  { factId, rowFactId }: ImportedFact,
  { byCommand, events }: CachedStream,
  commandHash: string,
  eventsAround: EventsAround,
): Promise<CommandId | Answered> => {
  let times = 0;
  for (const [commandId, { commandHash: recordedHash, event }] of byCommand) {
    if (!commandId.startsWith(PREFIX)) continue;
    const [, says, row] = FORM.exec(commandId) ?? [];
    const isOfRow = rowFactId !== undefined && row === rowFactId;
    if (says !== factId) {
      if (isOfRow && (await stands(event, events, eventsAround)))
        return { kind: 'refused', refusal: { code: 'ROW_CHANGED', event: event.id } };
      continue;
    }
    if (rowFactId !== undefined && row !== undefined && !isOfRow) continue;
    if (await stands(event, events, eventsAround)) {
      return recordedHash === commandHash ? parseCommandId(commandId) : { kind: 'known', eventId: event.id };
    }
    times += 1;
  }
  return parseCommandId(`${PREFIX}${factId}${rowFactId === undefined ? '' : `.${rowFactId}`}${times === 0 ? '' : `~${times + 1}`}`);
};

/**
 * Not retracted; or retracted as a duplicate of what says the same elsewhere, as when it was moved to the account that was meant, and that stands: by itself, or
 * as a duplicate again. What is not read yet has only just been recorded.
 */
const stands = async (fact: RecordedEvent, events: readonly RecordedEvent[], eventsAround: EventsAround): Promise<boolean> => {
  const passed = new Set<string>();
  let [at, around] = [fact, events];
  for (;;) {
    const retraction = around.find((event) => event.type === EVENT_RETRACTED && retractionIn(event).event === at.id);
    if (!retraction) return true;
    passed.add(at.id);
    const { duplicateOf } = retractionIn(retraction);
    if (duplicateOf === undefined || passed.has(duplicateOf)) return false;
    const isHere = around.some(({ id }) => id === duplicateOf);
    const next = isHere ? around : await eventsAround(duplicateOf);
    if (!next) return true;
    const instead = next.find(({ id }) => id === duplicateOf);
    if (instead?.type !== fact.type) return false;
    [at, around] = [instead, next];
  }
};
