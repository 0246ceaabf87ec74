/** The part of a long list of candidates that a page shows, found in one pass without keeping the list: only what can still come into the page is held. */
import { byOccurred } from './entries.ts';

/** Where an entry stands in occurred order. Instants in ms since 1970. */
export type Key = { readonly earliest: number; readonly latest: number; readonly position: number };
/** `keys` in order; `hasMore` if others follow the last. */
export type Window<K extends Key> = { readonly page: readonly K[]; readonly hasMore: boolean };

const KEPT_MAX = 10_000; // sorted and cut when there are more, so that a cut is rare

/** Single entries after `after`, at most `limit`. */
export const createWindow = <K extends Key>({ after, limit }: { readonly after: Key | undefined; readonly limit: number }) => {
  let kept: K[] = [];
  let last: K | undefined;
  const cut = (): void => {
    kept = kept.sort(byOccurred).slice(0, limit + 1);
    last = kept[limit];
  };
  return {
    add(candidate: K): void {
      if ((after && byOccurred(candidate, after) <= 0) || (last && byOccurred(candidate, last) > 0)) return;
      kept.push(candidate);
      if (kept.length > KEPT_MAX) cut();
    },
    result(): Window<K> {
      cut();
      return { page: kept.slice(0, limit), hasMore: kept.length > limit };
    },
  };
};

export type Counts = { readonly [name: string]: number };
/** Whether it was retracted; whether what stands in its rows was corrected. */
type Changed = { readonly isStruck: boolean; readonly isCorrected: boolean };
/** Entries that say the same, at the same extent, of many targets: it stands where the first of them does. */
export type Group = Key & Changed & { readonly events: number; readonly targets: number; readonly kinds: Counts; readonly classes: Counts };
export type GroupCandidate = Key &
  Changed & {
    /** Equal for those that say the same. */
    readonly same: string;
    /** Number and kind of the target; `undefined` for what is about none. */
    readonly target: number | undefined;
    readonly kind: string | undefined;
    readonly classes: readonly string[];
  };

type OpenGroup = Key &
  Changed & {
    position: number;
    lastTarget: number | undefined;
    events: number;
    targets: number;
    readonly kinds: Map<string, number>;
    readonly classes: Map<string, number>;
  };

/** Groups after `after`, at most `limit`; a group stands where its first position does. Candidates of one target come in a row. */
export const createGroupWindow = ({ after, limit }: { readonly after: Key | undefined; readonly limit: number }) => {
  const groups = new Map<string, OpenGroup>();
  let last: Key | undefined;

  /** Members may come with any position, so a cut goes by extents alone, and leaves alone those of the extent at which the page begins. */
  const cut = (): void => {
    const later = [...groups].filter(([, group]) => !after || byExtent(group, after) > 0).sort(([, a], [, b]) => byOccurred(a, b));
    const end = later[limit]?.[1];
    if (!end) return;
    last = end;
    for (const [same, group] of later) if (byExtent(group, end) > 0) groups.delete(same);
  };
  return {
    add(candidate: GroupCandidate): void {
      if ((after && byExtent(candidate, after) < 0) || (last && byExtent(candidate, last) > 0)) return;
      const key = `${candidate.earliest} ${candidate.latest} ${candidate.same}`;
      const group = groups.get(key) ?? opened(candidate);
      groups.set(key, group);
      join(group, candidate);
      if (groups.size > KEPT_MAX) cut();
    },
    result(): Window<Group> {
      const shown = [...groups.values()].filter((group) => !after || byOccurred(group, after) > 0).sort(byOccurred);
      const page = shown
        .slice(0, limit)
        .map(({ lastTarget: _, kinds, classes, ...group }) => ({ ...group, kinds: countsOf(kinds), classes: countsOf(classes) }));
      return { page, hasMore: shown.length > limit };
    },
  };
};

const opened = ({ earliest, latest, position, isStruck, isCorrected }: GroupCandidate): OpenGroup => ({
  ...{ earliest, latest, position, isStruck, isCorrected },
  lastTarget: undefined,
  events: 0,
  targets: 0,
  kinds: new Map(),
  classes: new Map(),
});

const join = (group: OpenGroup, { position, target, kind, classes }: GroupCandidate): void => {
  group.position = Math.min(group.position, position);
  group.events += 1;
  for (const name of classes) countOne(group.classes, name);
  if (kind !== undefined && target !== group.lastTarget) {
    group.targets += 1;
    countOne(group.kinds, kind);
  }
  group.lastTarget = target;
};

const countOne = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

const byExtent = (a: Omit<Key, 'position'>, b: Omit<Key, 'position'>): number => byOccurred({ ...a, position: 0 }, { ...b, position: 0 });

const countsOf = (counts: ReadonlyMap<string, number>): Counts => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
