/** Events as the domain sees them: as recorded, as the log holds them, and as they stand after corrections. */
import type { EventId, StreamName } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { Instant } from './time.ts';

/** An event as recorded. The stored envelope has these members, and more. */
export type RecordedEvent = {
  readonly id: EventId;
  readonly type: string;
  readonly version: number;
  readonly revision: number;
  readonly recordedAt: Instant;
  readonly data: JsonObject;
};

/** A fact that stands: `data` as corrected, `recorded` as it was first recorded. */
export type EffectiveEvent<D = JsonObject> = Omit<RecordedEvent, 'data'> & {
  readonly data: D;
  readonly recorded: JsonObject;
  readonly correctedBy: readonly EventId[];
};

/** An event as the log holds it, with its stream. */
export type LogEvent = RecordedEvent & { readonly stream: StreamName };
