/** What is recorded about one target's restrictions: each stands alone, named by its event, until lifts have freed all of its territory. */
import type { Context, State } from './event-type.ts';
import type { Range } from './facts.ts';
import type { EventId } from './ids.ts';
import type { Reach } from './restriction.ts';
import type { Territory } from './territory.ts';

export type RecordedRestriction = Reach & {
  readonly id: EventId;
  /** Instants in ms since 1970 (UTC). */
  readonly start: Range;
  /** The end that it was given from the start; `undefined` if none. */
  readonly until: number | undefined;
};

/** The restrictions of a target as its facts have them, so that a decision and a figure cannot disagree. */
export const restrictionsOf = (state: State, factsOf: Context['factsOf']): readonly RecordedRestriction[] => {
  const restricted: { readonly id: EventId; readonly start: Range; readonly territory: Territory }[] = [];
  const untils = new Map<EventId, number>();
  const lifts = new Map<EventId, Territory[]>();
  for (const { id, ...event } of state) {
    for (const { shape, about, earliest, latest } of factsOf({ id, ...event })) {
      if (shape.kind === 'restricted') restricted.push({ id, start: { earliest, latest }, territory: shape.territory });
      if (!about || !('restriction' in about)) continue;
      if (shape.kind === 'until') untils.set(about.restriction, earliest);
      if (shape.kind === 'lifted') lifts.set(about.restriction, [...(lifts.get(about.restriction) ?? []), shape.territory]);
    }
  }
  return restricted.map(({ id, start, territory }) => ({ id, start, until: untils.get(id), territory, lifted: lifts.get(id) ?? [] }));
};
