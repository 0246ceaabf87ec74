/**
 * Every way in which a request is turned down, once: status, title, what it means and what to do. The pages under /docs/problems and
 * docs/reference/problems.md are made from it; its type makes a forgotten code a compile error.
 */
import type { RefusalCode } from '../domain/refusal.ts';

/** Found before or beside the domain: in the request's form, its way here, or the machine. */
export type TransportCode =
  | 'JSON_INVALID'
  | 'BODY_INVALID'
  | 'QUERY_INVALID'
  | 'CURSOR_INVALID'
  | 'IDEMPOTENCY_KEY_INVALID'
  | 'TOKEN_REQUIRED'
  | 'TOKEN_INVALID'
  | 'TOKEN_ROLE'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'BODY_TOO_LARGE'
  | 'BATCH_TOO_LARGE'
  | 'MAPPING_INVALID'
  | 'SHEET_INVALID'
  | 'MEDIA_TYPE_UNSUPPORTED'
  | 'RATE_LIMITED'
  | 'EVIDENCE_ALTERED'
  | 'INTERNAL'
  | 'TOKENS_UNREADABLE'
  | 'UNAVAILABLE'
  | 'OUTCOME_UNKNOWN'
  | 'READ_MODEL_BEHIND';
export type ProblemCode = RefusalCode | TransportCode;

export type Entry = {
  readonly status: number;
  readonly title: string;
  /** JSON pointer inside the command to what the refusal is about; a fact called `field` says it more exactly. */
  readonly pointer?: string;
  readonly meaning: string;
  readonly remedy: string;
};

