/** Recording a figure that somebody published. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readClaim } from '../../../src/domain/claim.ts';
import { claimRecorded as claimType } from '../../../src/domain/events/claim-recorded.ts';
import { EVENT_TYPES } from '../../../src/domain/events/event-types.ts';
import { DEFINITIONS } from '../../../src/domain/figures.ts';
import {
  caseOpened,
  claimNowhere,
  claimRecorded,
  extent,
  type Fact,
  inIndia,
  ist,
  istDay,
  orderNowhere,
  orderOne,
  orderTwo,
  recordClaim,
  recorded,
  retracted,
  type Said,
  theCase,
  theClaim,
  twoOrders,
  withdrawClaim,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const anotherClaim = '00000000-0000-4000-8000-00000000002a';
/** Takes the numbers of the control out. */
const noNumbers = { numerator: undefined, denominator: undefined };
const percent = { metric: 'compliance_rate', unit: 'percent' };
const duration = { ...noNumbers, metric: 'restriction_duration', unit: 'duration' };

const accepts = (said: Said): void =>
  given(...twoOrders)
    .when(recordClaim(said))
    .emits();
const refuses = (said: Said, field: string, why: string): void =>
  given(...twoOrders)
    .when(recordClaim(said))
    .refuses({ code: 'CLAIM_NUMBERS_IMPOSSIBLE', field, why });

describe('recording a claim', () => {
  it('keeps what was published, and fills nothing in', () => {
    accepts({});
    accepts({
      asOf: istDay('02-12'),
      definition: 'ever',
      population: {
        orders: [orderOne, orderTwo],
        kinds: ['account', 'post'],
        classes: ['journalist'],
        measures: ['suspended', 'withheld'],
        bases: ['platform_rules'],
        territory: inIndia,
        note: 'handles',
      },
      parts: [
        { label: 'first order', numerator: 220, denominator: 257 },
        { label: 'second order', numerator: 1178, denominator: 1178 },
      ],
    });
  });

  it('takes every definition that the ledger answers with', () => {
    for (const definition of DEFINITIONS) accepts({ definition });
  });

  it('needs words, and a source even as a direct record', () => {
    given(caseOpened)
      .when(recordClaim({ assertion: 'direct_record', sources: undefined }))
      .refuses({ code: 'SOURCE_REQUIRED', assertion: 'direct_record' });
    const { text: _, ...wordless } = recordClaim().data;
    const issues = claimType.input.safeParse({ ...wordless, occurredAt: ist('02-12 18:00') }).error?.issues;
    expect(issues?.map(({ path }) => path)).toEqual([['text']]);
    expect(claimType.stored.safeParse({ ...claimRecorded.data, text: undefined }).success).toBe(false);
  });

  it('names only a case, orders and a claim that are there', () => {
    const unknown = (field: string, reference: string) => ({ code: 'REFERENCE_UNKNOWN', field, reference }) as const;
    given().when(recordClaim()).refuses(unknown('caseId', theCase));
    given(...twoOrders)
      .when(recordClaim({ population: { orders: [orderOne, orderNowhere] } }))
      .refuses(unknown('population', orderNowhere));
    given(caseOpened)
      .when(recordClaim({ restates: claimNowhere }))
      .refuses(unknown('restates', claimNowhere));
    given(caseOpened, claimRecorded, retracted(claimRecorded))
      .when(recordClaim({ restates: theClaim }, anotherClaim))
      .refuses(unknown('restates', theClaim));
  });

  it('restates a claim, also one that was taken back', () => {
    const withdrawn = recorded(withdrawClaim(), { caseId: theCase });
    given(caseOpened, claimRecorded, withdrawn)
      .when(recordClaim({ restates: theClaim }, anotherClaim))
      .emits();
  });

  it('does not set a real claimant beside a synthetic ledger', () => {
    const real = (fact: Fact): Fact => ({ ...fact, data: { ...fact.data, synthetic: false } });
    const [opened, one] = twoOrders;
    given(opened, real(one))
      .when(recordClaim({ population: { orders: [orderOne] } }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: orderOne });
    given(opened, real(claimRecorded))
      .when(recordClaim({ restates: theClaim }, anotherClaim))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: theClaim });
  });

  it('is about nothing that has not come yet', () => {
    given(caseOpened)
      .when(recordClaim({ asOf: '2021-03-01T00:00:00+05:30' }))
      .refuses({
        code: 'TIME_IN_FUTURE',
        field: 'asOf',
        earliest: '2021-02-28T18:30:00.000Z',
        recordedAt: '2021-02-14T03:30:00.000Z',
      });
  });
});

