/** The messages and services of the wire, as the client's package ships them: CommonJS, so their names come out of default imports, here alone. */

import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipMessages from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';

export type { IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
export type { IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
export type { StreamIdentifier as StreamIdentifierMessage } from '@eventstore/db-client/generated/shared_pb.js';
export type { IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
export type {
  AppendReq as AppendReqMessage,
  AppendResp as AppendRespMessage,
  DeleteReq as DeleteReqMessage,
  ReadReq as ReadReqMessage,
  ReadResp as ReadRespMessage,
} from '@eventstore/db-client/generated/streams_pb.js';

export const { StreamsService } = streams;
export const { GossipService } = gossip;
export const { ServerFeaturesService } = features;
export const { AppendResp, DeleteResp, ReadResp, TombstoneResp } = messages;
export const { ClusterInfo, EndPoint, MemberInfo } = gossipMessages;
export const { SupportedMethod, SupportedMethods } = featureMessages;
export const { Empty, StreamIdentifier, UUID } = shared;
