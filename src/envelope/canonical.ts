/** The one way in which a value becomes bytes: RFC 8785, over the values that every language reads alike. */

export type Json = string | number | boolean | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** Counts containers, the outermost included: beyond this a reader in another language may give up. */
export const DEPTH_MAX = 40;
/** Letters first, so that no key looks like an array index (which JavaScript would move) or begins with `$` or `__`. */
const KEY_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export type NotCanonicalReason =
  /** Not a safe integer, or `-0`: decimals are stored as text. */
  | 'number'
  /** A lone surrogate or U+0000. */
  | 'text'
  | 'key'
  /** `null`, `undefined` or a hole: what was not said is left out. */
  | 'absent'
  | 'depth'
  /** Neither text, integer, boolean, array nor plain object. */
  | 'kind'
  /** A member of the envelope that does not have the form laid down for it. */
  | 'member';

/** Refused before anything is stored: this value has no canonical form. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
  readonly code = 'NOT_CANONICAL';
  readonly reason: NotCanonicalReason;
  /** JSON pointer (RFC 6901) to the value refused; for a key, to the object that holds it. */
  readonly at: string;

  constructor(reason: NotCanonicalReason, at: string) {
    super(`no canonical form: ${reason} at "${at}"`);
    this.reason = reason;
    this.at = at;
  }
}

/** The canonical text of a value; its UTF-8 is what is hashed and stored. */
export const canonical = (value: unknown): string => JSON.stringify(inCanonicalOrder(value));

/** Where a value stands: a chain, so that text is made only when something is refused. */
type Place = { readonly parent: Place | null; readonly key: string | number; readonly depth: number };

const TOP: Place = { parent: null, key: '', depth: 0 };

/** A copy of plain objects and arrays whose keys stand in canonical order, so that one `JSON.stringify` writes it out. */
export const inCanonicalOrder = (value: unknown): Json => copyOf(value, TOP);

/** The same for a member of a larger object whose other members are known to be in order. */
export const memberInCanonicalOrder = (value: object, key: string): JsonObject => {
  const place: Place = { parent: TOP, key, depth: 1 };
  if (!isPlainObject(value)) throw new NotCanonical('kind', pointerTo(place));
  return copyOfObject(value, place);
};

const copyOf = (value: unknown, place: Place): Json => {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed() || value.includes('\0')) throw new NotCanonical('text', pointerTo(place));
      return value;
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new NotCanonical('number', pointerTo(place));
      return value;
    case 'boolean':
      return value;
    case 'undefined':
      throw new NotCanonical('absent', pointerTo(place));
    case 'object':
      if (value === null) throw new NotCanonical('absent', pointerTo(place));
      if (Array.isArray(value)) return copyOfArray(value, place);
      if (isPlainObject(value)) return copyOfObject(value, place);
  }
  throw new NotCanonical('kind', pointerTo(place));
};

const copyOfArray = (values: readonly unknown[], place: Place): readonly Json[] => {
  const depth = depthInside(place);
  const copy: Json[] = [];
  // By index and not by `map`, which would leave a hole a hole.
  for (let index = 0; index < values.length; index++) copy.push(copyOf(values[index], { parent: place, key: index, depth }));
  return copy;
};

const copyOfObject = (object: Readonly<Record<string, unknown>>, place: Place): JsonObject => {
  const depth = depthInside(place);
  const copy: Record<string, Json> = {};
  // Code units and code points order alike here, since KEY_PATTERN admits ASCII only.
  for (const key of Object.keys(object).sort()) {
    if (!isKey(key)) throw new NotCanonical('key', pointerTo(place));
    copy[key] = copyOf(object[key], { parent: place, key, depth });
  }
  return copy;
};

/** `constructor` and `prototype` are refused as keys for the sake of readers that merge objects without care. */
const isKey = (key: string): boolean => KEY_PATTERN.test(key) && key !== 'constructor' && key !== 'prototype';

const depthInside = (place: Place): number => {
  // Also what ends the walk through an object that contains itself.
  if (place.depth >= DEPTH_MAX) throw new NotCanonical('depth', pointerTo(place));
  return place.depth + 1;
};

const isPlainObject = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
};

/** Keys that reach a pointer match KEY_PATTERN or are indices, so nothing needs the escapes of RFC 6901. */
const pointerTo = ({ parent, key }: Place): string => (parent === null ? '' : `${pointerTo(parent)}/${key}`);
