/** The command line: which commands there are, and how the process ends. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { type Config, ConfigInvalid, readConfig } from '../config.ts';
import { RULES_VERSION } from '../domain/figures.ts';
import { safe } from '../wording/text.ts';
import { compareListsCommand } from './compare-lists.ts';
import { complianceCommand } from './compliance.ts';
import { deadlinesCommand } from './deadlines.ts';
import { demoCommand } from './demo.ts';
import { diffCommand } from './diff.ts';
import { evidenceCommand } from './evidence.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { ordersCommand } from './orders.ts';
import { pairsCommand } from './pairs.ts';
import { rebuildCommand } from './rebuild.ts';
import { dossierCommand, trailCommand } from './reports.ts';
import { retractCommand } from './retract.ts';
import { serveCommand } from './serve.ts';
import { type Overrides, shellOf } from './shell.ts';
import { stateCommand } from './state.ts';
import { statusCommand } from './status.ts';
import { EXIT, type ExitCode, Stopped } from './stopped.ts';
import { templateCommand } from './template.ts';
import { timelineCommand } from './timeline.ts';
import { tokensCommand } from './tokens.ts';

/** Resolves with the exit code, once all is closed. `argv` as of the process: program, script, then what was typed. */
export const run = async (argv: readonly string[]): Promise<ExitCode> => {
  endQuietlyWithoutReader();
  const shell = shellOf(configOf);
  const commands = [
    serveCommand,
    demoCommand,
    ordersCommand,
    complianceCommand,
    stateCommand,
    pairsCommand,
    deadlinesCommand,
    compareListsCommand,
    diffCommand,
    timelineCommand,
    trailCommand,
    dossierCommand,
    evidenceCommand,
    templateCommand,
    importCommand,
    importsCommand,
    retractCommand,
    tokensCommand,
    statusCommand,
    rebuildCommand,
  ];
  const program = new Command('ledger').description(
    'What was ordered, what was done about each account, and how many were restricted as asked, hour by hour.',
  );
  program.version(versionWords(), '-V, --version', 'of the ledger, of its rules, and of Node');
  for (const command of commands) program.addCommand(command(shell));
  for (const command of withinIt(program)) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage; // commander has printed it
    const stopped = asStopped(error);
    if (stopped.message !== '') shell.note(`ledger: ${stopped.message}`);
    return stopped.exitCode;
  }
};

const versionWords = (): string => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return `${version} (rules ${RULES_VERSION}, Node ${process.versions.node})`;
};

const withinIt = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(withinIt)];

const asStopped = (error: unknown): Stopped => {
  if (error instanceof Stopped) return error;
  if (error instanceof ConfigInvalid) return new Stopped(EXIT.usage, error.faults.map(safe).join('\n  '));
  throw error; // a mistake of ours: seen as one, with its stack
};

const PORT_MAX = 65_535;

/** What was typed goes before what the environment says. */
const configOf = ({ data, host, port }: Overrides): Config => {
  const config = readConfig();
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= PORT_MAX)) {
    throw new Stopped(EXIT.usage, `"${safe(port)}" is no port: a number from 0 (any that is free) to ${PORT_MAX}.`);
  }
  return { ...config, folder: data ?? config.folder, host: host ?? config.host, port: port === undefined ? config.port : Number(port) };
};

/** `ledger timeline | head` closes the pipe when it has enough: no failure. */
const endQuietlyWithoutReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.done);
  });
};
