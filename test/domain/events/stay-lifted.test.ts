/** Lifting a stay: which one is written out. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  correct,
  eventNowhere,
  extent,
  instant,
  issueOrder,
  ist,
  istDay,
  istRange,
  liftStay,
  orderOne,
  orderOneIssued,
  recorded,
  retracted,
  revoked,
  revokedAt,
  stayed,
  stayOrder,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const notStayed = { code: 'ORDER_NOT_STAYED', order: orderOne } as const;
const lifted = recorded(liftStay(), { stay: stayed.id });

describe('lifting a stay', () => {
  it('writes out the one that it ends', () => {
    given(...issued, stayed)
      .when(liftStay())
      .emits({ stay: stayed.id });
    given(...issued, stayed)
      .when(liftStay({ stay: stayed.id }))
      .emits();
  });

  it('is refused where nothing was stayed', () => {
    given(...issued)
      .when(liftStay())
      .refuses(notStayed);
    given(...issued, stayed, retracted(stayed))
      .when(liftStay())
      .refuses(notStayed);
  });

  it('is refused where all was lifted already', () => {
    for (const asked of [{ occurredAt: ist('02-06 12:00') }, { occurredAt: ist('02-04 12:00') }, { stay: stayed.id, text: 'Again.' }]) {
      given(...issued, stayed, lifted)
        .when(liftStay(asked))
        .refuses(notStayed);
    }
  });

  it('is refused where the stay provably begins later, and only then', () => {
    for (const asked of [{}, { stay: stayed.id }]) {
      given(...issued, stayed)
        .when(liftStay({ ...asked, occurredAt: ist('02-03 11:59') }))
        .refuses(notStayed);
      given(...issued, stayed)
        .when(liftStay({ ...asked, occurredAt: istRange('02-03 11:00', '02-03 12:00') }))
        .emits({ stay: stayed.id });
    }
  });

  it('is refused where the end of the stay had provably come, and only then', () => {
    const bounded = recorded(stayOrder({ until: ist('02-05 00:00') }));
    for (const asked of [{}, { stay: bounded.id }]) {
      given(...issued, bounded)
        .when(liftStay({ ...asked, occurredAt: ist('02-05 00:00') }))
        .refuses(notStayed);
      given(...issued, bounded)
        .when(liftStay({ ...asked, occurredAt: istRange('02-04 23:59', '02-05 12:00') }))
        .emits({ stay: bounded.id });
    }
  });

  it('is refused when it names what is no stay of this order', () => {
    for (const stay of [eventNowhere, orderOneIssued.id]) {
      given(...issued, stayed)
        .when(liftStay({ stay }))
        .refuses({ code: 'REFERENCE_UNKNOWN', field: 'stay', reference: stay });
    }
    given(...issued, stayed, retracted(stayed))
      .when(liftStay({ stay: stayed.id }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'stay', reference: stayed.id });
  });

  it('is not provably before the issue, nor at or after the expiry, nor provably after the revocation', () => {
    given(...issued, stayed)
      .when(liftStay({ occurredAt: istDay('01-30') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-05 12:00') })), stayed)
      .when(liftStay())
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-05 12:00') });
    given(...issued, stayed, revoked)
      .when(liftStay({ occurredAt: ist('02-09 12:00') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: revokedAt });
  });
});

describe('of several stays the one lifted', () => {
  const first = recorded(stayOrder({ occurredAt: ist('02-01 12:00') }));
  const firstOver = recorded(stayOrder({ occurredAt: ist('02-01 12:00'), until: ist('02-02 12:00') }));
  const onTheThird = recorded(stayOrder({ occurredAt: istDay('02-03') }));

  it('is the first that was begun, whichever was recorded first', () => {
    given(...issued, stayed, first)
      .when(liftStay())
      .emits({ stay: first.id });
    // On the third from 00:00 at the earliest, before noon of that day.
    given(...issued, stayed, onTheThird)
      .when(liftStay())
      .emits({ stay: onTheThird.id });
  });

  it('is, of two that begin alike at the earliest, the one that begins first at the latest, then the one recorded first', () => {
    const fromMidnight = recorded(stayOrder({ occurredAt: istRange('02-03 00:00', '02-03 06:00') }));
    const fromMidnightToo = recorded(stayOrder({ occurredAt: istRange('02-03 00:00', '02-03 06:00'), restorationDirected: true }));
    given(...issued, onTheThird, fromMidnight, fromMidnightToo)
      .when(liftStay())
      .emits({ stay: fromMidnight.id });
  });

  it('is none that has been lifted, has run out or begins later', () => {
    given(...issued, first, recorded(liftStay({ occurredAt: ist('02-02 12:00') }), { stay: first.id }), stayed)
      .when(liftStay())
      .emits({ stay: stayed.id });
    given(...issued, firstOver, stayed)
      .when(liftStay())
      .emits({ stay: stayed.id });
    given(...issued, first, stayed)
      .when(liftStay({ occurredAt: ist('02-02 12:00') }))
      .emits({ stay: first.id });
  });

  it('is the one that the request names', () => {
    given(...issued, first, stayed)
      .when(liftStay({ stay: stayed.id }))
      .emits();
  });
});

describe('repeating a lift', () => {
  it('is quiet, whether the stay is named or left out', () => {
    given(...issued, stayed, lifted)
      .when(liftStay())
      .emitsNothing(lifted);
    given(...issued, stayed, lifted)
      .when(liftStay({ stay: stayed.id }))
      .emitsNothing(lifted);
  });

  it('is none if it names another stay', () => {
    const second = recorded(stayOrder({ occurredAt: ist('02-05 12:00') }));
    given(...issued, stayed, lifted, second)
      .when(liftStay({ stay: second.id }))
      .emits();
  });
});

describe('correcting a lift', () => {
  const history = [...issued, stayed, lifted];

  it('leaves alone which stay it ends', () => {
    const other = recorded(stayOrder({ occurredAt: ist('02-06 12:00') }));
    given(...history, other)
      .when(correct(lifted, { stay: other.id }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: lifted.id, fields: ['stay'], why: 'fixed_field' });
    given(...history)
      .when(correct(lifted, { stay: stayed.id, text: 'As the court has it.' }))
      .emits();
  });

  it('does not move it before the stay, nor the stay behind it', () => {
    given(...history)
      .when(correct(lifted, { occurredAt: ist('02-03 11:00') }))
      .refuses({ code: 'CORRECTION_INVALID', event: lifted.id, cause: notStayed });
    given(...history)
      .when(correct(stayed, { occurredAt: ist('02-05 12:01') }))
      .refuses({ code: 'CORRECTION_INVALID', event: stayed.id, cause: notStayed });
    given(...history)
      .when(correct(stayed, { occurredAt: ist('02-05 12:00') }))
      .emits({ changes: { occurredAt: extent(ist('02-05 12:00')) } });
  });
});
