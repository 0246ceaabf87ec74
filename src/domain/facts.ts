/**
 * Compliance facts: what an event says about a target, cut down to what the figures ask. An event type names its facts in one function; the
 * read model stores them as rows of integers, with the shape in a dictionary, since a million targets share a few dozen shapes.
 */
import type { EventId, OrderId } from './ids.ts';
import type { Basis, Strength } from './restriction.ts';
import type { Territory } from './territory.ts';

/** What many facts have in common. Plain JSON: it is stored once and found again by its canonical text. */
export type FactShape =
  | { readonly kind: 'listed' }
  /** When the list reached the platform, if later than the order. */
  | { readonly kind: 'list_received' }
  /** What the list says that the target is: a fact of its own, since all listings share one shape. */
  | { readonly kind: 'list_classes'; readonly classes: readonly string[] }
  /** The order gave the target up. */
  | { readonly kind: 'withdrawn' }
  | {
      readonly kind: 'restricted';
      readonly strength: Strength;
      readonly measure: string;
      readonly basis: Basis;
      readonly territory: Territory;
      readonly orders: readonly OrderId[];
      /** Whether a source of it is a registered file. */
      readonly evidenced: boolean;
    }
  /** An end that the restriction was given from the start. */
  | { readonly kind: 'until' }
  /** Reason and cited orders are in no figure: people read by them what was done alike to many. */
  | { readonly kind: 'lifted'; readonly territory: Territory; readonly reason: string; readonly orders: readonly OrderId[] }
  /** A report of a reinstatement with nothing to lift: it changes no figure, and happened all the same. */
  | { readonly kind: 'nothing_lifted'; readonly reason: string; readonly orders: readonly OrderId[] }
  | { readonly kind: 'declined'; readonly grounds: readonly string[]; readonly classes: readonly string[] }
  /** The target itself is no longer there, by no act of the platform's. */
  | { readonly kind: 'gone'; readonly cause: string; readonly orders: readonly OrderId[] }
  /** Something else was recorded about the target: it is in no figure, and in every chronology. */
  | { readonly kind: 'noted'; readonly what: 'user_notified' | 'linked'; readonly orders: readonly OrderId[] }
  /** When a notice reached the holder of the target, if the record says so. */
  | { readonly kind: 'notice_received' }
  /** No source of the event was published before this time. */
  | { readonly kind: 'published' };

/** What a fact refers to: an order that lists or asks, or the event of the restriction that it ends, bounds or tells of. */
export type FactSubject = { readonly order: OrderId } | { readonly restriction: EventId } | undefined;

/** Instants are milliseconds since 1970 (UTC): one instant somewhere in the closed range. */
export type Range = { readonly earliest: number; readonly latest: number };
export type Fact = Range & { readonly shape: FactShape; readonly about: FactSubject };
