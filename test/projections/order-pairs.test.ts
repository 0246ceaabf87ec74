/** Long lists go through in pages of fact rows: no pair is lost, cut or counted twice where a page ends. */

import { describe, expect, it } from 'vitest';
import { DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { parseOrderId, parseStreamName } from '../../src/domain/ids.ts';
import { msOf, parseInstant } from '../../src/domain/time.ts';
import { answerCompliance } from '../../src/projections/answer-compliance.ts';
import { createCompliance } from '../../src/projections/compliance.ts';
import type { PairRow, PairsPage } from '../../src/projections/compliance-answers.ts';
import { findStream } from '../../src/projections/dictionaries.ts';
import type { KnownOrder } from '../../src/projections/order-indexes.ts';
import type { PairLife } from '../../src/projections/order-pairs.ts';
import type { ReadModel } from '../../src/projections/read-model.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  type Draft,
  eventId,
  orderId,
  orderIssued,
  orderServed,
  type StoredTarget,
  targetListed,
  targetOf,
  targetReinstated,
  targetStream,
  targetWithheld,
} from '../support/naive-events.ts';
import { hourText, storedExtent } from '../support/random-case.ts';

/** Lives are read from rows alone. */
const NO_LOG = { readStream: async () => [] };

const ORDER = parseOrderId(orderId(0));
const KINDS = ['account'] as const;
const at = (hours: number): number => msOf(parseInstant(hourText(hours)));
const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
const restriction = { orders: [ORDER], basis: 'legal_order', territory: ['IN'] };
const account = (n: number): StoredTarget => targetOf('account', `n-${n}`);

const order: readonly Draft[] = [
  orderIssued(ORDER, hours(0), { demand: { measure: 'disable_access', territory: ['IN'] } }),
  orderServed(ORDER, hours(0)),
];

/** Grows a list of drafts that may name the events that they will become. */
const drafting = () => {
  const drafts: Draft[] = [...order];
  const add = (draft: Draft): string => {
    drafts.push(draft);
    return eventId(drafts.length);
  };
  return {
    drafts,
    list: (target: StoredTarget) => add(targetListed(target, hours(0), { order: ORDER })),
    withhold: (target: StoredTarget, from: number, to?: number) =>
      add(targetWithheld(target, hours(from), { ...restriction, ...(to !== undefined && { until: hourText(to) }) })),
    lift: (target: StoredTarget, when: number, event: string) =>
      add(targetReinstated(target, hours(when), [{ restriction: event, territory: ['IN'] }])),
  };
};

const knownOrder = (model: ReadModel, drafts: readonly Draft[]): KnownOrder => {
  const known = createCompliance(model).order(ORDER, { knownAt: drafts.length });
  if (!known) throw new Error('no order');
  return known;
};

const allOf = ({ pairs }: KnownOrder): readonly PairLife[] => {
  const all: PairLife[] = [];
  pairs.each((pair) => all.push(pair));
  return all;
};

const numberOf = (model: ReadModel, target: StoredTarget): number => findStream(model, parseStreamName(targetStream(target))) ?? 0;
const counts = (model: ReadModel, t: number, knownAt: number) => {
  const effective = createCompliance(model).at({ orders: [ORDER], knownAt, kinds: KINDS }, t).total?.effective;
  return [effective?.numerator, effective?.unknown, effective?.denominator];
};

describe('an order with more facts than a page holds', () => {
  // Three facts a target: the 342nd of them stands on both sides of the 1,024th row.
  const COUNT = 1_000;
  const { drafts, list, withhold, lift } = drafting();
  for (let n = 0; n < COUNT; n += 1) {
    list(account(n));
    const event = withhold(account(n), 2);
    lift(account(n), n < 500 ? 5 : 8, event);
  }
  const model = foldedFrom(logOf(drafts));

  it('has the figures of every pair once', () => {
    expect(counts(model, at(1), drafts.length)).toEqual([0, COUNT, COUNT]);
    expect(counts(model, at(2), drafts.length)).toEqual([COUNT, 0, COUNT]);
    expect(counts(model, at(5), drafts.length)).toEqual([500, 0, COUNT]);
    expect(counts(model, at(8), drafts.length)).toEqual([0, 0, COUNT]);
    // As known before the first hundred were lifted, and half of the next target recorded.
    expect(counts(model, at(6), 2 + 3 * 100 + 2)).toEqual([1, 0, 101]);
  });

  it('gives each pair whole, in the order of the targets', () => {
    const known = knownOrder(model, drafts);
    const all = allOf(known);
    expect(all.map(({ target }) => target)).toEqual(Array.from({ length: COUNT }, (_, n) => numberOf(model, account(n))));
    for (const pair of all) {
      expect(known.pairs.one(pair.target)).toEqual(pair);
      expect(pair.recorded).toHaveLength(3);
    }
  });

  it('goes on after the last target of a page that is whole', () => {
    const { pairs } = knownOrder(model, drafts);
    const first = pairs.page(0);
    expect(first.pairs).toHaveLength(341);
    expect(first.next).toBe(numberOf(model, account(340)));
    const second = pairs.page(first.next ?? 0);
    expect(second.pairs[0]?.target).toBe(numberOf(model, account(341)));
    expect(second.pairs).toHaveLength(341);
    const last = pairs.page(second.next ?? 0);
    expect(last.pairs).toHaveLength(COUNT - 682);
    expect(last.next).toBeUndefined();
  });

  it('gives its accounts in pages of any length, those of a status too', async () => {
    const { pairs } = answerCompliance(model, NO_LOG, DEADLINE_RULES);
    const pagesOf = async (limit: number, status?: string): Promise<readonly PairRow[][]> => {
      const pages: PairRow[][] = [];
      for (let after: number | null = 0; after !== null; ) {
        const question = { order: ORDER, knownAt: drafts.length, kinds: KINDS, at: at(6), asked: { status }, after, limit };
        const page: PairsPage = JSON.parse(await pairs(question));
        pages.push([...page.rows]);
        after = page.next;
      }
      return pages;
    };
    const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => account(from + i).key);
    const keys = (pages: readonly PairRow[][]) => pages.flat().map(({ key }) => key);
    expect(keys(await pagesOf(1_000))).toEqual(names(0, COUNT));
    expect(keys(await pagesOf(340))).toEqual(names(0, COUNT));
    expect(keys(await pagesOf(1_000, 'in_effect'))).toEqual(names(500, COUNT));
    const inEffect = await pagesOf(120, 'in_effect');
    expect(keys(inEffect)).toEqual(names(500, COUNT));
    expect(inEffect.map(({ length }) => length).slice(0, 4)).toEqual([120, 120, 120, 120]);
    expect(keys(await pagesOf(7, 'reversed_while_in_force'))).toEqual(names(0, 500));
  });
});

