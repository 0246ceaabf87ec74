/** Requests of the wire, read into plain values. 64-bit numbers come as decimal strings, names of streams as bytes. */
import type { Expected } from './append-table.ts';
import type { Proposed } from './log.ts';
import type { AppendReqMessage, DeleteReqMessage, ReadReqMessage, StreamIdentifierMessage } from './wire.ts';

export type AppendRequest = { readonly stream: string; readonly expected: Expected; readonly events: readonly Proposed[] };
export type DeleteRequest = { readonly stream: string; readonly expected: Expected };
export type ReadRequest = {
  /** `$all` for all streams. */
  readonly stream: string;
  readonly direction: 'forwards' | 'backwards';
  readonly from: number | 'start' | 'end';
  /** `undefined` for a subscription. */
  readonly count: number | undefined;
  readonly filter: ReadFilter | undefined;
};
export type ReadFilter = {
  readonly on: 'stream' | 'type';
  readonly prefixes: readonly string[];
  readonly regex: string;
  /** A checkpoint comes each time that so many records were looked at. */
  readonly checkpointEvery: number;
};

/** What the server takes where the request names no maximum. */
const SEARCH_WINDOW = 32;

export const appendRequest = ([header, ...rest]: readonly AppendReqMessage[]): AppendRequest => {
  const options = header?.getOptions();
  if (options === undefined) throw new Error('an append begins with its options');
  const events = rest.map((message): Proposed => {
    const proposed = message.getProposedMessage();
    if (proposed === undefined) throw new Error('the options of an append are followed by events');
    const map = proposed.getMetadataMap();
    return {
      id: (proposed.getId()?.getString() ?? '').toLowerCase(),
      type: map.get('type') ?? '',
      contentType: map.get('content-type') ?? '',
      data: Buffer.from(proposed.getData_asU8()),
      metadata: Buffer.from(proposed.getCustomMetadata_asU8()),
    };
  });
  return { stream: streamName(options.getStreamIdentifier()), expected: expectedOf(options), events };
};

export const deleteRequest = (message: Pick<DeleteReqMessage, 'getOptions'>): DeleteRequest => {
  const options = message.getOptions();
  if (options === undefined) throw new Error('a deletion names its stream');
  return { stream: streamName(options.getStreamIdentifier()), expected: expectedOf(options) };
};

export const readRequest = (message: ReadReqMessage): ReadRequest => {
  const options = message.getOptions();
  const ofStream = options?.getStream();
  const ofAll = options?.getAll();
  if (options === undefined || (ofStream === undefined && ofAll === undefined)) throw new Error('a read names a stream or all');
  const { direction, from } = {
    direction: options.getReadDirection() === 0 ? ('forwards' as const) : ('backwards' as const),
    from: ofStream === undefined ? fromPosition(ofAll) : fromRevision(ofStream),
  };
  return {
    stream: ofStream === undefined ? '$all' : streamName(ofStream.getStreamIdentifier()),
    direction,
    from,
    count: options.hasSubscription() ? undefined : Number(options.getCount()),
    filter: filterOf(options),
  };
};

type Options = NonNullable<ReturnType<ReadReqMessage['getOptions']>>;

const fromRevision = (options: NonNullable<ReturnType<Options['getStream']>>): ReadRequest['from'] => {
  if (options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : Number(options.getRevision());
};

const fromPosition = (options: ReturnType<Options['getAll']>): ReadRequest['from'] => {
  if (options === undefined || options.hasStart()) return 'start';
  return options.hasEnd() ? 'end' : Number(options.getPosition()?.getCommitPosition());
};

const filterOf = (options: Options): ReadFilter | undefined => {
  const filter = options.getFilter();
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (filter === undefined || expression === undefined) return undefined;
  const window = filter.hasMax() ? filter.getMax() : SEARCH_WINDOW;
  return {
    on: filter.hasStreamIdentifier() ? 'stream' : 'type',
    prefixes: expression.getPrefixList(),
    regex: expression.getRegex(),
    checkpointEvery: window * Math.max(filter.getCheckpointintervalmultiplier(), 1),
  };
};

const expectedOf = (options: {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
  getRevision(): string;
}): Expected => {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  return options.hasStreamExists() ? 'stream_exists' : Number(options.getRevision());
};

const streamName = (identifier: StreamIdentifierMessage | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
