/** Every table of a read model, to be held against those of another: how many rows, and the hash of them all. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rebuildReadModel } from '../../src/compose.ts';
import { engineOf } from './engine.ts';

export type Tables = { readonly [table: string]: { readonly rows: number; readonly sha256: string } };

const READ_MODEL = /^read-model-\d+(-[a-z]+)?\.sqlite$/;

export const readModelPath = (folder: string): string => {
  const found = readdirSync(folder).find((name) => READ_MODEL.test(name));
  if (found === undefined) throw new Error(`no read model in ${folder}`);
  return join(folder, found);
};

/** Of the read model in a data folder that no process writes to. */
export const tablesOf = (folder: string): Tables => {
  const db = new DatabaseSync(readModelPath(folder), { readOnly: true });
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const tables = names.map(({ name }) => {
    const hash = createHash('sha256');
    let rows = 0;
    // In the order of their keys: tables without a row id are stored that way, and ids of rows are keys here.
    for (const row of db.prepare(`SELECT * FROM "${String(name)}"`).iterate()) {
      hash.update(JSON.stringify(row));
      rows += 1;
    }
    return [String(name), { rows, sha256: hash.digest('hex') }] as const;
  });
  db.close();
  return Object.fromEntries(tables);
};

/** Of a read model made anew from the same log, in a copy of the folder. */
export const rebuiltTablesOf = async (folder: string): Promise<Tables> => {
  const copy = mkdtempSync(join(tmpdir(), 'ledger-rebuilt-'));
  try {
    cpSync(folder, copy, { recursive: true });
    await rebuildReadModel({ folder: copy, engine: engineOf(folder) }, () => {});
    return tablesOf(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
};
