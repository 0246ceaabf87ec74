/** Sealed events about accounts without a server: each type's example goes through its own input schema once, and then differs in target, time and source. */

import type { EventType } from '../src/domain/event-type.ts';
import { targetListed } from '../src/domain/events/target-listed.ts';
import { targetReinstated } from '../src/domain/events/target-reinstated.ts';
import { targetWithheld } from '../src/domain/events/target-withheld.ts';
import { idOfTarget } from '../src/domain/ids.ts';
import { instantFromMs } from '../src/domain/time.ts';
import type { NonEmpty, SealedEvent } from '../src/envelope/envelope.ts';
import { commandHash, type Head, type SealOptions, sealAll } from '../src/envelope/seal.ts';
import { instantOf, listedRow, ORDER, PLATFORM, reinstateRow, verbatimOf, withholdRow } from './example.ts';

export type Sealed = NonEmpty<SealedEvent>;
export type TargetEvents = {
  /** Number `n`'s stream opens with this. */
  readonly listed: (n: number) => Sealed;
  readonly withheld: (n: number, head?: Head) => Sealed;
  readonly reinstated: (n: number, head: Head, restriction: string) => Sealed;
};

const RECORDED_FROM_MS = Date.parse('2021-06-01T00:00:00Z');
const REINSTATED_AFTER_MS = 3 * 86_400_000;

export const targetEvents = (uses: Pick<SealOptions, 'ledger' | 'newEventId' | 'newSalt'>): TargetEvents => {
  let made = 0;
  const sealed = (type: EventType, n: number, data: object, head: Head): Sealed => {
    const stream = `target-${idOfTarget(PLATFORM, 'account', keyOf(n))}`;
    const meta = { commandId: uses.newEventId(), commandHash: commandHash({ type: type.name, stream, data }), recordedBy: 'local:bench' };
    made += 1;
    const recordedAt = instantFromMs(RECORDED_FROM_MS + made);
    return sealAll([{ type: type.name, version: type.version, data }], { ...uses, stream, head, meta, recordedAt });
  };
  const listed = exampleOf(targetListed, { ...listedRow(0), order: ORDER, occurredAt: new Date(instantOf(0)).toISOString() });
  const withheld = exampleOf(targetWithheld, withoutAction(withholdRow(0)));
  const reinstated = exampleOf(targetReinstated, withoutAction(reinstateRow(0)), { lifts: [] });
  return {
    listed: (n) => sealed(targetListed, n, { ...listed, ...ownOf(n), occurredAt: exactly(LISTED_MS) }, null),
    withheld: (n, head = null) => sealed(targetWithheld, n, { ...withheld, ...ownOf(n), occurredAt: exactly(instantOf(n)) }, head),
    reinstated: (n, head, restriction) =>
      sealed(
        targetReinstated,
        n,
        {
          ...reinstated,
          ...ownOf(n),
          occurredAt: exactly(instantOf(n) + REINSTATED_AFTER_MS),
          lifts: [{ restriction, territory: ['IN'] }],
        },
        head,
      ),
  };
};

const LISTED_MS = Date.parse('2021-01-31T12:00:00+05:30');
const keyOf = (n: number): string => verbatimOf(n).slice(1);
const exactly = (ms: number) => ({ earliest: instantFromMs(ms), latest: instantFromMs(ms), precision: 'second', zone: '+00:00' });
const ownOf = (n: number) => ({
  target: { platform: PLATFORM, kind: 'account', key: keyOf(n), verbatim: verbatimOf(n) },
  sources: listedRow(n).sources,
});

/** As the log holds it; throws if the type would not accept it. */
const exampleOf = (type: EventType, row: object, completed: object = {}): object => {
  const data = { ...type.input.parse(row), ...completed };
  return type.stored.parse(data);
};

const withoutAction = ({ action: _, ...row }: { readonly action: string; readonly [field: string]: unknown }): object => row;
