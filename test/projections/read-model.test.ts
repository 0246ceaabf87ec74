/** The read model's file, when it is not what it should be. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openReadModel, ReadModelUnusable } from '../../src/projections/read-model.ts';

it('a file that is no read model is said to be unusable, with its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'read-model-'));
  const path = join(folder, 'read-model-1.sqlite');
  await writeFile(path, 'this is no database, but long enough to be taken for one'.repeat(100));
  expect(() => openReadModel({ path })).toThrow(ReadModelUnusable);
  expect(() => openReadModel({ path })).toThrow(expect.objectContaining({ code: 'READ_MODEL_UNUSABLE', path }));
  await rm(folder, { recursive: true, force: true });
});
