/** `ledger template`, `import` and `imports`, as a new user types them: out, filled in, tried, mended, imported; with a server and without. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { killLedgers, startLedger } from '../support/ledger-process.ts';
import { ledger, type Typed } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ledger-cli-import-'));
});
afterAll(async () => {
  await killLedgers();
  rmSync(root, { recursive: true });
});

const GOV = new URL('../../examples/gov-takedowns/', import.meta.url).pathname;

describe('a new user', () => {
  const at = (name: string): string => join(root, 'template', name);
  const folder = (): string => join(root, 'data');
  const imported = (file: string, ...more: readonly string[]): Promise<Typed> =>
    ledger('import', file, '--mapping', at('mapping-csv.json'), '--data', folder(), ...more);

  it('gets a sheet and its mappings, and never over others', async () => {
    const { code, out } = await ledger('template', '--out', join(root, 'template'));
    expect([code, readdirSync(join(root, 'template')).toSorted()]).toEqual([
      0,
      ['accounts.csv', 'accounts.xlsx', 'mapping-csv.json', 'mapping-xlsx.json'],
    ]);
    expect(out).toContain(`npx ledger import ${at('accounts.csv')} --mapping ${at('mapping-csv.json')} --dry-run`);
    expect(await ledger('template', '--out', join(root, 'template'))).toMatchObject({ code: 2, out: '' });
  });

  it('tries it where no ledger is, and leaves none', async () => {
    const { code, out, err } = await imported(at('accounts.csv'), '--dry-run');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^SHA-256 of the file: [0-9a-f]{64}\n4 rows ready, 0 doubtful, 0 refused, of 4; \d+ facts would be recorded\.$/m);
    expect(out).toContain('1 Feb 2021 14:00 IST: @synthetic-one (account synthetic-one on birdsite.example) withheld in IN, citing ');
    expect(out).toMatch(/withheld in IN, citing .* \[platform report\]\n/);
    expect(out).toMatch(/issued by Ministry to Birdsite.* \[direct record\]\n/);
    expect(readdirSync(root)).toEqual(['template']);
  });

  it('is told what is wrong, gets it back as a sheet, mends it and sends it again', async () => {
    writeFileSync(at('wrong.csv'), readFileSync(at('accounts.csv'), 'utf8').replace('2021-02-10', '10/02/2021'));
    const first = await imported(at('wrong.csv'), '--refused', at('refused.csv'));
    expect([first.code, first.err]).toEqual([5, '']);
    expect(first.out).toContain('3 rows recorded, 0 doubtful, 1 refused, of 4; ');
    expect(first.out).toMatch(
      /^Import [0-9a-f-]{36} of wrong\.csv, complete with event \d+, \d+ \w{3} \d{4} .*UTC\.\nSHA-256 of the file: [0-9a-f]{64}$/m,
    );
    expect(first.out).toMatch(/row 4, column Declined at "10\/02\/2021" {2}/);
    const refused = readFileSync(at('refused.csv'), 'utf8');
    expect(refused.trimEnd().split('\r\n')).toHaveLength(2);
    writeFileSync(at('mended.csv'), refused.replace('10/02/2021', '2021-02-10').replace(/"Declined at: .*"/, '""'));
    const second = await imported(at('mended.csv'));
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toContain('1 row recorded, 0 doubtful, 0 refused, of 1; ');
    expect((await imported(at('accounts.csv'))).out).toContain('4 on record already');
    expect(await imported(at('wrong.csv'), '--refused', at('refused.csv'))).toMatchObject({ code: 2, out: '' });
  });

  it('has its rows back under a mapping that begins with the mark of its byte order, as editors leave one', async () => {
    const [mapping, refused] = [at('marked.json'), at('marked-refused.csv')];
    writeFileSync(mapping, `\uFEFF${readFileSync(at('mapping-csv.json'), 'utf8')}`);
    const typed = ['import', at('wrong.csv'), '--mapping', mapping, '--dry-run', '--data', folder()];
    const { code, err } = await ledger(...typed, '--refused', refused);
    expect([code, err]).toEqual([5, '']);
    expect(readFileSync(refused, 'utf8').trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('sees what was imported, one by one', async () => {
    const list = await ledger('imports', '--data', folder(), '--json');
    const [{ id }, ...others] = JSON.parse(list.out).imports;
    expect(others).toHaveLength(1);
    const one = await ledger('imports', id, '--data', folder());
    expect(one).toMatchObject({ code: 0, err: '' });
    expect(one.out).toMatch(
      /wrong\.csv, by local:\S+ \(name not checked\), .*SHA-256 [0-9a-f]{64}\n.*4 rows: 3 recorded.*; \d+ facts recorded\n/,
    );
    expect(one.out).toMatch(/\n {2}mapping ".+"; SHA-256 [0-9a-f]{64}\n {2}nothing was confirmed\n/);
    expect(one.out).toMatch(/\n.*row 4, column Declined at "10\/02\/2021" {2}refused: /);
    expect((await ledger('imports', '00000000-0000-4000-8000-000000000001', '--data', folder())).code).toBe(3);
    expect((await ledger('imports', 'x', '--data', folder())).code).toBe(2);
  });

  it('hears which facts of a row were recorded though another was refused, and what was confirmed', async () => {
    const [restored, account] = [
      { column: 'Restored', as: 'time' },
      { column: 'Account', as: 'target' },
    ];
    const common = { assertion: 'platform_report', synthetic: true, target: { ...account, platform: 'birdsite.example', kind: 'account' } };
    const fields = { orders: [], occurredAt: { column: 'Withheld', as: 'time' } };
    const rows = [
      { event: 'TargetWithheld', fields: { ...fields, territory: ['IN'], basis: 'unstated' } },
      { event: 'TargetReinstated', fields: { ...fields, reason: 'unstated', occurredAt: restored } },
    ];
    const mapping = { mapping: 1, name: 'Two facts each', file: { format: 'csv' }, zone: 'Asia/Kolkata', common, rows };
    writeFileSync(at('two.json'), JSON.stringify(mapping));
    writeFileSync(at('two.csv'), 'Account,Withheld,Restored\n@part,2021-02-01 14:00,2021-01-31 10:00\n');
    const typed = ['import', at('two.csv'), '--mapping', at('two.json'), '--data', folder(), '--confirm', 'unmatched'];
    const tried = await ledger(...typed, '--dry-run');
    expect(tried.out).toContain('0 rows ready, 0 doubtful, 1 refused, of 1; 1 fact would be recorded.');
    expect(tried.out).toContain('\n  row 2: 1 of 2 facts would be recorded: withheld\n');
    const { code, out } = await ledger(...typed);
    expect([code, out.includes('0 rows recorded, 0 doubtful, 1 refused, of 1; 1 fact recorded.')]).toEqual([5, true]);
    expect(out).toContain('\n  row 2: 1 of 2 facts recorded: withheld\n');
    expect(out).toContain(
      'row 2  1 Feb 2021 14:00 IST: @part (account part on birdsite.example) withheld in IN, no basis stated, citing no order [platform report]\n',
    );
    const [, id = ''] = /^Import (\S+) of/.exec(out) ?? [];
    const one = await ledger('imports', id, '--data', folder());
    expect(one.out).toMatch(/mapping "Two facts each"; SHA-256 [0-9a-f]{64}\n {2}confirmed: unmatched \(all\)\n/);
    writeFileSync(at('two.csv'), 'Account,Withheld,Restored\n@part,2021-02-01 14:00,2021-01-30 10:00\n');
    expect((await ledger(...typed)).out).toContain('\n  row 2: 0 of 2 facts recorded; 1 on record already: withheld\n');
  });

  it('hears once a row which order is not on record, and has it so in the sheet to be mended', async () => {
    const [head = '', , , row = ''] = readFileSync(at('accounts.csv'), 'utf8').split('\r\n');
    writeFileSync(at('no-order.csv'), `${head}\r\n${row.replace('No. 1 of 2021', 'No. 9 of 2021')}\r\n`);
    const { code, out } = await imported(at('no-order.csv'), '--dry-run', '--refused', at('no-order-refused.csv'));
    const missing = /no order "+No\. 9 of 2021"+ of "+our sheet of accounts"+ is on record/g;
    expect([code, out.match(missing)?.length, out.includes('row 2: 0 of 2 facts would be recorded')]).toEqual([5, 1, true]);
    expect(out).toMatch(/^Dry run of no-order\.csv: nothing was recorded, and nothing would be\.\n/);
    expect(out).toContain('0 rows ready, 0 doubtful, 1 refused, of 1; 0 facts would be recorded.');
    expect((await imported(at('no-order.csv'))).out).toMatch(
      /^Nothing of no-order\.csv was recorded\.\n(.*\n)0 rows recorded, .*; 0 facts recorded\.\n/,
    );
    expect(readFileSync(at('no-order-refused.csv'), 'utf8').match(missing)).toHaveLength(1);
  });

  it('hears in a sentence what cannot be used', async () => {
    expect(await imported(join(root, 'none.csv'))).toMatchObject({ code: 2, out: '' });
    expect(await imported(at('accounts.csv'), '--confirm', 'anything')).toMatchObject({ code: 2, out: '' });
    for (const other of ['refused.pdf', 'other.xlsx', 'other.jsonl']) {
      const { code, out, err } = await imported(at('accounts.csv'), '--refused', at(other));
      expect([code, out, err.includes('ends in .csv')]).toEqual([2, '', true]);
    }
    const xlsx = await imported(at('accounts.xlsx'));
    expect([xlsx.code, xlsx.out]).toEqual([2, '']);
    expect(xlsx.err).toContain('SHEET_INVALID');
    writeFileSync(at('bad.json'), '{ "mapping": 2 }');
    const mapping = await ledger('import', at('accounts.csv'), '--mapping', at('bad.json'), '--data', folder());
    expect([mapping.code, mapping.err.includes('MAPPING_INVALID')]).toEqual([2, true]);
    const other = readFileSync(at('mapping-csv.json'), 'utf8').replace('"as": "territory"', '"as": "anything"');
    writeFileSync(at('places.json'), other);
    const places = await ledger('import', at('accounts.csv'), '--mapping', at('places.json'), '--data', folder());
    expect([places.code, places.out]).toEqual([2, '']);
    expect(places.err).toContain('\n  places.json at /rows/1/fields/territory/as: ');
    expect(places.err).not.toContain('--mapping: ');
    writeFileSync(at('no-json.json'), '{ "mapping": 1, }');
    const noJson = await ledger('import', at('accounts.csv'), '--mapping', at('no-json.json'), '--data', folder());
    expect([noJson.code, noJson.out]).toEqual([2, '']);
    expect(noJson.err).toMatch(/no-json\.json is no JSON: .*line 1 column 17/);
  });
});

describe('a file of JSON lines', () => {
  it('has its refused rows back as lines, mended and sent again with the same mapping', async () => {
    const [mapping, file, refused, folder] = ['lines.json', 'lines.jsonl', 'refused.jsonl', 'lines'].map((name) => join(root, name));
    const account = { column: 'Account', as: 'target', platform: 'birdsite.example', kind: 'account' };
    const fields = {
      ...{ orders: [], territory: { column: 'Where', as: 'territory', list: true }, basis: 'unstated' },
      occurredAt: { column: 'Withheld', as: 'time' },
    };
    const common = { assertion: 'platform_report', synthetic: true, target: account };
    const said = { mapping: 1, name: 'Lines', file: { format: 'jsonl' }, zone: 'Asia/Kolkata', common };
    writeFileSync(`${mapping}`, JSON.stringify({ ...said, rows: [{ event: 'TargetWithheld', fields }] }));
    writeFileSync(`${file}`, '{"Account":"@a","Withheld":"2021-02-30","Where":["IN","PK"],"no":7}\n');
    const typed = (name: string | undefined, ...more: readonly string[]) =>
      ledger('import', `${name}`, '--mapping', `${mapping}`, '--data', `${folder}`, ...more);
    const first = await typed(file, '--refused', `${refused}`);
    expect([first.code, first.err]).toEqual([5, '']);
    const line = JSON.parse(readFileSync(`${refused}`, 'utf8'));
    expect(line).toMatchObject({ Account: '@a', Withheld: '2021-02-30', Where: ['IN', 'PK'], no: 7 });
    const { 'what is wrong': wrong, ...row } = line;
    expect(wrong).toMatch(/^Withheld: /);
    writeFileSync(`${file}`, JSON.stringify({ ...row, Withheld: '2021-02-28' }));
    expect((await typed(file)).out).toContain('1 row recorded, 0 doubtful, 0 refused, of 1; ');
  });
});

describe('ledger retract', () => {
  const folder = (): string => join(root, 'taken-back');
  const sheet = (name: string): string => join(root, 'retract', name);
  const retract = (...more: readonly string[]): Promise<Typed> => ledger('retract', ...more, '--data', folder());
  const idOf = ({ out }: Typed): string => /^Import (\S+) of/.exec(out)?.[1] ?? '';
  let [first, second] = ['', ''];

  beforeAll(async () => {
    await ledger('template', '--out', join(root, 'retract'));
    const imported = (name: string) => ledger('import', sheet(name), '--mapping', sheet('mapping-csv.json'), '--data', folder());
    first = idOf(await imported('accounts.csv'));
    const [head, row = ''] = readFileSync(sheet('accounts.csv'), 'utf8').split('\r\n');
    writeFileSync(sheet('other.csv'), `${head}\r\n${row.replace('synthetic-one', 'synthetic-other')}\r\n`);
    second = idOf(await imported('other.csv'));
  });

  it('tries it: the figures before and after, and what of others rests on the order that would go', async () => {
    const { code, out, err } = await retract('--import', first, '--reason', 'wrong', '--dry-run', '--at', '2021-02-01T15:00');
    expect([code, err]).toEqual([0, '']);
    const said = out.replaceAll(/\s+/g, ' ');
    expect(said).toContain(`import ${first}, accounts.csv: 11 of its 11 facts would be retracted.`);
    expect(said).toMatch(/In effect at this time: \S.*\/5 = \d+\.\d\d %.* before, the order not on record after/);
    expect(said).toContain('accounts under an order, 1 Feb 2021 15:00 IST · before: never declared complete');
    expect(said).toMatch(/WITH IT GOES order No\. 1 of 2021: [23] facts that are not retracted stand under it or cite it\./);
    const others = await retract('--import', second, '--reason', 'wrong', '--dry-run');
    expect([others.code, others.out.includes('WITH IT GOES')]).toEqual([0, false]);
    expect(others.out.replaceAll(/\s+/g, ' ')).toMatch(/\/5 = .* before, .*\/4 = .* after/);
    expect(JSON.parse((await retract('--import', first, '--reason', 'wrong', '--dry-run', '--json')).out)).toMatchObject({
      ...{ dryRun: true, wouldBeRecorded: 11 },
      resting: [{ name: 'No. 1 of 2021' }],
    });
    expect((await ledger('imports', '--data', folder())).out).not.toContain('RETRACTED');
  });

  it('takes an import in parts, by type and by case', async () => {
    const said = ['--import', first, '--reason', 'wrong', '--dry-run'];
    const listed = await retract(...said, '--types', 'TargetReinstated, TargetDeclined');
    expect([listed.code, listed.err]).toEqual([0, '']);
    expect(listed.out.replaceAll(/\s+/g, ' ')).toMatch(
      /(\d+) of its \1 facts of type TargetReinstated, TargetDeclined would be retracted\./,
    );
    const { cases } = JSON.parse((await ledger('status', '--data', folder(), '--json')).out);
    const ofCase = await retract(...said, '--case', cases[0].title);
    expect(ofCase.out.replaceAll(/\s+/g, ' ')).toContain('11 of its 11 facts of case ');
    const none = await retract(...said, '--case', '00000000-0000-4000-8000-000000000001');
    expect(none.out.replaceAll(/\s+/g, ' ')).toContain('0 of its 0 facts of case ');
    expect((await retract(...said, '--types', 'TargetEaten')).err).toContain('"TargetEaten" is no type of event');
  });

  it('names what rests on an event that cannot be retracted, and promises nothing', async () => {
    const { lines } = JSON.parse((await ledger('timeline', '--data', folder(), '--json')).out);
    const { event } = lines.find((line: { readonly type: string }) => line.type === 'OrderIssued').first;
    const { code, out } = await retract('--event', event, '--reason', 'wrong', '--dry-run');
    const said = out.replaceAll(/\s+/g, ' ');
    expect(code).toBe(5);
    expect(said).toMatch(
      /^Dry run: nothing was retracted, and nothing would be\. Not retracted: event \d+, order issued: Others depend on it \(EVENT_HAS_DEPENDENTS\)\. To be retracted first, since they rest on it: event \d+, [^;]+(; event \d+, [^;]+)*(; and \d+ more)?\. $/,
    );
    expect((await retract('--event', event, '--reason', 'wrong')).out).toContain('To be retracted first, since they rest on it: event ');
  });

  it('takes back one event, then the import, and imports say so', async () => {
    const server = await startLedger({ folder: folder() });
    const page = await (await fetch(new URL('/v1/events?limit=1000', server.url))).text();
    const ofSecond: readonly { readonly id: string; readonly type: string }[] = JSON.parse(page)
      .events.map(({ envelope }: { envelope: object }) => envelope)
      .filter(({ data }: { data: { batchId?: string } }) => data.batchId === second);
    const event = ofSecond.at(-1)?.id ?? '';
    const one = await retract('--event', event, '--reason', 'wrong', '--explanation', 'Another account was meant.');
    expect([one.code, one.err]).toEqual([0, '']);
    expect(one.out).toMatch(/^Retracted: event \d+, .+, by event \d+\.\n$/);
    expect((await retract('--event', event, '--reason', 'duplicate')).code).toBe(5);
    const said = ['--event', event, '--reason', 'wrong', '--explanation', 'Another account was meant.'];
    const before = await retract(...said, '--dry-run');
    expect([before.code, before.out.replaceAll(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringContaining(': retracted before; nothing is left to retract.'),
    ]);
    expect(before.out).not.toContain('would be retracted');
    expect((await ledger('imports', second, '--data', folder())).out).toContain(' 1 row: 1 recorded, ');
    expect((await ledger('imports', second, '--data', folder())).out).toMatch(
      /RETRACTED since: 1 of its \d facts; the others stand; by event \d+, recorded .* UTC; --known-at \d+ shows it as it stood before\n/,
    );
    expect((await retract('--import', first, '--reason', 'wrong')).out).toContain('11 of its 11 facts retracted.');
    const again = await retract('--import', first, '--reason', 'wrong');
    expect([again.code, again.out.replaceAll(/\s+/g, ' ')]).toEqual([
      0,
      `import ${first}, accounts.csv: 0 of its 11 facts retracted, 11 no longer stood. `,
    ]);
    expect((await ledger('imports', first, '--data', folder())).out).toContain('RETRACTED since: all 11 facts; by 11 events, ');
    server.kill('SIGTERM');
    await server.exit;
  });

  it('shows the orders of a case whose record was retracted, by its id and with words, and says so beforehand', async () => {
    const own = (...typed: readonly string[]): Promise<Typed> => ledger(...typed, '--data', join(root, 'no-case'));
    await own('import', sheet('accounts.csv'), '--mapping', sheet('mapping-csv.json'));
    const server = await startLedger({ folder: join(root, 'no-case') });
    const page = await (await fetch(new URL('/v1/events?limit=1000', server.url))).text();
    const opened: { readonly id: string; readonly stream: string } = JSON.parse(page).events.find(
      ({ envelope }: { envelope: { type: string } }) => envelope.type === 'CaseOpened',
    )?.envelope;
    const [event, id] = [opened.id, opened.stream.slice('case-'.length)];
    const tried = await own('retract', '--event', event, '--reason', 'wrong', '--dry-run');
    const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');
    expect(flat(tried.out)).toMatch(
      /WITH IT GOES case .+: its order No\. 1 of 2021 stays on record and goes on counting, shown with the id of the case .+ They stay on record, and in the figures\./,
    );
    expect((await own('retract', '--event', event, '--reason', 'wrong')).code).toBe(0);
    for (const typed of [['orders'], ['compliance'], ['state'], ['deadlines'], ['timeline'], ['orders', '--case', id]]) {
      const { code, out, err } = await own(...typed);
      expect([typed, code, err]).toEqual([typed, 0, '']);
      expect([typed, flat(out)]).toEqual([
        typed,
        expect.stringContaining(`Case ${id} ITS RECORD WAS RETRACTED: its orders stay on record`),
      ]);
    }
    server.kill('SIGTERM');
    await server.exit;
  });

  it('hears in a sentence what cannot be taken back', async () => {
    const none = '00000000-0000-4000-8000-000000000001';
    for (const [code, ...typed] of [
      [2, '--reason', 'wrong'],
      [2, '--import', first, '--event', none, '--reason', 'wrong'],
      [2, '--import', first],
      [2, '--import', first, '--reason', 'mistyped'],
      [2, '--import', 'x', '--reason', 'wrong'],
      [2, '--import', first, '--reason', 'wrong', '--at', '2021-02-01'],
      [2, '--event', none, '--types', 'TargetListed', '--reason', 'wrong'],
      [3, '--import', none, '--reason', 'wrong'],
      [3, '--event', none, '--reason', 'wrong'],
    ] as const) {
      const said = await retract(...typed);
      expect([typed, said.code, said.out, said.err === '']).toEqual([typed, code, '', false]);
    }
  });
});

describe('the notices that ship', () => {
  it('go in with one command, through a server too, and the timeline shows them', async () => {
    const folder = join(root, 'notices');
    const server = await startLedger({ folder });
    const notices = ['import', `${GOV}notices.jsonl`, '--mapping', `${GOV}mapping.json`, '--data', folder];
    const first = await ledger(...notices);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('109 rows recorded, 0 doubtful, 0 refused, of 109; 394 facts recorded.');
    server.kill('SIGTERM');
    await server.exit;
    expect((await ledger(...notices)).out).toContain(
      '0 rows recorded, 0 doubtful, 0 refused, 109 on record already, of 109; 0 facts recorded.',
    );
    const { code, out } = await ledger('timeline', '--data', folder, '--json');
    const { lines } = JSON.parse(out);
    expect(code).toBe(0);
    const counted = (type: string): number => lines.filter((line: { type: string }) => line.type === type).length;
    expect([counted('OrderIssued'), counted('StatementMade')]).toEqual([109, 109]);
  });
});
