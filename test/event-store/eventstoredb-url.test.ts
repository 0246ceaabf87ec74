/** The address of a cluster: what is taken, what is refused and why, and that no secret is shown. */
import { describe, expect, it } from 'vitest';
import { type ClusterAddress, readClusterUrl, shownAddress } from '../../src/event-store/eventstoredb-url.ts';

const addressOf = (url: string): ClusterAddress => {
  const read = readClusterUrl(url);
  if ('fault' in read) throw new Error(read.fault);
  return read.address;
};
const faultOf = (url: string): string => {
  const read = readClusterUrl(url);
  return 'fault' in read ? read.fault : '';
};

describe("a cluster's address", () => {
  it('is one host, several, or a name that stands for all', () => {
    expect(addressOf('esdb://ledger:p@db:2114')).toMatchObject({
      hosts: [{ address: 'db', port: 2114 }],
      isDiscovery: false,
      isEncrypted: true,
    });
    expect(addressOf('esdb://ledger:p@a,b:2114,c').hosts).toEqual([
      { address: 'a', port: 2113 },
      { address: 'b', port: 2114 },
      { address: 'c', port: 2113 },
    ]);
    expect(addressOf('esdb+discover://ledger:p@nodes.example:2113/')).toMatchObject({ isDiscovery: true });
  });

  it.each(['esdb', 'kurrentdb', 'kurrent', 'kdb'])('may be written with %s://', (scheme) => {
    expect(addressOf(`${scheme}://db?tls=false`)).toMatchObject({ isEncrypted: false, isDiscovery: false });
    expect(addressOf(`${scheme}+discover://db?tls=false`)).toMatchObject({ isDiscovery: true });
  });

  it('has a user and a password that were percent-encoded', () => {
    expect(addressOf('esdb://led%40ger:p%3Aa%2Fss%3F@db').credentials).toEqual({ username: 'led@ger', password: 'p:a/ss?' });
    expect(addressOf('esdb://db?tls=false').credentials).toBeUndefined();
  });

  it('has options in any case, and the counts among them as numbers', () => {
    expect(
      addressOf('esdb://u:p@db?TLS=true&tlsCAFile=%2Fca.crt&max-discover-attempts=7&gossipTimeout=3&connectionName=legal'),
    ).toMatchObject({
      caFile: '/ca.crt',
      settings: { maxDiscoverAttempts: 7, gossipTimeout: 3, connectionName: 'legal' },
    });
    expect(faultOf('esdb://u:p@db?nodePreference=leader&throwOnAppendFailure=true&tlsVerifyCert=true')).toBe('');
  });

  it.each([
    ['', /must begin/],
    ['http://db:2113', /must begin/],
    ['esdb://', /no host/],
    ['esdb://u:p@', /no host/],
    ['esdb://u:p@db:0', /no host/],
    ['esdb://u:p@db:65536', /no host/],
    ['esdb://u:p@[::1]:2113', /IPv6/],
    ['esdb://u:p@a,,b', /no host/],
    ['esdb://u@db', /user:password/],
    ['esdb://u:p:q@db', /user:password/],
    ['esdb://u:%zz@db', /user:password/],
    ['esdb://u:p?x@db', /percent-encode/],
    ['esdb+discover://u:p@a,b', /one name/],
    ['esdb://db', /names no user/],
    ['esdb://u:p@db?tls=maybe', /true or false/],
    ['esdb://u:p@db?gossipTimeout=soon', /whole number/],
    ['esdb://u:p@db?nodePreference=follower', /only `leader`/],
    ['esdb://u:p@db?tlsVerifyCert=false', /tlsCAFile/],
    ['esdb://u:p@db?throwOnAppendFailure=false', /always an error/],
    ['esdb://u:p@db?keepAliveInterval=5', /leave it out/],
    ['esdb://u:p@db?userCertFile=x', /not supported/],
    ['esdb://u:p@db?colour=red', /not known/],
  ])('is refused where it cannot be used: %s', (url, reason) => {
    expect(faultOf(url)).toMatch(reason);
  });

  it('is shown without what opens it, and no fault says it either', () => {
    expect(shownAddress(addressOf('esdb://led%40ger:Secret%21@a:1,b:2'))).toBe('esdb://led%40ger@a:1,b:2');
    expect(shownAddress(addressOf('kurrentdb+discover://db?tls=false'))).toBe('esdb+discover://db:2113?tls=false');
    for (const rest of ['@db?colour=red', '@[::1]', '@', ':more@db', '@db?x?y', '@a,b?tls=maybe', ''])
      for (const scheme of ['esdb', 'esdb+discover', 'http']) expect(faultOf(`${scheme}://user:Secret${rest}`)).not.toContain('Secret');
  });
});
