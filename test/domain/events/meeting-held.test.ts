/** Holding a meeting. */
import { describe, it } from 'vitest';
import {
  caseOpened,
  extent,
  holdMeeting,
  ist,
  istDay,
  later,
  orderNowhere,
  orderOne,
  orderOneIssued,
  orderTwo,
  recorded,
  theCase,
  twoOrders,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

describe('holding a meeting', () => {
  it('names the orders that it was about, or none', () => {
    given(...twoOrders)
      .when(holdMeeting({ orders: [orderOne, orderTwo], mode: 'virtual', purpose: 'dialogue' }))
      .emits();
    given(caseOpened)
      .when(holdMeeting({ orders: [] }))
      .emits();
  });

  it('names only a case and orders that are there', () => {
    given(...twoOrders)
      .when(holdMeeting({ orders: [orderOne, orderNowhere] }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'orders', reference: orderNowhere });
    given(orderOneIssued).when(holdMeeting()).refuses({ code: 'REFERENCE_UNKNOWN', field: 'caseId', reference: theCase });
  });

  it('ends after it began, provably', () => {
    const start = ist('02-01 18:00');
    const refusal = (end: string) =>
      ({ code: 'ENDS_BEFORE_START', field: 'endedAt', start: extent(start)['earliest'], end: extent(end)['earliest'] }) as const;
    given(...twoOrders)
      .when(holdMeeting({ endedAt: start }))
      .refuses(refusal(start));
    given(...twoOrders)
      .when(holdMeeting({ endedAt: later(start, -1) }))
      .refuses(refusal(later(start, -1)));
    given(...twoOrders)
      .when(holdMeeting({ endedAt: later(start, 1) }))
      .emits();
    given(...twoOrders)
      .when(holdMeeting({ endedAt: istDay('02-01') }))
      .emits();
  });

  it('is not of a synthetic case with a real order', () => {
    const real = { ...orderOneIssued, data: { ...orderOneIssued.data, synthetic: false } };
    given(caseOpened, real).when(holdMeeting()).refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: orderOne });
  });

  it('is one of its id', () => {
    const held = recorded(holdMeeting());
    given(...twoOrders, held)
      .when(holdMeeting({ mode: 'virtual' }))
      .refuses({ code: 'ALREADY_EXISTS', existing: held.stream.slice('meeting-'.length) });
  });
});
