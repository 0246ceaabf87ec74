/** The evaluator over rows, against a deliberately naive one that shares no code with it and goes from instant to instant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import { expectSameAsNaive } from '../support/compare-figures.ts';
import { foldedFrom } from '../support/folded.ts';
import { eventId, orderServed, targetBlocked, targetListed } from '../support/naive-events.ts';
import {
  account,
  at,
  citing,
  covered,
  due,
  issued,
  lifted,
  listed,
  logOf,
  order,
  otherOrder,
  until,
  withheld,
} from '../support/naive-examples.ts';
import { clockRestarted, clockStopped, orderAnswered, orderRevoked, orderStayed, stayLifted } from '../support/naive-order-events.ts';
import { randomLog, randomQuestion } from '../support/plain-log.ts';
import { hourText } from '../support/random-case.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 150);

const early = targetBlocked(account, at(0), { orders: [], basis: 'platform_rules', measure: 'suspended' });
const answered = (hour: number, answer: string) => orderAnswered(order, at(hour), { answer, scope: 'all' });
const listedInAnother = [issued({}, otherOrder, at(2)), targetListed(account, at(6), { order: otherOrder })];
const stopped = [clockStopped(order, at(1, 2)), clockRestarted(order, at(2), eventId(4))];
const stayed = [orderStayed(order, at(4)), stayLifted(order, at(5), eventId(6))];
const issuedAt3 = [issued({}, order, at(3)), targetListed(account, at(3), { order }), orderServed(order, at(3))];
const servedLate = [issued({ rule: 'tr-5651-8a' }), listed, orderServed(order, at(4, 6))];
const servedAtAnHourUnknown = [issued({ rule: 'tr-5651-8a' }), listed, orderServed(order, at(1, 6))];
const boundLate = [issued({ rule: 'eu-tco-3' }), orderServed(order, at(0)), targetListed(account, at(1, 3), { order })];

/** Told one by one, since chance seldom meets them. */
const EXAMPLES = {
  'where the end of a coverage adds no time': logOf(...due(), covered(0, 4)),
  'before another order lists the target': logOf(...due(), withheld(at(1)), orderRevoked(order, at(4)), ...listedInAnother),
  'where an acceptance follows a refusal': logOf(...due(), answered(1, 'declined'), answered(3, 'accepted')),
  'where one act lifts what began later': logOf(...due(), withheld(at(2)), withheld(at(6)), lifted(at(4, 7), ['IN'], 4, 5)),
  'where a restriction may begin after its until': logOf(...due(), until(withheld(at(4, 7), ['FR']), 5)),
  'where satisfaction is lost at the very issue': logOf(...issuedAt3, until(withheld(at(2)), 3)),
  'where an uncertain stop precedes a stay': logOf(...due({ rule: 'tr-5651-8a' }), ...stopped, ...stayed),
  'where a pair may be due at any instant after an hour': logOf(...servedLate, until(withheld(at(2), ['PK']), 4)),
  'where the order ends before it was served for certain': logOf(...servedAtAnHourUnknown, orderRevoked(order, at(3))),
  'where the clock is stopped before it began for certain': logOf(
    ...servedAtAnHourUnknown,
    clockStopped(order, at(2)),
    clockRestarted(order, at(4), eventId(4)),
  ),
  'where an order may not have been issued when it is asked about': logOf(
    issued({ rule: 'tr-5651-8a' }, order, at(0, 4)),
    orderServed(order, at(1, 6)),
    targetListed(account, at(0, 4), { order }),
  ),
  'where the last report lies within what binds': logOf(...boundLate, early, lifted(at(2), 'WORLD', 4)),
};

describe('figures', () => {
  it(
    'are those of the naive evaluator, for uncertain times, late reports and corrections',
    () => {
      fc.assert(
        fc.property(
          randomLog.chain((log) => fc.tuple(fc.constant(log), fc.array(randomQuestion(log), { minLength: 5, maxLength: 12 }))),
          ([log, questions]) => expectSameAsNaive(foldedFrom(log), log, questions),
        ),
        { numRuns: RUNS },
      );
    },
    60_000 + 100 * RUNS,
  );

  it.each(Object.entries(EXAMPLES))('are those of the naive evaluator %s', (_, log) => {
    const question = { orders: [order], knownAt: log.length, kinds: ['account'] };
    const halves = Array.from({ length: 20 }, (__, half) => ({ ...question, validAt: hourText(half / 2) }));
    expectSameAsNaive(foldedFrom(log), log, halves);
  });

  it('leave it open whether a worldwide block less some places meets a demand that states no place', () => {
    const blocked = targetBlocked(account, at(2), { ...citing, measure: 'suspended' });
    const log = logOf(...due({ territory: 'UNSTATED' }), blocked, lifted(at(5), ['IN'], 4));
    const model = foldedFrom(log);
    const effectiveAt = (hour: number) => {
      const scope = { orders: [parseOrderId(order)], knownAt: log.length, kinds: ['account'] as const };
      return createCompliance(model).at(scope, msOf(parseInstant(hourText(hour)))).total?.effective;
    };
    expect(effectiveAt(3)).toMatchObject({ numerator: 1, denominator: 1, percent: { low: 100, high: 100 } });
    expect(effectiveAt(6)).toMatchObject({ numerator: 0, maybe: 1, denominator: 1, percent: { low: 0, high: 100 } });
    const question = { orders: [order], knownAt: log.length, kinds: ['account'] };
    expectSameAsNaive(
      model,
      log,
      [3, 5, 6].map((hour) => ({ ...question, validAt: hourText(hour) })),
    );
  });
});
