/** Every type of fact that the ledger records. A new one is a file beside this and a row here. */
import type { EventType } from '../event-type.ts';
import { caseOpened } from './case-opened.ts';
import { claimRecorded } from './claim-recorded.ts';
import { claimWithdrawn } from './claim-withdrawn.ts';
import { clockRestarted } from './clock-restarted.ts';
import { clockStopped } from './clock-stopped.ts';
import { coverageDeclared } from './coverage-declared.ts';
import { deadlineSet } from './deadline-set.ts';
import { evidenceRegistered } from './evidence-registered.ts';
import { importCompleted } from './import-completed.ts';
import { importStarted } from './import-started.ts';
import { meetingHeld } from './meeting-held.ts';
import { noticeServed } from './notice-served.ts';
import { orderAnswered } from './order-answered.ts';
import { orderConfirmed } from './order-confirmed.ts';
import { orderIssued } from './order-issued.ts';
import { orderRevoked } from './order-revoked.ts';
import { orderServed } from './order-served.ts';
import { orderStayed } from './order-stayed.ts';
import { statementMade } from './statement-made.ts';
import { stayLifted } from './stay-lifted.ts';
import { targetBlocked } from './target-blocked.ts';
import { targetDeclined } from './target-declined.ts';
import { targetGone } from './target-gone.ts';
import { targetLimited } from './target-limited.ts';
import { targetLinked } from './target-linked.ts';
import { targetListed } from './target-listed.ts';
import { targetReinstated } from './target-reinstated.ts';
import { targetWithdrawn } from './target-withdrawn.ts';
import { targetWithheld } from './target-withheld.ts';
import { userNotified } from './user-notified.ts';

export const EVENT_TYPES = [
  caseOpened,
  orderIssued,
  orderServed,
  orderConfirmed,
  orderStayed,
  stayLifted,
  orderRevoked,
  noticeServed,
  orderAnswered,
  deadlineSet,
  clockStopped,
  clockRestarted,
  coverageDeclared,
  targetListed,
  targetWithdrawn,
  targetBlocked,
  targetWithheld,
  targetLimited,
  targetReinstated,
  targetDeclined,
  userNotified,
  targetGone,
  targetLinked,
  meetingHeld,
  statementMade,
  claimRecorded,
  claimWithdrawn,
  evidenceRegistered,
  importStarted,
  importCompleted,
] as const satisfies readonly EventType[];

const BY_NAME: ReadonlyMap<string, EventType> = new Map(EVENT_TYPES.map((type) => [type.name, type]));

/** The type of a stored fact; `undefined` for corrections, retractions and the ledger's own events. */
export const findEventType = (name: string): EventType | undefined => BY_NAME.get(name);
