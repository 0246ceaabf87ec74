/** The evaluator over rows, against a deliberately naive one that shares no code with it and goes from instant to instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import { expectSameAsNaive } from '../support/compare-figures.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  eventId,
  orderId,
  orderIssued,
  orderServed,
  targetBlocked,
  targetListed,
  targetOf,
  targetReinstated,
} from '../support/naive-events.ts';
import { hourText, randomLog, randomQuestion, storedExtent } from '../support/random-case.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);

describe('figures', () => {
  it('are those of the naive evaluator, for uncertain times, late reports and corrections', () => {
    fc.assert(
      fc.property(
        randomLog.chain((log) => fc.tuple(fc.constant(log), fc.array(randomQuestion(log), { minLength: 5, maxLength: 12 }))),
        ([log, questions]) => expectSameAsNaive(foldedFrom(log), log, questions),
      ),
      { numRuns: RUNS },
    );
  }, 60_000);

  it('leave it open whether a worldwide block less some places meets a demand that states no place', () => {
    const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
    const order = orderId(0);
    const account = targetOf('account', 'one');
    const log = logOf([
      orderIssued(order, hours(0), { demand: { measure: 'disable_access', territory: 'UNSTATED' } }),
      orderServed(order, hours(0)),
      targetListed(account, hours(0), { order }),
      targetBlocked(account, hours(2), { orders: [order], basis: 'legal_order', measure: 'suspended' }),
      targetReinstated(account, hours(5), [{ restriction: eventId(4), territory: ['IN'] }]),
    ]);
    const model = foldedFrom(log);
    const at = (hour: number) => {
      const scope = { orders: [parseOrderId(order)], knownAt: log.length, kinds: ['account'] as const };
      return createCompliance(model).at(scope, msOf(parseInstant(hourText(hour)))).total.effective;
    };
    expect(at(3)).toMatchObject({ numerator: 1, denominator: 1, percent: { low: 100, high: 100 } });
    expect(at(6)).toMatchObject({ numerator: 0, maybe: 1, denominator: 1, percent: { low: 0, high: 100 } });
    const question = { orders: [order], knownAt: log.length, kinds: ['account'] };
    expectSameAsNaive(
      model,
      log,
      [3, 5, 6].map((hour) => ({ ...question, validAt: hourText(hour) })),
    );
  });
});
