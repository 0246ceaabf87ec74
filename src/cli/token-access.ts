/** The tokens of a data folder, for a process that opens it; and what is wrong with their file, in words. */
import { type Access, accessByTokens } from '../application/access.ts';
import { systemClock } from '../application/clock.ts';
import { TokensInvalid, TokensLocked } from '../application/token-file.ts';
import { type Config, tokensFileOf } from '../config.ts';
import { safe } from '../wording/text.ts';
import { EXIT, Stopped } from './stopped.ts';

/** Throws Stopped for a file that is wrong. */
export const accessOf = (config: Config): Access => {
  try {
    return accessByTokens({ path: tokensFileOf(config), recordedBy: config.recordedBy, clock: systemClock });
  } catch (error) {
    throw tokensFailure(error) ?? error;
  }
};

export const tokensFailure = (error: unknown): Stopped | undefined => {
  if (error instanceof TokensInvalid) {
    const faults = error.faults.map((fault) => `\n  ${safe(fault)}`).join('');
    return new Stopped(EXIT.usage, `The file of tokens, ${safe(error.path)}, cannot be used:${faults}`, { cause: error });
  }
  if (error instanceof TokensLocked) {
    const message = `Another command is changing the tokens, or was stopped while it did. If none runs, remove ${safe(error.lock)}, and repeat.`;
    return new Stopped(EXIT.refused, message, { cause: error });
  }
  return undefined;
};
