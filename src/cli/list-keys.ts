/** By what two writings in a list are the same, for each kind compared: the keys of `target-key@1` in words. */
import type { TargetKind } from '../domain/target-ref.ts';

const KEY_WORDS: { readonly [kind in TargetKind]: string } = {
  account:
    'accounts: upper and lower case and the @ make no difference, nor does the address of a profile on a platform whose addresses are known (twitter.com, x.com)',
  post: 'posts: by their id, in which upper and lower case count; on a platform whose addresses are known the address of a post is its id, and any other is compared as addresses are',
  url: 'addresses: upper and lower case count, except in the name of the host; http or https, a slash at the end, a fragment (#…) and marks of campaigns (utm_…, gclid, fbclid) make no difference',
  hashtag: 'hashtags: upper and lower case and the # make no difference',
  service: 'services: by their domain; upper and lower case and a full stop at the end make no difference',
  class: 'described classes: upper and lower case and the number of spaces make no difference',
};

/** `kinds`: those that either list names. */
export const keyLines = (kinds: readonly TargetKind[]): readonly string[] => [
  'compared by the key of each (target-key@1)',
  ...kinds.map((kind) => KEY_WORDS[kind]),
];
