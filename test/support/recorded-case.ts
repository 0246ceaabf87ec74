/** Records a random case through the real commands, in its random order: what the ledger refuses stays out, as it would for a caller. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Uses } from '../../src/api/uses.ts';
import type { RowOutcome } from '../../src/application/record.ts';
import { type ComposedLedger, composeLedger } from '../../src/compose.ts';
import { correctionInput, EVENT_CORRECTED, EVENT_RETRACTED, retractionInput } from '../../src/domain/events/corrections.ts';
import { findEventType } from '../../src/domain/events/event-types.ts';
import { parseCommandId, parseStreamName } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { engineOf } from './engine.ts';
import type { RandomCase, RandomCorrection } from './random-case.ts';
import { type Correctable, wantedOf } from './random-correction.ts';
import { openingOf, type Saying, stepsOf } from './random-sayings.ts';

export const withTestLedger = async <T>(use: (ledger: ComposedLedger, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  const ledger = await composeLedger({ folder, engine: engineOf(folder), name: 'test', recordedBy: 'local:test', threads: false });
  try {
    return await use(ledger, folder);
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Records step by step; `after` is called after each that was accepted, with the position reached. Answers what was refused, by code. */
export const recordCase = async (
  uses: Uses,
  theCase: RandomCase,
  after: (position: number) => void | Promise<void> = () => {},
): Promise<readonly { readonly type: string; readonly code: string }[]> => {
  const facts: Correctable[] = [];
  const events = new Map<string, string>();
  const refused: { readonly type: string; readonly code: string }[] = [];
  let commands = 0;

  const record = async ({ type, stream, input }: Asked): Promise<RowOutcome> => {
    commands += 1;
    const outcome = await uses.record.one(
      { type, stream: parseStreamName(stream), data: parsedBy(type, stream, input) },
      { commandId: parseCommandId(`c${commands}`), recordedBy: 'local:test' },
    );
    if (outcome.kind === 'refused') refused.push({ type, code: outcome.refusal.code });
    if (outcome.kind === 'recorded') {
      if (type !== EVENT_CORRECTED && type !== EVENT_RETRACTED) facts.push({ id: outcome.eventId, stream, type, data: input });
      if (outcome.position === null) throw new Error('the read model did not follow');
      await after(outcome.position);
    }
    return outcome;
  };

  const opening = openingOf();
  await record({ ...opening, input: asked(opening.data) });
  for (const step of stepsOf(theCase)) {
    const wanted = 'say' in step ? askedOf(step.say, events) : correctionOf(step.correct, facts);
    if (!wanted) continue;
    const outcome = await record(wanted);
    if ('say' in step && outcome.kind !== 'refused') events.set(step.say.key, outcome.eventId);
  }
  return refused;
};

type Asked = { readonly type: string; readonly stream: string; readonly input: JsonObject };

/** Of a registered file the ledger itself says the digest and the size: no request does. */
const FOUND_BY_THE_LEDGER = ['EvidenceRegistered'];

const parsedBy = (type: string, stream: string, input: JsonObject): JsonObject => {
  if (FOUND_BY_THE_LEDGER.includes(type)) return parsed(findEventType(type)?.stored, input);
  const known = findEventType(type);
  if (known) return parsed(known.input, onlySent(known.input, input));
  const { stream: _, ...data } = parsed(type === EVENT_CORRECTED ? correctionInput : retractionInput, { stream, ...input });
  return data;
};
/** Without what the decider fills in, which no request says. */
const onlySent = ({ shape }: z.ZodObject, input: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(input).filter(([field]) => field in shape));
const parsed = (schema: z.ZodType | undefined, input: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(schema?.parse(input))) as JsonObject;

/** As a request says it; undefined where it would name something that was refused. */
const askedOf = ({ draft, names, reinstates }: Saying, events: ReadonlyMap<string, string>): Asked | undefined => {
  const { type, stream } = draft;
  const input = asked(draft.data);
  if (reinstates !== undefined) {
    const restrictions = reinstates.restrictions?.flatMap((key) => events.get(key) ?? []);
    if (restrictions?.length === 0) return undefined;
    const { territory } = reinstates;
    return { type, stream, input: { ...input, ...(restrictions && { restrictions }), ...(territory && { territory }) } };
  }
  if (names?.key === undefined) return { type, stream, input };
  const named = events.get(names.key);
  return named === undefined ? undefined : { type, stream, input: { ...input, [names.field]: named } };
};

/** What the log holds, as a request says it: no key of a target, since the ledger computes it, and no empty list of sources. */
const asked = (stored: object): JsonObject => {
  const { sources, ...data } = JSON.parse(JSON.stringify(stored, withoutKey)) as JsonObject;
  return Array.isArray(sources) && sources.length > 0 ? { ...data, sources } : data;
};

const withoutKey = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('platform' in value) || !('key' in value)) return value;
  const { key: __, ...ref } = value;
  return ref;
};

const correctionOf = (said: RandomCorrection, facts: readonly Correctable[]): Asked | undefined => {
  const wanted = wantedOf(said, facts);
  if (wanted === undefined) return undefined;
  const { id, stream } = wanted.fact;
  if (wanted.kind === 'retract') return { type: EVENT_RETRACTED, stream, input: { event: id, reason: 'wrong' } };
  const changes = { ...(asked(wanted.changes) satisfies JsonObject), ...Object.fromEntries(wanted.removes.map((field) => [field, null])) };
  return { type: EVENT_CORRECTED, stream, input: { event: id, changes, reason: 'data_entry', explanation: 'test' } };
};
