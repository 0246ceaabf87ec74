/** Restarting the clock of an order: which stop ends is written out. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  clockStopped,
  correct,
  eventNowhere,
  instant,
  issueOrder,
  ist,
  istDay,
  istRange,
  orderOne,
  orderOneIssued,
  recorded,
  restartClock,
  retracted,
  revoked,
  revokedAt,
  stayed,
  stopClock,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const notStopped = { code: 'CLOCK_NOT_STOPPED', order: orderOne } as const;
const restarted = recorded(restartClock(), { stop: clockStopped.id });

describe('restarting the clock', () => {
  it('writes out the stop that it ends', () => {
    given(...issued, clockStopped)
      .when(restartClock())
      .emits({ stop: clockStopped.id });
    given(...issued, clockStopped)
      .when(restartClock({ stop: clockStopped.id }))
      .emits();
  });

  it('ends the first that was begun and goes on, whichever was recorded first', () => {
    const first = recorded(stopClock({ occurredAt: ist('02-02 12:00') }));
    given(...issued, clockStopped, first)
      .when(restartClock())
      .emits({ stop: first.id });
    given(...issued, clockStopped, first, recorded(restartClock({ occurredAt: ist('02-02 18:00') }), { stop: first.id }))
      .when(restartClock())
      .emits({ stop: clockStopped.id });
  });

  it('is refused where the clock was not stopped, is not any more, or is stopped provably later', () => {
    given(...issued, stayed)
      .when(restartClock())
      .refuses(notStopped);
    given(...issued, clockStopped, restarted)
      .when(restartClock({ occurredAt: ist('02-06 12:00') }))
      .refuses(notStopped);
    given(...issued, clockStopped)
      .when(restartClock({ occurredAt: ist('02-03 11:59') }))
      .refuses(notStopped);
    given(...issued, clockStopped)
      .when(restartClock({ occurredAt: istRange('02-03 11:00', '02-03 12:00') }))
      .emits({ stop: clockStopped.id });
  });

  it('is refused when it names what is no stop of this clock', () => {
    for (const stop of [eventNowhere, stayed.id]) {
      given(...issued, clockStopped, stayed)
        .when(restartClock({ stop }))
        .refuses({ code: 'REFERENCE_UNKNOWN', field: 'stop', reference: stop });
    }
    given(...issued, clockStopped, retracted(clockStopped))
      .when(restartClock({ stop: clockStopped.id }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'stop', reference: clockStopped.id });
  });

  it('repeats quietly, whether the stop is named or left out', () => {
    for (const asked of [{}, { stop: clockStopped.id }]) {
      given(...issued, clockStopped, restarted)
        .when(restartClock(asked))
        .emitsNothing(restarted);
    }
  });

  it('is not provably before the issue, nor at or after the expiry, nor provably after the revocation', () => {
    given(...issued, clockStopped)
      .when(restartClock({ occurredAt: istDay('01-30') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-05 12:00') })), clockStopped)
      .when(restartClock())
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-05 12:00') });
    given(...issued, clockStopped, revoked)
      .when(restartClock({ occurredAt: ist('02-09 12:00') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: revokedAt });
  });

  it('is not corrected to end another stop, nor to lie before its own', () => {
    given(...issued, clockStopped, restarted)
      .when(correct(restarted, { stop: eventNowhere }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: restarted.id, fields: ['stop'], why: 'fixed_field' });
    given(...issued, clockStopped, restarted)
      .when(correct(restarted, { occurredAt: ist('02-03 11:00') }))
      .refuses({ code: 'CORRECTION_INVALID', event: restarted.id, cause: notStopped });
  });
});
