/**
 * A small case recorded by the real commands, for variants that a person can reckon: hours count from 1 March 2023, 00:00 UTC. An order is issued at hour 0
 * and served at hour 1, demands that access be disabled in India, and its record is declared complete to hour 200, unless the variant says otherwise.
 */
import { expect } from 'vitest';
import { stateReply } from '../../../src/api/schemas/compliance.ts';
import { deadlinesReply } from '../../../src/api/schemas/deadlines.ts';
import { caseBody, orderBody, PLATFORM, serviceBody } from '../../support/bodies.ts';
import { type Body, openTestLedger } from '../../support/ledger.ts';
import { query, read } from '../../support/reading.ts';

const BASE = Temporal.Instant.from('2023-03-01T00:00:00Z');
export const hour = (hours: number): string => BASE.add({ minutes: Math.round(hours * 60) }).toString();
type When = number | object;
const whenOf = (when: When) => (typeof when === 'number' ? hour(when) : when);
const direct = { assertion: 'direct_record' };

const account = (verbatim: string) => ({ platform: PLATFORM, kind: 'account', verbatim });

type OrderSaid = { readonly [field: string]: unknown };
export type Scene = Awaited<ReturnType<typeof openScene>>;

export const openScene = async () => {
  const ledger = await openTestLedger();
  const post = async (url: string, body: object): Promise<Body> => {
    const { status, body: answer } = await ledger.post(url, body);
    expect(status, JSON.stringify(answer)).toBeLessThan(300);
    for (const row of answer.results ?? []) expect(row.status, JSON.stringify(row)).toBe('recorded');
    return answer;
  };
  const caseId = (await post('/v1/cases', { ...caseBody, zone: 'UTC', occurredAt: hour(-24) })).id;
  const act = (action: string, names: readonly string[], when: When, said: object) =>
    post('/v1/actions', {
      rows: names.map((name) => ({ action, target: account(name), orders: [], occurredAt: whenOf(when), ...direct, ...said })),
    });
  const follow = (order: string, route: string, when: When, said: object) =>
    post(`/v1/orders/${order}/${route}`, { occurredAt: whenOf(when), ...direct, ...said });

  return {
    ledger,
    caseId,
    /** Issued at hour 0; the rule `none@1` unless another is named. */
    order: async (ref: string, said: OrderSaid = {}): Promise<string> => {
      const { statedTargetCount: _, expiresAt: __, ...body } = orderBody(caseId);
      const issue = { ...body, ref, instrument: 'direction', deadlineRule: { id: 'none', version: 1 }, occurredAt: hour(0), ...said };
      return (await post('/v1/orders', issue)).id;
    },
    serve: (order: string, when: When = 1) => follow(order, 'service', when, { channel: serviceBody.channel }),
    list: (order: string, names: readonly string[], said: object = {}) =>
      post(`/v1/orders/${order}/targets`, { rows: names.map((name) => ({ target: account(name), ...direct, ...said })) }),
    withdraw: (order: string, names: readonly string[], when: When) =>
      post(`/v1/orders/${order}/withdrawals`, {
        rows: names.map((name) => ({ target: account(name), reason: 'Listed by mistake', occurredAt: whenOf(when), ...direct })),
      }),
    cover: (order: string, from = 0, to = 200) =>
      post('/v1/coverage', {
        ...{
          order,
          from: hour(from),
          to: hour(to),
          completeness: 'complete',
          by: { organisation: 'Desk' },
          occurredAt: hour(to),
          ...direct,
        },
      }),
    follow,
    act,
    withhold: (names: readonly string[], order: string, when: When, said: object = {}) =>
      act('withhold', names, when, { orders: [order], territory: ['IN'], basis: 'legal_order', ...said }),
    block: (names: readonly string[], when: When, said: object = {}) =>
      act('block', names, when, { measure: 'suspended', basis: 'platform_rules', ...said }),
    reinstate: (names: readonly string[], when: When, said: object = {}) =>
      act('reinstate', names, when, { reason: 'own_decision', ...said }),
    decline: (names: readonly string[], order: string, when: When) =>
      act('decline', names, when, { orders: [order], grounds: ['fundamental_right'] }),
    /** All nine definitions of orders at an hour. */
    at: async (orders: readonly string[], hours: number, more: object = {}): Promise<Body> =>
      read(ledger, `/v1/compliance?${query({ orders: orders.join(','), at: hour(hours), definitions: 'all', ...more })}`, stateReply),
    pairs: async (order: string, hours: number, more: object = {}): Promise<readonly Body[]> =>
      (await ledger.get(`/v1/compliance/pairs?${query({ order, at: hour(hours), ...more })}`)).body.rows,
    /** What is due under an order, and owed, at an hour or an instant. */
    deadlines: async (order: string, when: number | string, more: object = {}): Promise<Body> => {
      const at = typeof when === 'number' ? hour(when) : when;
      const { orders } = await read(ledger, `/v1/deadlines?${query({ orders: order, at, ...more })}`, deadlinesReply);
      return orders[0];
    },
    close: ledger.close,
  };
};

/** `3/7` where all is certain; with what may be and what is unknown where it is not; the reason where there is no percentage. */
export const short = ({ numerator, denominator, maybe, unknown, denominatorMaybe, percent, reason }: Body): string => {
  if (percent === null) return String(reason);
  const open = [
    ...(Number(maybe) > 0 ? [`maybe ${maybe}`] : []),
    ...(Number(unknown) > 0 ? [`unknown ${unknown}`] : []),
    ...(Number(denominatorMaybe) > 0 ? [`population maybe ${denominatorMaybe}`] : []),
  ];
  const band = percent.low === percent.high ? '' : ` [${percent.low}, ${percent.high}]`;
  return `${numerator}/${denominator}${open.length > 0 ? ` ${open.join(', ')}` : ''}${band}`;
};
/** Of time in hours, `6 of 8 h`. */
export const shortTime = ({ hours, percent, reason }: Body): string =>
  percent === null ? String(reason) : `${hours.numerator} of ${hours.denominator} h`;
/** Pairs by status. */
export const statuses = ({ makeUp }: Body) => Object.fromEntries(makeUp.statuses.map(({ status, pairs }: Body) => [status, pairs]));
export const flags = ({ makeUp }: Body) => Object.fromEntries(Object.entries<number>(makeUp.flags).filter(([, pairs]) => pairs > 0));

/** A scene for one test, closed in the end. */
export const inScene = async (tell: (scene: Scene) => Promise<void>): Promise<void> => {
  const scene = await openScene();
  try {
    await tell(scene);
  } finally {
    await scene.close();
  }
};
