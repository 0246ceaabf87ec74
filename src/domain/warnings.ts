/** What an acceptance is told besides: the fact is recorded all the same, and somebody should look at it. */
import type { State } from './event-type.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { hasMixedScripts } from './target-ref.ts';

export const WARNINGS = ['not_listed', 'unmatched', 'look_alike_key'] as const;
export type Warning = (typeof WARNINGS)[number];

/** Of a fact about a target; any other has none. */
export const warningsOf = (data: JsonObject, state: State): readonly Warning[] => {
  const { target } = data;
  if (!isJsonObject(target)) return [];
  const warnings: Warning[] = [];
  if (citesWhatDoesNotListIt(data, state)) warnings.push('not_listed');
  if (Array.isArray(data['lifts']) && data['lifts'].length === 0) warnings.push('unmatched');
  if (typeof target['key'] === 'string' && hasMixedScripts(target['key'])) warnings.push('look_alike_key');
  return warnings;
};

/** Lists may be secret or late, so the act stands; until the list is recorded it counts for no pair. */
const citesWhatDoesNotListIt = ({ orders }: JsonObject, state: State): boolean =>
  Array.isArray(orders) && orders.some((order) => !state.some(({ type, data }) => type === 'TargetListed' && data['order'] === order));
