/**
 * Why a command is refused: one closed union. A refusal is a value that carries the facts its caller needs to mend the request; nothing is
 * stored for it. HTTP status, title and documentation hang on its code in `api/problems.ts`.
 */

/** JSON pointer (RFC 6901) inside the command's own fields, such as `/occurredAt` or `/changes/territory`. */
export type Pointer = string;

/** What cannot be right as it stands, found while a field is parsed. */
export type ParseRefusal =
  | { readonly code: 'TIME_REVERSED'; readonly earliest: string; readonly latest: string }
  | { readonly code: 'TIME_TOO_EARLY'; readonly earliest: string; readonly floor: string }
  | { readonly code: 'TIME_ZONE_UNKNOWN'; readonly zone: string }
  | { readonly code: 'LOCAL_TIME_AMBIGUOUS'; readonly local: string; readonly zone: string; readonly kind: 'gap' | 'overlap' }
  | { readonly code: 'PRECISION_UNJUSTIFIED'; readonly precision: string; readonly widthMs: number; readonly widthMsMax: number }
  | { readonly code: 'TEXT_UNSAFE'; readonly character: string; readonly at: number }
  | { readonly code: 'URL_REFUSED'; readonly why: 'scheme' | 'credentials' | 'private_host' | 'syntax' }
  | { readonly code: 'TARGET_KEY_INVALID'; readonly kind: string; readonly verbatim: string; readonly why: string }
  | { readonly code: 'TERRITORY_UNKNOWN'; readonly territory: string };

/** What is provably impossible, or does not fit what is already recorded. */
export type DecisionRefusal =
  | { readonly code: 'ENDS_BEFORE_START'; readonly field: string; readonly start: string; readonly end: string }
  | { readonly code: 'TIME_IN_FUTURE'; readonly field: string; readonly earliest: string; readonly recordedAt: string }
  | { readonly code: 'RECEIVED_BEFORE_SENT'; readonly sent: string; readonly received: string }
  | { readonly code: 'DUPLICATE_TARGET'; readonly targetId: string; readonly rows: readonly number[] }
  | { readonly code: 'BASIS_WITHOUT_ORDER' }
  | { readonly code: 'SOURCE_REQUIRED'; readonly assertion: string }
  | { readonly code: 'DEADLINE_RULE_UNKNOWN'; readonly rule: string; readonly known: readonly string[] }
  | { readonly code: 'DEADLINE_RULE_NOT_IN_FORCE'; readonly rule: string; readonly validFrom?: string; readonly validTo?: string }
  | { readonly code: 'REFERENCE_UNKNOWN'; readonly field: string; readonly reference: string }
  | { readonly code: 'PLATFORM_MISMATCH'; readonly expected: string; readonly found: string; readonly reference: string }
  | { readonly code: 'SYNTHETIC_MIX'; readonly expected: boolean; readonly reference: string }
  | { readonly code: 'ALREADY_EXISTS'; readonly existing: string }
  | { readonly code: 'DUPLICATE_EXTERNAL_ID'; readonly existing: string; readonly system: string; readonly id: string }
  | { readonly code: 'BEFORE_ISSUE'; readonly order: string; readonly issued: string }
  | { readonly code: 'ORDER_ENDED'; readonly order: string; readonly ended: string }
  | { readonly code: 'TARGET_ALREADY_LISTED'; readonly order: string; readonly existing: string }
  | { readonly code: 'TARGET_NOT_LISTED'; readonly order: string; readonly target: string; readonly withdrawal?: string }
  | { readonly code: 'ORDER_NOT_INTERIM'; readonly order: string; readonly why: 'instrument' | 'confirmed' }
  | { readonly code: 'ORDER_ALREADY_STAYED'; readonly order: string; readonly stay: string }
  | { readonly code: 'ORDER_NOT_STAYED'; readonly order: string }
  | { readonly code: 'CLOCK_ALREADY_STOPPED'; readonly order: string; readonly stop: string }
  | { readonly code: 'CLOCK_NOT_STOPPED'; readonly order: string }
  | { readonly code: 'CLAIM_NUMBERS_IMPOSSIBLE'; readonly field: string; readonly why: string }
  | { readonly code: 'CLAIM_ALREADY_WITHDRAWN'; readonly claim: string; readonly withdrawal: string }
  | { readonly code: 'EVIDENCE_EMPTY' }
  | { readonly code: 'EVIDENCE_HASH_MISMATCH'; readonly stated: string; readonly found: string }
  | { readonly code: 'NO_OPEN_RESTRICTION'; readonly target: string }
  | { readonly code: 'TERRITORY_NOT_RESTRICTED'; readonly territory: readonly string[]; readonly restrictions: readonly string[] }
  | { readonly code: 'REINSTATED_BEFORE_RESTRICTED'; readonly restrictions: readonly string[] }
  | { readonly code: 'CORRECTION_EMPTY'; readonly event: string }
  | {
      readonly code: 'CORRECTION_FORBIDDEN';
      readonly event: string;
      readonly fields: readonly string[];
      readonly why: 'fixed_field' | 'not_a_fact';
    }
  | {
      readonly code: 'CORRECTION_INVALID';
      readonly event: string;
      /** The refusal, or the schema's complaints, that the corrected stream would meet. */
      readonly cause:
        | Refusal
        | { readonly code: 'BODY_INVALID'; readonly errors: readonly { readonly pointer: Pointer; readonly detail: string }[] };
    }
  | { readonly code: 'EVENT_ALREADY_RETRACTED'; readonly event: string; readonly retraction: string }
  | {
      readonly code: 'RETRACTION_FORBIDDEN';
      readonly event: string;
      /** It tells of an import; or what it is said to be a duplicate of is another kind of fact, or itself. */
      readonly why: 'of_an_import' | 'no_duplicate';
    }
  | { readonly code: 'EVENT_HAS_DEPENDENTS'; readonly event: string; readonly dependents: readonly string[] };

/** What the stream itself answers: found by `execute`, not by a decider. */
export type StreamRefusal =
  | { readonly code: 'COMMAND_ID_REUSED'; readonly commandId: string }
  | { readonly code: 'REVISION_MISMATCH'; readonly expected: number; readonly actual: number }
  /** A row that its file names by an id says something else than under the same id before. */
  | { readonly code: 'ROW_CHANGED'; readonly event: string }
  | { readonly code: 'CONTENTION'; readonly decisions: number }
  | { readonly code: 'STREAM_FULL'; readonly stream: string; readonly eventsMax: number };

export type Refusal = ParseRefusal | DecisionRefusal | StreamRefusal;
export type RefusalCode = Refusal['code'];

/**
 * A parser's answer: the value; a refusal (422), which carries facts; or `invalid`, text that is not of the form at all (400 BODY_INVALID),
 * with a sentence for the caller. Parsers never throw for bad input.
 */
export type Parsed<T> = { readonly value: T } | Unparsed;
type Unparsed = { readonly refusal: ParseRefusal } | { readonly invalid: string };
export const parsed = <T>(value: T): Parsed<T> => ({ value });
export const unparsable = (refusal: ParseRefusal): { readonly refusal: ParseRefusal } => ({ refusal });
export const invalid = (detail: string): { readonly invalid: string } => ({ invalid: detail });
