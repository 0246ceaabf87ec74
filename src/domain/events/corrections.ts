/**
 * Corrections and retractions: events about facts of the same stream. A correction replaces fields, a retraction removes the fact for good; the log
 * keeps both, and what they are about.
 */
import { z } from 'zod';
import { correctionReason, retractionReason, text } from '../fields.ts';
import { type EventId, eventIdText, streamNameText } from '../ids.ts';
import { isJson, type Json, type JsonObject } from '../json.ts';
import { invalidIssue, refusalIssue } from '../refusing.ts';
import { type Shift, shiftInput } from '../shift.ts';
import { unsafeText } from '../text.ts';

export const EVENT_CORRECTED = 'EventCorrected';
export const EVENT_RETRACTED = 'EventRetracted';
export const CORRECTION_VERSION = 1;

const FIELDS_MAX = 50; // more than any event type has
const fieldName = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,63}$/);

/** Fields of the corrected event, checked by its own type's schema: here its type is not known, only that a record could hold them. */
const changes = z.record(fieldName, z.custom<Json>(isJson)).check(({ value, issues }) => {
  for (const field of Object.keys(value)) issues.push(...unsayable(value[field], [field]));
});

/** What a request says of a correction besides which events it is about: values, or by how much times are off. */
export const correctionFields = {
  changes: changes.optional(),
  shift: shiftInput.optional(),
  reason: correctionReason,
  explanation: text,
};

/** `null` in a request's `changes` takes a field out; no record holds a `null`, but the field's name in `removes`. */
export const nullsTakenOut = (sent: z.infer<typeof changes>) => {
  const removes = Object.keys(sent).filter((field) => sent[field] === null);
  const said = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  return { changes: said, ...(removes.length > 0 && { removes: removes.toSorted() }) };
};

export const correctionInput = z
  .strictObject({ stream: streamNameText, event: eventIdText, ...correctionFields })
  .check(({ value, issues }) => {
    if ((value.changes === undefined) === (value.shift === undefined)) issues.push(invalidIssue(value, 'give either changes or shift'));
  })
  .transform(({ changes: sent, ...rest }) => ({ ...rest, ...(sent && nullsTakenOut(sent)) }));
export const retractionInput = z.strictObject({
  stream: streamNameText,
  event: eventIdText,
  reason: retractionReason,
  duplicateOf: eventIdText.optional(),
  explanation: text.optional(),
});

/** `changes` holds stored values; `removes` names the fields taken out. */
export const eventCorrected = z.strictObject({
  event: eventIdText,
  changes,
  removes: z.array(fieldName).min(1).max(FIELDS_MAX).optional(),
  reason: correctionReason,
  explanation: text,
});
export const eventRetracted = retractionInput.omit({ stream: true });

const KEY = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/** What no event of any type could say, deep inside a value: text that deceives, a key that no field has, a `null` within. */
const unsayable = (
  value: unknown,
  path: readonly (string | number)[],
): readonly (ReturnType<typeof refusalIssue> & { path: (string | number)[] })[] => {
  const at = [...path];
  if (typeof value === 'string') {
    const refusal = unsafeText(value);
    return refusal ? [{ ...refusalIssue(value, refusal), path: at }] : [];
  }
  if (value === null) return path.length > 1 ? [{ ...invalidIssue(value, 'null takes out a whole field only'), path: at }] : [];
  if (typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => unsayable(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) =>
    KEY.test(key) ? unsayable(item, [...path, key]) : [{ ...invalidIssue(value, 'a field that no event has'), path: [...at, key] }],
  );
};

export type EventCorrectedData = z.infer<typeof eventCorrected>;
export type EventRetractedData = z.infer<typeof eventRetracted>;
/** As asked, without the stream that the request names. */
export type Correction = {
  readonly event: EventId;
  readonly changes?: JsonObject | undefined;
  readonly removes?: readonly string[] | undefined;
  readonly shift?: Shift | undefined;
  readonly reason: string;
  readonly explanation: string;
};
export type Retraction = Omit<z.infer<typeof retractionInput>, 'stream'>;
