/** What the server answers to an append: it compares ids and nothing else. */

/** As a request names it. The ledger itself never sends the last two. */
export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

/** What the table asks of the stream that the request names. */
export type Target = {
  /** The last revision, or -1 where nothing was ever written. */
  readonly head: number;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
  /** The id stored at a revision, if anything is. */
  readonly idAt: (revision: number) => string | undefined;
  /** The revision of an id that the cache of recent events still knows. */
  readonly recent: (id: string) => number | undefined;
};

export type Verdict =
  | { readonly kind: 'write' }
  | { readonly kind: 'repeated'; readonly revision: number }
  | { readonly kind: 'wrong_expected_version'; readonly current: number | 'no_stream' }
  | { readonly kind: 'stream_deleted' };

export const judge = (target: Target, expected: Expected, ids: readonly string[]): Verdict => {
  if (target.tombstoned) return { kind: 'stream_deleted' };
  if (expected === 'any' || expected === 'stream_exists') return judgeByCache(target, expected, ids);
  const revision = expected === 'no_stream' ? -1 : expected;
  // At the head ids are not looked at: what was stored before is stored again.
  if (revision === target.head) return { kind: 'write' };
  if (revision > target.head) return wrong(target);
  const [first] = ids;
  if (first === undefined || target.idAt(revision + 1) !== first)
    return expected === 'no_stream' && target.softDeleted ? { kind: 'write' } : wrong(target);
  const repeated = ids.every((id, n) => target.idAt(revision + 1 + n) === id);
  return repeated ? { kind: 'repeated', revision: revision + ids.length } : wrong(target);
};

/** Without a revision the server knows a repeat only as long as its memory does. */
const judgeByCache = (target: Target, expected: 'any' | 'stream_exists', ids: readonly string[]): Verdict => {
  const known = ids.map(target.recent);
  if (known[0] !== undefined) {
    const last = known.at(-1);
    return last === undefined || known.includes(undefined) ? wrong(target) : { kind: 'repeated', revision: last };
  }
  return expected === 'stream_exists' && target.head === -1 ? wrong(target) : { kind: 'write' };
};

const wrong = ({ head }: Target): Verdict => ({ kind: 'wrong_expected_version', current: head === -1 ? 'no_stream' : head });
