/** How a command ends when it cannot do what was asked: a sentence for people, and a number for scripts. */

/** Documented in docs/reference/cli.md. */
export const EXIT = {
  done: 0,
  /** Something failed that nobody asked about: a bug, a damaged file, an answer that cannot be read. */
  failed: 1,
  /** The command line or the environment: an unknown option, an hour that is none, an address on which nobody would be asked who he is. */
  usage: 2,
  /** No such ledger, case, order or target. */
  notFound: 3,
  /** The surroundings refuse: folder in use or not writable, port taken, a token that is missing or not enough. */
  refused: 4,
  /** It came to its end, and something is left to look at: rows that were not recorded, a list that is not the same. */
  attention: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
