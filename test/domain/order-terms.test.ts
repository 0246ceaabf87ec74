/** What an order contributes to its pairs: when it binds, when it ends, and for when its record is declared complete. */
import { describe, expect, it } from 'vitest';
import { effective } from '../../src/domain/history.ts';
import { orderViewOf, restrictionTermsOf } from '../../src/domain/order-terms.ts';
import { NEVER } from '../../src/domain/pairs/pair-facts.ts';
import {
  corrected,
  declareCoverage,
  extent,
  type Fact,
  inFranceAndIndia,
  inIndia,
  issueOrder,
  ist,
  istDay,
  istRange,
  orderOne,
  orderOneIssued,
  orderTwo,
  recorded,
  retracted,
  type Said,
  serveOrder,
} from '../support/controls.ts';

const viewOf = (...facts: readonly Fact[]) =>
  orderViewOf(
    effective(facts.map((fact, revision) => ({ ...fact, revision }))).map((fact) => ({
      ...fact,
      event: fact.id,
      position: fact.revision + 1,
    })),
  );
const ms = (clock: string): number => Date.parse(ist(clock));
const at = (clock: string) => ({ earliest: ms(clock), latest: ms(clock) });
const served = (occurredAt: unknown, said: Said = {}): Fact =>
  recorded(serveOrder({ occurredAt, ...said }), { receivedAt: extent((said['receivedAt'] ?? occurredAt) as string) });

const issue = '01-31 12:00';
const issued = at(issue);

describe('when an order binds', () => {
  it('is never, without service', () => {
    expect(viewOf(orderOneIssued)).toMatchObject({ issued, binding: { earliest: NEVER, latest: NEVER }, expiresAt: NEVER });
  });

  it('is at its receipt, not when it was sent', () => {
    const sent = served(ist('02-01 09:00'), { receivedAt: ist('02-02 10:00') });
    expect(viewOf(orderOneIssued, sent)?.binding).toEqual(at('02-02 10:00'));
  });

  it('is at the first of several receipts, whatever the order of the log', () => {
    const receipts = [served(ist('02-05 12:00')), served(ist('02-01 09:00')), served(ist('02-03 12:00'))];
    expect(viewOf(orderOneIssued, ...receipts)?.binding).toEqual(at('02-01 09:00'));
    expect(viewOf(orderOneIssued, ...receipts.toReversed())?.binding).toEqual(at('02-01 09:00'));
  });

  it('is between the least of the earliest and the least of the latest ends of uncertain receipts', () => {
    // The first receipt lies in [1 Feb 00:00, 10 Feb 23:59:59.999] or is that of 4 Feb 09:00: so from 1 Feb 00:00 to 4 Feb 09:00.
    const sometime = served(istRange('02-01 00:00', '02-10 00:00'));
    const exact = served(ist('02-04 09:00'));
    expect(viewOf(orderOneIssued, sometime, exact)?.binding).toEqual({ earliest: ms('02-01 00:00'), latest: ms('02-04 09:00') });
  });

  it('is not before the issue, as far as either is known', () => {
    const day = recorded(issueOrder({ occurredAt: istDay('01-31') }));
    expect(viewOf(day, served(istRange('01-30 00:00', '01-31 06:00')))?.binding).toEqual({
      earliest: ms('01-31 00:00'),
      latest: ms('02-01 00:00') - 1,
    });
  });

  it('follows corrections and retractions of service', () => {
    const first = served(ist('02-01 09:00'));
    const second = served(ist('02-03 12:00'));
    const moved = corrected(first, { receivedAt: extent(ist('02-04 12:00')) });
    expect(viewOf(orderOneIssued, first, second, moved)?.binding).toEqual(at('02-03 12:00'));
    expect(viewOf(orderOneIssued, first, second, retracted(first))?.binding).toEqual(at('02-03 12:00'));
    expect(viewOf(orderOneIssued, first, retracted(first))?.binding.earliest).toBe(NEVER);
  });

  it('is for nobody to say where no issue stands', () => {
    expect(viewOf(orderOneIssued, retracted(orderOneIssued))).toBeUndefined();
    expect(orderViewOf([])).toBeUndefined();
  });

  it('ends where the order says', () => {
    expect(viewOf(recorded(issueOrder({ expiresAt: ist('02-10 00:00') })))?.expiresAt).toBe(ms('02-10 00:00'));
  });
});

