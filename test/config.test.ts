import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertMayListen, ConfigInvalid, readConfig, tokensFileOf } from '../src/config.ts';
import { DEADLINE_RULES } from '../src/domain/deadlines/deadline-rules.ts';

const faultsOf = (variables: NodeJS.ProcessEnv): readonly string[] => faultsIn(() => readConfig(variables));
const faultsIn = (work: () => unknown): readonly string[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
};

const TOKEN = `elt_${'0'.repeat(16)}_${'1'.repeat(64)}`;

describe('the configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ folder: './data', host: '127.0.0.1', port: 4000, name: 'enforcement ledger', token: null });
    expect(config.recordedBy).toMatch(/^local:./);
    expect(tokensFileOf(config)).toBe(join('data', 'tokens.json'));
  });

  it('takes what the environment says', () => {
    const variables = {
      LEDGER_DATA: '/tmp/x',
      LEDGER_HOST: '::1',
      LEDGER_PORT: '0',
      LEDGER_NAME: 'two orders',
      LEDGER_RECORDED_BY: 'legal desk',
      LEDGER_TOKENS: '/run/secrets/tokens.json',
      LEDGER_TOKEN: TOKEN,
    };
    expect(readConfig(variables)).toEqual({
      ...{ folder: '/tmp/x', host: '::1', port: 0, name: 'two orders', recordedBy: 'local:legal desk' },
      ...{ tokens: '/run/secrets/tokens.json', token: TOKEN },
      rules: DEADLINE_RULES,
      engine: { kind: 'embedded' },
    });
  });

  it('names a cluster that keeps the log, and what its streams begin with', () => {
    const { engine } = readConfig({ EVENTSTORE_URL: 'kurrentdb://ledger:secret@db:2113', EVENTSTORE_STREAM_PREFIX: 'legal.' });
    expect(engine).toMatchObject({ kind: 'eventstoredb', prefix: 'legal.', address: { hosts: [{ address: 'db', port: 2113 }] } });
    expect(readConfig({ EVENTSTORE_URL: 'esdb://db?tls=false' }).engine).toMatchObject({ prefix: 'el.' });
  });

  it('refuses a cluster that cannot be reached so, and never says its password', () => {
    expect(faultsOf({ EVENTSTORE_URL: 'esdb://ledger:secret@db?tls=perhaps' })).toEqual(['EVENTSTORE_URL: tls is true or false']);
    for (const prefix of ['', 'el', '$el.', 'El.', 'e.l.', 'el.order-'])
      expect(faultsOf({ EVENTSTORE_URL: 'esdb://db?tls=false', EVENTSTORE_STREAM_PREFIX: prefix })).toHaveLength(1);
    expect(faultsOf({ EVENTSTORE_URL: 'esdb://ledger:secret@db', DEBUG: 'esdb:*' })).toEqual([expect.stringMatching(/^DEBUG: /)]);
    expect(faultsOf({ EVENTSTORE_URL: 'esdb://db?tls=false', DEBUG: 'esdb:*' })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', 'ledger.example', '127.0.0.1.example'])(
    'refuses to listen on %s without a token, says why and how to mend it',
    (host) => {
      const config = readConfig({ LEDGER_HOST: host }); // not refused by itself: a command that makes the first token has to run under it
      const [fault] = faultsIn(() => assertMayListen(config, false));
      expect(fault?.startsWith(host)).toBe(true);
      expect(fault).toMatch(/loopback.*token.*tokens add.*LEDGER_HOST/);
      expect(faultsIn(() => assertMayListen(config, true))).toEqual([]);
    },
  );

  it.each(['localhost', '127.0.0.1', '::1'])('lets %s be listened on', (host) => {
    expect(faultsIn(() => assertMayListen({ host }, false))).toEqual([]);
  });

  it('marks a name that nobody checked, once', () => {
    expect(readConfig({ LEDGER_RECORDED_BY: 'desk' }).recordedBy).toBe('local:desk');
    expect(readConfig({ LEDGER_RECORDED_BY: 'local:desk' }).recordedBy).toBe('local:desk');
  });

  it.each(['', 'x', `${TOKEN}0`, `${TOKEN}\n`, TOKEN.toUpperCase()])('refuses what is no token, and does not repeat it', (token) => {
    expect(faultsOf({ LEDGER_TOKEN: token })).toEqual(['LEDGER_TOKEN: no token, or not the whole of one']);
  });

  it.each(['70000', '-1', '80a', ''])('refuses port %j', (port) => {
    expect(faultsOf({ LEDGER_PORT: port })).toHaveLength(1);
  });

  it('reads deadline rules from the file that is named, and says what is wrong with it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledger-rules-'));
    const written = async (text: string): Promise<string> => {
      const path = join(folder, 'rules.json');
      await writeFile(path, text);
      return path;
    };
    const own = { id: 'acme', version: 1, framework: 'House', provision: 'Clause 4', duration: 'PT24H' };
    const { rules } = readConfig({ LEDGER_DEADLINE_RULES: await written(JSON.stringify({ rules: [own] })) });
    expect(rules).toHaveLength(DEADLINE_RULES.length + 1);
    expect(faultsOf({ LEDGER_DEADLINE_RULES: await written('{ "rules": [') })).toEqual([expect.stringMatching(/is no JSON/)]);
    expect(faultsOf({ LEDGER_DEADLINE_RULES: await written('{ "rules": [{}] }') })[0]).toMatch(/rules\.json: rules\.0\.id: /);
    expect(faultsOf({ LEDGER_DEADLINE_RULES: join(folder, 'absent') })).toEqual([expect.stringMatching(/cannot be read/)]);
    await rm(folder, { recursive: true });
  });

  it('names everything that is wrong at once', () => {
    expect(faultsOf({ LEDGER_PORT: 'x', LEDGER_TOKEN: 'x', LEDGER_NAME: 'a\u0007b', LEDGER_DATA: '' })).toHaveLength(4);
  });
});
