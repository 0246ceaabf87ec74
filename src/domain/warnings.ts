/** What an acceptance is told besides: the fact is recorded all the same, and somebody should look at it. */
import { extentIn } from './codec.ts';
import type { State } from './event-type.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { hasMixedScripts } from './target-ref.ts';

/** Each follows from the target's own stream. How many an order lists does not: that is a flag of the order, for as long as it is so. */
export const WARNINGS = ['not_listed', 'unmatched', 'possible_duplicate', 'look_alike_key'] as const;
export type Warning = (typeof WARNINGS)[number];

/** Of a fact about a target; any other has none. `state`: its stream as it stands. */
export const warningsOf = (type: string, data: JsonObject, state: State): readonly Warning[] => {
  const { target } = data;
  if (!isJsonObject(target)) return [];
  const warnings: Warning[] = [];
  if (citesWhatDoesNotListIt(data, state)) warnings.push('not_listed');
  if (Array.isArray(data['lifts']) && data['lifts'].length === 0) warnings.push('unmatched');
  if (isRestrictedAlike(type, data, state)) warnings.push('possible_duplicate');
  if (typeof target['key'] === 'string' && hasMixedScripts(target['key'])) warnings.push('look_alike_key');
  return warnings;
};

/** Lists may be secret or late, so the act stands; until the list is recorded it counts for no pair. */
const citesWhatDoesNotListIt = ({ orders }: JsonObject, state: State): boolean =>
  Array.isArray(orders) && orders.some((order) => !state.some(({ type, data }) => type === 'TargetListed' && data['order'] === order));

/**
 * The same act of the same time on the same basis: two sources may tell of one restriction and differ on where or how far it went. Two may have begun at
 * once all the same, so both stand, and to lift them takes both.
 */
const isRestrictedAlike = (type: string, data: JsonObject, state: State): boolean =>
  data['basis'] !== undefined &&
  state.some((other) => other.type === type && other.data['basis'] === data['basis'] && beganAlike(other.data, data));

const beganAlike = (one: JsonObject, other: JsonObject): boolean => {
  const [a, b] = [extentIn(one, 'occurredAt'), extentIn(other, 'occurredAt')];
  return a !== undefined && b !== undefined && a.earliest === b.earliest && a.latest === b.latest;
};
