/** Every type of fact that the ledger records. A new one is a file beside this and a row here. */
import type { EventType } from '../event-type.ts';
import { caseOpened } from './case-opened.ts';
import { coverageDeclared } from './coverage-declared.ts';
import { meetingHeld } from './meeting-held.ts';
import { orderIssued } from './order-issued.ts';
import { orderServed } from './order-served.ts';
import { targetBlocked } from './target-blocked.ts';
import { targetDeclined } from './target-declined.ts';
import { targetListed } from './target-listed.ts';
import { targetReinstated } from './target-reinstated.ts';
import { targetWithheld } from './target-withheld.ts';

export const EVENT_TYPES = [
  caseOpened,
  orderIssued,
  orderServed,
  coverageDeclared,
  targetListed,
  targetBlocked,
  targetWithheld,
  targetReinstated,
  targetDeclined,
  meetingHeld,
] as const satisfies readonly EventType[];

const BY_NAME: ReadonlyMap<string, EventType> = new Map(EVENT_TYPES.map((type) => [type.name, type]));

/** The type of a stored fact; `undefined` for corrections, retractions and the ledger's own events. */
export const findEventType = (name: string): EventType | undefined => BY_NAME.get(name);
