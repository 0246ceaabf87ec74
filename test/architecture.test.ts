/** Who may import whom: the rule of `.dependency-cruiser.mjs`, that it sees every file, and that it refuses what it must. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

const cruised = async (baseDir: string): Promise<ICruiseResult> => {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.mjs'));
  const { output } = await cruise(['src'], { ...options, baseDir });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with a report instead of its result');
  return output;
};

/** `…/node_modules/zod/index.js` is `zod`; anything else is itself. */
const packageOf = (resolved: string): string => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(resolved)?.[1] ?? resolved;

const edgesRefused = ({ summary }: ICruiseResult): string[] =>
  summary.violations
    .filter(({ rule }) => rule.severity === 'error')
    .map(({ from, to }) => `${from} -> ${packageOf(to)}`)
    .sort();

describe('the files under src/', () => {
  it('are all seen by the import rule', async () => {
    const onDisk = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]sx?$/.test(name))
      .map((name) => `src/${name.split(sep).join('/')}`);
    const { modules } = await cruised(root);
    const seen = modules.map(({ source }) => source).filter((source) => source.startsWith('src/'));
    expect(onDisk).not.toEqual([]);
    expect(seen.sort()).toEqual(onDisk.sort());
  });

  it('import only what they may', async () => {
    expect(edgesRefused(await cruised(root))).toEqual([]);
  });
});

/** A small tree of the design's shape: what each file imports lawfully, and what is planted in it. */
const tree: { readonly [file: string]: { readonly may?: readonly string[]; readonly mayNot?: readonly string[] } } = {
  'src/domain/target.ts': {
    may: ['./time.ts', 'zod', 'uuid', 'tldts'],
    mayNot: ['../application/execute.ts', '../envelope/hash.ts', '../misc/stray.ts', 'node:fs', 'node:sqlite', 'fastify'],
  },
  'src/domain/time.ts': { mayNot: ['./nowhere.ts', 'node:crypto'] },
  'src/envelope/hash.ts': { may: ['node:crypto'], mayNot: ['../domain/target.ts', 'node:fs', 'zod'] },
  'src/event-store/event-store.ts': { may: ['../envelope/hash.ts', './errors.ts'], mayNot: ['./sqlite.ts', 'node:sqlite'] },
  'src/event-store/errors.ts': { mayNot: ['../domain/target.ts'] },
  'src/event-store/sqlite.ts': {
    may: ['./event-store.ts', 'node:sqlite', 'node:fs', 'node:path', 'node:crypto'],
    mayNot: ['../projections/runner.ts', 'node:http', 'zod'],
  },
  'src/application/execute.ts': {
    may: ['../domain/target.ts', '../envelope/hash.ts', '../event-store/event-store.ts', '../event-store/errors.ts', './clock.ts'],
    mayNot: ['../event-store/sqlite.ts', '../projections/runner.ts', '../api/actions.ts', 'node:crypto', 'uuid'],
  },
  'src/application/clock.ts': { may: ['uuid', 'node:crypto'], mayNot: ['node:fs'] },
  'src/application/access.ts': { may: ['./token-file.ts', 'node:crypto'], mayNot: ['node:fs', 'zod', '../api/actions.ts'] },
  'src/application/token-file.ts': { may: ['../domain/target.ts', 'node:fs', 'node:path'], mayNot: ['node:crypto', 'node:sqlite', 'zod'] },
  'src/sheets/row.ts': { mayNot: ['../domain/target.ts', '../application/execute.ts'] },
  'src/application/mapping/mapping.ts': {
    may: ['../../domain/target.ts', '../../sheets/row.ts', 'zod'],
    mayNot: ['../../wording/words.ts', 'node:fs', 'node:crypto', 'csv-stringify'],
  },
  'src/projections/runner.ts': {
    may: ['../domain/target.ts', '../event-store/event-store.ts', './read-model.ts'],
    mayNot: ['../application/execute.ts', '../event-store/sqlite.ts', 'node:sqlite'],
  },
  'src/projections/read-model.ts': { may: ['node:sqlite'], mayNot: ['node:fs'] },
  'src/evidence/files.ts': { may: ['../envelope/hash.ts', 'node:crypto', 'node:fs'], mayNot: ['../domain/target.ts'] },
  'src/transparency/tree.ts': { may: ['../envelope/hash.ts', 'node:crypto', 'node:fs'], mayNot: ['../event-store/event-store.ts'] },
  'src/api/actions.ts': {
    may: [
      '../application/execute.ts',
      '../projections/runner.ts',
      '../evidence/files.ts',
      '../transparency/tree.ts',
      '../domain/time.ts',
      'fastify',
      'zod',
    ],
    mayNot: ['../event-store/sqlite.ts', '../compose.ts', '../cli/serve.ts', 'commander', 'vitest'],
  },
  'src/cli/serve.ts': {
    may: ['../compose.ts', '../config.ts', '../application/execute.ts', 'commander', 'node:fs/promises'],
    mayNot: ['../event-store/sqlite.ts', '../api/actions.ts', 'fastify'],
  },
  'src/wording/words.ts': { may: ['../domain/time.ts'], mayNot: ['../cli/serve.ts', '../api/actions.ts', 'fastify'] },
  'src/web/page.ts': {
    may: ['../wording/words.ts', '../domain/json.ts', 'preact'],
    mayNot: ['../api/actions.ts', '../domain/time.ts', 'zod', 'fflate', 'node:fs'],
  },
  'src/web/files/table-files.ts': { may: ['write-excel-file/universal', 'fflate/browser'] },
  'src/domain/json.ts': {},
  'src/compose.ts': { may: ['./event-store/sqlite.ts', './api/actions.ts', './config.ts', 'node:worker_threads'], mayNot: [] },
  'src/config.ts': { may: ['zod', 'node:path'], mayNot: ['./event-store/sqlite.ts'] },
  'src/worker.ts': { may: ['./compose.ts', 'node:worker_threads'], mayNot: ['./api/actions.ts', './event-store/sqlite.ts'] },
  'src/main.ts': { may: ['./compose.ts', './config.ts', './cli/serve.ts', 'node:util'], mayNot: ['./event-store/sqlite.ts'] },
  'src/misc/stray.ts': { mayNot: ['../domain/time.ts'] },
};

