/** Imports over HTTP: tried, recorded once, confirmed, mended, retracted as a batch, refused whole, and sent twice at once. */
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileToMend } from '../../src/application/import/sheet-to-mend.ts';
import { blockRow, caseBody } from '../support/bodies.ts';
import { accountIn, importForm, mappingOf, restoredRow, type Sent, sendImport, withheldRow } from '../support/imports.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(() => ledger.close());

const mapping = mappingOf([withheldRow(), restoredRow()]);
const table = (...lines: readonly string[]): string => ['Account,Withheld,Restored', ...lines].join('\n');
const two = table('@a,01/02/2021 14:00,', '@b,01/02/2021 14:00,01/02/2021 19:50');

const good = async (sent: Sent, options?: Parameters<typeof sendImport>[2]): Promise<Body> => {
  const { status, body } = await sendImport(ledger, sent, options);
  expect([status, body.code]).toEqual([200, undefined]);
  return body;
};
const filesIn = (place: string): readonly string[] => {
  const path = join(ledger.folder, 'evidence', place);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
};
const nothingStored = async (position = 1): Promise<void> => {
  expect(await ledger.position()).toBe(position);
  if (position === 1) expect(filesIn('.')).toEqual([]);
  expect(filesIn('incoming')).toEqual([]);
};
const reasons = (body: Body): readonly Body[] =>
  body.notRecorded.flatMap(({ row, reasons: all }: Body) => all.map((reason: Body) => ({ row, ...reason })));
const codes = (body: Body): readonly string[] => reasons(body).map(({ row, code }) => `${row} ${code}`);

describe('a dry run', () => {
  it('says what would become of each row, how it is read, and what to mend; and stores nothing', async () => {
    const file = table(
      '@a,01/02/2021 14:00,',
      '@b,31/02/2021 14:00,',
      '@c,01/02/2021 14:00,31/01/2021 10:00',
      ',01/02/2021 14:00,',
      '@e,,',
    );
    const body = await good({ mapping, file }, { dryRun: true });
    expect(body).toMatchObject({ status: 'would_be_recorded', id: null, position: null });
    expect(body.rows).toEqual({ rows: 5, recorded: 1, already: 0, doubtful: 0, refused: 3, nothing: 1 });
    const reads = (name: string): string =>
      `1 Feb 2021 14:00 IST: @${name} (account ${name} on birdsite.example) withheld in IN, no basis stated, citing no order [platform report]`;
    expect(body.samples).toEqual([
      { row: 2, reads: reads('a') },
      { row: 4, reads: reads('c') },
    ]);
    expect(body.recordedAt).toBeNull();
    expect(body.notRecorded.map(({ facts }: Body) => facts)).toEqual([null, { of: 2, recorded: ['withheld'], already: [] }, null]);
    expect(codes(body)).toEqual(['3 FIELD_INVALID', '4 REINSTATED_BEFORE_RESTRICTED', '5 CELL_BLANK']);
    expect(reasons(body)[0]).toMatchObject({ column: 'Withheld', value: '31/02/2021 14:00', became: 'refused' });
    // Also of what the ledger refuses, where one column gave the field that it is about.
    expect(reasons(body)[1]).toMatchObject({ entry: 'restored', column: 'Restored', value: '31/01/2021 10:00', became: 'refused' });
    expect(body.notRecorded[0].cells).toEqual({ Account: '@b', Withheld: '31/02/2021 14:00' });
    await nothingStored();
  });

  it('takes no more than fits in memory, and says how to go on', async () => {
    const lines = Array.from({ length: 100_001 }, (_, n) => `@a${n},01/02/2021 14:00,`);
    const { status, body } = await sendImport(ledger, { mapping, file: table(...lines) }, { dryRun: true });
    expect([status, body.code, body.errors[0].pointer]).toEqual([413, 'BATCH_TOO_LARGE', '#/file']);
    await nothingStored();
  }, 240_000);
});

/** A list leaves out the rows that were not recorded. */
const asListed = ({ completed: { notRecorded: _, ...completed }, ...entry }: Body) => ({ ...entry, completed });

