/** What an event says, field by field, made harmless where it is printed. */
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { safe } from './text.ts';

export type Says = JsonObject;

export const textIn = (says: Says, field: string): string | undefined => {
  const value = says[field];
  return typeof value === 'string' ? value : undefined;
};
export const numberIn = (says: Says, field: string): number | undefined => {
  const value = says[field];
  return typeof value === 'number' ? value : undefined;
};
export const listIn = (says: Says, field: string): readonly string[] => {
  const value = says[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};
export const objectIn = (says: Says, field: string): Says => asObject(says[field]);
export const objectsIn = (says: Says, field: string): readonly Says[] => {
  const value = says[field];
  return Array.isArray(value) ? value.map(asObject) : [];
};
const asObject = (value: Says[string]): Says => (isJsonObject(value) ? value : {});

/** The first name that a party goes by. */
export const partyIn = (says: Says, field: string): string => partyName(objectIn(says, field));
export const partyName = (party: Says): string => {
  const name = ['organisation', 'name', 'role', 'description'].map((member) => textIn(party, member)).find((text) => text !== undefined);
  return safe(name ?? 'unnamed');
};
