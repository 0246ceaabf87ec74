/** Making a statement. */
import { describe, expect, it } from 'vitest';
import { STATEMENT_KINDS, STATEMENT_MEDIA, statementMade } from '../../../src/domain/events/statement-made.ts';
import {
  account,
  caseOpened,
  corrected,
  extent,
  istDay,
  makeStatement,
  meetingHeld,
  mondayEvening,
  orderNowhere,
  orderOne,
  orderOneIssued,
  orderTwo,
  recorded,
  retracted,
  storedAccount,
  theCase,
  theMeeting,
  theStatement,
  twoOrders,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const inMeeting = { meetingId: theMeeting, occurredAt: undefined };
const heldAt = meetingHeld.data['occurredAt'];

describe('making a statement', () => {
  it('is of every kind and in every medium', () => {
    for (const kind of STATEMENT_KINDS) given(caseOpened).when(makeStatement({ kind })).emits();
    for (const medium of STATEMENT_MEDIA) given(caseOpened).when(makeStatement({ medium })).emits();
  });

  it('keeps all that the source says of it', () => {
    const said = {
      kind: 'assessment',
      addressee: { organisation: 'Birdsite' },
      medium: 'letter',
      orders: [orderOne, orderTwo],
      comparators: ['Capitol Hill', 'Red Fort'],
      level: 'substantial parts',
      outcome: 'open',
    };
    given(...twoOrders)
      .when(makeStatement(said))
      .emits();
  });

  it('speaks of targets as they are written, under the key by which the ledger knows them', () => {
    given(caseOpened)
      .when(makeStatement({ targets: [account('@Synthetic-O1-001')] }))
      .emits({ targets: [storedAccount('@Synthetic-O1-001')] });
  });

  it('names only a case, orders and a meeting that are there', () => {
    const unknown = (field: string, reference: string) => ({ code: 'REFERENCE_UNKNOWN', field, reference }) as const;
    given().when(makeStatement()).refuses(unknown('caseId', theCase));
    given(...twoOrders)
      .when(makeStatement({ orders: [orderOne, orderNowhere] }))
      .refuses(unknown('orders', orderNowhere));
    given(caseOpened)
      .when(makeStatement({ meetingId: theMeeting }))
      .refuses(unknown('meetingId', theMeeting));
    given(caseOpened, meetingHeld, retracted(meetingHeld)).when(makeStatement(inMeeting)).refuses(unknown('meetingId', theMeeting));
  });

  it('is not of a synthetic case in a real meeting', () => {
    const real = { ...meetingHeld, data: { ...meetingHeld.data, synthetic: false } };
    given(caseOpened, real).when(makeStatement(inMeeting)).refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: theMeeting });
  });

  it('is one of its id', () => {
    given(...twoOrders, recorded(makeStatement()))
      .when(makeStatement({ summary: 'Something else.' }))
      .refuses({ code: 'ALREADY_EXISTS', existing: theStatement });
  });

  it('of an order before its issue is context, and is recorded', () => {
    given(caseOpened, orderOneIssued)
      .when(makeStatement({ kind: 'context', orders: [orderOne], occurredAt: istDay('01-26') }))
      .emits();
  });
});

describe('making a statement in a meeting', () => {
  it('was made when the meeting was held, unless its source says more', () => {
    given(caseOpened, meetingHeld).when(makeStatement(inMeeting)).emits({ occurredAt: heldAt });
    given(caseOpened, meetingHeld)
      .when(makeStatement({ ...inMeeting, occurredAt: mondayEvening }))
      .emits();
  });

  it('was made when the meeting was held as corrected', () => {
    const held = corrected(meetingHeld, { occurredAt: extent(istDay('02-01')) });
    given(caseOpened, meetingHeld, held)
      .when(makeStatement(inMeeting))
      .emits({ occurredAt: extent(istDay('02-01')) });
  });

  it('repeats quietly though the meeting was corrected since', () => {
    const fact = recorded(makeStatement(inMeeting), { occurredAt: heldAt });
    const later = corrected(meetingHeld, { occurredAt: extent(istDay('02-01')) });
    given(caseOpened, meetingHeld, fact, later).when(makeStatement(inMeeting)).emitsNothing(fact);
  });

  it('is no repeat if it says another time', () => {
    const fact = recorded(makeStatement(inMeeting), { occurredAt: heldAt });
    given(caseOpened, meetingHeld, fact)
      .when(makeStatement({ ...inMeeting, occurredAt: mondayEvening }))
      .refuses({ code: 'ALREADY_EXISTS', existing: theStatement });
  });

  it('has to say one or the other', () => {
    given(caseOpened)
      .when(makeStatement({ occurredAt: undefined }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'meetingId', reference: '' });
  });
});

it('the speaker may be unnamed, and what was said may not', () => {
  const input = statementMade.input;
  const said = makeStatement().data;
  expect(input.safeParse({ ...said, occurredAt: mondayEvening, speaker: {} }).success).toBe(true);
  expect(input.safeParse({ ...said, occurredAt: mondayEvening, summary: ' ' }).success).toBe(false);
});