describe('an import', () => {
  it('is an object: who, when, which file, and what became of its rows', async () => {
    const sent = await good({ mapping, file: two, name: 'february.csv' });
    const { body } = await ledger.get(`/v1/imports/${sent.id}`);
    expect(body.import).toMatchObject({
      ...{ id: sent.id, file: sent.file, name: 'february.csv', confirmed: [], synthetic: true, recordedBy: 'local:test' },
      completed: { rows: sent.rows, facts: sent.facts, notRecorded: [] },
    });
    expect(body.mappingName).toBe('Synthetic');
    expect((await ledger.get('/v1/imports')).body.imports).toEqual([asListed(body.import)]);
    for (const sha256 of [body.import.file, body.import.mapping]) expect((await ledger.get(`/v1/evidence/${sha256}`)).status).toBe(200);
    expect((await ledger.get('/v1/imports/00000000-0000-4000-8000-000000000001')).status).toBe(404);
    expect(filesIn('incoming')).toEqual([]);
  });

  it('adds nothing when the same is sent again, in another order, in another form, or as part of another file', async () => {
    const first = await good({ mapping, file: two });
    const position = await ledger.position();
    const [, a = '', b = ''] = two.split('\n');
    const other = { ...mapping, file: { format: 'jsonl' } };
    const lines = [
      { Account: '@b', Withheld: '01/02/2021 14:00', Restored: '01/02/2021 19:50' },
      { Account: 'a', Withheld: '01.02.2021 14:00' },
    ];
    for (const again of [
      { mapping, file: two },
      { mapping, file: table(b, a) },
      { mapping, file: table(a, a) },
      { mapping: { ...mapping, name: 'Another' }, file: two },
      { mapping: other, file: `${JSON.stringify(lines[0])}\n` },
    ]) {
      const body = await good(again);
      expect(body).toMatchObject({ status: 'nothing_new', facts: { recorded: 0 } });
      expect(await ledger.position()).toBe(position);
    }
    expect((await good({ mapping, file: two })).id).toBe(first.id);
  });

  it('takes rows in whatever order, if they supply one another', async () => {
    const body = await good({ mapping, file: table('@b,,01/02/2021 19:50', '@b,01/02/2021 14:00,') });
    expect(body.rows).toMatchObject({ recorded: 2, refused: 0 });
    expect(body.samples.map(({ row }: Body) => row)).toEqual([2, 3]);
    expect(body.samples[0].reads).toBe(
      '1 Feb 2021 19:50 IST: @b (account b on birdsite.example) restored in IN (unstated) [platform report]',
    );
  });

  it('shows the first rows as they were read, also those that waited for the end of the file', async () => {
    const plain = Array.from({ length: 12 }, (_, n) => `@plain-${n},01/02/2021 14:00,`);
    const body = await good({ mapping, file: table('@b,,01/02/2021 19:50', ...plain, '@b,01/02/2021 14:00,') }, { dryRun: true });
    expect(body.samples.map(({ row }: Body) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await nothingStored();
  });

  it('says which facts of a row were recorded though another was refused, and finds them when it is mended', async () => {
    const sent = await good({ mapping, file: table('@c,01/02/2021 14:00,31/01/2021 10:00'), name: 'part.csv' }, { key: 'part' });
    expect(sent).toMatchObject({ rows: { refused: 1, recorded: 0 }, facts: { recorded: 1, refused: 1 } });
    expect(sent.notRecorded[0].facts).toEqual({ of: 2, recorded: ['withheld'], already: [] });
    const { body } = await ledger.get(`/v1/events?limit=1000`);
    expect(body.events.at(-1).envelope).toMatchObject({ type: 'ImportCompleted', recordedAt: sent.recordedAt });
    const again = await good({ mapping, file: table('@c,01/02/2021 14:00,30/01/2021 10:00') });
    expect(again.notRecorded[0].facts).toEqual({ of: 2, recorded: [], already: ['withheld'] });
    const repeated = await good({ mapping, file: table('@c,01/02/2021 14:00,31/01/2021 10:00') }, { key: 'part' });
    expect(repeated).toMatchObject({ status: 'repeated', recordedAt: sent.recordedAt, notRecorded: [{ row: 2, facts: null }] });
    const mended = await good({ mapping, file: table('@c,01/02/2021 14:00,02/02/2021 10:00') });
    expect(mended).toMatchObject({ rows: { recorded: 1 }, facts: { recorded: 1, already: 1 } });
  });

  it('records what is doubtful only when it is confirmed, of a kind or fact by fact', async () => {
    const period = mappingOf([withheldRow(), restoredRow()], { period: { from: '2021-01-01', to: '2021-12-31' } });
    const file = table('@a,01/02/2012 14:00,', '@b,01/02/2021 14:00,', '@c,01/02/2012 15:00,');
    const open = await good({ mapping: period, file });
    expect(open.rows).toMatchObject({ recorded: 1, doubtful: 2 });
    expect(codes(open)).toEqual(['2 outside_case', '4 outside_case']);
    const [first] = reasons(open);
    const one = await good({ mapping: period, file, confirm: [{ kind: 'outside_case', facts: [first?.fact] }] });
    expect(one.rows).toMatchObject({ recorded: 1, already: 1, doubtful: 1 });
    const all = await good({ mapping: period, file, confirm: [{ kind: 'outside_case' }] });
    expect(all.rows).toMatchObject({ recorded: 1, already: 2, doubtful: 0 });
    expect(new Set([open.id, one.id, all.id]).size).toBe(3);
  });

  it('finds doubtful what another source may already have told, and what looks like another name', async () => {
    await good({ mapping, file: two });
    const other = mappingOf([withheldRow({ text: { column: 'Account' } })]);
    const body = await good({ mapping: other, file: table('@a,01/02/2021 14:00,', '@p\u0430ypal,01/02/2021 14:00,') });
    expect(codes(body)).toEqual(['2 possible_duplicate', '3 look_alike_key']);
    const places = mappingOf([withheldRow({ territory: { column: 'Where', as: 'territory' } })]);
    const elsewhere = await good({ mapping: places, file: 'Account,Withheld,Where\n@a,01/02/2021 14:00,"IN, PK"\n@a,01/02/2021 15:00,PK' });
    expect(codes(elsewhere)).toEqual(['2 possible_duplicate']);
  });

  it('gives back what was refused as a sheet, which goes in once it is mended', async () => {
    const file = table('@a,01/02/2021 14:00,', '@b,31/02/2021 14:00,');
    const { id } = await good({ mapping, file });
    const { headers, body } = await ledger.get(`/v1/imports/${id}/refused`);
    expect(headers['content-disposition']).toBe(`attachment; filename="refused-${id}.csv"`);
    expect(body).toContain('"what is wrong"');
    expect(body).toContain('Withheld: ');
    const halfMended = String(body).replace('31/02/2021', '28/02/2021');
    expect((await good({ mapping, file: halfMended })).notRecorded).toMatchObject([
      { row: 2, reasons: [{ code: 'ROW_NOT_MENDED', column: 'what is wrong' }] },
    ]);
    const mended = await good({ mapping, file: halfMended.replace(/"Withheld: [^"]*"/, '""') });
    expect(mended).toMatchObject({ rows: { rows: 1, recorded: 1 }, unread: [] });
    expect((await ledger.get(`/v1/imports/${id}/refused?format=csv`)).body).toBe(body);
    for (const other of ['xlsx', 'jsonl']) {
      const { status, body: problem } = await ledger.get(`/v1/imports/${id}/refused?format=${other}`);
      expect([status, problem.code, problem.errors[0].pointer]).toEqual([400, 'QUERY_INVALID', '#/format']);
    }
  });

  it('gives lines of JSON back as lines, with values of their kinds, which go in once they are mended', async () => {
    const own = mappingOf(
      [
        withheldRow({
          target: { ...accountIn('who.name'), platformId: { column: 'number', optional: true } },
          territory: { column: 'Where', as: 'territory', list: true },
        }),
      ],
      { file: { format: 'jsonl' } },
    );
    const lines = [
      { who: { name: '@a' }, Withheld: '01/02/2021 14:00', Where: ['IN', 'PK'], number: 17, seen: true, note: null },
      { who: { name: '@b' }, Withheld: '31/02/2021 14:00', Where: ['IN', 'PK'], number: 17, seen: true, odd: [1, false], note: null },
      { who: { name: '@c' }, Withheld: '01/02/2021 14:00', Where: ['IN'], number: 1_350_000_000_000_000, seen: false },
    ];
    const sent = await good({ mapping: own, file: lines.map((line) => JSON.stringify(line)).join('\n') });
    expect(codes(sent)).toEqual(['2 FIELD_INVALID', '3 NUMBER_ROUNDED']);
    const { headers, body } = await ledger.get(`/v1/imports/${sent.id}/refused`);
    expect([headers['content-type'], headers['content-disposition']]).toEqual([
      'application/jsonl',
      `attachment; filename="refused-${sent.id}.jsonl"`,
    ]);
    const back: readonly Body[] = String(body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const wrong = { 'what is wrong': expect.stringMatching(/^(?:Withheld|number): /) };
    expect(back).toEqual([
      {
        who: { name: '@b' },
        Withheld: '31/02/2021 14:00',
        Where: ['IN', 'PK'],
        number: 17,
        seen: true,
        odd: [1, false],
        note: null,
        ...wrong,
      },
      { who: { name: '@c' }, Withheld: '01/02/2021 14:00', Where: ['IN'], number: '1350000000000000', seen: false, ...wrong },
    ]);
    expect(sent.notRecorded.map(({ cells }: Body) => cells)).toEqual(back.map(({ 'what is wrong': _, ...cells }) => cells));
    expect((await good({ mapping: own, file: body })).notRecorded).toMatchObject([
      { reasons: [{ code: 'ROW_NOT_MENDED' }] },
      { reasons: [{ code: 'ROW_NOT_MENDED' }] },
    ]);
    const [b, c] = back;
    const mended = [
      { ...b, Withheld: '28/02/2021 14:00', 'what is wrong': null },
      { ...c, number: '1350000000000001', 'what is wrong': '' },
    ];
    const again = await good({ mapping: own, file: mended.map((line) => JSON.stringify(line)).join('\n') });
    expect(again).toMatchObject({ rows: { rows: 2, recorded: 2 }, notRecorded: [] });
    expect((await ledger.get(`/v1/imports/${sent.id}/refused?format=csv`)).status).toBe(400);
  });

  it('takes lines of JSON that come back without a member that only recorded lines had', async () => {
    const own = mappingOf([withheldRow({ text: { column: 'Note', optional: true } })], { file: { format: 'jsonl' } });
    const lines = [
      { Account: '@a', Withheld: '01/02/2021 14:00', Note: 'as asked' },
      { Account: '@b', Withheld: '31/02/2021 14:00' },
    ];
    const sent = await good({ mapping: own, file: lines.map((line) => JSON.stringify(line)).join('\n') });
    const back = JSON.parse(String((await ledger.get(`/v1/imports/${sent.id}/refused`)).body));
    const mended = { ...back, Withheld: '28/02/2021 14:00', 'what is wrong': '' };
    expect((await good({ mapping: own, file: JSON.stringify(mended) })).rows).toMatchObject({ rows: 1, recorded: 1 });
    const { 'what is wrong': _, ...other } = mended;
    const reply = await sendImport(ledger, { mapping: own, file: JSON.stringify({ ...other, Account: '@c' }) });
    expect([reply.status, reply.body.column]).toEqual([422, 'Note']);
  });

  it('gives lines of JSON back with what could not be read of them, which is refused until it is mended', async () => {
    const own = mappingOf(
      [withheldRow({ text: { column: 'a.b', optional: true }, territory: { column: 'Where', as: 'territory', list: true } })],
      {
        file: { format: 'jsonl' },
      },
    );
    const lines = [
      { Account: '@a', Withheld: '01/02/2021 14:00', Where: [['IN', 'PK']] },
      { Account: '@b', Withheld: '01/02/2021 14:00', Where: ['IN'], a: { b: 'one' }, 'a.b': 'two' },
    ];
    const sent = await good({ mapping: own, file: lines.map((line) => JSON.stringify(line)).join('\n') });
    expect(codes(sent)).toEqual(['1 CELL_FAULTY', '2 CELL_FAULTY']);
    expect(sent.notRecorded.map(({ cells }: Body) => cells)).toEqual(lines);
    const toMend = sent.notRecorded.map(({ cells, reasons: why }: Body) => ({ cells, reasons: why }));
    const back: readonly Body[] = String(await fileToMend([], toMend, { format: 'jsonl' }))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(back).toEqual(lines.map((line) => ({ ...line, 'what is wrong': expect.any(String) })));
    const emptied = back.map((line) => JSON.stringify({ ...line, 'what is wrong': '' })).join('\n');
    expect(codes(await good({ mapping: own, file: emptied }))).toEqual(['1 CELL_FAULTY', '2 CELL_FAULTY']);
  });

  it('gives it back as the mapping declares the file: its separator, the rows above its names, the name of its sheet', async () => {
    const lines = ['List of February', 'Account;Withheld;Restored', '@a;31/02/2021 14:00;'];
    for (const [format, as] of [
      [{ format: 'csv', separator: ';', headerRow: 2 }, 'csv'],
      [{ format: 'xlsx', sheet: 'Accounts', headerRow: 3 }, 'xlsx'],
    ] as const) {
      const own = mappingOf([withheldRow(), restoredRow()], { file: format });
      const rows = [{ cells: { Account: '@a', Withheld: '31/02/2021 14:00' }, reasons: [] }];
      const file = as === 'csv' ? lines.join('\n') : await fileToMend(['Account', 'Withheld', 'Restored'], rows, format);
      const withOne = as === 'csv' ? `${file}\n@good;01/02/2021 14:00;` : file;
      const body = await good({ mapping: own, file: withOne });
      expect(body.rows.refused).toBe(1);
      const toMend = body.notRecorded.map(({ cells, reasons: why }: Body) => ({ cells, reasons: why }));
      expect((await good({ mapping: own, file: await fileToMend(body.columns, toMend, format) })).rows).toMatchObject({
        rows: 1,
        refused: 1,
      });
    }
  });

  it('comes to its end, however much there is to say of the rows that are refused', async () => {
    const words = Array.from({ length: 25 }, (_, at) => `${'\u0939'.repeat(35)} ${at}`);
    const own = mappingOf([{ ...withheldRow(), when: { column: 'Restored', vocabulary: 'words', is: 'x' } }], {
      vocabularies: { words: Object.fromEntries(words.map((word) => [word, 'x'])) },
    });
    const rows = Array.from({ length: 1_100 }, (_, at) => `@a${at},01/02/2021 14:00,${'\u0939'.repeat(60)}`);
    const { id, ...body } = await good({ mapping: own, file: table(`@good,01/02/2021 14:00,${words[0]}`, ...rows) });
    expect(body.rows).toMatchObject({ recorded: 1, refused: 1_100 });
    const { completed } = (await ledger.get(`/v1/imports/${id}`)).body.import;
    expect(completed.rows.refused).toBe(1_100);
    expect(completed.notRecorded.length).toBeGreaterThan(100);
    expect(completed.notRecorded.length).toBeLessThan(1_000); // otherwise nothing was too much
  });

  it('names the first rows of the file that were not recorded, also one that waited for its end', async () => {
    const faulty = Array.from({ length: 1_200 }, (_, at) => `@a${at},31/02/2021 14:00,`);
    const { id, notRecorded } = await good({ mapping, file: table('@b,,01/02/2021 19:50', ...faulty, '@good,01/02/2021 14:00,') });
    const first = Array.from({ length: 1_000 }, (_, at) => at + 2);
    expect(notRecorded.map(({ row }: Body) => row)).toEqual(first);
    expect(notRecorded[0].reasons[0]).toMatchObject({ became: 'refused', code: 'NO_OPEN_RESTRICTION' });
    const { completed } = (await ledger.get(`/v1/imports/${id}`)).body.import;
    expect(completed.notRecorded.map(({ row }: Body) => row)).toEqual(first);
  });

  it('takes no more confirmations of one kind together than one event holds', async () => {
    const facts = (from: number) =>
      Array.from({ length: 3_200 }, (_, at) => `00000000-0000-4000-8000-${String(from + at).padStart(12, '0')}`);
    const confirm = [
      { kind: 'not_listed', facts: facts(0) },
      { kind: 'not_listed', facts: facts(5_000) },
    ];
    const { status, body } = await sendImport(ledger, { mapping, file: table('@a,01/02/2021 14:00,'), confirm });
    expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
  });

  it('says by its name which order is not on record, in every row that cites it', async () => {
    const order = { idOf: 'order', system: 'ours', id: { column: 'Account' } };
    const rows = [
      withheldRow({ orders: [order], basis: 'legal_order' }),
      withheldRow({ orders: [{ idOf: 'order', system: 'ours', id: 'No. 8' }, order], basis: 'legal_order', territory: ['PK'] }),
      withheldRow({ orders: [{ idOf: 'order', system: 'ours', id: 'No. 7' }], basis: 'legal_order', territory: ['US'] }),
    ].map((row, at) => ({ ...row, name: `entry ${at}` }));
    const file = table('@none,01/02/2021 14:00,', '@none,01/02/2021 15:00,');
    const body = await good({ mapping: mappingOf(rows), file }, { dryRun: true });
    const missing = (id: string): string =>
      `no order "${id}" of "ours" is on record, or it was retracted: add it under \`before\`, or correct the name.`;
    expect(reasons(body).map(({ code, detail }: Body) => [code, detail])).toEqual(
      [2, 3].flatMap(() => [
        ['REFERENCE_UNKNOWN', missing('@none')],
        ['REFERENCE_UNKNOWN', missing('No. 8')],
        ['REFERENCE_UNKNOWN', missing('No. 7')],
      ]),
    );
  });

  it('stops where another case has the name that its rows rest on', async () => {
    const case1 = {
      event: 'CaseOpened',
      fields: { externalId: { system: 'ours', id: 'same' }, title: 'One', zone: 'UTC', occurredAt: '2021-01-31T11:00:00Z' },
    };
    const own = (title: string) => mappingOf([withheldRow()], { before: [{ ...case1, fields: { ...case1.fields, title } }] });
    await good({ mapping: own('One'), file: table('@case-a,01/02/2021 14:00,') });
    const position = await ledger.position();
    const { status, body } = await sendImport(ledger, { mapping: own('Another'), file: table('@case-b,01/02/2021 14:00,') });
    expect([status, body.code]).toEqual([409, 'DUPLICATE_EXTERNAL_ID']);
    expect(body.errors).toEqual([
      {
        pointer: '#/mapping/before/0/fields/externalId',
        detail: expect.stringMatching(
          /^the entry "\w+" has the externalId "same" of "ours", under which the case "One" is on record .*an externalId of its own/,
        ),
      },
    ]);
    const other = own('One');
    const mixed = { ...other, common: { ...other['common'], synthetic: !other['common'].synthetic } };
    const refused = await sendImport(ledger, { mapping: mixed, file: table('@case-b,01/02/2021 14:00,') });
    expect([refused.status, refused.body.code]).toEqual([422, 'SYNTHETIC_MIX']);
    expect(refused.body.errors).toEqual([
      { pointer: '#/mapping/before/0', detail: expect.stringMatching(/^the entry "\w+" is real, and the case "One", .* as synthetic/) },
    ]);
    await nothingStored(position);
  });

  it('is retracted as a batch, and recorded anew by another import', async () => {
    const first = await good({ mapping, file: two });
    const retraction = { batchId: first.id, reason: 'wrong' };
    expect((await ledger.post('/v1/retractions', retraction)).body.batch).toMatchObject({ changed: 3, refused: 0 });
    const position = await ledger.position();
    const { body } = await ledger.get(`/v1/imports/${first.id}`);
    const recordedAt = { first: expect.any(String), last: expect.any(String) };
    expect(body.import.retracted).toEqual({ facts: 3, moved: 0, of: 3, first: position - 2, last: position, recordedAt });
    expect(body.import.completed.facts.recorded).toBe(3);
    expect((await ledger.get('/v1/imports')).body.imports).toEqual([asListed(body.import)]);
    expect((await ledger.get(`/v1/imports/${first.id}?knownAt=${position - 3}`)).body.import.retracted).toBeNull();
    expect((await ledger.get(`/v1/imports?knownAt=${position - 1}`)).body.imports[0].retracted).toMatchObject({ facts: 2, of: 3 });
    const again = await good({ mapping, file: two });
    expect(again).toMatchObject({ status: 'recorded', facts: { recorded: 3, already: 0 } });
    expect((await ledger.get(`/v1/imports/${again.id}`)).body.import.retracted).toBeNull();
    expect(again.id).not.toBe(first.id);
    expect(await good({ mapping, file: two })).toMatchObject({ status: 'nothing_new', id: again.id });
    expect((await ledger.post('/v1/retractions', { ...retraction, batchId: again.id })).body.batch).toMatchObject({ changed: 3 });
    expect((await good({ mapping, file: two })).facts.recorded).toBe(3);
  });

  it('says of how many of its facts were retracted one by one, and of nothing that was corrected', async () => {
    const { id } = await good({ mapping, file: two });
    const events: readonly Body[] = (await ledger.get('/v1/events?limit=1000')).body.events;
    const [a, , b] = events.map(({ envelope }) => envelope).filter(({ data }) => data.batchId === id);
    const correction = {
      stream: a.stream,
      event: a.id,
      changes: { territory: ['PK'] },
      reason: 'data_entry',
      explanation: 'Another place.',
    };
    await ledger.post('/v1/corrections', { rows: [correction] });
    expect((await ledger.get(`/v1/imports/${id}`)).body.import.retracted).toBeNull();
    await ledger.post('/v1/retractions', { rows: [{ stream: b.stream, event: b.id, reason: 'wrong' }] });
    const position = await ledger.position();
    expect((await ledger.get(`/v1/imports/${id}`)).body.import.retracted).toMatchObject({
      facts: 1,
      of: 3,
      first: position,
      last: position,
    });
  });

  it('leaves alone what was retracted as a duplicate of what stands', async () => {
    await good({ mapping, file: two });
    const { body } = await ledger.get('/v1/events?limit=1000');
    const facts = body.events.map(({ envelope }: Body) => envelope).filter(({ type }: Body) => type === 'TargetWithheld');
    const [{ id: event, stream }, { id: duplicateOf }] = facts;
    await ledger.post('/v1/retractions', { rows: [{ stream, event, duplicateOf, reason: 'duplicate' }] });
    expect((await good({ mapping, file: two })).facts).toMatchObject({ recorded: 0, already: 3 });
  });

  it('imports anew what was moved to another account and retracted there, or is the duplicate of what was retracted since', async () => {
    const sent = { mapping, file: table('@a,01/02/2021 14:00,', '@b,01/02/2021 14:00,') };
    await good(sent);
    const facts = async (): Promise<readonly Body[]> =>
      (await ledger.get('/v1/events?limit=1000')).body.events
        .map(({ envelope }: Body) => envelope)
        .filter(({ type }: Body) => type === 'TargetWithheld');
    const [a, b] = await facts();
    const to = { platform: 'birdsite.example', kind: 'account', verbatim: '@meant' };
    const rows = [{ stream: a.stream, event: a.id, to, reason: 'wrong', explanation: 'Another account was meant.' }];
    const moved = await ledger.post('/v1/corrections/moves', { rows });
    const [{ recorded }] = moved.body.results[0].facts;
    expect((await good(sent)).facts).toMatchObject({ recorded: 0, already: 2 });
    await ledger.post('/v1/retractions', { rows: [{ stream: b.stream, event: b.id, duplicateOf: recorded.event, reason: 'duplicate' }] });
    expect((await good(sent)).facts).toMatchObject({ recorded: 0, already: 2 });
    const there = moved.body.results[0].to;
    const { body } = await ledger.post('/v1/retractions', { rows: [{ stream: there, event: recorded.event, reason: 'wrong' }] });
    expect(body.results[0].status).toBe('recorded');
    expect((await good(sent)).facts).toMatchObject({ recorded: 2, already: 0 });
    expect((await facts()).length).toBe(5);
    expect((await good(sent)).facts).toMatchObject({ recorded: 0, already: 2 });
  });

  it('puts its file on record again where that was retracted, which says what stands that cites it', async () => {
    const first = await good({ mapping, file: two });
    const { body: record } = await ledger.get(`/v1/evidence/${first.file}/record`);
    const rows = [{ stream: `evidence-${first.file}`, event: record.evidence.event, reason: 'wrong' }];
    const tried = (await ledger.post('/v1/retractions', { rows, dryRun: true })).body;
    // Three facts of the rows, and that the import began.
    expect(tried.resting).toEqual([{ stream: `evidence-${first.file}`, name: 'table.csv', facts: 4, orders: [] }]);
    for (const time of [1, 2]) {
      const { id } = (await ledger.get('/v1/imports')).body.imports.at(-1);
      await ledger.post('/v1/retractions', { batchId: id, reason: 'wrong' });
      const { event } = (await ledger.get(`/v1/evidence/${first.file}/record`)).body.evidence;
      expect((await ledger.post('/v1/retractions', { rows: [{ ...rows[0], event }] })).body.results[0].status).toBe('recorded');
      const again = await good({ mapping, file: two });
      expect([time, again.status, again.facts.recorded]).toEqual([time, 'recorded', 3]);
      expect((await ledger.get(`/v1/evidence/${first.file}/record`)).body.evidence.retracted).toBeNull();
    }
  });

  it('tells apart what was moved to another account, and counts its own facts alone', async () => {
    const { id } = await good({ mapping, file: two });
    const all: readonly Body[] = (await ledger.get('/v1/events?limit=1000')).body.events.map(({ envelope }: Body) => envelope);
    const [a, b] = all.filter(({ type }) => type === 'TargetWithheld');
    const moveTo = (verbatim: string, of: Body) => ({
      ...{ stream: of.stream, event: of.id, reason: 'wrong', explanation: 'Another account was meant.' },
      to: { platform: 'birdsite.example', kind: 'account', verbatim },
    });
    const moved = await ledger.post('/v1/corrections/moves', { rows: [moveTo('@meant', a)] });
    const retracted = async () => (await ledger.get(`/v1/imports/${id}`)).body.import.retracted;
    expect(await retracted()).toMatchObject({ facts: 1, moved: 1, of: 3 });
    const [{ recorded }] = moved.body.results[0].facts;
    const there = { stream: moved.body.results[0].to, id: recorded.event };
    const further = await ledger.post('/v1/corrections/moves', { rows: [moveTo('@really', there)] });
    expect(await retracted()).toMatchObject({ facts: 1, moved: 1, of: 3 });
    const [again] = further.body.results[0].facts;
    const rows = [{ stream: further.body.results[0].to, event: again.recorded.event, reason: 'wrong' }];
    await ledger.post('/v1/retractions', { rows });
    expect(await retracted()).toMatchObject({ facts: 1, moved: 0, of: 3 });
    expect(b.data.batchId).toBe(id);
  });

  it('alone records with its id as batch', async () => {
    const { id } = await good({ mapping, file: two });
    const position = await ledger.position();
    const rows = await ledger.post('/v1/actions', { rows: [{ ...blockRow('@foreign'), batchId: id }] });
    expect([rows.status, rows.body.code, rows.body.errors[0].pointer]).toEqual([400, 'BODY_INVALID', '#/rows/0/batchId']);
    const one = await ledger.post('/v1/cases', { ...caseBody, batchId: id });
    expect([one.status, one.body.code, one.body.errors[0].pointer]).toEqual([400, 'BODY_INVALID', '#/batchId']);
    expect(await ledger.position()).toBe(position);
  });

  it('keeps its beginning and its end, whoever would retract them', async () => {
    const { id } = await good({ mapping, file: two });
    for (const type of ['ImportCompleted', 'ImportStarted']) {
      const { body } = await ledger.get('/v1/events?limit=1000');
      const { envelope } = body.events.find(({ envelope: { type: of } }: Body) => of === type);
      const rows = [{ stream: envelope.stream, event: envelope.id, reason: 'wrong' }];
      const { results } = (await ledger.post('/v1/retractions', { rows })).body;
      expect(results[0].problem).toMatchObject({ code: 'RETRACTION_FORBIDDEN', why: 'of_an_import', event: envelope.id });
    }
    expect((await ledger.get(`/v1/imports/${id}`)).body.import.completed).not.toBeNull();
  });

  it('refuses a row that its file names and that says something else than before', async () => {
    const keyed = mappingOf([withheldRow()], { identity: { column: 'No', system: 'our list' } });
    const rows = (...lines: readonly string[]): string => ['No,Account,Withheld', ...lines].join('\n');
    const first = await good({ mapping: keyed, file: rows('1,@a,01/02/2021 14:00', '2,@b,01/02/2021 14:00') });
    expect(first.rows.recorded).toBe(2);
    const { body } = await sendImport(ledger, { mapping: keyed, file: rows('2,@b,01/02/2021 14:00', '1,@a,01/02/2021 15:00') });
    expect(body.rows).toMatchObject({ already: 1, refused: 1 });
    expect(codes(body)).toEqual(['3 ROW_CHANGED']);
    expect(reasons(body)[0]?.detail).toMatch(/event [0-9a-f-]{36}/);
  });

  it('answers the same key as before, and refuses it for another file', async () => {
    const first = await good({ mapping, file: two }, { key: 'mine' });
    const position = await ledger.position();
    expect(await good({ mapping, file: two }, { key: 'mine' })).toMatchObject({ status: 'repeated', id: first.id, rows: first.rows });
    const { status, body } = await sendImport(ledger, { mapping, file: table('@z,01/02/2021 14:00,') }, { key: 'mine' });
    expect([status, body.code]).toEqual([409, 'COMMAND_ID_REUSED']);
    expect(await ledger.position()).toBe(position);
  });

  it('sent twice at once is one', async () => {
    const lines = Array.from({ length: 300 }, (_, n) => `@a${n},01/02/2021 14:00,01/02/2021 19:50`);
    const both = await Promise.all([good({ mapping, file: table(...lines) }), good({ mapping, file: table(...lines) })]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(await ledger.position()).toBe(1 + 4 + 600);
    const other = await Promise.all([
      good({ mapping, file: table('@x,01/02/2021 14:00,', '@y,01/02/2021 14:00,') }),
      good({ mapping, file: table('@y,01/02/2021 14:00,', '@x,01/02/2021 14:00,', '@z,01/02/2021 14:00,') }),
    ]);
    expect(other.reduce((sum, { facts }) => sum + facts.recorded, 0)).toBe(3);
  });

  it('tells how far it has come to whoever asks line by line', async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => `@a${n},01/02/2021 14:00,`);
    const sent = new Response(importForm({ mapping, file: table(...lines) }));
    const headers = { accept: 'application/x-ndjson', 'content-type': sent.headers.get('content-type') ?? '' };
    const { body } = await ledger.app.inject({
      method: 'POST',
      url: '/v1/imports',
      headers,
      payload: Buffer.from(await sent.arrayBuffer()),
    });
    const told: readonly Body[] = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.at(-1).result.rows.recorded).toBe(3_000);
    const progress: readonly Body[] = told.slice(0, -1).map((line) => line.progress);
    expect(progress.length).toBeGreaterThan(0);
    for (const [at, { bytes, bytesTotal, rows }] of progress.entries()) {
      expect(bytesTotal).toBe(2 * Buffer.byteLength(table(...lines)));
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(bytesTotal);
      expect(rows).toBeLessThanOrEqual(3_000);
      expect([bytes >= progress[at - 1]?.bytes, rows >= progress[at - 1]?.rows]).toEqual(at === 0 ? [false, false] : [true, true]);
    }
  });
});

describe('nothing is stored of', () => {
  const refused = async (sent: Sent, expected: readonly [number, string]): Promise<Body> => {
    for (const dryRun of [true, false]) {
      const { status, body } = await sendImport(ledger, sent, { dryRun });
      expect([status, body.code]).toEqual(expected);
      await nothingStored();
      if (!dryRun) return body;
    }
  };

  it('a file that breaks off after good rows', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `@a${n},01/02/2021 14:00,`);
    const body = await refused({ mapping, file: Buffer.concat([Buffer.from(table(...lines)), Buffer.from([0x0a, 0xff, 0xfe])]) }, [
      422,
      'SHEET_INVALID',
    ]);
    expect(body.errors[0].detail).toMatch(/Line 5002/);
  });

  it('a file that lacks a column of the mapping', async () => {
    const body = await refused({ mapping, file: 'Acount,Withheld,Restored\n@a,01/02/2021 14:00,\n' }, [422, 'SHEET_INVALID']);
    expect(body.errors[0].detail).toMatch(/"Account".*"Acount" is meant/);
  });

  it('a file of another kind than declared', async () => {
    await refused({ mapping: { ...mapping, file: { format: 'xlsx' } }, file: two }, [422, 'SHEET_INVALID']);
    await refused({ mapping, file: Buffer.from('PK\u0003\u0004 zip') }, [422, 'SHEET_INVALID']);
  });

  it('a file of which every row is refused', async () => {
    const body = await good({ mapping, file: table('@a,31/02/2021 14:00,') });
    expect(body).toMatchObject({ status: 'nothing_new', id: null, rows: { refused: 1 } });
    await nothingStored();
  });

  it('a mapping that is none, or names what there is not', async () => {
    await refused({ mapping: { ...mapping, mapping: 2 }, file: two }, [422, 'MAPPING_INVALID']);
    const body = await refused({ mapping: mappingOf([{ event: 'TargetEaten', fields: { target: accountIn('Account') } }]), file: two }, [
      422,
      'MAPPING_INVALID',
    ]);
    expect(body.errors[0].pointer).toMatch(/^#\/mapping\/rows\/0/);
  });

  it('a form in another order, with something behind the file, or with doubts that there are not', async () => {
    const forms = [new FormData(), importForm({ mapping, file: two }), importForm({ mapping, file: two, confirm: [{ kind: 'anything' }] })];
    forms[0]?.append('file', new Blob([two]), 'a.csv');
    forms[1]?.append('more', 'x');
    for (const form of forms) {
      const { status, body } = await ledger.postForm('/v1/imports', form);
      expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
      await nothingStored();
    }
    expect((await ledger.post('/v1/imports', {})).status).toBe(415);
  });

  it('an import that is cut off while it is sent', async () => {
    const url = new URL(await ledger.app.listen({ host: '127.0.0.1', port: 0 }));
    const head =
      'POST /v1/imports HTTP/1.1\r\nhost: localhost\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 600000\r\n\r\n';
    const part = `--b\r\ncontent-disposition: form-data; name="mapping"\r\n\r\n${JSON.stringify(mapping)}\r\n`;
    const file = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${two}`;
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(head + part + file);
    await expect.poll(() => filesIn('incoming').length, { timeout: 10_000 }).toBe(1);
    socket.destroy();
    await expect.poll(() => filesIn('incoming').length, { timeout: 10_000 }).toBe(0);
    await nothingStored();
  });
});
