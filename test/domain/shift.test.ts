/** Times that are off by the same amount: moved as they stand, both ends alike, with what the source said of them. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EVENT_TYPES } from '../../src/domain/events/event-types.ts';
import { storedFields } from '../../src/domain/fields.ts';
import { isLater, SHIFTABLE_FIELDS, shiftInput } from '../../src/domain/shift.ts';
import {
  correct,
  extent,
  type Fact,
  inIndia,
  ist,
  lift,
  limit,
  listedInOrderOne,
  mondayAfternoon,
  orderOneIssued,
  orderOneServed,
  recorded,
  reinstate,
  serveOrder,
  twoOrders,
  withheldInIndia,
  withhold,
} from '../support/controls.ts';
import { given } from '../support/specification.ts';

const shift = (fact: Fact, by: { readonly [field: string]: string }) => {
  const { changes: _, ...data } = correct(fact, {}, {}).data;
  return { ...correct(fact, {}), data: { ...data, shift: shiftInput.parse(by) } };
};
/** The shift itself is asked and not stored. */
const to = (changes: object) => ({ shift: undefined, changes });

const exactly = (clock: string) => ({ earliest: instantOf(clock), latest: instantOf(clock), precision: 'second', zone: '+05:30' });
/** UTC of an Indian wall clock. */
const instantOf = (clock: string): string => Temporal.Instant.from(ist(clock)).toString({ fractionalSecondDigits: 3 });

const world = [...twoOrders, orderOneServed, listedInOrderOne];

describe('a shift', () => {
  it('moves an exact instant by just so much, and stores where it then lies', () => {
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { occurredAt: '-PT1H' }))
      .emits(to({ occurredAt: exactly('02-01 13:00') }));
  });

  it('moves both ends of an extent alike; its zone, its precision and its wording stay', () => {
    // Monday evening, 17:00 to 23:59:59.999 in India, is 11:30 to 18:29:59.999 in UTC; five and a half hours later it is 17:00 to 23:59:59.999 in UTC.
    const evening = recorded(
      withhold({ occurredAt: { date: '2021-02-01', part: 'evening', zone: 'Asia/Kolkata', text: 'on Monday evening' } }),
    );
    const moved = { earliest: '2021-02-01T17:00:00.000Z', latest: '2021-02-01T23:59:59.999Z' };
    given(...world, evening)
      .when(shift(evening, { occurredAt: 'PT5H30M' }))
      // What a lexicon calls evening it no longer is.
      .emits(to({ occurredAt: { ...moved, precision: 'part_of_day', zone: 'Asia/Kolkata', text: 'on Monday evening' } }));
  });

  it('moves each time that is named, and no other', () => {
    const served = recorded(serveOrder({ occurredAt: ist('02-01 10:00'), receivedAt: ist('02-01 11:00') }));
    given(...twoOrders, served)
      .when(shift(served, { occurredAt: '-PT30M', receivedAt: 'PT1H' }))
      .emits(to({ occurredAt: exactly('02-01 09:30'), receivedAt: exactly('02-01 12:00') }));
    const ending = recorded(limit({ until: ist('02-03 00:00') }));
    given(...twoOrders, ending)
      .when(shift(ending, { until: 'P1D' }))
      .emits(to({ until: instantOf('02-04 00:00') }));
  });

  it('takes along a receipt that was only said to be when it was sent', () => {
    const [sent, alike] = [ist('02-01 10:00'), extent(ist('02-01 10:00'))];
    const served = recorded(serveOrder({ occurredAt: sent }), { receivedAt: alike });
    given(...twoOrders, served)
      .when(shift(served, { occurredAt: '-PT30M' }))
      .emits(to({ occurredAt: exactly('02-01 09:30'), receivedAt: exactly('02-01 09:30') }));
  });

  it('passes over what bears the name of a time and is none: to whom an order was served', () => {
    const served = recorded(serveOrder({ occurredAt: ist('02-01 10:00'), to: { role: 'counsel' } }), {
      receivedAt: extent(ist('02-01 11:00')),
    });
    given(...twoOrders, served)
      .when(shift(served, { to: 'PT1H', occurredAt: 'PT10M' }))
      .emits(to({ occurredAt: exactly('02-01 10:10') }));
    given(...twoOrders, served)
      .when(shift(served, { to: 'PT1H' }))
      .refuses({ code: 'CORRECTION_EMPTY', event: served.id });
  });

  it('passes over a time that the event does not have, and is refused if it has none of them', () => {
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { occurredAt: 'PT1H', receivedAt: 'PT1H' }))
      .emits(to({ occurredAt: exactly('02-01 15:00') }));
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { receivedAt: 'PT1H' }))
      .refuses({ code: 'CORRECTION_EMPTY', event: withheldInIndia.id });
  });

  it('is made from what was corrected before, not from what was recorded at first', () => {
    const { data, ...rest } = correct(withheldInIndia, { occurredAt: mondayAfternoon });
    const correction = { ...recorded({ ...rest, data }), data: { ...data, changes: { occurredAt: exactly('02-01 16:00') } } };
    given(...world, withheldInIndia, correction)
      .when(shift(withheldInIndia, { occurredAt: '-PT1H' }))
      .emits(to({ occurredAt: exactly('02-01 15:00') }));
  });

  it('brings in nothing that the rules refuse', () => {
    const cause = { code: 'BEFORE_ISSUE', order: orderOneIssued.stream.slice('order-'.length), issued: instantOf('01-31 12:00') };
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { occurredAt: '-P2D' }))
      .refuses({ code: 'CORRECTION_INVALID', event: withheldInIndia.id, cause });
    const reinstated = recorded(reinstate(), { lifts: [lift(withheldInIndia, inIndia)] });
    given(...world, withheldInIndia, reinstated)
      .when(shift(withheldInIndia, { occurredAt: 'PT12H' }))
      .refuses({
        code: 'CORRECTION_INVALID',
        event: withheldInIndia.id,
        cause: { code: 'REINSTATED_BEFORE_RESTRICTED', restrictions: [withheldInIndia.id] },
      });
  });

  it('is refused where no time is written, or none is expected', () => {
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { occurredAt: '-P800000D' }))
      .refuses({
        code: 'CORRECTION_INVALID',
        event: withheldInIndia.id,
        cause: { code: 'BODY_INVALID', errors: [{ pointer: '/shift', detail: expect.any(String) }] },
      });
    // 26 years of 365 days and 7 leap days before 2021-02-01 is 1995-02-01; 32 days more before it, 1994-12-31.
    given(...world, withheldInIndia)
      .when(shift(withheldInIndia, { occurredAt: '-P9529D' }))
      .refuses({
        code: 'CORRECTION_INVALID',
        event: withheldInIndia.id,
        cause: { code: 'TIME_TOO_EARLY', earliest: '1994-12-31T08:30:00.000Z', floor: '1995-01-01T00:00:00.000Z' },
      });
  });
});

