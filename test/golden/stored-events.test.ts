/** Every version of every event type ever stored can be read: same bytes, same hash, same schema, same meaning. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/application/open-ledger.ts';
import { readClaim } from '../../src/domain/claim.ts';
import { logEventOf } from '../../src/domain/codec.ts';
import type { LogEvent } from '../../src/domain/event.ts';
import { claimRecorded } from '../../src/domain/events/claim-recorded.ts';
import { eventCorrected, eventRetracted } from '../../src/domain/events/corrections.ts';
import { EVENT_TYPES, findEventType } from '../../src/domain/events/event-types.ts';
import { effective } from '../../src/domain/history.ts';
import { orderViewOf } from '../../src/domain/order-terms.ts';
import { restrictionsOf } from '../../src/domain/target.ts';
import type { Envelope } from '../../src/envelope/envelope.ts';
import { eventHash, parseSealed, seal } from '../../src/envelope/seal.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import { createFold } from '../../src/projections/fold.ts';
import { openReadModel } from '../../src/projections/read-model.ts';
import { inFranceAndIndia, inIndia, ist, orderOne } from '../support/controls.ts';

const here = import.meta.dirname;
const bytes = (file: string): Buffer => readFileSync(join(here, file));
const fixtures = bytes('hashes.txt')
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [hash = '', file = ''] = line.split('  ');
    const text = bytes(file).toString();
    return { hash, file, text, event: JSON.parse(text) as Envelope };
  });

const schemaOf = ({ type }: Pick<Envelope, 'type'>) => {
  if (type === 'EventCorrected') return eventCorrected;
  if (type === 'EventRetracted') return eventRetracted;
  return findEventType(type)?.stored;
};
const versionNames = fixtures.map(({ event: { type, version } }) => `${type} ${version}`);

describe('the fixtures', () => {
  it('are all listed, and all that is listed is there', () => {
    const files = readdirSync(here).filter((file) => file.endsWith('.json'));
    expect(fixtures.map(({ file }) => file).sort()).toEqual(files.sort());
    expect(new Set(versionNames).size).toBe(fixtures.length);
  });

  it('hold every version of every event type that is written now', () => {
    const written = [
      ...EVENT_TYPES.map(({ name, version }) => `${name} ${version}`),
      'EventCorrected 1',
      'EventRetracted 1',
      'LedgerOpened 1',
    ];
    expect(written.filter((name) => !versionNames.includes(name))).toEqual([]);
  });

  it.each(fixtures)('$file has the hash under which it was stored', ({ hash, file, text }) => {
    expect(bytes(file).equals(Buffer.from(text))).toBe(true);
    expect(eventHash(text).toHex()).toBe(hash);
    expect(parseSealed(text, Uint8Array.fromHex(hash))?.text).toBe(text);
    expect(parseSealed(`${text} `, Uint8Array.fromHex(hash))).toBeUndefined();
  });

  it.each(fixtures)('$file is canonical: sealed again it is the same bytes', ({ hash, text, event }) => {
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
    const { format, ...unsealed } = event;
    expect(format).toBe(1);
    const again = seal(unsealed);
    expect(again.text).toBe(text);
    expect(again.hash.toHex()).toBe(hash);
  });

  it.each(fixtures.filter(({ event }) => event.type !== 'LedgerOpened'))(
    '$file passes the schema of what is stored, unchanged',
    ({ event }) => {
      expect(schemaOf(event)?.parse(event.data)).toEqual(event.data);
    },
  );

  it('name each the one before it in its stream', () => {
    const heads = new Map<string, string>();
    for (const { hash, event } of fixtures) {
      expect(event.prev).toBe(heads.get(event.stream) ?? null);
      heads.set(event.stream, hash);
    }
  });
});

describe('what the fixtures say', () => {
  const log: readonly LogEvent[] = fixtures.map(({ event }) => logEventOf(event));
  const streamOf = (type: string) => {
    const stream = log.find((event) => event.type === type)?.stream;
    return log.filter((event) => event.stream === stream);
  };

  it('is the name of a ledger', async () => {
    const [first] = fixtures;
    if (first === undefined) throw new Error('no fixture');
    const sealed = { event: first.event, text: first.text, hash: Uint8Array.fromHex(first.hash) };
    const store = { readStream: async () => [sealed] } as Partial<EventStore> as EventStore;
    const never = (): never => {
      throw new Error('not asked for an existing ledger');
    };
    const uses = { store, clock: never, newId: never, newSalt: never, recordedBy: 'local:test' };
    expect(await openLedger(uses, 'another name')).toEqual({ id: first.event.ledger, name: 'golden' });
  });

  it('is an order that binds, ends and is covered', () => {
    const facts = effective(streamOf('OrderIssued')).map((fact) => ({ ...fact, event: fact.id, position: fact.revision + 1 }));
    expect(orderViewOf(facts)).toMatchObject({
      demand: { measure: 'disable_access', territory: inIndia },
      issued: { earliest: Date.parse(ist('01-30 09:00')), latest: Date.parse(ist('01-31 12:00')) },
      binding: { earliest: Date.parse(ist('01-31 12:30')), latest: Date.parse(ist('01-31 12:30')) },
      expiresAt: Date.parse(ist('12-31 00:00')),
      covered: [{ earliest: Date.parse(ist('01-31 12:00')), latest: Date.parse(ist('02-13 00:00')) }],
      coveredTo: Date.parse(ist('02-13 00:00')),
      declarations: [
        {
          earliest: Date.parse(ist('01-31 12:00')),
          latest: Date.parse(ist('02-13 00:00')),
          by: { name: 'Recorder', role: 'secretary', organisation: 'Ministry', country: 'IN', count: 2, description: 'As it appeared.' },
          declaredAt: { earliest: Date.parse(ist('02-13 00:00')), latest: Date.parse(ist('02-13 00:00')) },
        },
      ],
    });
  });

  it('is a target with three restrictions, as corrected, and no refusal, as retracted', () => {
    const state = effective(streamOf('TargetListed'));
    expect(state.map(({ type }) => type)).toEqual([
      'TargetListed',
      'TargetWithheld',
      'TargetBlocked',
      'TargetReinstated',
      'TargetLimited',
      'UserNotified',
      'TargetGone',
      'TargetLinked',
      'TargetWithdrawn',
    ]);
    expect(restrictionsOf(state, (event) => findEventType(event.type)?.facts(event) ?? [])).toEqual([
      {
        id: state[1]?.id,
        start: { earliest: Date.parse(ist('02-01 00:00')), latest: Date.parse(ist('02-02 00:00')) - 1 },
        until: undefined,
        territory: inFranceAndIndia,
        lifted: [inIndia],
      },
      {
        id: state[2]?.id,
        start: { earliest: Date.parse(ist('02-01 12:00')), latest: Date.parse(ist('02-01 17:00')) - 1 },
        until: Date.parse(ist('02-20 00:00')),
        territory: 'WORLD',
        lifted: [],
      },
      {
        id: state[4]?.id,
        start: { earliest: Date.parse(ist('02-02 06:00')), latest: Date.parse(ist('02-02 17:00')) - 1 },
        until: Date.parse(ist('03-01 00:00')),
        territory: inFranceAndIndia,
        lifted: [],
      },
    ]);
  });

  it('is a claim as published, about that morning, and taken back', () => {
    const [claim, withdrawal] = effective(streamOf('ClaimRecorded'));
    if (!claim || !claimRecorded.isTypeOf(claim)) throw new Error('no claim');
    expect(readClaim(claim.data)).toMatchObject({ asOf: { earliest: '2021-02-12T00:30:00.000Z' }, asOfAssumed: false, value: '97.40' });
    expect(withdrawal).toMatchObject({ type: 'ClaimWithdrawn', data: { caseId: claim.data.caseId } });
  });

  it('gives the figures that a person reckons from it', () => {
    const model = openReadModel({ path: ':memory:' });
    const fold = createFold(model);
    log.forEach((event, index) => {
      fold.apply(event, index + 1, () => log.slice(0, index + 1).filter(({ stream }) => stream === event.stream));
    });
    const compliance = createCompliance(model);
    const at = (clock: string, knownAt: number) => {
      const { total } = compliance.at({ orders: [orderOne], knownAt, kinds: ['account'] }, Date.parse(ist(clock)));
      return [total?.effective, total?.ever].flatMap((figure) => figure ?? []).map(({ numerator, maybe, unknown, denominator }) => [numerator, maybe, unknown, denominator]);
    };
    // Bound from the list's receipt, 1 February 09:00. Known at 11, before correction and retraction: withheld at 14:00 exactly.
    expect(at('02-01 08:59', 11)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(at('02-01 09:00', 11)).toEqual([
      [0, 0, 0, 1],
      [0, 0, 0, 1],
    ]);
    expect(at('02-01 14:00', 11)).toEqual([
      [1, 0, 0, 1],
      [1, 0, 0, 1],
    ]);
    // Known at 13: withheld at some hour of that day and blocked in the afternoon, so open until the afternoon is over.
    expect(at('02-01 09:00', 13)).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ]);
    expect(at('02-01 14:00', 13)).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
    ]);
    expect(at('02-01 17:00', 13)).toEqual([
      [1, 0, 0, 1],
      [1, 0, 0, 1],
    ]);
    // India was freed of the withholding; the block goes on until 20 February, its end excluded.
    expect(at('02-19 23:59', 13)).toEqual([
      [1, 0, 0, 1],
      [1, 0, 0, 1],
    ]);
    expect(at('02-20 00:00', 13)).toEqual([
      [0, 0, 0, 1],
      [1, 0, 0, 1],
    ]);
    model.close();
  });
});
