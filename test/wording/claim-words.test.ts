/** What was said and claimed, in words: always with whoever said it, and never as something that the ledger found. */
import { describe, expect, it } from 'vitest';
import type { Says } from '../../src/wording/said.ts';
import { sentence } from '../../src/wording/sentences.ts';

const told = (type: string, says: Says, orders: readonly string[] = []): string =>
  sentence({ type, says, orders, whom: '', classes: {}, zone: 'Asia/Kolkata' });

const CLAIM: Says = {
  claimant: { description: 'Sources in the ministry' },
  relayedBy: [{ organisation: 'A newspaper' }],
  metric: 'compliance_rate',
  population: { orders: [] },
  comparator: 'nearly',
  value: '97',
  numerator: 1398,
  denominator: 1435,
  unit: 'percent',
};
const claim = (said: Says, orders?: readonly string[]): string => told('ClaimRecorded', { ...CLAIM, ...said }, orders);
const published = (said: Says): string => /as published: (.*?);/.exec(claim(said))?.[1] ?? '';
const count: Says = { metric: 'targets_restricted', unit: 'count', numerator: null, denominator: null };
const duration: Says = { ...count, metric: 'restriction_duration', unit: 'duration' };

describe('a claim', () => {
  it('names who published it and who passed it on, and is called a claim', () => {
    expect(claim({}, ['O1', 'O2'])).toBe(
      'claim by Sources in the ministry (relayed by A newspaper), as published: nearly 97 %, 1,398/1,435; share of accounts in effect, under O1, O2 (not a figure of this ledger)',
    );
    expect(claim({ claimant: {}, relayedBy: [] })).toMatch(/^claim by unnamed, as published: /);
  });

  it('has its number as it was written', () => {
    expect(published({ value: '97.40' })).toBe('nearly 97.40 %, 1,398/1,435');
    expect(published({ value: null })).toBe('nearly, 1,398/1,435');
    expect(published({ ...count, comparator: 'gt', value: '500' })).toBe('more than 500');
    expect(published({ ...count, comparator: 'eq', value: null, numerator: 1398 })).toBe('1,398');
    expect(published({ ...count, comparator: 'eq', value: null, numerator: 1398, denominator: 1435 })).toBe('1,398/1,435');
    expect(published({ ...count, comparator: 'about', value: '1250', denominator: 1435 })).toBe('about 1,250, of 1,435');
    expect(published({ ...count, comparator: 'unquantified', value: null })).toBe('some, without a number');
    expect(published({ ...duration, comparator: 'lt', value: 'PT5H50M' })).toBe('less than 5 h 50 m');
    expect(published({ ...duration, comparator: 'range', value: null, range: { min: 'PT2M', max: 'P1DT10S' } })).toBe('2 m to 1 d 10 s');
    expect(published({ parts: [{ label: 'first order', numerator: 220, denominator: 257 }] })).toBe(
      'nearly 97 %, 1,398/1,435, first order 220/257',
    );
  });

  it('says what it is about, and as of when with the zone', () => {
    const asOf = { earliest: '2021-02-12T03:30:00.000Z', latest: '2021-02-12T03:30:00.000Z' };
    const population = { orders: [], note: 'handles', measures: ['suspended'], kinds: ['account', 'post'], territory: ['IN'] };
    expect(claim({ asOf, definition: 'ever', population })).toContain(
      '; share of accounts and posts in effect, meaning handles, said to mean "In effect at some time so far, even if lifted", as of 12 Feb 2021 09:00 IST [measures: suspended; territory: IN] (not',
    );
  });

  it('counts what it says that it counts, and says that it retells another', () => {
    const listed: Says = { ...count, metric: 'targets_listed', comparator: 'eq', value: '257' };
    expect(claim({ ...listed, population: { orders: [], kinds: ['url'] } })).toContain('257; addresses listed (not');
    expect(claim({ ...listed, restates: '0d5f7c1a-5a5e-4c38-9a51-8a5f0c7b2e11' })).toContain(
      '257; accounts listed, retelling another claim (not',
    );
  });

  it('that is taken back says by whom and why', () => {
    expect(told('ClaimWithdrawn', { by: { organisation: 'A newspaper' }, reason: 'Miscounted.' })).toBe(
      'claim taken back by A newspaper: Miscounted.',
    );
  });
});

describe('a statement', () => {
  it('names who said it, to whom, how, and with what it compared', () => {
    const says = {
      kind: 'non_compliance_alleged',
      speaker: { role: 'Secretary' },
      addressee: { organisation: 'Platform' },
      medium: 'press_release',
      summary: 'Not enough was done.',
      comparators: ['Capitol Hill', 'Red Fort'],
      level: 'substantial parts',
      outcome: 'open',
    };
    expect(told('StatementMade', says, ['O1'])).toBe(
      'statement (non compliance alleged) by Secretary to Platform, press release, on O1: Not enough was done.; compared with Capitol Hill, Red Fort; to the extent of substantial parts; outcome: open',
    );
    expect(told('StatementMade', { kind: 'concern', speaker: {}, medium: 'unstated', summary: 'No.' })).toBe(
      'statement (concern) by unnamed: No.',
    );
  });
});

it('an answer to an order says which classes it names, and who states them', () => {
  const says = { answer: 'partly_declined', by: { organisation: 'Platform' }, scope: 'some', grounds: ['fundamental_right'] };
  const classes = ['news_media', 'activist'].map((name) => ({ class: name, assertedBy: 'the platform' }));
  expect(told('OrderAnswered', { ...says, classes }, ['O1'])).toBe(
    'order O1 partly declined by Platform (some of its list; which, is not on record): fundamental right; classes as stated by the platform: news media, activist',
  );
});

it('a file on record says which bytes they are, and where they are from', () => {
  const says = { sha256: 'ab', bytes: 1_234, mediaType: 'application/pdf', obtainedFrom: 'Gazette', method: 'downloaded' };
  expect(told('EvidenceRegistered', says)).toBe('file put on record: application/pdf, 1,234 bytes, SHA-256 ab; from Gazette, downloaded');
  expect(told('EvidenceRegistered', { ...says, derivedFrom: 'cd' })).toContain('; made from cd: how, is not said');
});

it('nothing that somebody wrote moves the cursor or turns the line around', () => {
  const evil = 'a\u001b[2J\u202eb';
  const all = [
    claim({
      claimant: { name: evil },
      relayedBy: [{ name: evil }],
      value: evil,
      population: { note: evil, kinds: [evil], measures: [evil] },
    }),
    claim({ metric: evil, comparator: evil, parts: [{ label: evil }], range: { min: evil } }),
    told('ClaimWithdrawn', { by: { name: evil }, reason: evil }),
    told('StatementMade', {
      kind: evil,
      speaker: { name: evil },
      medium: evil,
      summary: evil,
      comparators: [evil],
      level: evil,
      outcome: evil,
    }),
    told('EvidenceRegistered', { sha256: evil, mediaType: evil, obtainedFrom: evil, method: evil, derivedFrom: evil, derivation: evil }),
  ];
  for (const line of all) for (const unsafe of ['\u001b', '\u202e']) expect(line).not.toContain(unsafe);
});
