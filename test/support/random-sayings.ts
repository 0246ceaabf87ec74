/** A random case as a sequence of things to record: each as the log would hold it, but for the ids of the events that it names. */
import {
  caseOpened,
  coverageDeclared,
  type Draft,
  extentText,
  orderId,
  orderIssued,
  orderServed,
  published,
  type StoredTarget,
  targetBlocked,
  targetDeclined,
  targetGone,
  targetLimited,
  targetListed,
  targetReinstated,
  targetWithdrawn,
  targetWithheld,
} from './naive-events.ts';
import {
  clockRestarted,
  clockStopped,
  deadlineSet,
  noticeServed,
  orderAnswered,
  orderConfirmed,
  orderRevoked,
  orderStayed,
  stayLifted,
} from './naive-order-events.ts';
import {
  claimRecorded,
  claimWithdrawn,
  evidenceRegistered,
  meetingHeld,
  statementMade,
  targetLinked,
  userNotified,
} from './naive-other-events.ts';
import {
  type Ext,
  hour,
  hourText,
  type RandomAct,
  type RandomCase,
  type RandomCorrection,
  type RandomOrder,
  type RandomOrderAct,
  type RandomOther,
  type RandomTarget,
  randomTarget,
  storedExtent,
} from './random-case.ts';

export type Saying = {
  readonly key: string;
  readonly draft: Draft;
  /** Keys of what has to be recorded, or have been tried, before. */
  readonly after: readonly string[];
  /** The field that names an event, and the key of that; without a key whoever records it finds the event. */
  readonly names?: { readonly field: 'stay' | 'stop' | 'restriction'; readonly key?: string };
  /** What a reinstatement asks for, keys of restrictions and places; whoever records it writes out what is lifted. */
  readonly reinstates?: { readonly restrictions?: readonly string[]; readonly territory?: readonly string[]; readonly occurred: Ext };
};

/** One thing to record: a fact, or a correction of what was recorded before. */
export type Step = { readonly say: Saying } | { readonly correct: RandomCorrection };

export const openingOf = (): Draft => caseOpened(extentText(hour(-24), hour(-24)));

/** Late reports in any order, but nothing before the order or restriction that it names. */
export const stepsOf = ({ orders, targets, others, logOrder, corrections }: RandomCase): readonly Step[] => {
  const steps: readonly Step[] = [
    ...[
      ...orders.flatMap(ofOrder),
      ...targets.flatMap(ofTarget),
      ...orders.flatMap(ofCoverage),
      ...others.map((said, index) => ofOther(said, index, others)),
    ].map((say) => ({ say })),
    ...corrections.map((correct) => ({ correct })),
  ];
  const rank = (index: number) => logOrder[index % logOrder.length] ?? 0;
  let waiting = steps.map((step, index) => ({ step, rank: rank(index) })).sort((a, b) => a.rank - b.rank);
  const done: Step[] = [];
  while (waiting.length > 0) {
    const next = waiting.find(({ step }) => !waiting.some((other) => isNamedBy(other.step, step)));
    if (next === undefined) throw new Error('steps wait for each other');
    done.push(next.step);
    waiting = waiting.filter((other) => other !== next);
  }
  return done;
};

const isNamedBy = (earlier: Step, step: Step): boolean => 'say' in earlier && 'say' in step && step.say.after.includes(earlier.say.key);

const issueKey = (order: number): string => `order ${order}`;
const sourced = (draft: Draft, sources: readonly (Ext | 'undated')[] | undefined): Draft =>
  sources === undefined
    ? draft
    : published(
        draft,
        sources.map((source) => (source === 'undated' ? source : storedExtent(source))),
      );

const ofOrder = (said: RandomOrder, order: number): readonly Saying[] => {
  const id = orderId(order);
  const after = [issueKey(order)];
  const { measure, territory, rule, isInterim, issued, expiresAt } = said;
  const terms = {
    demand: { measure, territory },
    deadlineRule: rule,
    ...(isInterim && { instrument: 'interim_direction' }),
    ...(expiresAt !== undefined && { expiresAt: hourText(expiresAt) }),
  };
  return [
    { key: issueKey(order), draft: orderIssued(id, storedExtent(issued), terms), after: [] },
    ...said.served.map(({ occurred, sources }, index) => ({
      key: `${issueKey(order)} service ${index}`,
      draft: sourced(orderServed(id, storedExtent(occurred)), sources),
      after,
    })),
    ...said.acts.map((act, index): Saying => {
      const key = (of: number) => `${issueKey(order)} act ${of}`;
      const own = { key: key(index), draft: sourced(draftOfOrderAct(act, id), act.sources) };
      if (act.type !== 'lift' && act.type !== 'restart') return { ...own, after };
      const field = act.type === 'lift' ? 'stay' : 'stop';
      if (act.of !== undefined) return { ...own, after: [...after, key(act.of)], names: { field, key: key(act.of) } };
      // The ledger looks for what is ended among what it knows then: all that comes before in this text.
      return { ...own, after: [...after, ...said.acts.slice(0, index).map((_, earlier) => key(earlier))], names: { field } };
    }),
  ];
};

