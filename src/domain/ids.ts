/** Names of things: each kind of id is a type of its own, made by one parser; what a retry must find again is derived, never drawn. */
import { parse as bytesOf, v5 } from 'uuid';
import { z } from 'zod';
import { safeText } from './text.ts';

/** RFC 9562, lower case, versions 1 to 8; nil and max name nothing. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;

export const uuidText = z.string().regex(UUID).meta({ format: 'uuid' });
/** Lower-case hex. */
export const sha256Text = z.string().regex(SHA256);

export const caseIdText = uuidText.brand<'CaseId'>();
export const orderIdText = uuidText.brand<'OrderId'>();
export const targetIdText = uuidText.brand<'TargetId'>();
export const meetingIdText = uuidText.brand<'MeetingId'>();
export const statementIdText = uuidText.brand<'StatementId'>();
export const claimIdText = uuidText.brand<'ClaimId'>();
export const importIdText = uuidText.brand<'ImportId'>();
/** A file's id is its SHA-256. */
export const evidenceIdText = sha256Text.brand<'EvidenceId'>();
export const eventIdText = uuidText.brand<'EventId'>();

export type CaseId = z.infer<typeof caseIdText>;
export type OrderId = z.infer<typeof orderIdText>;
export type TargetId = z.infer<typeof targetIdText>;
export type MeetingId = z.infer<typeof meetingIdText>;
export type StatementId = z.infer<typeof statementIdText>;
export type ClaimId = z.infer<typeof claimIdText>;
export type ImportId = z.infer<typeof importIdText>;
export type EvidenceId = z.infer<typeof evidenceIdText>;
export type EventId = z.infer<typeof eventIdText>;

/** The parser of trusted text: stored, or derived here. Throws RangeError; what callers send goes through the schemas above. */
const parserOf =
  <Id extends string>(noun: string, form: RegExp) =>
  (text: string): Id => {
    if (!form.test(text)) throw new RangeError(`not ${noun}: ${text}`);
    return text as Id;
  };

export const parseCaseId = parserOf<CaseId>('a case id', UUID);
export const parseOrderId = parserOf<OrderId>('an order id', UUID);
export const parseTargetId = parserOf<TargetId>('a target id', UUID);
export const parseMeetingId = parserOf<MeetingId>('a meeting id', UUID);
export const parseStatementId = parserOf<StatementId>('a statement id', UUID);
export const parseClaimId = parserOf<ClaimId>('a claim id', UUID);
export const parseImportId = parserOf<ImportId>('an import id', UUID);
export const parseEvidenceId = parserOf<EvidenceId>('a SHA-256', SHA256);
export const parseEventId = parserOf<EventId>('an event id', UUID);

// ---- Commands

const KEY = '[A-Za-z0-9._~-]{1,128}';

/** A command's id: the caller's Idempotency-Key, or one that the server made; for row i of a batch the key, a slash and i. */
export type CommandId = string & z.core.$brand<'CommandId'>;

/** Schema of the Idempotency-Key: no slash, so that no key can name a row of another. */
export const commandKeyText = z
  .string()
  .regex(new RegExp(`^${KEY}$`))
  .brand<'CommandId'>();
export const parseCommandId = parserOf<CommandId>('a command id', new RegExp(`^${KEY}(?:/(?:0|[1-9]\\d{0,8}))?$`));

/** Rows are counted from 0, as in a JSON pointer. Throws RangeError for the id of a row. */
export const rowCommandId = (key: CommandId, row: number): CommandId => parseCommandId(`${key}/${row}`);

// ---- Streams

const parsers = {
  case: parseCaseId,
  order: parseOrderId,
  target: parseTargetId,
  meeting: parseMeetingId,
  statement: parseStatementId,
  claim: parseClaimId,
  import: parseImportId,
  evidence: parseEvidenceId,
};
type IdOf = { readonly [Category in keyof typeof parsers]: ReturnType<(typeof parsers)[Category]> };
export type StreamCategory = keyof IdOf;