describe('what is declared complete', () => {
  const by = (name: string): Said => ({ by: { name } });
  const declared = (from: string, to: string, completeness = 'complete', said: Said = {}): Fact =>
    recorded(declareCoverage({ from: ist(from), to: ist(to), completeness, ...said }));
  const coverage = (...facts: readonly Fact[]) => {
    const { covered, coveredTo, declarations } = viewOf(orderOneIssued, ...facts) ?? {};
    return { covered, coveredTo, coveredBy: declarations?.at(-1)?.by.name };
  };
  const period = (from: number, to: number) => ({ earliest: from, latest: to });
  const [day1, day2, day3, day4, day5] = ['02-01', '02-02', '02-03', '02-04', '02-05'].map((day) => ms(`${day} 00:00`)) as [
    number,
    number,
    number,
    number,
    number,
  ];

  it('is nothing, without a declaration', () => {
    expect(coverage()).toEqual({ covered: [], coveredTo: undefined, coveredBy: undefined });
  });

  it('counts at both ends', () => {
    expect(coverage(declared('02-01 00:00', '02-03 00:00'))).toEqual({
      covered: [period(day1, day3)],
      coveredTo: day3,
      coveredBy: 'Synthetic Recorder',
    });
  });

  it('is one period where declarations touch or overlap, in any order', () => {
    const first = declared('02-01 00:00', '02-02 00:00', 'complete', by('A'));
    const second = declared('02-02 00:00', '02-03 00:00', 'complete', by('B'));
    const whole = { covered: [period(day1, day3)], coveredTo: day3, coveredBy: 'B' };
    expect(coverage(first, second)).toEqual(whole);
    expect(coverage(second, first)).toEqual(whole);
    expect(coverage(declared('02-01 00:00', '02-02 12:00', 'complete', by('A')), second)).toEqual(whole);
  });

  it('is several periods where something lies between', () => {
    const apart = coverage(declared('02-03 00:00', '02-04 00:00'), declared('02-01 00:00', '02-02 00:00'));
    expect(apart.covered).toEqual([period(day1, day2), period(day3, day4)]);
  });

  it.each(['partial', 'none'])('is overridden by a later declaration that says %s, at its ends too', (completeness) => {
    const whole = declared('02-01 00:00', '02-05 00:00');
    expect(coverage(whole, declared('02-02 00:00', '02-03 00:00', completeness)).covered).toEqual([
      period(day1, day2 - 1),
      period(day3 + 1, day5),
    ]);
    expect(coverage(whole, declared('02-01 00:00', '02-05 00:00', completeness))).toEqual({
      covered: [],
      coveredTo: undefined,
      coveredBy: undefined,
    });
    expect(coverage(whole, declared('02-04 00:00', '03-01 00:00', completeness)).covered).toEqual([period(day1, day4 - 1)]);
    expect(coverage(whole, declared('02-05 00:00', '03-01 00:00', completeness)).covered).toEqual([period(day1, day5 - 1)]);
  });

  it('is what was recorded last, not what was declared last', () => {
    const none = declared('02-02 00:00', '02-03 00:00', 'none', { occurredAt: ist('02-13 12:00') });
    const whole = declared('02-01 00:00', '02-05 00:00', 'complete', { occurredAt: ist('02-06 12:00') });
    expect(coverage(none, whole).covered).toEqual([period(day1, day5)]);
    expect(coverage(whole, none).covered).toEqual([period(day1, day2 - 1), period(day3 + 1, day5)]);
  });

  it('is again what it was, after the retraction of what overrode it', () => {
    const whole = declared('02-01 00:00', '02-05 00:00');
    const none = declared('02-02 00:00', '02-03 00:00', 'none');
    expect(coverage(whole, none, retracted(none)).covered).toEqual([period(day1, day5)]);
  });

  it('is told apart by declaration, less what a later one took over', () => {
    const first = declared('02-01 00:00', '02-04 00:00', 'complete', by('A'));
    const second = declared('02-02 00:00', '02-03 00:00', 'complete', { ...by('B'), occurredAt: ist('02-05 12:00') });
    const { covered, declarations } = viewOf(orderOneIssued, first, second) ?? {};
    expect(covered).toEqual([period(day1, day4)]);
    expect(declarations?.map(({ earliest, latest, by: { name } }) => [earliest, latest, name])).toEqual([
      [day1, day2 - 1, 'A'],
      [day2, day3, 'B'],
      [day3 + 1, day4, 'A'],
    ]);
    expect(declarations?.[1]?.declaredAt).toEqual(at('02-05 12:00'));
  });

  it('is vouched for by whoever declared its last instant, not by one whose period was overridden', () => {
    const first = declared('02-01 00:00', '02-02 00:00', 'complete', by('A'));
    const second = declared('02-03 00:00', '02-05 00:00', 'complete', by('B'));
    expect(coverage(first, second)).toMatchObject({ coveredTo: day5, coveredBy: 'B' });
    expect(coverage(first, second, declared('02-03 00:00', '02-05 00:00', 'none', by('C')))).toMatchObject({
      coveredTo: day2,
      coveredBy: 'A',
    });
    expect(coverage(first, second, declared('02-04 00:00', '02-05 00:00', 'none', by('C')))).toMatchObject({
      coveredTo: day4 - 1,
      coveredBy: 'B',
    });
  });
});

describe('what a restriction is worth to an order', () => {
  const shape = {
    kind: 'restricted',
    strength: 'withheld',
    measure: 'withheld',
    basis: 'legal_order',
    territory: inFranceAndIndia,
    orders: [orderOne],
    evidenced: true,
  } as const;

  it('says whether measure and territory do by themselves, and whether it cites this order', () => {
    expect(restrictionTermsOf(shape, orderOne, { measure: 'disable_access', territory: inIndia })).toEqual({
      suffices: 'yes',
      coversAlone: 'yes',
      territory: inFranceAndIndia,
      measure: 'withheld',
      basis: 'legal_order',
      isLimit: false,
      isEvidenced: true,
      citesOrder: true,
      citesOther: false,
    });
    expect(restrictionTermsOf(shape, orderTwo, { measure: 'remove', territory: 'WORLD' })).toMatchObject({
      suffices: 'no',
      coversAlone: 'no',
      citesOrder: false,
      citesOther: true,
    });
    expect(restrictionTermsOf({ ...shape, territory: 'UNSTATED' }, orderTwo, { measure: 'unstated', territory: inIndia })).toMatchObject({
      suffices: 'possibly',
      coversAlone: 'possibly',
    });
  });
});
