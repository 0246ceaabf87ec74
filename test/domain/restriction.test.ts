/** What a restriction is worth against a demand: the tables of measures and of territories, and what lifts leave of a territory. */
import { describe, expect, it } from 'vitest';
import {
  covers,
  type DemandMeasure,
  isSpent,
  liftable,
  type Reach,
  remainingTerritory,
  type Strength,
  suffices,
  type Verdict,
} from '../../src/domain/restriction.ts';
import type { Territory, TerritoryInput } from '../../src/domain/territory.ts';
import { places } from '../support/controls.ts';

const where = (input: TerritoryInput): Territory => places(input);
const reach = (territory: TerritoryInput, ...lifted: readonly TerritoryInput[]): Reach => ({
  territory: where(territory),
  lifted: lifted.map(where),
});

describe('which measure suffices', () => {
  it.each<[DemandMeasure, Strength, Verdict]>([
    ['disable_access', 'removal', 'yes'],
    ['disable_access', 'access_disabled', 'yes'],
    ['disable_access', 'withheld', 'yes'],
    ['disable_access', 'limited', 'no'],
    ['remove', 'removal', 'yes'],
    ['remove', 'access_disabled', 'no'],
    ['remove', 'withheld', 'no'],
    ['remove', 'limited', 'no'],
    ['limit', 'removal', 'yes'],
    ['limit', 'access_disabled', 'yes'],
    ['limit', 'withheld', 'yes'],
    ['limit', 'limited', 'yes'],
    ['unstated', 'removal', 'possibly'],
    ['unstated', 'access_disabled', 'possibly'],
    ['unstated', 'withheld', 'possibly'],
    ['unstated', 'limited', 'possibly'],
  ])('demanded %s, applied %s: %s', (demand, strength, verdict) => {
    expect(suffices(demand, strength)).toBe(verdict);
  });
});

describe('which territory covers', () => {
  const one: readonly (readonly [string, TerritoryInput, Reach, Verdict])[] = [
    ['codes within', ['IN'], reach(['FR', 'IN']), 'yes'],
    ['codes the same', ['FR', 'IN'], reach(['FR', 'IN']), 'yes'],
    ['codes beyond', ['FR', 'IN'], reach(['IN']), 'no'],
    ['codes elsewhere', ['FR'], reach(['IN']), 'no'],
    ['codes, the world demanded', 'WORLD', reach(['FR', 'IN']), 'no'],
    ['codes, nothing stated', 'UNSTATED', reach(['IN']), 'possibly'],
    ['codes, one lifted', ['IN'], reach(['FR', 'IN'], ['FR']), 'yes'],
    ['codes, the one demanded lifted', ['IN'], reach(['FR', 'IN'], ['IN']), 'no'],
    ['codes, lifted twice', ['IN'], reach(['FR', 'IN'], ['FR'], ['FR']), 'yes'],
    ['codes, all lifted one by one', 'UNSTATED', reach(['FR', 'IN'], ['FR'], ['IN']), 'no'],
    ['codes, the world lifted', 'UNSTATED', reach(['IN'], 'WORLD'), 'no'],
    ['the world', ['IN'], reach('WORLD'), 'yes'],
    ['the world, demanded', 'WORLD', reach('WORLD'), 'yes'],
    ['the world, nothing stated', 'UNSTATED', reach('WORLD'), 'yes'],
    ['the world less others', ['IN'], reach('WORLD', ['FR']), 'yes'],
    ['the world less the one demanded', ['IN'], reach('WORLD', ['IN']), 'no'],
    ['the world less one of those demanded', ['FR', 'IN'], reach('WORLD', ['IN']), 'no'],
    ['the world less some, demanded whole', 'WORLD', reach('WORLD', ['FR']), 'no'],
    ['the world less some, nothing stated', 'UNSTATED', reach('WORLD', ['FR']), 'possibly'],
    ['the world, lifted', 'UNSTATED', reach('WORLD', 'WORLD'), 'no'],
    ['unstated', ['IN'], reach('UNSTATED'), 'possibly'],
    ['unstated, the world demanded', 'WORLD', reach('UNSTATED'), 'possibly'],
    ['unstated, nothing stated', 'UNSTATED', reach('UNSTATED'), 'possibly'],
    ['unstated, any part lifted', ['IN'], reach('UNSTATED', ['FR']), 'no'],
    ['unstated, lifted as unstated', 'UNSTATED', reach('UNSTATED', 'UNSTATED'), 'no'],
  ];
  it.each(one)('%s', (_, demanded, alone, verdict) => {
    expect(covers(where(demanded), [alone])).toBe(verdict);
  });

  const several: readonly (readonly [string, TerritoryInput, readonly Reach[], Verdict])[] = [
    ['nothing in force', 'UNSTATED', [], 'no'],
    ['codes that together hold those demanded', ['DE', 'FR', 'IN'], [reach(['FR', 'IN']), reach(['DE'])], 'yes'],
    ['codes that together do not', ['DE', 'FR', 'IN'], [reach(['FR', 'IN']), reach(['FR'])], 'no'],
    ['codes that together are still not the world', 'WORLD', [reach(['FR', 'IN']), reach(['DE'])], 'no'],
    ['the world less a code that another covers', ['IN'], [reach('WORLD', ['IN']), reach(['IN'])], 'yes'],
    ['the world less a code that another covers, demanded whole', 'WORLD', [reach('WORLD', ['IN']), reach(['FR', 'IN'])], 'yes'],
    ['the world less two codes of which another covers one', 'WORLD', [reach('WORLD', ['IN'], ['FR']), reach(['IN'])], 'no'],
    ['the world less a code, nothing stated, and another covers it', 'UNSTATED', [reach('WORLD', ['IN']), reach(['IN'])], 'yes'],
    ['two worlds that each lack what the other has', 'WORLD', [reach('WORLD', ['IN']), reach('WORLD', ['FR'])], 'yes'],
    ['two worlds that lack the same', 'WORLD', [reach('WORLD', ['FR', 'IN']), reach('WORLD', ['IN'])], 'no'],
    ['the world less a code that another lacked too', ['IN'], [reach('WORLD', ['IN']), reach(['FR', 'IN'], ['IN'])], 'no'],
    ['an unstated one beside codes elsewhere', ['IN'], [reach(['FR']), reach('UNSTATED')], 'possibly'],
    ['an unstated one beside the codes demanded', ['IN'], [reach(['IN']), reach('UNSTATED')], 'yes'],
    ['an unstated one that ended, beside codes elsewhere', ['IN'], [reach(['FR']), reach('UNSTATED', ['FR'])], 'no'],
    ['an unstated one beside the world less a code, demanded whole', 'WORLD', [reach('WORLD', ['IN']), reach('UNSTATED')], 'possibly'],
  ];
  it.each(several)('%s', (_, demanded, inForce, verdict) => {
    expect(covers(where(demanded), inForce)).toBe(verdict);
    expect(covers(where(demanded), inForce.toReversed())).toBe(verdict);
  });
});