/** `order-<id>` and its like, or `ledger`. */
export type StreamName = string & z.core.$brand<'StreamName'>;
export const LEDGER_STREAM = 'ledger' as StreamName;

/** Schema of the name of a stream that holds facts (corrections name it). */
export const streamNameText = z
  .string()
  .regex(
    new RegExp(
      `^(?:(?:case|order|target|meeting|statement|claim|import)-${UUID.source.slice(1, -1)}|evidence-${SHA256.source.slice(1, -1)})$`,
    ),
  )
  .brand<'StreamName'>();

const STREAM_NAME_LENGTH_MAX = 200;
const STREAM_NAME = new RegExp(`^(?=.{1,${STREAM_NAME_LENGTH_MAX}}$)[a-z]+(?:-[A-Za-z0-9._~-]+)?$`);

/** The envelope's grammar, wider than the streams of facts. Throws RangeError. */
export const parseStreamName = parserOf<StreamName>('a stream name', STREAM_NAME);

export const streamOf = <Category extends StreamCategory>(category: Category, id: IdOf[Category]): StreamName =>
  `${category}-${id}` as StreamName;

export type StreamParts = {
  readonly [Category in StreamCategory]: { readonly category: Category; readonly id: IdOf[Category] };
}[StreamCategory];

/** The inverse of `streamOf`. Throws RangeError for any other name, the ledger's own stream included: it holds no facts. */
export const splitStream = (name: StreamName): StreamParts => {
  const dash = name.indexOf('-');
  const category = name.slice(0, Math.max(dash, 0));
  if (!Object.hasOwn(parsers, category)) throw new RangeError(`not a stream of facts: ${name}`);
  const known = category as StreamCategory;
  return { category: known, id: parsers[known](name.slice(dash + 1)) } as StreamParts;
};

// ---- Derived ids (RFC 9562 §5.5)

export const ID_NAMESPACE = 'e44b8ef7-054b-56e5-a49c-be927a2cf401';
const namespace = bytesOf(ID_NAMESPACE);

/** v5 of the parts, one a line. No part may hold a line feed, or two lists of parts could give one id; the schemas of all parts see to that
 * (one line of safe text, an id, a key). */
const derived = (...parts: readonly string[]): string => {
  const text = parts.join('\n');
  if (!text.isWellFormed()) throw new URIError('a lone surrogate is no part of an id');
  return v5(Buffer.from(text), namespace); // of a text uuid makes the same bytes, in a third more time
};

/** What another system calls the thing: a retry, or a second import, finds the same stream. */
export const externalId = z.strictObject({
  system: safeText({ max: 100, layout: 'line' }),
  id: safeText({ max: 300, layout: 'line' }),
});
export type ExternalId = z.infer<typeof externalId>;

type Derivable = Exclude<StreamCategory, 'target' | 'evidence'>;

export const idOfExternal = <Category extends Derivable>(category: Category, { system, id }: ExternalId): IdOf[Category] =>
  derived(category, system, id) as IdOf[Category];

export const idOfCommand = <Category extends Derivable>(category: Category, commandId: CommandId): IdOf[Category] =>
  derived(category, commandId) as IdOf[Category];

/** `platform`, `kind` and `key` as in a TargetRef. Throws URIError for a lone surrogate, which no key holds. */
export const idOfTarget = (platform: string, kind: string, key: string): TargetId => derived('target', platform, kind, key) as TargetId;

// ---- What rows of a file say

/** What a fact says, as a UUID of version 8 (RFC 9562 §5.8) made of the first digits of its SHA-256: the same in whichever file, row and batch it stands. */
export const factIdOf = (identity: string): string => {
  const variant = '89ab'[Number.parseInt(identity.charAt(16), 16) % 4];
  return `${identity.slice(0, 8)}-${identity.slice(8, 12)}-8${identity.slice(13, 16)}-${variant}${identity.slice(17, 20)}-${identity.slice(20, 32)}`;
};

/** One fact of a row that its file names, whatever it says now. */
export const rowFactId = (system: string, key: string, entry: string, item: string | null): string =>
  derived('import-row', JSON.stringify([system, key, entry, item]));
