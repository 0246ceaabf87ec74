/** What a line of somebody's list names: the target that its writing means, and as what else the same writing may be on record. */
import { platformOfHost } from './platform.ts';
import { type Parsed, type ParseRefusal, unparsable } from './refusal.ts';
import { parseTargetRef, type TargetKind, type TargetRef, VERBATIM_LENGTH_MAX } from './target-ref.ts';
import { isWebAddress, parseWebUrl } from './web-address.ts';

/**
 * `meant` is what the line names if nothing else is known; `others` are further readings of it, to be looked for where the first is not found. An unreadable line
 * may have such readings too: what is no handle may be on record as an address.
 */
export type ListLine =
  | { readonly is: 'blank' }
  | { readonly is: 'named'; readonly meant: TargetRef; readonly others: readonly TargetRef[] }
  | { readonly is: 'unreadable'; readonly reason: ParseRefusal; readonly others: readonly TargetRef[] };

/** `kind`: of every line; else the line itself says it. `kinds`: the further ones that it is read as. */
export const LIST_LINES_MAX = 100_000;

export type ListReading = { readonly platform: string; readonly kind?: TargetKind | undefined; readonly kinds: readonly TargetKind[] };

export const readLine = (line: string, { platform, kind, kinds }: ListReading): ListLine => {
  const text = line.trim();
  if (text === '') return { is: 'blank' };
  if (isTooLong(text)) return { is: 'unreadable', reason: noTarget(kind, text, 'too long'), others: [] };
  const as = (one: TargetKind): Parsed<TargetRef> => parseTargetRef({ platform, kind: one, verbatim: text });
  const meant = kind === undefined ? meantBy(text, platform, as) : as(kind);
  const further = kind === undefined ? kinds.filter((one) => one !== 'account' || !isWebAddress(text)) : []; // a post is not whoever posted it
  const others = further.map(as).flatMap((other) => ('value' in other ? [other.value] : []));
  if ('value' in meant && ROUNDED.test(text))
    return {
      is: 'unreadable',
      reason: noTarget(meant.value.kind, text, 'a number that a spreadsheet rounded'),
      others: [meant.value, ...others],
    };
  if ('value' in meant) return { is: 'named', meant: meant.value, others: others.filter((other) => other.kind !== meant.value.kind) };
  return { is: 'unreadable', reason: 'refusal' in meant ? meant.refusal : noTarget(kind, text, meant.invalid), others };
};

/** A spreadsheet keeps fifteen digits: those of a longer id become zeros, and it may then be somebody else's. */
const ROUNDED = /^@?\d{15}0+$/;

const isTooLong = (text: string): boolean => text.length > VERBATIM_LENGTH_MAX && [...text].length > VERBATIM_LENGTH_MAX;

const noTarget = (kind: TargetKind | undefined, verbatim: string, why: string): ParseRefusal => ({
  code: 'TARGET_KEY_INVALID',
  kind: kind ?? 'account',
  verbatim,
  why,
});

const POST_NUMBER = /^\d+$/;

/** A hashtag by its sign; an address on this platform is a post, a profile or else an address; whatever is no address is a handle. */
const meantBy = (text: string, platform: string, as: (kind: TargetKind) => Parsed<TargetRef>): Parsed<TargetRef> => {
  if (/^[#＃]/u.test(text)) return as('hashtag');
  const account = as('account');
  if (!isWebAddress(text)) return account;
  const post = as('post'); // read first: the address of a post begins like that of a profile
  if (!('value' in post) || POST_NUMBER.test(post.value.key)) return post;
  const url = parseWebUrl(text);
  if (!('value' in url)) return url;
  if (platformOfHost(url.value.hostname) !== platform) return unparsable(noTarget('account', text, 'an address on another platform'));
  return 'value' in account ? account : as('url');
};
