/**
 * What a restriction is worth against an order's demand: which measure suffices, which territory covers. Each answer is three-valued, since
 * a source may leave measure or territory unstated.
 */
import type { Territory } from './territory.ts';

export type Verdict = 'yes' | 'possibly' | 'no';
export type DemandMeasure = 'disable_access' | 'remove' | 'limit' | 'unstated';
export type Demand = { readonly measure: DemandMeasure; readonly territory: Territory };
export type Basis = 'legal_order' | 'platform_rules' | 'unstated';

/** How strong a restriction is: loss of the item itself, loss of access to it, access withheld in places, or anything weaker. */
export type Strength = 'removal' | 'access_disabled' | 'withheld' | 'limited';

const SUFFICES: { readonly [M in DemandMeasure]: { readonly [S in Strength]: Verdict } } = {
  disable_access: { removal: 'yes', access_disabled: 'yes', withheld: 'yes', limited: 'no' },
  remove: { removal: 'yes', access_disabled: 'no', withheld: 'no', limited: 'no' },
  limit: { removal: 'yes', access_disabled: 'yes', withheld: 'yes', limited: 'yes' },
  unstated: { removal: 'possibly', access_disabled: 'possibly', withheld: 'possibly', limited: 'possibly' },
};
export const suffices = (demand: DemandMeasure, strength: Strength): Verdict => SUFFICES[demand][strength];

/** Where a restriction applies at an instant: its territory, less the territories that lifts have freed by then. */
export type Reach = { readonly territory: Territory; readonly lifted: readonly Territory[] };

/** Whether nothing is left of it. A lift of any part of an unstated territory ends it: what remains could not be said. */
export const isSpent = ({ territory, lifted }: Reach): boolean => {
  if (lifted.length === 0) return false;
  if (territory === 'UNSTATED' || lifted.includes('WORLD')) return true;
  if (territory === 'WORLD') return false;
  return territory.every((code) => lifted.some((freed) => Array.isArray(freed) && freed.includes(code)));
};

const reaches = ({ territory, lifted }: Reach, code: string): boolean =>
  (territory === 'WORLD' || (Array.isArray(territory) && territory.includes(code))) &&
  !lifted.some((freed) => freed === 'WORLD' || (Array.isArray(freed) && freed.includes(code)));

/**
 * Whether the union of what several restrictions reach covers the territory demanded. What one lacks, another may cover. A demand for the
 * world is met only by a worldwide restriction whose freed places, if any, the others cover.
 */
export const covers = (demanded: Territory, inForce: readonly Reach[]): Verdict => {
  const open = inForce.filter((reach) => !isSpent(reach));
  if (open.length === 0) return 'no';
  const worldwide = open.filter(({ territory }) => territory === 'WORLD');
  const freed = worldwide.map(({ lifted }) => lifted.filter((territory) => Array.isArray(territory)).flat());
  const isEverywhere = freed.some((codes) => codes.every((code) => open.some((reach) => reaches(reach, code))));
  if (isEverywhere) return 'yes';
  if (demanded === 'UNSTATED') return 'possibly';
  if (demanded !== 'WORLD' && demanded.every((code) => open.some((reach) => reaches(reach, code)))) return 'yes';
  return open.some(({ territory }) => territory === 'UNSTATED') ? 'possibly' : 'no';
};

/** What remains of a restriction's territory for a further lift to name; none if it is spent. */
export const remainingTerritory = (reach: Reach): Territory | undefined => {
  if (isSpent(reach)) return undefined;
  if (reach.territory === 'WORLD' || reach.territory === 'UNSTATED') return reach.territory;
  return reach.territory.filter((code) => reaches(reach, code));
};

/** The part of what remains that a lift of `wanted` frees; none if it reaches nothing of it. */
export const liftable = (reach: Reach, wanted: Territory): Territory | undefined => {
  const remaining = remainingTerritory(reach);
  if (remaining === undefined) return undefined;
  if (remaining === 'UNSTATED') return wanted;
  if (wanted === 'UNSTATED') return undefined;
  if (wanted === 'WORLD') return remaining;
  const freed = wanted.filter((code) => reaches(reach, code));
  return freed.length === 0 ? undefined : freed;
};
