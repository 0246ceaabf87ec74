/** All that a read model holds, table by table, as it is open: to be held against what it holds later. */
import type { ReadModel, Row } from '../../src/projections/read-model.ts';

export const rowsOfTables = (model: ReadModel): { readonly [table: string]: readonly Row[] } => {
  const names = model.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map(([name]) => String(name));
  return Object.fromEntries(names.map((name) => [name, model.all(`SELECT * FROM "${name}"`)]));
};
