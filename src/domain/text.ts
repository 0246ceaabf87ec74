/** Text written by people: kept exactly as written, refused if it could deceive a reader or an engine. */
import { z } from 'zod';
import type { ParseRefusal } from './refusal.ts';
import { refusalIssue } from './refusing.ts';

export const TEXT_LENGTH_MAX = 2_000; // characters (Unicode code points), as zod and JSON Schema count

/**
 * Control characters (Unicode Cc: NUL ends a text in SQLite, ESC drives a terminal), bidirectional embeddings, overrides and isolates
 * (UAX #9 §2: they show a text in another order than it is stored), lone surrogates (no UTF-8). Line feed and tab are text.
 */
const UNSAFE = /[[\p{Cc}--[\n\t]]\u202A-\u202E\u2066-\u2069\p{Cs}]/v;

/** As above, and whatever begins a new line or column. */
const UNSAFE_IN_LINE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Cs}]/v;

/** How text is laid out: one line (a name, an id), or lines (a quotation). */
export type TextLayout = 'line' | 'lines';

/** TEXT_UNSAFE for the first unsafe character: its code point as `U+202E`, and its index in UTF-16 code units. */
export const unsafeText = (text: string, layout: TextLayout = 'lines'): ParseRefusal | undefined => {
  const at = text.search(layout === 'line' ? UNSAFE_IN_LINE : UNSAFE);
  if (at < 0) return undefined;
  const codePoint = text.codePointAt(at) ?? 0;
  return { code: 'TEXT_UNSAFE', character: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`, at };
};

/** Schema for input and for what is stored: safe, not blank, at most `max` characters (default 2,000), neither trimmed nor normalised. */
export const safeText = ({
  max = TEXT_LENGTH_MAX,
  layout = 'lines',
}: {
  readonly max?: number;
  readonly layout?: TextLayout;
} = {}): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/\S/)
    .check(({ value, issues }) => {
      if (value.length > 2 * max) return; // in UTF-16 units: surely complained of already, and the search stays bounded
      const refusal = unsafeText(value, layout);
      if (refusal !== undefined) issues.push(refusalIssue(value, refusal));
    });
