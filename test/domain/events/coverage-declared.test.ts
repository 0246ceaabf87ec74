/** Declaring that the record on an order is complete. */
import { describe, it } from 'vitest';
import { caseOpened, declareCoverage, extent, issueOrder, ist, later, orderOne, orderOneIssued, recorded } from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issued = [caseOpened, orderOneIssued];
const from = ist('01-31 12:00');

describe('declaring coverage', () => {
  it.each(['complete', 'partial', 'none'])('says that the record is %s', (completeness) => {
    given(...issued)
      .when(declareCoverage({ completeness }))
      .emits();
  });

  it('is for a period that ends after it begins', () => {
    const refusal = (to: string) =>
      ({ code: 'ENDS_BEFORE_START', field: 'to', start: extent(from)['earliest'], end: extent(to)['earliest'] }) as const;
    given(...issued)
      .when(declareCoverage({ from, to: from }))
      .refuses(refusal(from));
    given(...issued)
      .when(declareCoverage({ from, to: later(from, -1) }))
      .refuses(refusal(later(from, -1)));
    given(...issued)
      .when(declareCoverage({ from, to: later(from, 1) }))
      .emits();
  });

  it('may reach back before the order, and into the future', () => {
    given(...issued)
      .when(declareCoverage({ from: ist('01-01 00:00'), to: '2031-01-01T00:00:00Z' }))
      .emits();
  });

  it('may be declared after the order has expired', () => {
    given(caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') })))
      .when(declareCoverage())
      .emits();
  });

  it('is not declared provably before the issue', () => {
    given(...issued)
      .when(declareCoverage({ occurredAt: ist('01-31 11:59') }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(from)['earliest'] });
  });

  it('may be declared again with another content, since the last one counts', () => {
    const complete = recorded(declareCoverage());
    given(...issued, complete)
      .when(declareCoverage({ completeness: 'none' }))
      .emits();
    given(...issued, complete)
      .when(declareCoverage())
      .emitsNothing(complete);
  });
});
