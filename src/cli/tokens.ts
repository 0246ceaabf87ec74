/** `ledger tokens`: makes one, lists them, revokes one. It changes their file alone, which a running server follows. */
import { dirname } from 'node:path';
import { Command } from 'commander';
import { newTokenParts, systemClock } from '../application/clock.ts';
import { changeTokens, readTokens } from '../application/token-file.ts';
import { tokensFileOf } from '../config.ts';
import { DAY_MS } from '../domain/calendar.ts';
import { INSTANT_MS_MAX, type Instant, instantFromMs, instantOf, msOf } from '../domain/time.ts';
import { nameKey, ROLES, type Role, TOKENS_MAX, type Token, tokenName, tokenText } from '../domain/token.ts';
import { EMBEDDED } from '../engines.ts';
import { sha256Hex } from '../envelope/sha256.ts';
import { recordedHour } from '../wording/hours.ts';
import { counted, safe } from '../wording/text.ts';
import { command, type Shell } from './shell.ts';
import { EXIT, Stopped } from './stopped.ts';
import { storeFailure } from './store-failure.ts';
import { aligned } from './terminal.ts';
import { tokensFailure } from './token-access.ts';

export const tokensCommand = (shell: Shell): Command => {
  const parent = new Command('tokens').description('who may ask and record: make a token, list them, revoke one');
  for (const child of [addCommand, listCommand, revokeCommand]) parent.addCommand(child(shell));
  return parent;
};

type Options = { readonly data?: string; readonly json?: true };

/** What everybody may see of a token. */
const shown = ({ id, name, role, createdAt, expiresAt }: Token) => ({ id, name, role, createdAt, expiresAt });

const usage = (message: string): Stopped => new Stopped(EXIT.usage, message);

/** The path of the file, and what became of work with it. What is wrong with it, or with the folder, becomes a sentence. */
const withFile = async <T>(shell: Shell, { data }: Options, use: (path: string) => Promise<T>): Promise<T> => {
  const path = tokensFileOf(shell.config({ data }));
  try {
    return await use(path);
  } catch (error) {
    throw tokensFailure(error) ?? storeFailure(error, { engine: EMBEDDED, folder: dirname(path) })?.stopped ?? error;
  }
};

// ---- Making one

type AddOptions = Options & { readonly name: string; readonly role: string; readonly expires?: string };

const addCommand = (shell: Shell): Command =>
  command('add')
    .description('make a token, and print it: once, since only its hash is kept')
    .requiredOption('--name <name>', 'who holds it: written down as the recorder of what he records')
    .requiredOption('--role <role>', `${ROLES.join(', ')}: each may do what those before it may`)
    .option('--expires <days | instant>', 'when it ends: in so many days, or 2027-01-01T00:00Z (default: never)')
    .action((options: AddOptions) =>
      withFile(shell, options, async (path) => {
        const createdAt = systemClock();
        const asked = {
          name: nameFrom(options.name),
          role: roleFrom(options.role),
          createdAt,
          expiresAt: endFrom(options.expires, createdAt),
        };
        const parts = newTokenParts();
        const token: Token = { id: parts.id, ...asked, sha256: sha256Hex(parts.secret) };
        await changeTokens(path, (tokens) => [...tokens, unlike(token, tokens)]);
        const text = tokenText(parts);
        if (options.json) return shell.print(JSON.stringify({ ...shown(token), token: text }));
        shell.print(text);
        shell.note(`The token of ${safe(token.name)}, ${token.role}. It is shown only now: hand it over, and keep it like a password.`);
      }),
    );

const nameFrom = (typed: string): string => {
  const { data, error } = tokenName.safeParse(typed);
  if (data !== undefined) return data;
  throw usage(`"${safe(typed)}" cannot be the name of a token: ${error.issues.map(({ message }) => safe(message)).join('; ')}.`);
};

const roleFrom = (typed: string): Role => {
  const role = ROLES.find((one) => one === typed);
  if (role) return role;
  throw usage(`"${safe(typed)}" is no role. There are: ${ROLES.join(', ')}.`);
};

const DAYS = /^\d{1,7}$/;

const endFrom = (typed: string | undefined, now: Instant): Instant | null => {
  if (typed === undefined) return null;
  const read = DAYS.test(typed) ? instantAfter(Number(typed), now) : instantOf(typed);
  if (!('value' in read))
    throw usage(`"${safe(typed)}" is no end: a number of days, or an instant with an offset such as 2027-01-01T00:00Z.`);
  if (read.value <= now) throw usage(`"${safe(typed)}" is over already: nobody could use the token.`);
  return read.value;
};

const instantAfter = (days: number, now: Instant): { readonly value: Instant } | { readonly invalid: string } => {
  const ms = msOf(now) + days * DAY_MS;
  return ms <= INSTANT_MS_MAX ? { value: instantFromMs(ms) } : { invalid: 'beyond the last year' };
};

const unlike = (token: Token, tokens: readonly Token[]): Token => {
  if (tokens.length >= TOKENS_MAX) throw usage(`There are ${counted(TOKENS_MAX)} tokens already. Revoke those that nobody uses.`);
  const like = tokens.find(({ name }) => nameKey(name) === nameKey(token.name));
  if (like)
    throw usage(
      `There is a token of ${safe(like.name)} already: what is recorded names its recorder by it. Revoke that one, or choose another name.`,
    );
  return token;
};

// ---- Listing

const listCommand = (shell: Shell): Command =>
  command('list')
    .description('which tokens there are')
    .action((options: Options) =>
      withFile(shell, options, async (path) => {
        const tokens = readTokens(path);
        if (options.json) return shell.print(JSON.stringify({ tokens: (tokens ?? []).map(shown) }));
        if (!tokens) return shell.print('No tokens: whoever reaches the ledger on this machine may read and record.');
        if (tokens.length === 0) shell.print('No token is left: nobody is let in.');
        for (const line of aligned(tokens.map(rowOf), ['left', 'left', 'left', 'left', 'left'])) shell.print(line);
      }),
    );

const rowOf = ({ id, name, role, createdAt, expiresAt }: Token): readonly string[] => {
  const end =
    expiresAt === null ? 'does not expire' : `${expiresAt <= systemClock() ? 'EXPIRED' : 'expires'} ${recordedHour(expiresAt, 'UTC')}`;
  return [id, role, `made ${recordedHour(createdAt, 'UTC')}`, end, safe(name)];
};

// ---- Revoking

const revokeCommand = (shell: Shell): Command =>
  command('revoke')
    .description('take a token back: a running server refuses it from the next request on')
    .argument('<name or id>', 'the token')
    .action((named: string, options: Options) =>
      withFile(shell, options, async (path) => {
        let revoked: Token | undefined;
        let left = 0;
        await changeTokens(path, (tokens) => {
          revoked = tokenNamed(named, tokens);
          const others = tokens.filter(({ id }) => id !== revoked?.id);
          left = others.length;
          return others;
        });
        if (!revoked) throw new Error('a token that was taken out without being found');
        if (options.json) return shell.print(JSON.stringify({ ...shown(revoked), left }));
        shell.print(`Revoked: the token of ${safe(revoked.name)} (${revoked.id}). Its name stays in what was recorded with it.`);
        if (left === 0) shell.note('No token is left: nobody is let in any more. "npx ledger tokens add" makes one.');
      }),
    );

const tokenNamed = (named: string, tokens: readonly Token[]): Token => {
  const token = tokens.find(({ id, name }) => id === named || name === named);
  if (token) return token;
  throw new Stopped(EXIT.notFound, `No token has the name or id "${safe(named)}". "npx ledger tokens list" shows which there are.`);
};
