/** Staying the whole order. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  correct,
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
  retract,
  retracted,
  revoked,
  revokedAt,
  stayed,
  stayOrder,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const alreadyStayed = { code: 'ORDER_ALREADY_STAYED', order: orderOne, stay: stayed.id } as const;
const liftedAt = (occurredAt: unknown, stay = stayed) => recorded(liftStay({ occurredAt }), { stay: stay.id });

describe('staying an order', () => {
  it('may have an end, also one that lies ahead', () => {
    given(...issued)
      .when(stayOrder({ until: '2031-01-01T00:00:00Z', restorationDirected: true }))
      .emits();
  });

  it('ends after it begins', () => {
    for (const until of [ist('02-03 11:59'), ist('02-03 12:00')]) {
      given(...issued)
        .when(stayOrder({ until }))
        .refuses({ code: 'ENDS_BEFORE_START', field: 'until', start: instant('02-03 12:00'), end: extent(until)['earliest'] });
    }
  });

  it('is not provably before the issue', () => {
    given(...issued)
      .when(stayOrder({ occurredAt: ist('01-31 11:59') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
  });

  it('is accepted after the revocation is known, unless it provably came after it', () => {
    given(...issued, revoked)
      .when(stayOrder())
      .emits();
    given(...issued, revoked)
      .when(stayOrder({ occurredAt: istDay('02-08') }))
      .emits();
    given(...issued, revoked)
      .when(stayOrder({ occurredAt: ist('02-08 12:00') }))
      .emits();
    given(...issued, revoked)
      .when(stayOrder({ occurredAt: ist('02-08 12:01') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: revokedAt });
  });

  it('does not come at or after the expiry', () => {
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-03 12:00') })))
      .when(stayOrder())
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: instant('02-03 12:00') });
  });
});

describe('a second stay', () => {
  it('is refused while the first is provably in force', () => {
    for (const occurredAt of [ist('02-03 12:01'), ist('02-07 12:00'), istDay('02-04')]) {
      given(...issued, stayed)
        .when(stayOrder({ occurredAt }))
        .refuses(alreadyStayed);
    }
  });

  it('is refused at the same instant with other content, and repeats quietly with the same', () => {
    given(...issued, stayed)
      .when(stayOrder({ restorationDirected: true }))
      .refuses(alreadyStayed);
    given(...issued, stayed)
      .when(stayOrder())
      .emitsNothing(stayed);
  });

  it('is accepted where it may have come first', () => {
    for (const occurredAt of [istDay('02-03'), ist('02-02 12:00')]) {
      given(...issued, stayed)
        .when(stayOrder({ occurredAt }))
        .emits();
    }
  });

  it('is accepted at the end of the first, or where that may have come', () => {
    const until = ist('02-05 00:00');
    const bounded = recorded(stayOrder({ until }));
    given(...issued, bounded)
      .when(stayOrder({ occurredAt: ist('02-04 23:59') }))
      .refuses({ ...alreadyStayed, stay: bounded.id });
    for (const occurredAt of [until, istRange('02-04 12:00', '02-05 00:00')]) {
      given(...issued, bounded)
        .when(stayOrder({ occurredAt }))
        .emits();
    }
  });

  it('is accepted from when the first may have been lifted', () => {
    const lifted = liftedAt(istDay('02-05'));
    given(...issued, stayed, lifted)
      .when(stayOrder({ occurredAt: istDay('02-04') }))
      .refuses(alreadyStayed);
    for (const occurredAt of [ist('02-05 00:00'), istRange('02-04 12:00', '02-05 12:00'), ist('02-07 12:00')]) {
      given(...issued, stayed, lifted)
        .when(stayOrder({ occurredAt }))
        .emits();
    }
  });

  it('is accepted once the first is retracted', () => {
    given(...issued, stayed, retracted(stayed))
      .when(stayOrder({ occurredAt: ist('02-04 12:00') }))
      .emits();
  });

  it('is not brought about by a correction', () => {
    const later = recorded(stayOrder({ occurredAt: ist('02-05 12:00') }));
    const history = [...issued, stayed, liftedAt(ist('02-05 12:00')), later];
    given(...history)
      .when(correct(later, { occurredAt: ist('02-05 11:00') }))
      .refuses({ code: 'CORRECTION_INVALID', event: later.id, cause: alreadyStayed });
    given(...history)
      .when(correct(later, { occurredAt: ist('02-06 12:00') }))
      .emits({ changes: { occurredAt: extent(ist('02-06 12:00')) } });
  });
});

describe('retracting a stay', () => {
  it('waits until nothing names it', () => {
    const lifted = liftedAt(ist('02-05 12:00'));
    given(...issued, stayed, lifted)
      .when(retract(stayed))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: stayed.id, dependents: [lifted.id] });
    given(...issued, stayed, lifted)
      .when(retract(lifted))
      .emits();
    given(...issued, stayed, lifted, retracted(lifted))
      .when(retract(stayed))
      .emits();
  });

  it('is not held up by what merely followed it', () => {
    const next = recorded(liftStay({ follows: [stayed.id] }), { stay: stayed.id });
    const other = recorded(stayOrder({ occurredAt: ist('02-06 12:00'), follows: [stayed.id], text: stayed.id }));
    given(...issued, stayed, next, other)
      .when(retract(stayed))
      .refuses({ code: 'EVENT_HAS_DEPENDENTS', event: stayed.id, dependents: [next.id] });
  });
});
