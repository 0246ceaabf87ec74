/** The naive evaluator over random logs: what must hold whatever they say, and that they say enough. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { order, otherOrder } from './naive-examples.ts';
import { type NaiveAnswer, type NaiveFigure, naiveFigures } from './naive-figures.ts';
import { STATUSES } from './naive-status.ts';
import { HALF_HOUR } from './naive-worlds.ts';
import { plainLogOf, randomLog, randomQuestion } from './plain-log.ts';
import { ALL_KINDS, hourText, randomCase } from './random-case.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100);

describe('over random logs', () => {
  const questioned = randomLog.chain((log) => fc.record({ log: fc.constant(log), question: randomQuestion(log) }));

  it('the make-up adds up to the denominator, the statuses to the pairs, and the band is a band', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        const { orders, total } = naiveFigures(log, question);
        for (const answer of [...orders, total]) {
          const { effective, makeUp, statuses, pairs, apart, outOpen } = answer;
          const yes = sum(Object.values(makeUp.inEffect));
          const no = sum(makeUp.notInEffect.map((row) => row.pairs));
          expect(yes).toBe(effective.numerator);
          expect(yes + no + makeUp.unknown + makeUp.open).toBe(effective.denominator);
          expect(sum(Object.values(statuses))).toBe(pairs.length);
          expect(effective.denominator + outOpen + sum(Object.values(apart))).toBe(pairs.length);
          for (const { percent } of allFigures(answer)) if (percent) expect(percent.low).toBeLessThanOrEqual(percent.high);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('what is known at a position is what a log cut there says', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        const cut = log.filter(({ position }) => position <= question.knownAt);
        expect(naiveFigures(log, question)).toEqual(naiveFigures(cut, question));
      }),
      { numRuns: RUNS },
    );
  });

  it('a finer grid of instants changes no figure', () => {
    fc.assert(
      fc.property(questioned, ({ log, question }) => {
        const finer = naiveFigures(log, question, { stepMs: HALF_HOUR / 2 });
        expect(withoutDue(finer.total)).toEqual(withoutDue(naiveFigures(log, question).total));
      }),
      { numRuns: RUNS },
    );
  });

  it('two hundred cases have every type of event, and answers of every kind', () => {
    const logs = fc.sample(randomCase, { numRuns: 200, seed: 1 }).map(plainLogOf);
    expect(new Set(logs.flat().map(({ type }) => type))).toEqual(new Set(ALL_TYPES));
    const answers = logs.flatMap((log) =>
      [5.5, 9.5, 13].map((hours) => {
        const question = { orders: [order, otherOrder], validAt: hourText(hours), knownAt: log.length, kinds: ALL_KINDS };
        return naiveFigures(log, { ...question, tolerance: 'PT3H' });
      }),
    );
    const share = (has: (answer: NaiveAnswer) => boolean) => answers.filter(({ total }) => has(total)).length;
    for (const has of [
      ({ effective }) => effective.numerator > 0,
      ({ effective }) => effective.unknown > 0,
      ({ makeUp }) => makeUp.open > 0,
      ({ makeUp }) => makeUp.notInEffect.length > 0,
      ({ ever, effective }) => ever.denominator > effective.denominator,
      ({ onTime }) => onTime.numerator > 0,
      ({ onTime }) => onTime.maybe > 0,
      ({ sustained, effective }) => sustained.numerator < effective.numerator,
      ({ timeWeighted }) => timeWeighted.maybe > 0n,
      ({ distinctTargets }) => distinctTargets.all.numerator < distinctTargets.any.numerator,
      ({ outOpen }) => outOpen > 0,
      ({ statuses }) => (statuses.undetermined ?? 0) > 0,
    ] satisfies ((answer: NaiveAnswer) => boolean)[])
      expect(share(has), String(has)).toBeGreaterThan(2);
    const found = new Set(answers.flatMap(({ total }) => total.pairs.flatMap(({ statuses }) => statuses)));
    expect(found).toEqual(new Set(STATUSES));
  });
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Which instants can be tried as due depends on the grid. */
const withoutDue = ({ pairs, ...rest }: NaiveAnswer) => ({ ...rest, pairs: pairs.map(({ due: _, ...pair }) => pair) });

const allFigures = (answer: NaiveAnswer): readonly Pick<NaiveFigure, 'percent'>[] => [
  answer.effective,
  answer.anyRestriction,
  answer.ever,
  answer.onTime,
  answer.sustained,
  answer.citingOrder,
  answer.platformStyle,
  answer.timeWeighted,
  answer.distinctTargets.all,
  answer.distinctTargets.any,
];

const ALL_TYPES = [
  ...['CaseOpened', 'OrderIssued', 'OrderServed', 'OrderConfirmed', 'OrderStayed', 'StayLifted', 'OrderRevoked', 'NoticeServed'],
  ...['OrderAnswered', 'DeadlineSet', 'ClockStopped', 'ClockRestarted', 'CoverageDeclared'],
  ...['TargetListed', 'TargetWithdrawn', 'TargetBlocked', 'TargetWithheld', 'TargetLimited', 'TargetReinstated', 'TargetDeclined'],
  ...['UserNotified', 'TargetGone', 'TargetLinked'],
  ...['MeetingHeld', 'StatementMade', 'ClaimRecorded', 'ClaimWithdrawn', 'EvidenceRegistered', 'EventCorrected', 'EventRetracted'],
];
