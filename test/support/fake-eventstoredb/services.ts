/** The gRPC services of one node. */
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { Expected } from './append-table.ts';
import { answerAppend } from './appends.ts';
import { type NodeContext, refusalNow } from './context.ts';
import type { StoredRecord } from './log.ts';
import { answerRead } from './reads.ts';
import { type Refusal, streamDeleted, unimplemented, wrongExpectedVersion } from './refusals.ts';
import { deleteRequest } from './requests.ts';
import {
  ClusterInfo,
  DeleteResp,
  EndPoint,
  type IGossipServer,
  type IServerFeaturesServer,
  type IStreamsServer,
  MemberInfo,
  StreamsService,
  SupportedMethod,
  SupportedMethods,
  TombstoneResp,
  UUID,
} from './wire.ts';

export const streamsService = (context: NodeContext): IStreamsServer => ({
  append: answerAppend(context),
  read: answerRead(context),
  /** There to show that it is not called. */
  batchAppend(call) {
    context.record({ method: 'BatchAppend' });
    call.emit('error', unimplemented());
  },
  delete: answerDeletion(context, { method: 'Delete', remove: context.log.softDelete, answer: () => new DeleteResp() }),
  tombstone: answerDeletion(context, { method: 'Tombstone', remove: context.log.tombstone, answer: () => new TombstoneResp() }),
});

type Deletion<Answer> = {
  readonly method: 'Delete' | 'Tombstone';
  readonly remove: (stream: string) => StoredRecord;
  readonly answer: (removed: StoredRecord) => Answer;
};

const answerDeletion =
  <Answer>(context: NodeContext, { method, remove, answer }: Deletion<Answer>) =>
  (call: ServerUnaryCall<Parameters<typeof deleteRequest>[0], Answer>, callback: sendUnaryData<Answer>): void => {
    const { stream, expected } = deleteRequest(call.request);
    const requiresLeader = call.metadata.get('requires-leader')[0] === 'true';
    context.record({ method, requiresLeader, stream, expected });
    const refusal = refusalNow(context, { requiresLeader, stream, writes: true }) ?? refusalOfDeletion(context, stream, expected);
    if (refusal === undefined) callback(null, answer(remove(stream)));
    else callback(refusal);
  };

const refusalOfDeletion = ({ log }: NodeContext, stream: string, expected: Expected): Refusal | undefined => {
  if (log.stateOf(stream) === 'tombstoned') return streamDeleted(stream);
  const head = log.headOf(stream);
  return typeof expected === 'number' && expected !== head ? wrongExpectedVersion(stream, { expected, head }) : undefined;
};

export const gossipService = ({ members, leader, settings, record }: NodeContext): IGossipServer => ({
  read(_call, callback) {
    record({ method: 'Gossip.Read' });
    const leading = leader();
    const info = new ClusterInfo();
    for (const { index, address, port, alive } of settings.gossip === 'members' ? members() : []) {
      const endPoint = new EndPoint();
      endPoint.setAddress(address);
      endPoint.setPort(port);
      const id = new UUID();
      id.setString(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
      const member = new MemberInfo();
      member.setInstanceId(id);
      member.setHttpEndPoint(endPoint);
      member.setIsAlive(alive);
      member.setState(stateOf(index, leading?.index));
      info.addMembers(member);
    }
    callback(null, info);
  },
});

/** During an election nobody is a follower either. */
const stateOf = (index: number, leading: number | undefined) => {
  const { FOLLOWER, LEADER, UNKNOWN } = MemberInfo.VNodeState;
  if (leading === undefined) return UNKNOWN;
  return index === leading ? LEADER : FOLLOWER;
};

export const featuresService = ({ settings, record }: NodeContext): IServerFeaturesServer => ({
  getSupportedMethods(_call, callback) {
    record({ method: 'ServerFeatures.GetSupportedMethods' });
    const supported = new SupportedMethods();
    supported.setEventStoreServerVersion(settings.version);
    for (const { path } of Object.values(StreamsService)) {
      const [, service = '', name = ''] = path.split('/');
      const method = new SupportedMethod();
      method.setServiceName(service);
      method.setMethodName(name.toLowerCase());
      supported.addMethods(method);
    }
    callback(null, supported);
  },
});