/** As the report names it: files from the root, packages by name, older core modules without their `node:`. */
const asReported = (file: string, specifier: string): string => {
  if (specifier === './nowhere.ts') return specifier;
  if (specifier.startsWith('.')) return join(dirname(file), specifier).split(sep).join('/');
  return specifier === 'node:sqlite' ? specifier : specifier.replace(/^node:/, '');
};

describe('the import rule', () => {
  let planted: string;

  beforeEach(() => {
    planted = mkdtempSync(join(tmpdir(), 'ledger-imports-'));
    for (const [file, { may = [], mayNot = [] }] of Object.entries(tree)) {
      mkdirSync(join(planted, dirname(file)), { recursive: true });
      const imports = [...may, ...mayNot].map((specifier, n) => `import * as n${n} from '${specifier}';\n`).join('');
      writeFileSync(join(planted, file), `${imports}export type Here = string;\n`);
    }
    symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'), 'junction');
  });

  afterEach(() => {
    rmSync(planted, { recursive: true, force: true });
  });

  it('refuses each planted import, and no other', async () => {
    const expected = Object.entries(tree).flatMap(([file, { mayNot = [] }]) => mayNot.map((to) => `${file} -> ${asReported(file, to)}`));
    expect(edgesRefused(await cruised(planted))).toEqual(expected.sort());
  });

  it('sees an import of types and a dynamic import too', async () => {
    writeFileSync(join(planted, 'src/domain/time.ts'), `import type { Here } from '../api/actions.ts';\nexport type There = Here;\n`);
    writeFileSync(join(planted, 'src/envelope/hash.ts'), `export const late = () => import('../compose.ts');\n`);
    const refused = edgesRefused(await cruised(planted));
    expect(refused).toContain('src/domain/time.ts -> src/api/actions.ts');
    expect(refused).toContain('src/envelope/hash.ts -> src/compose.ts');
  });
});
