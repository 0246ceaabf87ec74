/** Plain JSON, as it stands in an event's `data`. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

const isObject = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null;

/** Whether two plain values say the same, whatever the order of their keys; a key that is `undefined` is not there. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return a === b;
  for (const key of Object.keys(a)) if (!isSame(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
};

/** What `JSON.parse` made is JSON as soon as it is anything at all. */
export const isJson = (value: unknown): value is Json => value !== undefined;
export const isJsonObject = (value: unknown): value is JsonObject => isObject(value) && !Array.isArray(value);
