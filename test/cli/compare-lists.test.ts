/** `ledger compare-lists` as somebody types it, with a schedule in a file, or pasted. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { xlsxOfTable } from '../../src/sheets/write.ts';
import { caseBody, listRow, orderBody, PLATFORM, withdrawRow } from '../support/bodies.ts';
import { environmentOf } from '../support/engine.ts';
import { openServedLedger, type ServedLedger } from '../support/served-ledger.ts';
import { ledger, type Typed } from './typed.ts';

// Each test starts processes, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const ENTRY = fileURLToPath(new URL('../../bin/ledger.js', import.meta.url));
const AT = ['--order', 'O1', '--at', '2021-02-10T18:00'];

const listedAs = (kind: string, verbatim: string) => ({ target: { platform: PLATFORM, kind, verbatim }, assertion: 'direct_record' });

let served: ServedLedger;
beforeAll(async () => {
  served = await openServedLedger();
  const { id: caseId } = await served.post('/v1/cases', caseBody);
  const { id: order } = await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O1', statedTargetCount: 4 });
  await served.post(`/v1/orders/${order}/targets`, { rows: ['alpha', 'beta', 'gamma', 'delta'].map(listRow) });
  await served.post(`/v1/orders/${order}/withdrawals`, { rows: [withdrawRow('delta')] });
  const { id: second } = await served.post('/v1/orders', { ...orderBody(caseId), ref: 'O2' });
  const mixed = [listRow('outside'), listRow('alpha'), listedAs('url', 'https://birdsite.example/Page'), listedAs('hashtag', '#Tag')];
  await served.post(`/v1/orders/${second}/targets`, { rows: mixed });
});
afterAll(() => served.close());

const typed = (...args: readonly string[]): Promise<Typed> => ledger('compare-lists', ...args, '--data', served.folder);
const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(served.folder, name);
  writeFileSync(path, content);
  return path;
};
const flat = ({ code, out, err }: Typed) => ({ code, out: out.replace(/\s+/g, ' '), err });

const pasted = (text: string, ...args: readonly string[]): Promise<Typed> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [ENTRY, 'compare-lists', ...args, '--data', served.folder], {
      env: environmentOf(served.folder),
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(text);
  });

describe('ledger compare-lists', () => {
  it('says that it is the same list, whatever its order and its writing', async () => {
    const path = fileOf('same.txt', '\ufeff@GAMMA\r\n\r\nbeta\r\n  Alpha  \r\n');
    const { code, out, err } = flat(await typed(path, ...AT));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('the order states 4; the record lists 3 accounts (1 more given up by then); the list names 3 accounts');
    expect(out).toContain('3 accounts in both THE SAME: both name the same, and every line could be read');
    expect(out).toMatch(/the list against ORDER O1, 10 Feb 2021 18:00 IST as recorded to event \d+ \(recorded .* IST\); hours in IST/);
  });

  it('names each line that is to be looked at, and what no line names, and ends with a code of its own', async () => {
    const lines = [
      'alpha',
      '@ALPHA',
      'delta',
      'nobody',
      'b\u0435ta',
      'two words',
      'red\u202eo',
      'https://elsewhere.example/x',
      'x'.repeat(3_000),
      '=1+1',
    ];
    const { code, out, err } = flat(await typed(fileOf('other.txt', lines.join('\n')), ...AT));
    expect({ code, err }).toEqual({ code: 5, err: 'ledger: The list is not the one on record.\n' });
    expect(out).toContain('the list names 4 accounts');
    expect(out).toContain(
      '1 account in both 2 accounts only in the list that was sent 2 accounts only on record 1 account in the list that was sent, and given up by the order by then',
    );
    expect(out).toContain(
      '1 line names again what an earlier one names 5 lines that cannot be read 1 in the list that was sent with letters',
    );
    expect(out).toContain('line 2 @ALPHA the same as line 1');
    expect(out).toContain(
      'line 3 delta account: given up by the order 2 Feb 2021 12:00 IST, event 8; listed 31 Jan 2021 12:00 IST, event 7',
    );
    expect(out).toContain('line 4 nobody account: not listed by the order; nothing is recorded of it');
    expect(out).toContain('line 5 b\u0435ta account: not listed by the order; nothing is recorded of it; letters of more than one script');
    expect(out).toContain('line 6 two words cannot be read: not a handle');
    expect(out).toContain('line 7 red\\u{202e}o cannot be read: it has the character U+202E');
    expect(out).toContain('line 8 https://elsewhere.example/x cannot be read: an address on another platform');
    expect(out).toMatch(/line 9 x{59}… cannot be read: too long/);
    expect(out).toContain('line 10 =1+1 cannot be read: not a handle');
    expect(out).toMatch(/ON RECORD, AND NOT IN THE LIST beta account: listed 31 Jan 2021 12:00 IST, event 5 gamma account: listed/);
    expect(out).toContain('Of one of them, all that is recorded: npx ledger trail --target delta');
  });

  it('says what was compared: which file, which bytes, which column, how many lines', async () => {
    const content = 'no,Account\n1,alpha\n2,\n3,beta\n';
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = fileOf('which.csv', content);
    expect(flat(await typed(path, ...AT, '--column', 'Account')).out).toContain(
      `the list: which.csv, column "Account"; 2 rows with a value SHA-256 of what was read: ${sha256}`,
    );
    const { out } = flat(await pasted('alpha\n\n', ...AT));
    const ofPasted = createHash('sha256').update('alpha\n\n').digest('hex');
    expect(out).toContain(`the list: pasted; 1 line, blank ones apart SHA-256 of what was read: ${ofPasted}`);
  });

  it('names the order and the event where another order lists it', async () => {
    const { out } = flat(await pasted('outside\nalpha', ...AT, '--each'));
    expect(out).toMatch(/line 1 outside account: not listed by the order; listed by O2, event 11/);
    expect(out).toContain('line 2 alpha account: listed 31 Jan 2021 12:00 IST, event 4');
  });

  it('counts each kind by its name, and says what makes two of each kind the same', async () => {
    const of = ['--order', 'O2', '--at', '2021-02-10T18:00'];
    const { out } = flat(await pasted('outside\nHTTP://Birdsite.example/Page/#top', ...of));
    expect(out).toContain('the record lists 3 (2 accounts and 1 address; and 1 hashtag, not counted with them)');
    expect(out).toContain('the list names 2 (1 account and 1 address)');
    expect(out).toContain('1 account and 1 address in both 1 account and 1 hashtag only on record NOT THE SAME');
    expect(out).toContain('accounts: upper and lower case and the @ make no difference');
    expect(out).toContain(
      'addresses: upper and lower case count, except in the name of the host; http or https, a slash at the end, a fragment',
    );
    expect(out).toContain('hashtags: upper and lower case and the # make no difference');
    expect(out).not.toContain('posts: by their id');
    const path = flat(await pasted('https://birdsite.example/page', ...of, '--kind', 'url')).out;
    expect(path).toContain(
      'the record lists 1 address; the list names 1 address 0 in both 1 address only in the list that was sent 1 address only',
    );
    expect(path).not.toContain('accounts: upper');
  });

  it('takes what is pasted', async () => {
    const { code, out, err } = flat(await pasted('alpha\nbeta\ngamma', ...AT, '--each'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('line 1 alpha account: listed 31 Jan 2021 12:00 IST');
    expect(await pasted('', ...AT)).toEqual({ code: 2, out: '', err: 'ledger: The list has no line to compare.\n' });
    const noText = await pasted('nul\u0000\n', '-', ...AT);
    expect({ code: noText.code, out: noText.out }).toEqual({ code: 2, out: '' });
    expect(noText.err).toContain('NUL');
  });

  it('takes a column of a table, with the lines as the file has them', async () => {
    const path = fileOf('table.csv', 'no;Account;note\n1;@alpha;x\n2;beta;"two\nlines"\n\n4;\'@gamma;\n5;nobody;\n');
    const { code, out } = flat(await typed(path, ...AT, '--column', 'Account'));
    expect(code).toBe(5);
    expect(out).toContain('3 accounts in both 1 account only in the list that was sent');
    expect(out).toContain('line 7 nobody account: not listed by the order');
    expect(await typed(path, ...AT, '--column', 'Handle')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/table\.csv has no column "Handle"\. It has "no", "Account", "note"\.\n$/),
    });
    expect((await typed(path, ...AT)).out).toContain('If the file is a table, name the column that has the list: --column <name>');
  });

  it('takes a column of a workbook', async () => {
    const rows = [
      ['1', '@alpha'],
      ['2', 'beta'],
      ['3', 'gamma'],
    ];
    const path = fileOf('table.xlsx', await xlsxOfTable({ columns: ['no', 'Account'], rows }, 'Schedule'));
    expect(await typed(path, ...AT, '--column', 'Account')).toMatchObject({ code: 0, err: '' });
    const post = [{ type: Number, value: 1_356_000_000_000_000_000 }];
    const rounded = await writeExcelFile([[{ value: 'Post' }], post], { sheet: 'Schedule' }).toBuffer();
    expect(await typed(fileOf('rounded.xlsx', rounded), ...AT, '--column', 'Post')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/rounded\.xlsx, row 2: ".+" is a number whose last digits the spreadsheet may have rounded/),
    });
  });

  it('prints the answer as it is, page by page', async () => {
    const path = fileOf('json.txt', 'nobody\nalpha\n');
    const { code, out } = await typed(path, ...AT, '--json');
    expect(code).toBe(5);
    expect(JSON.parse(out)).toMatchObject({
      ...{ isSame: false, statedTargetCount: 4, next: null, validAt: '2021-02-10T12:30:00.000Z' },
      counts: { matched: 1, onlyInSheet: 1, onlyInLedger: 2, ledger: { withdrawn: 1 } },
      rows: [{ is: 'only_in_sheet', line: 1 }, { is: 'only_in_ledger' }, { is: 'only_in_ledger' }],
    });
  });

  it('is as known then', async () => {
    const path = fileOf('then.txt', 'alpha\nbeta\ngamma\ndelta\n');
    expect((await typed(path, ...AT, '--known-at', '7')).code).toBe(0);
    expect((await typed(path, ...AT)).code).toBe(5);
    expect((await typed(path, ...AT, '--known-at', '2')).code).toBe(3);
  });

  it.each([
    ['a workbook without a column', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]), /is a workbook, or another packed file\. Name the column/],
    ['a PDF', Buffer.from('%PDF-1.7'), /is a PDF/],
    ['UTF-16', Buffer.from('\ufeffalpha', 'utf16le'), /UTF-16/],
    ['another encoding', Buffer.from([0x61, 0x0a, 0xe9, 0x0a]), /Line 2 has bytes that are no UTF-8/],
    ['nothing', Buffer.from('\n \n'), /has no line to compare/],
    ['too many lines', Buffer.from('a\n'.repeat(100_001)), /has 100,001 lines; at most 100,000/],
    ['too many bytes', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), /has more than 5,242,880 bytes/],
  ])('refuses %s, and says how to go on', async (name, content, message) => {
    const { code, out, err } = await typed(fileOf(`${name}.txt`, content), ...AT);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('refuses what names no file and no order', async () => {
    expect(await typed(join(served.folder, 'nowhere.txt'), ...AT)).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be opened'),
    });
    expect(await typed(served.folder, ...AT)).toMatchObject({ code: 2, err: expect.stringContaining('is no file') });
    const path = fileOf('one.txt', 'alpha\n');
    expect(await typed(path, '--order', 'O9')).toMatchObject({ code: 3, err: expect.stringContaining('No order is called "O9"') });
    expect(await typed(path)).toMatchObject({ code: 2, err: expect.stringContaining('--order') });
    expect(await typed(path, ...AT, '--kind', 'thing')).toMatchObject({ code: 2, err: expect.stringContaining('--kind') });
  });
});