export const problems: { readonly [Code in ProblemCode]: Entry } = {
  TIME_REVERSED: {
    status: 422,
    title: 'Ends before it begins',
    meaning: '`earliest` lies after `latest`.',
    remedy: 'Exchange the two, or correct the one that is wrong.',
  },
  TIME_TOO_EARLY: {
    status: 422,
    title: 'Earlier than expected',
    meaning: 'The time begins before 1995-01-01, which is more often a mistyped year than a fact.',
    remedy: 'Correct the year; if it is right, send the time as an object with `"allowEarly": true`.',
  },
  TIME_ZONE_UNKNOWN: {
    status: 422,
    title: 'Unknown time zone',
    meaning: 'The zone is neither an IANA name nor an offset.',
    remedy: 'Write a name such as `Asia/Kolkata`, or an offset such as `+05:30`.',
  },
  LOCAL_TIME_AMBIGUOUS: {
    status: 422,
    title: 'Local time does not name one instant',
    meaning: 'When the clocks changed, this local time was left out (`gap`) or came twice (`overlap`).',
    remedy: 'Say which is meant: `"disambiguation": "earlier"` or `"later"`.',
  },
  PRECISION_UNJUSTIFIED: {
    status: 422,
    title: 'Wider than its precision',
    meaning: '`earliest` and `latest` lie further apart than the precision stated allows.',
    remedy: 'Narrow the extent, or state a coarser precision; `range` allows any.',
  },
  TEXT_UNSAFE: {
    status: 422,
    title: 'Text with a character that is not allowed',
    meaning:
      'Control characters, bidirectional overrides and lone surrogates deceive readers or break stores. `at` counts UTF-16 code units.',
    remedy:
      'Take the character out, or describe it in words. In names, references and other single lines a line break is such a character.',
  },
  URL_REFUSED: {
    status: 422,
    title: 'Address not accepted',
    meaning: 'Targets on the web are http or https addresses without credentials, on a public host.',
    remedy: 'Send the public address of the item.',
  },
  TARGET_KEY_INVALID: {
    status: 422,
    title: 'Does not identify a target',
    meaning: 'No key follows from what was written, under the rules for this kind of target; `why` says where it failed.',
    remedy: 'Check the kind and the platform; send the handle, number or address itself.',
  },
  TERRITORY_UNKNOWN: {
    status: 422,
    title: 'Unknown territory',
    meaning: 'Not an officially assigned ISO 3166-1 alpha-2 code in capitals; or `WORLD` where a measure is by its nature not worldwide.',
    remedy: 'Send a list of codes such as `["IN"]`. A worldwide measure is a block, not a withholding.',
  },
  ENDS_BEFORE_START: {
    status: 422,
    title: 'Ends before it begins',
    meaning: 'The end named by `field` is not after the start.',
    remedy: 'Correct the end or the start.',
  },
  TIME_IN_FUTURE: {
    status: 422,
    title: 'Has not happened yet',
    meaning: 'The time lies more than 24 hours after the moment of recording. The ledger records what happened.',
    remedy: 'Correct the time, or record the fact when it has happened.',
  },
  RECEIVED_BEFORE_SENT: {
    status: 422,
    title: 'Received before it was sent',
    pointer: '/receivedAt',
    meaning: '`receivedAt` lies provably before `occurredAt`.',
    remedy: 'Correct one of the two.',
  },
  DUPLICATE_TARGET: {
    status: 422,
    title: 'One target twice in one list',
    pointer: '/target',
    meaning: 'Two rows of the request have the same target, perhaps written differently. Nothing of the request was stored.',
    remedy: 'Keep one row; put the other writing into its `aliases`.',
  },
  BASIS_WITHOUT_ORDER: {
    status: 422,
    title: 'Legal basis without an order',
    pointer: '/orders',
    meaning: 'An act on the basis `legal_order` names the order that it follows.',
    remedy: 'Cite the order in `orders`, or state the basis `platform_rules` or `unstated`.',
  },
  SOURCE_REQUIRED: {
    status: 422,
    title: 'Source missing',
    pointer: '/sources',
    meaning: 'Only a direct record may stand without a source, and a claim never does: it was published somewhere.',
    remedy: 'Name at least one source; or, except for a claim, state `"assertion": "direct_record"` if the recorder saw or did it.',
  },
  DEADLINE_RULE_UNKNOWN: {
    status: 422,
    title: 'Unknown deadline rule',
    pointer: '/deadlineRule',
    meaning: 'No rule has this id and version.',
    remedy: 'Use one of those in `known`; `none@1` where no rule applies.',
  },
  DEADLINE_RULE_NOT_IN_FORCE: {
    status: 422,
    title: 'Deadline rule not in force at issue',
    pointer: '/deadlineRule',
    meaning: 'When the order was issued this rule was not in force yet, or no longer.',
    remedy: 'Use the version that was in force, or correct the time of issue.',
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    title: 'Names what is not on record',
    meaning: 'The case, order, event, target or evidence that `field` names is not there, or was retracted.',
    remedy: 'Record it first, or correct the id.',
  },
  PLATFORM_MISMATCH: {
    status: 422,
    title: 'Order of another platform',
    pointer: '/target/platform',
    meaning: 'The order that is cited addresses another platform than that of the target.',
    remedy: 'Correct the target or the order.',
  },
  SYNTHETIC_MIX: {
    status: 422,
    title: 'Synthetic and real together',
    pointer: '/synthetic',
    meaning: 'A made-up fact would stand beside real ones, or a real one beside made-up ones.',
    remedy: 'Keep them in separate cases; leave `synthetic` out to take over what the case says.',
  },
  ALREADY_EXISTS: {
    status: 409,
    title: 'Already there',
    pointer: '/id',
    meaning: 'Something else is recorded under this id.',
    remedy: 'Correct what is recorded by `POST /v1/corrections`, or use another id.',
  },
  DUPLICATE_EXTERNAL_ID: {
    status: 409,
    title: 'External id already used',
    pointer: '/externalId',
    meaning: 'The same `externalId` was recorded with other content; `existing` is the event.',
    remedy: 'Correct what is recorded by `POST /v1/corrections`, or use another id.',
  },
  BEFORE_ISSUE: {
    status: 409,
    title: 'Before the order was issued',
    pointer: '/occurredAt',
    meaning: 'The fact lies provably before the order that it is about.',
    remedy: 'Correct its time, the order cited, or the time of issue.',
  },
  ORDER_ENDED: {
    status: 409,
    title: 'After the order ended',
    pointer: '/occurredAt',
    meaning: 'The fact lies provably after the order expired.',
    remedy: 'Correct its time, or the expiry of the order.',
  },
  TARGET_ALREADY_LISTED: {
    status: 409,
    title: 'Already listed by this order',
    pointer: '/target',
    meaning: 'The order lists this target already, with other content; `existing` is the event.',
    remedy: 'Correct that event by `POST /v1/corrections`.',
  },
  TARGET_NOT_LISTED: {
    status: 409,
    title: 'Not listed by this order',
    pointer: '/target',
    meaning:
      'No listing of this target by this order stands at that time, so nothing can be withdrawn from its list; or it is withdrawn already, by the event `withdrawal`.',
    remedy:
      'Record the listing first, or correct the target, the order or the times; a withdrawal on record is corrected by `POST /v1/corrections`.',
  },
  ORDER_NOT_INTERIM: {
    status: 409,
    title: 'Nothing to confirm',
    meaning:
      'Only an interim direction is confirmed, and once: the instrument is another (`instrument`), or a confirmation stands (`confirmed`).',
    remedy: 'Correct the instrument or the confirmation that stands by `POST /v1/corrections`.',
  },
  ORDER_ALREADY_STAYED: {
    status: 409,
    title: 'Already stayed',
    pointer: '/occurredAt',
    meaning: 'Another stay of the whole order, `stay`, is provably in force at that time. An order has one stay at a time.',
    remedy: 'Record what lifted the earlier stay first, or correct the times.',
  },
  ORDER_NOT_STAYED: {
    status: 409,
    title: 'No stay to lift',
    pointer: '/occurredAt',
    meaning: 'No stay of this order can be in force at that time, or the one named has ended.',
    remedy: 'Record the stay first, or correct the time or the stay named.',
  },
  CLOCK_ALREADY_STOPPED: {
    status: 409,
    title: 'Clock stopped already',
    pointer: '/occurredAt',
    meaning: 'Another stop of the clock, `stop`, is provably in force at that time.',
    remedy: 'Record what restarted the clock first, or correct the times.',
  },
  CLOCK_NOT_STOPPED: {
    status: 409,
    title: 'No stop to end',
    pointer: '/occurredAt',
    meaning: 'The clock of this order cannot be stopped at that time, or the stop named has ended.',
    remedy: 'Record the stop first, or correct the time or the stop named.',
  },
  CLAIM_NUMBERS_IMPOSSIBLE: {
    status: 422,
    title: 'Numbers that cannot be',
    meaning:
      'A number is negative, a count has a fraction, a numerator exceeds its denominator, a percentage lies outside 0 to 100, a range is reversed; or the numbers do not fit unit, metric or comparator. `field` and `why` say which.',
    remedy:
      'Write the figure as it was published. Where the source itself is impossible, quote it in `text` and record it with metric `other` and comparator `unquantified`.',
  },
  CLAIM_ALREADY_WITHDRAWN: {
    status: 409,
    title: 'Claim withdrawn already',
    meaning: 'A withdrawal of this claim, `withdrawal`, stands.',
    remedy: 'Correct that withdrawal by `POST /v1/corrections`.',
  },
  EVIDENCE_EMPTY: {
    status: 422,
    title: 'Empty file',
    meaning: 'The file has no bytes. Nothing was stored.',
    remedy: 'Send the file again; if it is empty where it comes from, it proves nothing.',
  },
  EVIDENCE_HASH_MISMATCH: {
    status: 422,
    title: 'Not the file that was stated',
    pointer: '/sha256',
    meaning: 'The bytes received have another SHA-256, `found`, than was stated. Nothing was stored.',
    remedy: 'Send the right file, or state the SHA-256 of this one.',
  },
  NO_OPEN_RESTRICTION: {
    status: 409,
    title: 'Nothing to reinstate',
    pointer: '/occurredAt',
    meaning: 'No restriction of this target can be in force at that time.',
    remedy: 'Record the restriction first, or correct the time or the target.',
  },
  TERRITORY_NOT_RESTRICTED: {
    status: 409,
    title: 'Not restricted there',
    pointer: '/territory',
    meaning: 'What should be lifted goes beyond what remains restricted.',
    remedy: 'Name only places in which the restrictions still apply, or leave `territory` out to lift all that remains.',
  },
  REINSTATED_BEFORE_RESTRICTED: {
    status: 409,
    title: 'Reinstated before it was restricted',
    pointer: '/occurredAt',
    meaning: 'The reinstatement lies provably before the restrictions that it should end.',
    remedy: 'Correct one of the times, or name the restrictions meant.',
  },
  CORRECTION_EMPTY: {
    status: 422,
    title: 'Corrects nothing',
    pointer: '/changes',
    meaning: 'After the correction the event would say what it says now.',
    remedy: 'Check which event is named and what it should say.',
  },
  CORRECTION_FORBIDDEN: {
    status: 422,
    title: 'Cannot be corrected',
    pointer: '/changes',
    meaning: 'The fields in `fields` are fixed (`fixed_field`), or the event is itself a correction or retraction (`not_a_fact`).',
    remedy: 'Retract the event and record it anew; correct a wrong correction by a further correction of the fact.',
  },
  CORRECTION_INVALID: {
    status: 422,
    title: 'The corrected record would not hold',
    pointer: '/changes',
    meaning: 'With the correction an event of the stream would break its schema or a rule; `cause` says which.',
    remedy: 'Mend what `cause` names.',
  },
  EVENT_ALREADY_RETRACTED: {
    status: 409,
    title: 'Already retracted',
    pointer: '/event',
    meaning: 'The event was retracted; `retraction` is the event that did it.',
    remedy: 'Nothing is left to do; record the fact anew if the retraction was wrong.',
  },
  RETRACTION_FORBIDDEN: {
    status: 422,
    title: 'Cannot be retracted',
    pointer: '/event',
    meaning:
      'The event says that an import began or ended (`of_an_import`): without it the import could never be completed. Or what `duplicateOf` names is the event itself or a fact of another type (`no_duplicate`).',
    remedy:
      'Retract what the import recorded, as a batch: `batchId` is its id (`npx ledger retract --import <id>`). Name the fact that says the same, or leave `duplicateOf` out.',
  },
  EVENT_HAS_DEPENDENTS: {
    status: 409,
    title: 'Others depend on it',
    pointer: '/event',
    meaning: 'The events in `dependents` name this one, or stand in the stream that it opened.',
    remedy: 'Retract those first.',
  },
  COMMAND_ID_REUSED: {
    status: 409,
    title: 'Idempotency-Key used for something else',
    meaning: 'The key belongs to a command with another body.',
    remedy: 'Use a new key for a new command; repeat a command with just the same body.',
  },
  ROW_CHANGED: {
    status: 409,
    title: 'Recorded before with other content',
    meaning: 'An earlier file, or an earlier row, names its row by the same id and says something else; `event` is what it became.',
    remedy: 'If the record is wrong, correct or retract that event; if it is another fact, give its row an id of its own.',
  },
  REVISION_MISMATCH: {
    status: 412,
    title: 'The stream has moved on',
    meaning: 'If-Match insists on revision `expected`; the last one is `actual`, −1 if there is no event.',
    remedy: 'Read what has changed, decide again, and send the new revision.',
  },
  CONTENTION: {
    status: 409,
    title: 'Too many writers at once',
    meaning: 'Other writers changed the stream during each attempt. Nothing was stored.',
    remedy: 'Repeat the request, best with the same Idempotency-Key.',
  },
  STREAM_FULL: {
    status: 409,
    title: 'Stream full',
    meaning: 'A stream holds at most `eventsMax` events.',
    remedy: 'No further event can be recorded about this one thing.',
  },
  JSON_INVALID: {
    status: 400,
    title: 'Not JSON that every reader reads alike',
    meaning:
      'No JSON in UTF-8; or a name twice in one object, a number that is no safe integer or has a fraction, a key such as `__proto__`, or more than 32 levels. `fault` says which.',
    remedy: 'Mend the text. A decimal number is sent as text.',
  },
  BODY_INVALID: {
    status: 400,
    title: 'The body does not have the form expected',
    meaning: 'Fields are missing, unknown, empty, too long or of another type; each is named in `errors`.',
    remedy: 'Mend the fields named. The schema of each body is in /openapi.json.',
  },
  QUERY_INVALID: {
    status: 400,
    title: 'A parameter or header does not have the form expected',
    meaning: 'Parameters or headers are missing, unknown or of another form; each is named in `errors`.',
    remedy: 'Mend those named.',
  },
  CURSOR_INVALID: {
    status: 400,
    title: 'The cursor does not fit',
    meaning: 'The cursor was not made by this ledger, or for another question.',
    remedy: 'Begin again without a cursor.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    title: 'Idempotency-Key not accepted',
    meaning: 'A key has 1 to 128 characters out of letters, digits and `. _ ~ -`.',
    remedy: 'Send one such key, a UUID for instance, or none.',
  },
  TOKEN_REQUIRED: {
    status: 401,
    title: 'A token is needed',
    meaning: 'This ledger has tokens, and the request came with none.',
    remedy: 'Send `Authorization: Bearer <token>`. Whoever runs the ledger makes one with `npx ledger tokens add`.',
  },
  TOKEN_INVALID: {
    status: 401,
    title: 'Token not accepted',
    meaning: 'What was sent in `Authorization` is no token of this ledger, or none any more: which of the two is not told.',
    remedy: 'Check that the token was sent whole, once, and as `Bearer`; else ask whoever runs the ledger for a new one.',
  },
  TOKEN_ROLE: {
    status: 403,
    title: 'The role of the token does not allow this',
    meaning: 'The token is valid, and what was asked needs the role `role`, or one that may do more.',
    remedy: 'Use a token with that role.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Not allowed',
    meaning:
      'A ledger without tokens answers only under names of the machine itself (localhost, 127.0.0.1, ::1): under any other name a web page could write.',
    remedy: 'Address the ledger by one of those names; let a proxy send one of them in `Host`. Or give it tokens.',
  },
  NOT_FOUND: {
    status: 404,
    title: 'Not found',
    meaning: 'There is nothing at this path. What was retracted and not recorded anew is not there either.',
    remedy: 'Check the path and the id in it.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Method not allowed here',
    meaning: 'The path knows other methods; the header Allow names them. Nothing in a ledger is replaced or deleted.',
    remedy: 'Record a correction or a retraction instead.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'Body too large',
    meaning: 'A body has at most 256 KiB, on routes that take rows 2 MiB, a file 100 MiB; one event must fit into one append.',
    remedy: 'Send fewer rows at a time.',
  },
  BATCH_TOO_LARGE: {
    status: 413,
    title: 'Too many rows',
    pointer: '/rows',
    meaning: 'A request has at most `rowsMax` rows; so has a batch that is changed in one request, and a dry run.',
    remedy: 'Send several requests; narrow a batch by `types` or `case`.',
  },
  MAPPING_INVALID: {
    status: 422,
    title: 'Mapping not usable',
    meaning:
      'The mapping of an import says something that its language does not have, or that does not fit the events it names. Nothing was stored.',
    remedy:
      'Mend the places named; docs/reference/mapping.md describes the language, and `npx ledger template` writes a mapping that works.',
  },
  SHEET_INVALID: {
    status: 422,
    title: 'File not readable as a table',
    meaning:
      'The file is not what its mapping declares, breaks off, or holds more than is read; `row` and `column` say where. Nothing was stored.',
    remedy: 'Mend the file as the detail says, or declare in the mapping what it is, and send it again.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'Media type not supported',
    meaning: 'Bodies are application/json in UTF-8, without a content encoding; a file comes as multipart/form-data.',
    remedy: 'Send `Content-Type: application/json`; to `POST /v1/evidence` a form.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    meaning: 'More was asked in a short time than is allowed.',
    remedy: 'Wait as long as Retry-After says.',
  },
  EVIDENCE_ALTERED: {
    status: 500,
    title: 'File missing or altered',
    meaning:
      'The bytes on disk are not, or not all, those whose SHA-256 is on record, or cannot be read; `why` says which. They are not handed out.',
    remedy:
      'Restore the folder `evidence` from a copy, or register the same file again: the right bytes then take their place. `npx ledger evidence verify` names all that are affected.',
  },
  INTERNAL: {
    status: 500,
    title: 'Mistake of the server',
    meaning: 'Something went wrong that should not; it is in the log of the server.',
    remedy: 'Tell whoever runs the ledger. A write may be repeated with the same Idempotency-Key.',
  },
  TOKENS_UNREADABLE: {
    status: 503,
    title: 'The tokens cannot be read',
    meaning: 'The file of tokens is gone, wrong, or cannot be read. Until that is mended nobody is let in. Nothing was stored.',
    remedy: 'Whoever runs the ledger finds in the log of the server what is wrong with the file, and mends it or puts a copy in its place.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'Not available now',
    meaning: 'The event store, or the disk, cannot be used at the moment. Nothing was stored.',
    remedy: 'Repeat after as many seconds as Retry-After says, with the Idempotency-Key given in `commandId`.',
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    title: 'Not known whether it was stored',
    meaning:
      'The answer of the event store was lost. The command, or some rows of it, may be on record; or a file is on record, and was not put in its place.',
    remedy: 'Repeat the same request with the Idempotency-Key given in `commandId`: what is stored is found and not stored again.',
  },
  READ_MODEL_BEHIND: {
    status: 503,
    title: 'Not yet reflected',
    meaning: 'What is read does not reflect `minPosition` yet.',
    remedy: 'Repeat after as many seconds as Retry-After says.',
  },
};

export const PROBLEM_CODES: readonly string[] = Object.keys(problems);