describe('an order whose pages end just where a target does', () => {
  it('loses none', () => {
    const { drafts, list, withhold } = drafting();
    for (let n = 0; n < 1_024; n += 1) {
      list(account(n));
      withhold(account(n), 2);
    }
    const model = foldedFrom(logOf(drafts));
    expect(counts(model, at(3), drafts.length)).toEqual([1_024, 0, 1_024]);
    expect(allOf(knownOrder(model, drafts)).map(({ target }) => target)).toEqual(
      Array.from({ length: 1_024 }, (_, n) => numberOf(model, account(n))),
    );
  });
});

describe('a target with more facts than a page holds', () => {
  // 2,201 facts of each: twice more than a page. One stands first, one between others.
  const LIFES = 1_100;
  const long = [targetOf('account', 'long-0'), targetOf('account', 'long-1')] as const;
  const { drafts, list, withhold } = drafting();
  const listLong = (target: StoredTarget): void => {
    list(target);
    for (let n = 0; n < LIFES; n += 1) withhold(target, 1 + n, 1.5 + n);
  };
  listLong(long[0]);
  for (let n = 0; n < 10; n += 1) list(account(n));
  listLong(long[1]);
  list(account(10));
  withhold(account(10), 1);
  const model = foldedFrom(logOf(drafts));

  it('is one pair, with all of them', () => {
    const known = knownOrder(model, drafts);
    const all = allOf(known);
    expect(all.map(({ target }) => target)).toEqual(
      [long[0], ...Array.from({ length: 10 }, (_, n) => account(n)), long[1], account(10)].map((target) => numberOf(model, target)),
    );
    for (const pair of all) expect(known.pairs.one(pair.target)).toEqual(pair);
    expect(all[0]?.recorded).toHaveLength(1 + LIFES);
    // Bound in silence, then in effect and not, each time.
    expect(all[0]?.steps.filter((_, i) => i % 2 === 0)).toHaveLength(1 + 2 * LIFES);
    expect(all[11]?.steps).toEqual(all[0]?.steps);
  });

  it('is in effect and not, hour by hour, in the figures', () => {
    expect(counts(model, at(0.5), drafts.length)).toEqual([0, 13, 13]);
    for (const n of [1, 500, LIFES]) {
      expect(counts(model, at(n), drafts.length)).toEqual([3, 10, 13]);
      expect(counts(model, at(n + 0.5), drafts.length)).toEqual([1, 10, 13]);
    }
  });
});

describe('a question for the few that match in a long list', () => {
  it('looks through so much of it at once, and says where to go on', async () => {
    const COUNT = 52_000;
    const { drafts, list, withhold } = drafting();
    for (let n = 0; n < COUNT; n += 1) list(account(n));
    withhold(account(COUNT - 1), 1);
    const { pairs } = answerCompliance(foldedFrom(logOf(drafts)), NO_LOG, DEADLINE_RULES);
    const question = { order: ORDER, knownAt: drafts.length, kinds: KINDS, at: at(2), asked: { status: 'in_effect' }, limit: 10 };
    const first: PairsPage = JSON.parse(await pairs({ ...question, after: 0 }));
    expect(first.rows).toEqual([]);
    expect(first.next).toBeGreaterThan(50_000);
    const second: PairsPage = JSON.parse(await pairs({ ...question, after: first.next ?? 0 }));
    expect(second).toMatchObject({ rows: [{ key: account(COUNT - 1).key }], next: null });
  }, 60_000);
});