describe('the numbers of a claim', () => {
  it('are as written: whole counts, percentages and elapsed times', () => {
    accepts({ value: '702', ...noNumbers });
    accepts({ ...percent, value: '97.42', ...noNumbers });
    accepts({ ...percent, value: '0', ...noNumbers });
    accepts({ ...percent, value: '100.0', ...noNumbers });
    accepts({ ...percent, comparator: 'nearly', value: '97' });
    accepts({ ...duration, value: 'PT5H50M' });
    accepts({ ...duration, value: 'P1DT30S' });
    accepts({ ...duration, comparator: 'range', range: { min: 'PT2M', max: 'PT10M' } });
    accepts({ ...duration, comparator: 'range', range: { min: 'PT60M', max: 'PT1H' } });
  });

  it('are none where the source gives none', () => {
    accepts({ comparator: 'unquantified', ...noNumbers });
    accepts({ comparator: 'unquantified', numerator: undefined });
    accepts({ ...percent, comparator: 'unquantified', ...noNumbers });
  });

  it('are whatever they are where the ledger has no value to compare', () => {
    accepts({ metric: 'other', unit: 'duration', value: 'PT3H', ...noNumbers });
    accepts({ metric: 'other', unit: 'percent', value: '3.5', ...noNumbers });
  });

  it('may contradict one another: that is for whoever compares them', () => {
    accepts({ ...percent, comparator: 'nearly', value: '97', numerator: 3, denominator: 4 });
    accepts({ parts: [{ label: 'all', numerator: 1, denominator: 2 }] });
  });

  it('are not negative', () => {
    refuses({ value: '-1', ...noNumbers }, 'value', 'negative');
    refuses({ ...percent, value: '-0.1', ...noNumbers }, 'value', 'negative');
    refuses({ ...duration, value: '-PT1H' }, 'value', 'negative');
    refuses({ numerator: -1 }, 'numerator', 'negative');
    refuses({ numerator: undefined, value: '3', denominator: -1 }, 'denominator', 'negative');
    refuses({ parts: [{ label: 'a', numerator: -1, denominator: 2 }] }, 'parts', 'negative');
    refuses({ ...noNumbers, comparator: 'range', range: { min: '-5', max: '5' } }, 'range', 'negative');
  });

  it('are whole where things are counted', () => {
    refuses({ value: '702.5', ...noNumbers }, 'value', 'fractional_count');
    accepts({ value: '702.0', ...noNumbers });
    refuses({ ...noNumbers, comparator: 'range', range: { min: '1', max: '2.000000000000001' } }, 'range', 'fractional_count');
  });

  it('are percentages up to 100, to the last decimal', () => {
    refuses({ ...percent, value: '100.000000000000001', ...noNumbers }, 'value', 'percent_outside_0_to_100');
    refuses({ ...percent, value: '101', ...noNumbers }, 'value', 'percent_outside_0_to_100');
  });

  it('have no part greater than its whole', () => {
    refuses({ numerator: 1436 }, 'numerator', 'numerator_exceeds_denominator');
    accepts({ numerator: 1435 });
    refuses({ parts: [{ label: 'a', numerator: 3, denominator: 2 }] }, 'parts', 'numerator_exceeds_denominator');
  });

  it('run from the lesser to the greater, as numbers and not as text', () => {
    accepts({ ...noNumbers, comparator: 'range', range: { min: '9', max: '10.0' } });
    refuses({ ...noNumbers, comparator: 'range', range: { min: '10', max: '9' } }, 'range', 'range_reversed');
    refuses({ ...duration, comparator: 'range', range: { min: 'PT61M', max: 'PT1H' } }, 'range', 'range_reversed');
    refuses({ ...duration, comparator: 'range', range: { min: 'P1DT1S', max: 'PT24H' } }, 'range', 'range_reversed');
  });

  it('are of the unit in which the thing is counted', () => {
    refuses({ value: 'PT1H', ...noNumbers }, 'value', 'not_of_its_unit');
    refuses({ ...duration, value: '6' }, 'value', 'not_of_its_unit');
    refuses({ ...duration, comparator: 'unquantified' }, 'unit', 'not_of_its_unit');
    for (const metric of ['pairs_in_effect', 'targets_listed', 'orders_issued', 'targets_restricted'])
      refuses({ metric, unit: 'percent', value: '3', ...noNumbers }, 'unit', 'not_the_unit_of_the_metric');
    refuses({ metric: 'compliance_rate', unit: 'count' }, 'unit', 'not_the_unit_of_the_metric');
    for (const metric of ['restriction_duration', 'notification_delay'])
      refuses({ metric, unit: 'count' }, 'unit', 'not_the_unit_of_the_metric');
  });

  it('are there where the comparator compares with one', () => {
    for (const comparator of ['eq', 'gt', 'gte', 'lt', 'lte', 'about', 'nearly']) {
      refuses({ ...noNumbers, comparator }, 'value', 'number_missing');
      accepts({ ...noNumbers, comparator, value: '7' });
      accepts({ comparator });
    }
    refuses({ ...percent, denominator: undefined }, 'value', 'number_missing');
    refuses({ ...percent, numerator: 0, denominator: 0 }, 'value', 'number_missing');
    refuses({ ...duration, numerator: 6, denominator: 12 }, 'value', 'number_missing');
    refuses({ comparator: 'range' }, 'range', 'number_missing');
  });

  it('are not there where it does not', () => {
    refuses({ comparator: 'unquantified' }, 'numerator', 'number_out_of_place');
    refuses({ ...noNumbers, comparator: 'unquantified', value: '1' }, 'value', 'number_out_of_place');
    refuses({ range: { min: '1', max: '2' } }, 'range', 'number_out_of_place');
    refuses({ ...noNumbers, comparator: 'range', value: '1', range: { min: '1', max: '2' } }, 'value', 'number_out_of_place');
  });

  it('have a form of their own', () => {
    const isForm = (value: string): boolean =>
      claimType.input.safeParse({ ...recordClaim().data, occurredAt: ist('02-12 18:00'), sources: undefined, value }).success;
    for (const value of ['0', '97.40', '000123', 'PT0S', 'P1D', '-1', '-PT1H']) expect([value, isForm(value)]).toEqual([value, true]);
    const others = [
      '',
      '97%',
      '97,4',
      '1e3',
      '.5',
      '5.',
      '+5',
      'NaN',
      'P',
      'PT',
      'P1M',
      'P1Y',
      'P2W',
      'PT1.5H',
      '9'.repeat(16),
      ' 97',
      '97\n',
    ];
    for (const value of others) expect([value, isForm(value)]).toEqual([value, false]);
  });
});

