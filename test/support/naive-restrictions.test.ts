/** The naive evaluator on measures and territories, and on what the make-up says was cited. */
import { describe, expect, it } from 'vitest';
import { type Draft, orderServed, type StoredExtent, targetBlocked, targetWithheld, withEvent } from './naive-events.ts';
import {
  account,
  ask,
  at,
  citing,
  due,
  issued,
  lifted,
  listed,
  logOf,
  MAYBE,
  NO,
  order,
  otherOrder,
  withheld,
  YES,
} from './naive-examples.ts';

describe('territory and measure', () => {
  const block = targetBlocked(account, at(4), { ...citing, measure: 'suspended' });

  it('of an unstated place may be enough', () => {
    expect(ask(logOf(...due(), withheld(at(4), 'UNSTATED')), 5)).toMatchObject({ effective: MAYBE, ever: MAYBE, makeUp: { open: 1 } });
    const gone = logOf(...due(), withheld(at(4), 'UNSTATED'), lifted(at(6), ['PK'], 4));
    expect(ask(gone, 6)).toMatchObject({ effective: NO, makeUp: { notInEffect: [{ status: 'undetermined', responseDeclined: false }] } });
  });

  it('for an order that states no place: the world is, a country may be', () => {
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), block), 5).effective).toEqual(YES);
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), withheld(at(4))), 5).effective).toEqual(MAYBE);
  });

  it('of one country does not meet a demand for the world', () => {
    expect(ask(logOf(...due({ territory: 'WORLD' }), withheld(at(4))), 5)).toMatchObject({
      effective: NO,
      makeUp: { notInEffect: [{ status: 'insufficient_territory', responseDeclined: false, pairs: 1 }] },
    });
  });

  it('of a block that was lifted in one country remains everywhere else', () => {
    const partly = [block, lifted(at(6), ['IN'], 4)];
    expect(ask(logOf(...due(), ...partly), 6).makeUp.notInEffect).toMatchObject([{ status: 'reversed_while_in_force' }]);
    expect(ask(logOf(...due({ territory: ['PK'] }), ...partly), 6).effective).toEqual(YES);
    expect(ask(logOf(...due({ territory: 'WORLD' }), ...partly), 6).effective).toEqual(NO);
    expect(ask(logOf(...due({ territory: 'UNSTATED' }), ...partly), 6).effective).toEqual(MAYBE);
    expect(ask(logOf(...due({ territory: 'WORLD' }), ...partly, withheld(at(7))), 7).effective).toEqual(YES);
  });

  it('of a withhold that was lifted in one of two countries is one still in force', () => {
    const log = logOf(
      ...due({ territory: ['IN', 'PK'] }),
      withheld(at(4), ['PK']),
      lifted(at(5), 'WORLD', 4),
      withheld(at(6), ['IN', 'PK']),
    );
    expect(ask(log, 6).effective).toEqual(YES);
    const half = withEvent(log, { ...lifted(at(7), ['PK'], 6) });
    expect(ask(half, 7).makeUp.notInEffect).toMatchObject([{ status: 'reversed_while_in_force' }]);
  });

  it('of too weak a measure is not enough, and of an unstated demand may be', () => {
    expect(ask(logOf(...due({ measure: 'remove' }), withheld(at(4))), 5).makeUp.notInEffect).toMatchObject([
      { status: 'insufficient_measure' },
    ]);
    expect(ask(logOf(...due({ measure: 'remove' }), block), 5).effective).toEqual(YES);
    expect(ask(logOf(...due({ measure: 'unstated' }), block), 5).effective).toEqual(MAYBE);
  });
});

describe('the make-up', () => {
  const act = (occurred: StoredExtent, basis: string, orders: readonly string[]) =>
    targetWithheld(account, occurred, { basis, orders, territory: ['IN'] });
  const bound = [issued(), listed, orderServed(order, at(3))];
  const classAt6 = (...acts: readonly Draft[]) =>
    Object.entries(ask(logOf(...bound, ...acts), 6).makeUp.inEffect).flatMap(([name, pairs]) => (pairs > 0 ? [name] : []));

  it('says what was cited, first match', () => {
    expect(classAt6(act(at(1), 'legal_order', [order]))).toEqual(['citing_order']);
    expect(classAt6(act(at(1), 'platform_rules', [order]))).toEqual(['preexisting']);
    expect(classAt6(act(at(3), 'platform_rules', []))).toEqual(['platform_rules']);
    expect(classAt6(act(at(1), 'platform_rules', []), act(at(4), 'legal_order', [otherOrder]))).toEqual(['other_order']);
    expect(classAt6(act(at(4), 'unstated', []))).toEqual(['unstated']);
  });

  it('is undetermined where the two readings differ', () => {
    expect(classAt6(act(at(4), 'unstated', []), act(at(5, 7), 'legal_order', [order]))).toEqual(['undetermined']);
  });

  it('calls preexisting only what provably was', () => {
    expect(classAt6(act(at(2, 4), 'platform_rules', []))).toEqual(['platform_rules']);
  });
});