const draftOfOrderAct = (act: RandomOrderAct, id: string): Draft => {
  const occurredAt = storedExtent(act.occurred);
  switch (act.type) {
    case 'confirm':
      return orderConfirmed(id, occurredAt);
    case 'revoke':
      return orderRevoked(id, occurredAt);
    case 'notice':
      return noticeServed(id, occurredAt);
    case 'stay':
      return orderStayed(id, occurredAt, act.until === undefined ? undefined : hourText(act.until));
    case 'lift':
      return stayLifted(id, occurredAt);
    case 'stop':
      return clockStopped(id, occurredAt);
    case 'restart':
      return clockRestarted(id, occurredAt);
    case 'answer':
      return orderAnswered(id, occurredAt, { answer: act.answer, scope: act.scope });
    case 'deadline':
      return deadlineSet(id, occurredAt, hourText(act.dueAt));
  }
};

const ofCoverage = ({ coverage }: RandomOrder, order: number): readonly Saying[] =>
  coverage.map(({ from, to, completeness }, index) => ({
    key: `${issueKey(order)} coverage ${index}`,
    draft: coverageDeclared(orderId(order), storedExtent({ earliest: to, latest: to }), {
      from: hourText(from),
      to: hourText(to),
      completeness,
    }),
    after: [issueKey(order)],
  }));

const ofTarget = ({ kind, listedIn, acts }: RandomTarget, index: number): readonly Saying[] => {
  const target = randomTarget(index, kind);
  const listKey = (order: number) => `target ${index} in order ${order}`;
  const actKey = (act: number) => `target ${index} act ${act}`;
  return [
    ...listedIn.flatMap(({ order, occurred, received, withdrawn, sources }): readonly Saying[] => {
      const said = { order: orderId(order), ...(received && { receivedAt: storedExtent(received) }) };
      const listed = {
        key: listKey(order),
        draft: sourced(targetListed(target, storedExtent(occurred), said), sources),
        after: [issueKey(order)],
      };
      if (withdrawn === undefined) return [listed];
      const draft = targetWithdrawn(target, storedExtent(withdrawn), orderId(order));
      return [listed, { key: `${listKey(order)} withdrawn`, draft, after: [issueKey(order), listKey(order)] }];
    }),
    ...acts.map((act, place) => ofAct(act, { target, key: actKey(place), actKey, earlier: acts.slice(0, place) })),
  ];
};

type Place = {
  readonly target: StoredTarget;
  readonly key: string;
  readonly actKey: (act: number) => string;
  readonly earlier: readonly RandomAct[];
};

const ofAct = (act: RandomAct, { target, key, actKey, earlier }: Place): Saying => {
  const occurredAt = storedExtent(act.occurred);
  const say = (draft: Draft, rest: Partial<Saying> = {}): Saying => ({ key, draft: sourced(draft, act.sources), after: [], ...rest });
  switch (act.type) {
    case 'block':
    case 'withhold':
    case 'limit': {
      const end = act.until === undefined ? {} : { until: hourText(act.until) };
      const said = { orders: act.orders.map(orderId), basis: act.basis, ...end };
      const after = act.orders.map(issueKey);
      if (act.type === 'block') return say(targetBlocked(target, occurredAt, { ...said, measure: act.measure }), { after });
      const inPlaces = { ...said, territory: act.territory };
      return say((act.type === 'withhold' ? targetWithheld : targetLimited)(target, occurredAt, inPlaces), { after });
    }
    case 'reinstate': {
      const restrictions = act.lifts?.map(actKey);
      const asked = { occurred: act.occurred, ...(act.territory && { territory: act.territory }), ...(restrictions && { restrictions }) };
      const after = restrictions ?? earlier.map((_, place) => actKey(place));
      return say(targetReinstated(target, occurredAt, []), { after, reinstates: asked });
    }
    case 'decline':
      return say(targetDeclined(target, occurredAt, act.orders.map(orderId)), { after: act.orders.map(issueKey) });
    case 'gone':
      return say(targetGone(target, occurredAt));
    case 'link':
      return say(targetLinked(target, occurredAt, randomTarget(99, 'account')));
    case 'notify': {
      if (act.restriction === undefined) return say(userNotified(target, occurredAt));
      const named = actKey(act.restriction);
      return say(userNotified(target, occurredAt), { after: [named], names: { field: 'restriction', key: named } });
    }
  }
};

const ofOther = (said: RandomOther, index: number, others: readonly RandomOther[]): Saying => {
  const key = `other ${index}`;
  const cites = said.orders.map(orderId);
  const after = said.orders.map(issueKey);
  const occurredAt = storedExtent(said.occurred);
  const say = (draft: Draft, rest = after): Saying => ({ key, draft: sourced(draft, said.sources), after: rest });
  switch (said.type) {
    case 'meeting':
      return say(meetingHeld(index, occurredAt, cites));
    case 'statement':
      return say(statementMade(index, occurredAt, cites));
    case 'claim':
      return say(claimRecorded(index, occurredAt, cites));
    case 'claim_withdrawal': {
      const claim = others.findIndex(({ type }) => type === 'claim');
      return say(claimWithdrawn(claim, occurredAt), claim < 0 ? [] : [`other ${claim}`]);
    }
    case 'evidence':
      return say(evidenceRegistered(index, occurredAt), []);
  }
};
