/** What figures would be if events were recorded that are not: asked and answered like other questions about compliance, as JSON text. */
import type { LogEvent } from '../domain/event.ts';
import type { OrderId } from '../domain/ids.ts';
import type { TargetKind } from '../domain/target-ref.ts';
import type { StateOfCompliance } from './compliance.ts';
import type { Resting } from './resting.ts';

export type RehearsalQuestion = {
  /** In the order in which they would be recorded; of each stream dense, from its next revision on. */
  readonly events: readonly LogEvent[];
  /** By default all orders of the cases that the streams of the events are about. */
  readonly orders?: readonly OrderId[] | undefined;
  /** Instants in ms since 1970. */
  readonly at: readonly number[];
  readonly kinds: readonly TargetKind[];
};

export type Rehearsed =
  | {
      /** As known before; the events would follow it. */
      readonly position: number;
      readonly orders: readonly OrderId[];
      readonly figures: readonly { readonly before: StateOfCompliance; readonly after: StateOfCompliance }[];
      /** Orders and cases that would not stand any more, though facts rest on them that would. */
      readonly resting: readonly Resting[];
    }
  | RehearsalFault;
export type RehearsalFault =
  /** A stream has gone on since it was decided upon, or what is read does not reflect it yet: decide again. */
  | { readonly fault: 'moved_on' }
  /** More than one rehearsal may hold up the read model for. */
  | { readonly fault: 'too_many_orders'; readonly orders: number; readonly ordersMax: number }
  | { readonly fault: 'too_many_pairs'; readonly pairs: number; readonly pairsMax: number };

export interface RehearsalAnswers {
  /** JSON text of `Rehearsed`. */
  rehearse(question: RehearsalQuestion): Promise<string>;
}
