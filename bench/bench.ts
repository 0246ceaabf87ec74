/**
 * `npm run bench`: what the ledger reaches on this machine, each figure beside its own limit measured in the same run, and the bars of the design.
 * `--quick` takes less than a minute; `--only commands` (or import, rebuild, curve, start, page; several with commas); `--targets 100000` for the large
 * order, and for how many rows are imported.
 * `--engine eventstoredb` measures the engine for a cluster instead, beside bare calls of its client.
 */
import { parseArgs } from 'node:util';
import { rebuildReadModel } from '../src/compose.ts';
import { EMBEDDED } from '../src/engines.ts';
import { type BigStore, fillBigStore } from './big-store.ts';
import { cluster } from './cluster.ts';
import { commands } from './commands.ts';
import { curve } from './curve.ts';
import { count, rate, timed } from './figures.ts';
import { importing } from './import.ts';
import { page } from './page.ts';
import { rebuild } from './rebuild.ts';
import { createReport, machineFacts } from './report.ts';
import { start } from './start.ts';
import { withFolder } from './temporary.ts';

const PARTS = ['commands', 'import', 'rebuild', 'curve', 'start', 'page'];
const usage = (fault: string): never => {
  process.stderr.write(
    `bench: ${fault}\nusage: npm run bench -- [--quick] [--only ${PARTS.join(',')}] [--targets <number>] | [--quick] --engine eventstoredb\n`,
  );
  process.exit(2);
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: PARTS.join(',') },
    targets: { type: 'string' },
    engine: { type: 'string', default: 'embedded' },
  },
});
const asked = new Set(values.only.split(','));
const unknown = [...asked].find((part) => !PARTS.includes(part));
if (unknown !== undefined) usage(`no part is called ${unknown}`);
const targets = Number(values.targets ?? (values.quick ? 50_000 : 1_000_000));
if (!Number.isSafeInteger(targets) || targets < 1_000) usage('--targets takes a whole number of at least 1000');
const rounds = values.quick ? 2 : 3;
const secondsPerRound = values.quick ? 2 : 10;

const report = createReport();
process.stdout.write(`${machineFacts()}\n`);
if (values.engine === 'eventstoredb') {
  await cluster(report, { rounds, secondsPerRound });
  asked.clear();
} else if (values.engine !== 'embedded') usage(`no engine is called ${values.engine}`);
if (asked.has('commands')) await commands(report, { rounds, secondsPerRound });
if (asked.has('import')) await withFolder((folder) => importing(report, folder, targets));
if (['rebuild', 'curve', 'start', 'page'].some((part) => asked.has(part))) {
  await withFolder(async (folder) => {
    const store = await filled(folder);
    if (asked.has('rebuild')) await rebuild(report, store, rounds);
    else await rebuildReadModel({ folder, engine: EMBEDDED }, () => {});
    if (asked.has('start')) await start(report, store, rounds);
    if (asked.has('page')) await page(report, store);
    if (asked.has('curve')) await curve(report, store);
  });
}
const missed = report.missed();
process.stdout.write(missed === 0 ? '\nEvery bar was met.\n' : `\n${missed} bars were missed.\n`);

async function filled(folder: string): Promise<BigStore> {
  report.title(`A ledger with one order and ${count(targets)} targets`);
  const { seconds, value } = await timed(() => fillBigStore(folder, targets));
  report.line(
    'filled through the event store',
    `${count(value.events)} events of ${count(value.bytesPerEvent)} bytes, ${rate(value.events / seconds)}`,
  );
  return value;
}