describe('what lifts leave', () => {
  it.each<[string, Reach, Territory | undefined]>([
    ['all of codes', reach(['FR', 'IN']), where(['FR', 'IN'])],
    ['the other codes', reach(['FR', 'IN'], ['FR']), where(['IN'])],
    ['none of codes', reach(['FR', 'IN'], ['FR', 'IN']), undefined],
    ['the world, from which codes were lifted', reach('WORLD', ['FR']), 'WORLD'],
    ['none of the world', reach('WORLD', ['FR'], 'WORLD'), undefined],
    ['what is unstated', reach('UNSTATED'), 'UNSTATED'],
    ['none of what is unstated', reach('UNSTATED', ['FR']), undefined],
  ])('%s', (_, of, remaining) => {
    expect(remainingTerritory(of)).toEqual(remaining);
    expect(isSpent(of)).toBe(remaining === undefined);
  });

  it.each<[Reach, TerritoryInput, Territory | undefined]>([
    [reach(['FR', 'IN']), ['IN'], where(['IN'])],
    [reach(['FR', 'IN']), ['DE', 'IN'], where(['IN'])],
    [reach(['FR', 'IN']), ['DE'], undefined],
    [reach(['FR', 'IN']), 'WORLD', where(['FR', 'IN'])],
    [reach(['FR', 'IN']), 'UNSTATED', undefined],
    [reach('WORLD'), ['IN'], where(['IN'])],
    [reach('WORLD', ['IN']), ['FR', 'IN'], where(['FR'])],
    [reach('WORLD', ['IN']), ['IN'], undefined],
    [reach('WORLD', ['IN']), 'WORLD', 'WORLD'],
    [reach('WORLD'), 'UNSTATED', undefined],
    [reach('UNSTATED'), ['IN'], where(['IN'])],
    [reach('UNSTATED'), 'WORLD', 'WORLD'],
    [reach('UNSTATED'), 'UNSTATED', 'UNSTATED'],
    [reach('UNSTATED', ['IN']), 'UNSTATED', undefined],
  ])('of %j a lift in %j frees %j', (of, wanted, freed) => {
    expect(liftable(of, where(wanted))).toEqual(freed);
  });
});
