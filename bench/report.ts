/** What is printed, line by line as it is known, and whether the bars were met. */
import { availableParallelism, cpus, totalmem } from 'node:os';

export type Report = {
  readonly title: (text: string) => void;
  readonly line: (name: string, figure: string) => void;
  /** A bar of the design: what was reached, what it asks. */
  readonly bar: (name: string, reached: string, asked: string, isMet: boolean) => void;
  readonly missed: () => number;
};

const NAME_WIDTH = 44;

export const createReport = (): Report => {
  let missed = 0;
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  return {
    title: (text) => print(`\n${text}`),
    line: (name, figure) => print(`  ${name.padEnd(NAME_WIDTH)} ${figure}`),
    bar(name, reached, asked, isMet) {
      if (!isMet) missed += 1;
      print(`  ${isMet ? 'PASS' : 'MISS'} ${name.padEnd(NAME_WIDTH - 5)} ${reached} (bar: ${asked})`);
    },
    missed: () => missed,
  };
};

export const machineFacts = (): string =>
  `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ` +
  `${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
