/**
 * Where stored JSON gets its static type back. Nothing is checked here: a schema accepted it before it was sealed, and the seal shows that it was not
 * altered since.
 */
import type { LogEvent, RecordedEvent } from './event.ts';
import type { Correction, EventCorrectedData, EventRetractedData, Retraction } from './events/corrections.ts';
import type { FactShape } from './facts.ts';

import type { JsonObject } from './json.ts';
import type { FactMoved } from './moving.ts';
import type { TargetRef } from './target-ref.ts';
import type { TimeExtent } from './time.ts';

/** What of a stored envelope the domain reads. */
type Stored = {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly data: object;
};

export const logEventOf = (event: Stored): LogEvent => event as LogEvent;
export const correctionIn = (event: RecordedEvent): EventCorrectedData => event.data as EventCorrectedData;
export const retractionIn = (event: RecordedEvent): EventRetractedData => event.data as EventRetractedData;
export const targetIn = (data: JsonObject): TargetRef => data['target'] as TargetRef;
export const extentIn = (data: JsonObject, field: string): TimeExtent | undefined => data[field] as TimeExtent | undefined;
/** What a schema of an event's fields gave: plain JSON by its fields. */
export const jsonIn = (parsed: object): JsonObject => parsed as JsonObject;
export const correctionAsked = (data: JsonObject): Correction => data as unknown as Correction;
export const retractionAsked = (data: JsonObject): Retraction => data as unknown as Retraction;
export const movedAsked = (data: JsonObject): FactMoved => data as unknown as FactMoved;
export const sourcesIn = (data: JsonObject): readonly { readonly evidence?: string; readonly locator?: string }[] =>
  (data['sources'] ?? []) as readonly { readonly evidence?: string; readonly locator?: string }[];
export const evidenceIn = (data: JsonObject): readonly string[] => sourcesIn(data).flatMap(({ evidence }) => evidence ?? []);
/** When each source was published; `undefined` for one that does not say. */
export const publicationsIn = (data: JsonObject): readonly (TimeExtent | undefined)[] => {
  const sources = (data['sources'] ?? []) as readonly { readonly publishedAt?: TimeExtent }[];
  return sources.map(({ publishedAt }) => publishedAt);
};
/** The orders over which a claim counts. */
export const populationIn = (data: JsonObject): readonly string[] => {
  const population = data['population'] as { readonly orders?: readonly string[] } | undefined;
  return population?.orders ?? [];
};
export const parseData = (text: string): JsonObject => JSON.parse(text) as JsonObject;
/** A shape as the read model keeps it. */
export const parseShape = (text: string): FactShape => JSON.parse(text) as FactShape;
