/** How a platform answered an order as a whole. */
import { describe, it } from 'vitest';
import { answerOrder, caseOpened, instant, issueOrder, ist, orderOne, orderOneIssued, recorded, revoked } from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];

describe('answering an order', () => {
  it.each(['acknowledged', 'accepted', 'declined', 'partly_declined'])('is to have it %s, with grounds or without', (answer) => {
    given(...issued)
      .when(answerOrder({ answer, grounds: [] }))
      .emits();
    given(...issued)
      .when(answerOrder({ answer, scope: 'some', grounds: ['fundamental_right', 'lacks_reasons'] }))
      .emits();
  });

  it('may say which classes it is about, and by whom they are asserted', () => {
    given(...issued)
      .when(answerOrder({ answer: 'partly_declined', scope: 'some', classes: [{ class: 'news_media', assertedBy: 'Birdsite' }] }))
      .emits();
  });

  it('may recur with another content: both stand', () => {
    const acknowledged = recorded(answerOrder());
    given(...issued, acknowledged)
      .when(answerOrder({ answer: 'declined' }))
      .emits();
    given(...issued, acknowledged)
      .when(answerOrder())
      .emitsNothing(acknowledged);
  });

  it('is not provably before the issue', () => {
    given(...issued)
      .when(answerOrder({ occurredAt: ist('01-31 11:59') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: instant('01-31 12:00') });
  });

  it('may come after the order has expired or was revoked', () => {
    const occurredAt = ist('02-11 12:00');
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })))
      .when(answerOrder({ occurredAt }))
      .emits();
    given(...issued, revoked)
      .when(answerOrder({ occurredAt }))
      .emits();
  });
});
