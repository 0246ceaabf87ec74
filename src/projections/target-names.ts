/** By what other names a target goes, as known at a position: writings of it in the lists, and links to other targets. */
import type { EffectiveEvent } from '../domain/event.ts';
import { targetLinked } from '../domain/events/target-linked.ts';
import { targetListed } from '../domain/events/target-listed.ts';
import { effective } from '../domain/history.ts';
import { streamOf, type TargetId } from '../domain/ids.ts';
import { type TargetRef, targetIdOf } from '../domain/target-ref.ts';
import type { Bounds } from '../domain/time.ts';
import { historyOf } from './histories.ts';
import type { Log } from './log.ts';
import type { ReadModel } from './read-model.ts';

/** `listing` is the event that has this writing beside the first. */
type Alias = { readonly verbatim: string; readonly platformId?: string; readonly listing: string };
type Link = {
  readonly relation: string;
  readonly to: TargetRef & { readonly id: string };
  readonly confidence: string;
  readonly linkedAt: Bounds;
  readonly event: string;
};
export type TargetNames = { readonly aliases: readonly Alias[]; readonly links: readonly Link[] };

/** In log order. A list that gave the target up since still has it so written. */
export const targetNames = async (model: ReadModel, log: Log, target: TargetId, knownAt: number): Promise<TargetNames> => {
  const facts = effective(await historyOf(model, log, streamOf('target', target), knownAt));
  return { aliases: facts.flatMap(aliasesIn), links: facts.flatMap(linksIn) };
};

const aliasesIn = (event: EffectiveEvent): readonly Alias[] =>
  targetListed.isTypeOf(event) ? (event.data.aliases ?? []).map((alias) => ({ ...alias, listing: event.id })) : [];

const linksIn = (event: EffectiveEvent): readonly Link[] => {
  if (!targetLinked.isTypeOf(event)) return [];
  const { relation, to, confidence, occurredAt } = event.data;
  const { earliest, latest } = occurredAt;
  return [{ relation, to: { id: targetIdOf(to), ...to }, confidence, linkedAt: { earliest, latest }, event: event.id }];
};
