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
import { parseCommandId, parseStreamName, type StreamName } from '../../src/domain/ids.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { orderId, targetStream } from './naive-events.ts';
import {
  type Ext,
  extentInput,
  hourText,
  type RandomAct,
  type RandomCase,
  type RandomCorrection,
  randomTarget,
  type Step,
  stepsOf,
} from './random-case.ts';

export const withTestLedger = async <T>(use: (ledger: ComposedLedger, folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  const ledger = await composeLedger({ folder, name: 'test', recordedBy: 'local:test', threads: false });
  try {
    return await use(ledger, folder);
  } finally {
    await ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const CASE = '32e776e4-b906-51af-b90a-c671315941d8';
const common = { assertion: 'direct_record', synthetic: true };
const exactly = (hours: number): Ext => ({ earliest: hours, latest: hours });

type Recorded = { readonly stream: StreamName; readonly event: string; readonly type: string; readonly data: JsonObject };

/** Records step by step; `after` is called after each that was accepted, with the position reached. */
export const recordCase = async (
  uses: Uses,
  theCase: RandomCase,
  after: (position: number) => void | Promise<void> = () => {},
): Promise<void> => {
  const recorded: Recorded[] = [];
  const acts = new Map<string, string>();
  let commands = 0;

  const record = async (type: string, stream: string, input: object): Promise<RowOutcome> => {
    commands += 1;
    const { stream: _, ...data } = JSON.parse(
      JSON.stringify(schemaOf(type).parse(findEventType(type) ? input : { stream, ...input })),
    ) as JsonObject;
    const name = parseStreamName(stream);
    const outcome = await uses.record.one(
      { type, stream: name, data },
      { commandId: parseCommandId(`c${commands}`), recordedBy: 'local:test' },
    );
    if (outcome.kind === 'recorded') {
      recorded.push({ stream: name, event: outcome.eventId, type, data });
      if (outcome.position === null) throw new Error('the read model did not follow');
      await after(outcome.position);
    }
    return outcome;
  };

  await record('CaseOpened', `case-${CASE}`, { ...common, title: 'A synthetic case', zone: 'UTC', occurredAt: extentInput(exactly(-24)) });
  for (const step of stepsOf(theCase)) {
    const command = commandOf(step, theCase, recorded, acts);
    if (!command) continue;
    const outcome = await record(...command);
    if (step.step === 'act' && outcome.kind !== 'refused') acts.set(`${step.target}/${step.act}`, outcome.eventId);
  }
};

const schemaOf = (type: string): z.ZodType => findEventType(type)?.input ?? (type === EVENT_CORRECTED ? correctionInput : retractionInput);

type Wanted = readonly [type: string, stream: string, input: object];

const commandOf = (
  step: Step,
  theCase: RandomCase,
  recorded: readonly Recorded[],
  acts: ReadonlyMap<string, string>,
): Wanted | undefined => {
  switch (step.step) {
    case 'issue':
      return ['OrderIssued', `order-${orderId(step.order)}`, issueOf(step)];
    case 'serve':
      return ['OrderServed', `order-${orderId(step.order)}`, { ...common, occurredAt: extentInput(step.occurred), channel: 'portal' }];
    case 'cover': {
      const { from, to, completeness } = step.said;
      const period = { from: hourText(from), to: hourText(to), completeness, by: { organisation: 'Birdsite' } };
      return ['CoverageDeclared', `order-${orderId(step.order)}`, { ...common, occurredAt: extentInput(exactly(to)), ...period }];
    }
    case 'list': {
      const { order, occurred, received } = step.said;
      const times = { occurredAt: extentInput(occurred), ...(received && { receivedAt: extentInput(received) }) };
      return [
        'TargetListed',
        streamOf(step.target, theCase),
        { ...common, ...times, target: targetInput(step.target, theCase), order: orderId(order) },
      ];
    }
    case 'act':
      return actOf(step.said, step.target, theCase, acts);
    case 'correct':
      return correctionOf(step.said, recorded);
  }
};

const issueOf = ({ said }: Extract<Step, { step: 'issue' }>) => ({
  ...common,
  caseId: CASE,
  ref: 'synthetic',
  instrument: 'direction',
  authority: { name: 'Synthetic Ministry' },
  addressee: { name: 'Birdsite' },
  platform: 'birdsite.example',
  legalBasis: [],
  grounds: [],
  reasonsRecorded: 'unstated',
  urgency: 'ordinary',
  deadlineRule: { id: 'none', version: 1 },
  confidential: false,
  demand: { measure: said.measure, territory: said.territory },
  occurredAt: extentInput(said.issued),
  ...(said.expiresAt !== undefined && { expiresAt: hourText(said.expiresAt) }),
});

const targetOf = (target: number, { targets }: RandomCase) => randomTarget(target, targets[target]?.kind ?? 'account');
const streamOf = (target: number, theCase: RandomCase): string => targetStream(targetOf(target, theCase));
const targetInput = (target: number, theCase: RandomCase) => {
  const { platform, kind, verbatim } = targetOf(target, theCase);
  return { platform, kind, verbatim };
};

const actOf = (said: RandomAct, target: number, theCase: RandomCase, acts: ReadonlyMap<string, string>): Wanted | undefined => {
  const head = { ...common, occurredAt: extentInput(said.occurred), target: targetInput(target, theCase) };
  const stream = streamOf(target, theCase);
  switch (said.type) {
    case 'block':
    case 'withhold': {
      const { basis, orders, until } = said;
      const end = until === undefined ? {} : { until: hourText(until) };
      const rest = { basis, orders: orders.map(orderId), ...end };
      return said.type === 'block'
        ? ['TargetBlocked', stream, { ...head, ...rest, measure: said.measure }]
        : ['TargetWithheld', stream, { ...head, ...rest, territory: said.territory }];
    }
    case 'decline':
      return ['TargetDeclined', stream, { ...head, orders: said.orders.map(orderId), grounds: ['other'] }];
    case 'reinstate': {
      const restrictions = said.lifts?.flatMap((act) => acts.get(`${target}/${act}`) ?? []);
      if (restrictions?.length === 0) return undefined;
      const named = { ...(restrictions && { restrictions }), ...(said.territory && { territory: said.territory }) };
      return ['TargetReinstated', stream, { ...head, orders: [], reason: 'own_decision', ...named }];
    }
  }
};

const correctionOf = (said: RandomCorrection, recorded: readonly Recorded[]): Wanted | undefined => {
  const eligible = recorded.filter((fact) => changesOf(said, fact) !== undefined);
  const fact = eligible[said.pick % Math.max(1, eligible.length)];
  const changes = fact && changesOf(said, fact);
  if (!fact || !changes) return undefined;
  return said.kind === 'retract'
    ? [EVENT_RETRACTED, fact.stream, { event: fact.event, reason: 'wrong' }]
    : [EVENT_CORRECTED, fact.stream, { event: fact.event, changes, reason: 'data_entry', explanation: 'test' }];
};

const changesOf = (said: RandomCorrection, { type, data }: Recorded): object | undefined => {
  if (type === EVENT_CORRECTED || type === EVENT_RETRACTED) return undefined;
  switch (said.kind) {
    case 'retract':
      return {};
    case 'time': {
      const occurredAt = extentInput(said.occurred);
      if (type === 'CaseOpened') return undefined;
      return type === 'OrderServed' ? { occurredAt, receivedAt: occurredAt } : { occurredAt };
    }
    case 'territory':
      if (type === 'OrderIssued') return { demand: { measure: 'disable_access', territory: said.territory } };
      return type === 'TargetWithheld' ? { territory: said.territory } : undefined;
    case 'basis':
      return type === 'TargetBlocked' || type === 'TargetWithheld' ? { basis: said.basis } : undefined;
    case 'remove': {
      const field =
        ['until', 'expiresAt'].find((name) => name in data) ?? (type === 'TargetListed' && 'receivedAt' in data ? 'receivedAt' : undefined);
      return field === undefined ? undefined : { [field]: null };
    }
  }
};