describe('a claim as it is read', () => {
  const occurredAt = extent(ist('02-12 18:00'));
  const read = (said: object) => readClaim({ occurredAt, unit: 'count', ...said } as Parameters<typeof readClaim>[0]);

  it('is about the time of its publication if it does not say', () => {
    expect(read({ value: '1' })).toMatchObject({ asOf: occurredAt, asOfAssumed: true });
    const asOf = extent(istDay('02-10'));
    expect(read({ value: '1', asOf })).toMatchObject({ asOf, asOfAssumed: false });
    expect(read({ value: '1', asOf: occurredAt })).toMatchObject({ asOfAssumed: false });
  });

  it('has the numerator of a count for its value, and of a percentage no decimal that nobody wrote', () => {
    expect(read({ numerator: 1398 }).value).toBe('1398');
    expect(read({ value: '1400', numerator: 1398 }).value).toBe('1400');
    expect(read({ unit: 'percent', numerator: 1, denominator: 4 }).value).toBeUndefined();
    expect(read({ unit: 'percent', value: '25', numerator: 1, denominator: 4 }).value).toBe('25');
    expect(read({}).value).toBeUndefined();
  });
});

it('measures of claims are those of the restrictions that there are', () => {
  const measuresOf = (of: z.core.$ZodType | undefined): readonly string[] => (of instanceof z.ZodEnum ? of.options.map(String) : []);
  const types = EVENT_TYPES.filter(({ name }) => name === 'TargetBlocked' || name === 'TargetLimited');
  const { population } = claimType.stored.shape;
  if (!(population instanceof z.ZodObject)) throw new Error('no population');
  const accepted = population.shape['measures'];
  const all = [...types.flatMap(({ stored }) => measuresOf(stored.shape['measure'])), 'withheld'];
  expect(all.length).toBeGreaterThan(10);
  for (const measure of all) expect(z.safeParse(accepted as z.ZodType, [measure]).success, measure).toBe(true);
  expect(z.safeParse(accepted as z.ZodType, ['shadow_banned']).success).toBe(false);
});
