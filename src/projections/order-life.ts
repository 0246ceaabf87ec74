/** What became of an order, event by event: what its register says of it beside the instrument. */
import { clockRestarted } from '../domain/events/clock-restarted.ts';
import { clockStopped } from '../domain/events/clock-stopped.ts';
import { deadlineSet } from '../domain/events/deadline-set.ts';
import { noticeServed } from '../domain/events/notice-served.ts';
import { orderAnswered } from '../domain/events/order-answered.ts';
import { orderConfirmed } from '../domain/events/order-confirmed.ts';
import { orderRevoked } from '../domain/events/order-revoked.ts';
import { orderStayed } from '../domain/events/order-stayed.ts';
import { stayLifted } from '../domain/events/stay-lifted.ts';
import type { AnyRecord } from './records.ts';

/** `own`: what stands in the order's own stream, in log order. */
export const orderLife = (own: readonly AnyRecord[]) => {
  const lifts = own.filter((record) => stayLifted.isTypeOf(record));
  const restarts = own.filter((record) => clockRestarted.isTypeOf(record));
  return {
    confirmations: own
      .filter((record) => orderConfirmed.isTypeOf(record))
      .map(({ event, data: { occurredAt, by } }) => ({ event, occurredAt, by })),
    stays: own
      .filter((record) => orderStayed.isTypeOf(record))
      .map(({ event, data: { occurredAt, by, until, restorationDirected } }) => ({
        ...{ event, occurredAt, by, ...(until !== undefined && { until }), restorationDirected },
        lifted: lifts
          .filter(({ data }) => data.stay === event)
          .map((lift) => ({ event: lift.event, occurredAt: lift.data.occurredAt, by: lift.data.by })),
      })),
    revocations: own
      .filter((record) => orderRevoked.isTypeOf(record))
      .map(({ event, data: { occurredAt, how, by, restorationDirected } }) => ({ event, occurredAt, how, by, restorationDirected })),
    notices: own
      .filter((record) => noticeServed.isTypeOf(record))
      .map(({ event, data: { occurredAt, receivedAt, kind, ref, pages, penaltiesCited, restatesDemand } }) => ({
        ...{ event, occurredAt, receivedAt: receivedAt ?? occurredAt, kind, penaltiesCited, restatesDemand },
        ...(ref !== undefined && { ref }),
        ...(pages !== undefined && { pages }),
      })),
    answers: own
      .filter((record) => orderAnswered.isTypeOf(record))
      .map(({ event, data: { occurredAt, answer, scope, by, grounds, classes } }) => ({
        ...{ event, occurredAt, answer, scope, by, grounds, ...(classes && { classes }) },
      })),
    deadlines: own
      .filter((record) => deadlineSet.isTypeOf(record))
      .map(({ event, data: { occurredAt, dueAt, by, reason } }) => ({ event, occurredAt, dueAt, by, reason })),
    tolling: own
      .filter((record) => clockStopped.isTypeOf(record))
      .map(({ event, data: { occurredAt, cause } }) => ({
        ...{ event, occurredAt, cause },
        restarted: restarts
          .filter(({ data }) => data.stop === event)
          .map((restart) => ({ event: restart.event, occurredAt: restart.data.occurredAt })),
      })),
  };
};
