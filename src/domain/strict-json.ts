/**
 * JSON as every language reads it alike: what one reader would drop, round or merge is refused here, before any schema sees it. Member names that
 * occur twice, numbers that a double cannot hold, keys that reach into prototypes, bytes that are no UTF-8.
 */
import { isJsonObject } from './json.ts';

export const JSON_DEPTH_MAX = 32; // arrays and objects inside one another, the outermost included

export type JsonFault = 'encoding' | 'empty' | 'syntax' | 'depth' | 'duplicate_key' | 'forbidden_key' | 'key_not_unicode' | 'number';

/** Thrown for a body that is not to be read at all. */
export class JsonInvalid extends Error {
  override readonly name = 'JsonInvalid';
  readonly code = 'JSON_INVALID';
  readonly fault: JsonFault;
  /** Where it is, key by key; empty if that cannot be said. */
  readonly path: readonly (string | number)[];

  constructor(fault: JsonFault, path: readonly (string | number)[] = []) {
    super(`JSON refused: ${fault}`);
    this.fault = fault;
    this.path = path;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws JsonInvalid. Text values are left to the schemas, which say where an unsafe one stands. */
export const parseStrictJson = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) throw new JsonInvalid('empty');
  const text = decoded(bytes);
  const value = parsedJson(text);
  const { members, hasFraction } = outline(text);
  if (membersOf(value, 1, undefined) !== members) throw new JsonInvalid('duplicate_key', findDuplicate(text));
  if (hasFraction) throw new JsonInvalid('number');
  return value;
};

const decoded = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) throw new JsonInvalid('encoding');
    throw cause;
  }
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new JsonInvalid('syntax');
    throw cause;
  }
};

// ---- The value

/** The way to where the walk stands: a chain, so that a path is made only for a fault. */
type Way = { readonly key: string | number; readonly from: Way } | undefined;

const pathOf = (way: Way): readonly (string | number)[] => (way === undefined ? [] : [...pathOf(way.from), way.key]);

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * `JSON.parse` of V8 14.6 (Node 26.10) reads the name `"` as `\` once it has met an object with the latter, and so may hide that a name stands
 * twice. No field has either character in its name.
 */
const MISREAD_KEY = /["\\]/;

/** How many members all objects within have together. Throws for what no value may hold. */
const membersOf = (value: unknown, depth: number, way: Way): number => {
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) throw new JsonInvalid('number', pathOf(way));
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > JSON_DEPTH_MAX) throw new JsonInvalid('depth', pathOf(way));
  let members = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item !== 'string') members += membersOf(item, depth + 1, { key: index, from: way });
    }
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      if (FORBIDDEN_KEYS.has(key) || MISREAD_KEY.test(key)) throw new JsonInvalid('forbidden_key', [...pathOf(way), key]);
      if (!key.isWellFormed()) throw new JsonInvalid('key_not_unicode', pathOf(way));
      const item = value[key];
      members += typeof item === 'string' ? 1 : 1 + membersOf(item, depth + 1, { key, from: way });
    }
  }
  return members;
};

// ---- The text, known to be JSON

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const POINT = 0x2e;
const CAPITAL_E = 0x45;
const SMALL_E = 0x65;

/** The index after the text that begins at `start`, a quotation mark. */
const endOfText = (json: string, start: number): number => {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
};

const isEscaped = (json: string, at: number): boolean => {
  let before = at - 1;
  while (json.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
};

/** Members written, and whether a number has a fraction or a negative power of ten, which rounding may have hidden from the value. */
const outline = (json: string): { readonly members: number; readonly hasFraction: boolean } => {
  let members = 0;
  let hasFraction = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfText(json, at) - 1;
    else if (code === COLON) members += 1;
    else if (code === POINT) hasFraction ||= FRACTION.test(json.slice(at, at + NUMBER_LENGTH_SEEN));
    else if (code === CAPITAL_E || code === SMALL_E) hasFraction ||= json.charCodeAt(at + 1) === MINUS;
  }
  return { members, hasFraction };
};

const MINUS = 0x2d;
const NUMBER_LENGTH_SEEN = 400; // more digits than any double needs: what is longer counts as a fraction
const FRACTION = /^\.(?:0*[1-9]|\d{399})/;

type Frame = { readonly keys: Set<string> | undefined; place: string | number };

/** The first name that an object has twice, with the way to it. */
const findDuplicate = (json: string): readonly (string | number)[] => {
  const frames: Frame[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const frame = frames.at(-1);
    const character = json[at];
    if (character === '{') frames.push({ keys: new Set(), place: '' });
    else if (character === '[') frames.push({ keys: undefined, place: 0 });
    else if (character === '}' || character === ']') frames.pop();
    else if (character === ',' && typeof frame?.place === 'number') frame.place += 1;
    else if (character === '"') {
      const end = endOfText(json, at);
      if (frame?.keys && isName(json, end)) {
        frame.place = String(JSON.parse(json.slice(at, end)));
        if (frame.keys.has(frame.place)) return frames.map(({ place }) => place);
        frame.keys.add(frame.place);
      }
      at = end - 1;
    }
  }
  return [];
};

const isName = (json: string, end: number): boolean => {
  NAME_END.lastIndex = end;
  return NAME_END.test(json);
};
const NAME_END = /\s*:/y;
