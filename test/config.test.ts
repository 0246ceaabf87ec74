import { describe, expect, it } from 'vitest';
import { ConfigInvalid, readConfig } from '../src/config.ts';

const faultsOf = (variables: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(variables);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ folder: './data', host: '127.0.0.1', port: 4000, name: 'enforcement ledger' });
    expect(config.recordedBy).toMatch(/^local:./);
  });

  it('takes what the environment says', () => {
    const variables = {
      LEDGER_DATA: '/tmp/x',
      LEDGER_HOST: '::1',
      LEDGER_PORT: '0',
      LEDGER_NAME: 'two orders',
      LEDGER_RECORDED_BY: 'legal desk',
    };
    expect(readConfig(variables)).toEqual({ folder: '/tmp/x', host: '::1', port: 0, name: 'two orders', recordedBy: 'legal desk' });
  });

  it.each(['0.0.0.0', '::', '10.0.0.1', 'ledger.example', '127.0.0.1.example'])(
    'refuses to listen on %s, says why and how to mend it',
    (host) => {
      const [fault] = faultsOf({ LEDGER_HOST: host });
      expect(fault).toMatch(/^LEDGER_HOST: .*loopback.*tokens.*LEDGER_HOST/);
    },
  );

  it.each(['70000', '-1', '80a', ''])('refuses port %j', (port) => {
    expect(faultsOf({ LEDGER_PORT: port })).toHaveLength(1);
  });

  it('names everything that is wrong at once', () => {
    expect(faultsOf({ LEDGER_PORT: 'x', LEDGER_HOST: 'x', LEDGER_NAME: 'a\u0007b', LEDGER_DATA: '' })).toHaveLength(4);
  });
});
