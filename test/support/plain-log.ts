/** A random case as a plain log of stored events, made without the product. What would contradict its own stream is left out, as the real commands would refuse it. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { type Draft, eventCorrected, eventRetracted, withEvent } from './naive-events.ts';
import type { NaiveQuestion } from './naive-figures.ts';
import { Extent, effectiveFacts, type LogEvent } from './naive-log.ts';
import { type NaiveRestriction, type NaiveTerritory, recordOf } from './naive-record.ts';
import { canBeEnded, isConsistent, liftedBy, type Remaining, remainingTerritory } from './plain-log-rules.ts';
import { HOURS_MAX, hourText, type RandomCase, type RandomCorrection, randomCase, WIDTH_HOURS_MAX } from './random-case.ts';
import { wantedOf } from './random-correction.ts';
import { openingOf, type Saying, stepsOf } from './random-sayings.ts';

export const plainLogOf = (theCase: RandomCase): readonly LogEvent[] => {
  let log = withEvent([], openingOf());
  /** Where each saying was recorded. */
  const recorded = new Map<string, string>();
  for (const step of stepsOf(theCase)) {
    const repeated = 'say' in step ? repeatOf(step.say, log, recorded) : undefined;
    if ('say' in step && repeated !== undefined) recorded.set(step.say.key, repeated.id);
    const draft = 'say' in step ? draftOf(step.say, log, recorded) : draftOfCorrection(step.correct, log);
    if (draft === undefined || repeated !== undefined) continue;
    const longer = withEvent(log, draft);
    if (!isConsistent(longer, draft.stream)) continue;
    log = longer;
    const id = log.at(-1)?.id;
    if ('say' in step && id !== undefined) recorded.set(step.say.key, id);
  }
  return log;
};

export const randomLog: fc.Arbitrary<readonly LogEvent[]> = randomCase.map(plainLogOf);

/** What to ask of a log: some or all of its orders, at a whole or half hour, as known at any of its positions (the head most often). */
export const randomQuestion = (log: readonly LogEvent[]): fc.Arbitrary<NaiveQuestion> => {
  const orders = log.filter(({ type }) => type === 'OrderIssued').map(({ stream }) => stream.slice('order-'.length));
  const mostlyNot = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 1 });
  return fc
    .record({
      orders: fc.subarray([...new Set(orders)], { minLength: Math.min(1, orders.length) }),
      validAt: fc.integer({ min: -2, max: 2 * (HOURS_MAX + WIDTH_HOURS_MAX) }).map((halves) => hourText(halves / 2)),
      knownAt: fc.oneof(
        { weight: 2, arbitrary: fc.constant(log.length) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: log.length }) },
      ),
      kinds: fc.constantFrom<readonly string[]>(['account', 'post', 'url'], ['account'], ['account', 'post', 'hashtag']),
      tolerance: mostlyNot(fc.constantFrom('PT1H', 'PT3H', 'PT6H')),
      reportedBy: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: HOURS_MAX }).map(hourText) },
      ),
    })
    .map(({ tolerance, reportedBy, ...question }) => ({
      ...question,
      ...(tolerance !== undefined && { tolerance }),
      ...(reportedBy !== undefined && { reportedBy }),
    }));
};

/** The event that says the same already, as it was first recorded and not retracted since: then nothing is added. */
const repeatOf = ({ draft, names, reinstates }: Saying, log: readonly LogEvent[], recorded: ReadonlyMap<string, string>) => {
  const standingIds = new Set(effectiveFacts(log, log.length).map(({ id }) => id));
  const said = names?.key === undefined ? draft : withData(draft, { [names.field]: recorded.get(names.key) });
  return log.find(({ id, stream, type, data }) => {
    const first = names !== undefined && names.key === undefined ? { ...data, [names.field]: undefined } : data;
    const isSame =
      stream === draft.stream && type === draft.type && reinstates === undefined && isDeepStrictEqual(defined(first), defined(said.data));
    return isSame && standingIds.has(id);
  });
};

const defined = (data: Draft['data']) => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));

const draftOf = (
  { draft, names, reinstates }: Saying,
  log: readonly LogEvent[],
  recorded: ReadonlyMap<string, string>,
): Draft | undefined => {
  if (reinstates !== undefined) {
    const restrictions = reinstates.restrictions?.map((key) => recorded.get(key));
    const lifts = liftsOf(log, draft, reinstates, restrictions);
    return lifts.length === 0 ? undefined : withData(draft, { lifts });
  }
  if (names === undefined) return draft;
  const id = names.key === undefined ? interruptionToEnd(log, draft, names.field) : recorded.get(names.key);
  return id === undefined ? undefined : withData(draft, { [names.field]: id });
};

const withData = (draft: Draft, said: Draft['data']): Draft => ({ ...draft, data: { ...draft.data, ...said } });

/** The first, by when it began, that nothing names, whose own end is not reached before, and that does not provably begin later. */
const interruptionToEnd = (
  log: readonly LogEvent[],
  { stream, data }: Draft,
  field: 'stay' | 'stop' | 'restriction',
): string | undefined => {
  const [order] = standing(log, stream).orders;
  const all = (field === 'stay' ? order?.stays : order?.stops) ?? [];
  const occurred = Extent.parse(data['occurredAt']);
  const open = all.filter((interruption) => canBeEnded(interruption, occurred));
  return open.toSorted((a, b) => a.start.earliest - b.start.earliest || a.start.latest - b.start.latest)[0]?.id;
};

/** The restrictions that a reinstatement ends, written out: those named, or all that can be in force then, as far as they remain. */
const liftsOf = (
  log: readonly LogEvent[],
  { stream, data }: Draft,
  { territory }: NonNullable<Saying['reinstates']>,
  named: readonly (string | undefined)[] | undefined,
): readonly { readonly restriction: string; readonly territory: NaiveTerritory }[] => {
  const [target] = standing(log, stream).targets;
  if (target === undefined) return [];
  const occurred = Extent.parse(data['occurredAt']);
  const canBeInForce = ({ start, until }: NaiveRestriction) => start.earliest <= occurred.latest && until > occurred.earliest;
  return target.restrictions
    .filter((candidate) => canBeInForce(candidate) && (named?.includes(candidate.id) ?? true))
    .flatMap((candidate) => {
      const remaining = remainingTerritory(candidate, liftedBy(target, candidate.id));
      const lifted = remaining === undefined ? undefined : partOf(remaining, territory);
      return lifted === undefined ? [] : [{ restriction: candidate.id, territory: lifted }];
    });
};

const standing = (log: readonly LogEvent[], stream: string) =>
  recordOf(effectiveFacts(log, log.length).filter((fact) => fact.stream === stream));

const partOf = (remaining: Remaining, asked: readonly string[] | undefined): NaiveTerritory | undefined => {
  if (remaining === 'UNSTATED') return asked ?? 'UNSTATED';
  if ('except' in remaining && asked === undefined) return 'WORLD';
  const part =
    'only' in remaining
      ? remaining.only.filter((country) => asked?.includes(country) ?? true)
      : asked?.filter((country) => !remaining.except.includes(country));
  return part !== undefined && part.length > 0 ? part : undefined;
};

const draftOfCorrection = (correction: RandomCorrection, log: readonly LogEvent[]): Draft | undefined => {
  const wanted = wantedOf(correction, effectiveFacts(log, log.length));
  if (wanted === undefined) return undefined;
  const { fact } = wanted;
  return wanted.kind === 'retract' ? eventRetracted(fact) : eventCorrected(fact, { changes: wanted.changes, removes: wanted.removes });
};