describe('how far a shift goes', () => {
  it.each([
    ['-PT1H', -3_600_000],
    ['PT5H30M', 19_800_000],
    ['P1D', 86_400_000],
    ['PT0.001S', 1],
    ['-PT1.5S', -1_500],
  ])('%s is %i ms', (text, ms) => {
    expect(shiftInput.parse({ occurredAt: text })).toEqual({ occurredAt: ms });
  });

  it.each(['PT0S', 'P1M', 'P1Y', 'P1W', 'PT0.0001S', '1 hour', '', 'PT1H-', `PT${'9'.repeat(30)}S`])('"%s" is none', (text) => {
    expect(shiftInput.safeParse({ occurredAt: text }).success).toBe(false);
  });

  it('is said of at least one time, and only of times', () => {
    expect(shiftInput.safeParse({}).success).toBe(false);
    expect(shiftInput.safeParse({ note: 'PT1H' }).success).toBe(false);
  });

  it('says whether things become later', () => {
    expect([{ occurredAt: 1 }, { until: 1 }, { occurredAt: -1, receivedAt: 1 }, { receivedAt: -1 }].map(isLater)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

it('every time that an event of any type holds can be shifted', () => {
  const unwrapped = (schema: unknown): unknown =>
    schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional ? unwrapped(schema.unwrap()) : schema;
  const times: readonly unknown[] = [storedFields.extent, storedFields.instant];
  const fields = EVENT_TYPES.flatMap(({ stored }) =>
    Object.entries(stored.shape).flatMap(([field, schema]) => (times.includes(unwrapped(schema)) ? [field] : [])),
  );
  expect([...new Set(fields)].toSorted()).toEqual(SHIFTABLE_FIELDS.toSorted());
});
