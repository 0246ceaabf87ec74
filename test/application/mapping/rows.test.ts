/** What a mapping makes of a row: facts in its order, or everything that is wrong with the row, at the column where it is wrong. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOutside } from '../../../src/application/mapping/row-facts.ts';
import { idOfExternal, idOfTarget, parseOrderId } from '../../../src/domain/ids.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Cell } from '../../../src/sheets/row.ts';
import { compiled, detailOf, entry, factsIn, handle, local, orderNamed, refusedAs, row, withheld } from './sheet.ts';

const when = '01/02/2021 14:00';
const kept = { Handle: '@synthetic', When: when };
const data = (fields: JsonObject, cells: Parameters<typeof row>[0] = kept, more?: JsonObject): JsonObject =>
  factsIn(compiled([entry({ ...withheld, ...fields })], more).read(row(cells)))[0]?.command.data ?? {};
const refusal = (fields: JsonObject, cells: Parameters<typeof row>[0] = kept, more?: JsonObject) =>
  compiled([entry({ ...withheld, ...fields })], more).read(row(cells));

describe('a target in a cell', () => {
  const key = (verbatim: string, target: JsonObject = handle) => {
    const found = data({ target }, { ...kept, Handle: verbatim })['target'];
    return JSON.stringify(found);
  };
  const target = (kind: string, keyed: string, verbatim: string) => JSON.stringify({ platform: 'twitter.com', kind, key: keyed, verbatim });
  const byForm = { column: 'Handle', as: 'target', platform: 'x.com' };

  it.each([
    '@Synthetic',
    'synthetic',
    'SYNTHETIC',
    'https://twitter.com/Synthetic',
    'https://mobile.twitter.com/synthetic/',
    'https://x.com/synthetic?s=20',
  ])('%s is the account', (verbatim) => {
    expect(key(verbatim)).toBe(target('account', 'synthetic', verbatim));
  });

  it('is of the kind that its form says, if the mapping says none', () => {
    expect(key('@Synthetic', byForm)).toBe(target('account', 'synthetic', '@Synthetic'));
    expect(key('#Synthetic', byForm)).toBe(target('hashtag', 'synthetic', '#Synthetic'));
    expect(key('https://x.com/synthetic', byForm)).toBe(target('account', 'synthetic', 'https://x.com/synthetic'));
    expect(key('https://x.com/synthetic/status/12', byForm)).toBe(target('post', '12', 'https://x.com/synthetic/status/12'));
    expect(key('https://x.com/i/web/status/12', byForm)).toBe(target('post', '12', 'https://x.com/i/web/status/12'));
    expect(key('https://x.com/home', byForm)).toBe(target('url', 'x.com/home', 'https://x.com/home'));
    expect(key('https://news.example/a', byForm)).toBe(target('url', 'news.example/a', 'https://news.example/a'));
    expect(refusedAs(refusal({ target: byForm }, { ...kept, Handle: 'synthetic' }))).toEqual(['Handle KIND_UNCLEAR synthetic']);
  });

  it('is never the author of a post that stands among accounts', () => {
    const verbatim = 'https://twitter.com/synthetic/status/1356';
    expect(refusedAs(refusal({}, { ...kept, Handle: verbatim }))).toEqual([`Handle POST_AMONG_ACCOUNTS ${verbatim}`]);
  });

  it.each([
    ['1.35E+18', 'NUMBER_ROUNDED'],
    ['1350000000000000000', 'NUMBER_ROUNDED'],
    [{ kind: 'number', value: 1.35e18, text: '1350000000000000123' } satisfies Cell, 'NUMBER_ROUNDED'],
    [local('2021-03-01'), 'CELL_KIND'],
    ['two words', 'TARGET_KEY_INVALID'],
    ['@@synthetic', 'TARGET_KEY_INVALID'],
    ['twitter.com/synthetic', 'TARGET_KEY_INVALID'],
    ['https://facebook.com/synthetic', 'TARGET_KEY_INVALID'],
    ['https://user:pass@twitter.com/synthetic', 'URL_REFUSED'],
    ['syn\u202Ethetic', 'TEXT_UNSAFE'],
    [['@a', '@b'], 'CELL_KIND'],
  ] as const)('%j is refused: %s', (said, code) => {
    expect(
      refusedAs(refusal({}, { ...kept, Handle: said }))[0]
        ?.split(' ')
        .slice(0, 2),
    ).toEqual(['Handle', code]);
  });

  it('is a post by its number, as long as no spreadsheet has rounded it', () => {
    const post = { column: 'Handle', as: 'target', platform: 'twitter.com', kind: 'post' };
    expect(key('1356789012345678901', post)).toBe(target('post', '1356789012345678901', '1356789012345678901'));
    expect(refusedAs(refusal({ target: post }, { ...kept, Handle: '1356789012345670000' }))).toEqual([
      'Handle NUMBER_ROUNDED 1356789012345670000',
    ]);
  });

  it('is of the kind, on the platform, and with the id that columns say', () => {
    const asked = {
      column: 'Handle',
      as: 'target',
      platform: { column: 'Platform' },
      kind: { column: 'Kind', vocabulary: 'kinds' },
      platformId: { column: 'Id', optional: true },
    };
    const cells = { ...kept, Platform: 'x.com', Kind: 'Profile', Id: '123' };
    const more = { vocabularies: { kinds: { profile: 'account', tag: 'hashtag' } } };
    expect(data({ target: asked }, cells, more)['target']).toMatchObject({ platform: 'twitter.com', kind: 'account', platformId: '123' });
    expect(data({ target: asked }, { ...cells, Id: '' }, more)['target']).not.toHaveProperty('platformId');
    expect(refusedAs(refusal({ target: asked }, { ...cells, Id: '1.2E+18', Kind: 'page', Platform: '' }, more)).toSorted()).toEqual([
      'Id NUMBER_ROUNDED 1.2E+18',
      'Kind WORD_UNKNOWN page',
      'Platform CELL_BLANK null',
    ]);
  });

  it('can be named by the id of one that is on record', () => {
    const id = idOfTarget('twitter.com', 'account', 'synthetic');
    const fact = factsIn(compiled([entry({ ...withheld, target: null, targetId: { column: 'Id' } })]).read(row({ ...kept, Id: id })))[0];
    expect(fact?.command.stream).toBe(`target-${id}`);
    const wrong = compiled([entry({ ...withheld, target: null, targetId: { column: 'Id' } })]).read(row({ ...kept, Id: 'synthetic' }));
    expect(refusedAs(wrong)).toEqual(['Id FIELD_INVALID synthetic']);
  });
});

describe('a value', () => {
  it('is a word of a vocabulary, whatever its case and spaces; an unknown one is refused with those that are known', () => {
    const basis = { column: 'Why', vocabulary: 'bases' };
    const more = { vocabularies: { bases: { 'Own  rules': 'platform_rules', 'the order': 'legal_order', '?': 'unstated' } } };
    expect(data({ basis }, { ...kept, Why: 'own\u00a0RULES' }, more)['basis']).toBe('platform_rules');
    const unknown = refusal({ basis }, { ...kept, Why: 'court' }, more);
    expect(refusedAs(unknown)).toEqual(['Why WORD_UNKNOWN court']);
    expect(detailOf(unknown)).toContain('"Own  rules", "the order", "?"');
  });

  it('is left out for a word that says nothing', () => {
    const more = { vocabularies: { policies: { 'n/a': null, spam: 'Spam policy' } } };
    const policy = { column: 'Policy', vocabulary: 'policies', optional: true };
    expect(data({ policy }, { ...kept, Policy: 'N/A' }, more)).not.toHaveProperty('policy');
    expect(data({ policy }, { ...kept, Policy: 'Spam' }, more)).toHaveProperty('policy', 'Spam policy');
  });

  it('is a territory of codes, of a word, or of several words', () => {
    const territory = { column: 'Where', as: 'territory' };
    const more = { vocabularies: { places: { India: 'IN', 'South Asia': ['IN', 'PK'], unknown: 'UNSTATED' } } };
    const words = { ...territory, vocabulary: 'places' };
    expect(data({ territory }, { ...kept, Where: 'PK, IN' })['territory']).toEqual(['IN', 'PK']);
    expect(data({ territory }, { ...kept, Where: 'UNSTATED' })['territory']).toBe('UNSTATED');
    expect(data({ territory: words }, { ...kept, Where: 'South Asia' }, more)['territory']).toEqual(['IN', 'PK']);
    expect(data({ territory: { ...words, list: ';' } }, { ...kept, Where: 'india; South  Asia' }, more)['territory']).toEqual(['IN', 'PK']);
    expect(data({ territory: words }, { ...kept, Where: 'Unknown' }, more)['territory']).toBe('UNSTATED');
    for (const where of ['in', 'UK', 'WORLD', 'no']) {
      expect(refusedAs(refusal({ territory }, { ...kept, Where: where }))).toEqual([`Where TERRITORY_UNKNOWN ${where}`]);
    }
    expect(refusedAs(refusal({ territory }))).toEqual(['Where CELL_BLANK null']);
  });

  it('is a default for a blank cell, or nothing', () => {
    expect(data({ text: { column: 'Note', default: 'not said' } })['text']).toBe('not said');
    expect(data({ text: { column: 'Note', default: { column: 'Handle' } } })['text']).toBe('@synthetic');
    expect(data({ text: { column: 'Note', optional: true } })).not.toHaveProperty('text');
    expect(refusedAs(refusal({ text: { column: 'Note' } }))).toEqual(['Note CELL_BLANK null']);
  });

  it('is a text with columns in it', () => {
    const text = { template: '{{{Handle}}}: {Note} of {When}' };
    expect(data({ text }, { ...kept, Note: 'said' })['text']).toBe(`{@synthetic}: said of ${when}`);
    expect(refusedAs(refusal({ text }))).toEqual(['Note CELL_BLANK null']);
    expect(data({ text: { ...text, optional: true } })).not.toHaveProperty('text');
  });

  it('is chosen by a condition; what is not chosen is not read', () => {
    const text = { when: { column: 'Note', blank: false }, value: { column: 'Note' }, otherwise: 'nothing' };
    expect(data({ text }, { ...kept, Note: 'said' })['text']).toBe('said');
    expect(data({ text })['text']).toBe('nothing');
  });

  it('is a whole number, or yes or no', () => {
    const issued = { count: { column: 'Count', as: 'integer' } };
    const meeting = (cells: Parameters<typeof row>[0], more: JsonObject = {}) =>
      compiled([
        {
          event: 'NoticeServed',
          fields: {
            order: orderNamed,
            kind: 'reminder',
            pages: issued.count,
            penaltiesCited: [],
            restatesDemand: { column: 'Restates', as: 'boolean' },
            occurredAt: { date: '2021-02-01', zone: 'Asia/Kolkata' },
            ...more,
          },
        },
      ]).read(row({ Order: 'No. 1', Count: '18', Restates: 'Yes', ...cells }));
    expect(factsIn(meeting({}))[0]?.command.data).toMatchObject({ pages: 18, restatesDemand: true });
    expect(factsIn(meeting({ Count: 18, Restates: false }))[0]?.command.data).toMatchObject({ pages: 18, restatesDemand: false });
    for (const count of ['1,435', '1.5', 'many', 1.5, '-'])
      expect(refusedAs(meeting({ Count: count }))).toEqual([`Count NUMBER_UNREADABLE ${count}`]);
    expect(refusedAs(meeting({ Restates: 'maybe' }))).toEqual(['Restates YES_OR_NO_UNREADABLE maybe']);
    expect(refusedAs(meeting({ Count: 0 }))).toEqual(['Count FIELD_INVALID 0']);
  });

  it('is a list, of the file or of a text', () => {
    const orders = { idOf: 'order', system: 'sheet', id: { column: 'Orders', list: ';', optional: true } };
    const ids = ['No. 1', 'No. 2'].map((id) => idOfExternal('order', { system: 'sheet', id }));
    expect(data({ orders }, { ...kept, Orders: 'No. 1 ; No. 2;' })['orders']).toEqual(ids);
    expect(data({ orders }, { ...kept, Orders: ['No. 1', 'No. 2'] })['orders']).toEqual(ids);
    expect(data({ orders: [orders.id] }, { ...kept, Orders: '' })['orders']).toEqual([]);
    expect(refusedAs(refusal({ orders }, { ...kept, Orders: '' }))).toEqual(['Orders CELL_BLANK null']);
  });

  it('too long, or not of the form, is a fault of its column', () => {
    expect(refusedAs(refusal({ text: { column: 'Note' } }, { ...kept, Note: 'x'.repeat(2_001) }))[0]).toMatch(
      /^Note FIELD_INVALID x{200}…$/,
    );
    expect(refusedAs(refusal({ basis: { column: 'Why' } }, { ...kept, Why: 'because' }))).toEqual(['Why FIELD_INVALID because']);
    const sources = [{ name: { column: 'Source' }, locator: { column: 'Page', optional: true } }];
    expect(refusedAs(refusal({ sources }, { ...kept, Source: 'a\nb', Page: 'p'.repeat(501) })).map((fault) => fault.slice(0, 20))).toEqual([
      'Source TEXT_UNSAFE a',
      'Page FIELD_INVALID p',
    ]);
  });

  it('of more sources than leave a place for the file is a fault of the row', () => {
    const sources = { column: 'Papers', list: ';', vocabulary: 'papers' };
    const papers = { some: Array.from({ length: 25 }, (_, at) => ({ name: `Paper ${at}` })) };
    const listed = (cell: string) =>
      compiled([entry({ ...withheld, sources })], { vocabularies: { papers } }).read(row({ ...kept, Papers: cell }));
    expect(factsIn(listed('some'))[0]?.command.data['sources']).toHaveLength(25);
    expect(refusedAs(listed('some;some'))).toEqual(['Papers FIELD_INVALID some;some']);
    expect(detailOf(listed('some;some'))).toMatch(/^at most 49 sources/);
  });

  it('of a list that must not be empty is left out when all of it is', () => {
    const classes = [{ when: { column: 'Class', blank: false }, value: { class: { column: 'Class' }, assertedBy: 'Platform' } }];
    const declining = compiled([
      {
        event: 'TargetDeclined',
        fields: { target: handle, orders: [orderNamed], grounds: [], classes, occurredAt: { column: 'When', as: 'time' } },
      },
    ]);
    expect(factsIn(declining.read(row({ ...kept, Order: '1' })))[0]?.command.data).not.toHaveProperty('classes');
    expect(factsIn(declining.read(row({ ...kept, Order: '1', Class: 'journalist' })))[0]?.command.data).toHaveProperty('classes', [
      { class: 'journalist', assertedBy: 'Platform' },
    ]);
  });
});

describe('a row', () => {
  it('names all its faults at once', () => {
    const reading = refusal({ territory: { column: 'Where', as: 'territory' } }, { Handle: 'two words', When: '01/02/21', Where: 'UK' });
    expect(refusedAs(reading).toSorted()).toEqual([
      'Handle TARGET_KEY_INVALID two words',
      'When YEAR_SHORT 01/02/21',
      'Where TERRITORY_UNKNOWN UK',
    ]);
  });

  it('is refused whole: what is right in it is not recorded without the rest', () => {
    const two = compiled([entry(withheld), entry({ ...withheld, basis: { column: 'Why' } }, { name: 'second' })]);
    expect(refusedAs(two.read(row(kept)))).toEqual(['Why CELL_BLANK null']);
  });

  it('says nothing where no entry applies', () => {
    const act = { column: 'Act', vocabulary: 'acts', is: 'withhold' };
    const more = { vocabularies: { acts: { withheld: 'withhold', none: 'nothing' } } };
    const acting = compiled([entry(withheld, { when: act })], more);
    expect(acting.read(row({ Act: 'None' }))).toEqual({ kind: 'nothing' });
    expect(acting.read(row({}))).toEqual({ kind: 'nothing' });
    expect(factsIn(acting.read(row({ ...kept, Act: 'WITHHELD' })))).toHaveLength(1);
    // A word that is mistyped must not pass for one that says nothing.
    expect(refusedAs(acting.read(row({ ...kept, Act: 'witheld' })))).toEqual(['Act WORD_UNKNOWN witheld']);
  });

  it.each([
    [{ column: 'A', is: 'x' }, true, false, false],
    [{ column: 'A', isNot: 'x' }, false, true, true],
    [{ column: 'A', in: ['x', 'y'] }, true, true, false],
    [{ column: 'A', blank: true }, false, false, true],
    [{ column: 'A', blank: false }, true, true, false],
    [
      {
        any: [
          { column: 'A', is: 'y' },
          { column: 'A', blank: true },
        ],
      },
      false,
      true,
      true,
    ],
    [
      {
        all: [
          { column: 'A', blank: false },
          { column: 'A', isNot: 'x' },
        ],
      },
      false,
      true,
      false,
    ],
  ] as const)('is chosen by %j', (condition, x, y, blank) => {
    const chosen = compiled([entry(withheld, { when: condition })]);
    const holds = (said: string) => chosen.read(row({ ...kept, A: said })).kind === 'facts';
    expect([holds(' X'), holds('Y'), holds('')]).toEqual([x, y, blank]);
  });

  it('gives its facts in the order of the mapping, several of them', () => {
    const both = compiled([
      { event: 'TargetListed', fields: { target: handle, order: orderNamed } },
      entry(withheld),
      {
        event: 'TargetReinstated',
        when: { column: 'Back', blank: false },
        fields: { target: handle, orders: [], reason: 'unstated', occurredAt: { column: 'Back', as: 'time' } },
      },
    ]);
    const facts = factsIn(both.read(row({ ...kept, Order: 'No. 1', Back: '01/02/2021 19:50' })));
    expect(facts.map(({ entry: name }) => name)).toEqual(['TargetListed', 'TargetWithheld', 'TargetReinstated']);
    expect(new Set(facts.map(({ command }) => command.stream)).size).toBe(1);
  });

  it('gives a fact for each item of a list, and one for an item that is there twice', () => {
    const each = compiled([entry({ ...withheld, text: { template: 'of {Handle}' } }, { each: { column: 'Handle', list: ';' } })]);
    const facts = factsIn(each.read(row({ ...kept, Handle: '@a; @b ;@a;' })));
    expect(facts.map(({ item, command }) => [item, command.data['text']])).toEqual([
      ['@a', 'of @a'],
      ['@b', 'of @b'],
    ]);
    expect(each.read(row({ When: when }))).toEqual({ kind: 'nothing' });
    expect(refusedAs(each.read(row({ ...kept, Handle: '@a;@b c' })))).toEqual(['Handle TARGET_KEY_INVALID @b c']);
    expect(refusedAs(each.read(row({ ...kept, Handle: Array.from({ length: 1_001 }, (_, i) => `@a${i}`) })))[0]).toMatch(
      /^Handle LIST_TOO_LONG/,
    );
  });

  it('is refused for what the reader of the file saw, if the mapping reads that column', () => {
    const faults = (column: string | null) => [{ column, value: '#REF!', detail: 'an error of the spreadsheet' }];
    const reading = (column: string | null) => compiled([entry(withheld)]).read({ ...row(kept), faults: faults(column) });
    expect(refusedAs(reading('Handle'))).toEqual(['Handle CELL_FAULTY #REF!']);
    expect(refusedAs(reading(null))).toEqual(['null CELL_FAULTY #REF!']);
    expect(reading('Nobody reads it').kind).toBe('facts');
    // The cell is missing as well: that is not complained of a second time.
    expect(refusedAs(compiled([entry(withheld)]).read({ ...row({ When: when }), faults: faults('Handle') }))).toEqual([
      'Handle CELL_FAULTY #REF!',
    ]);
  });

  it('is named by the column that the mapping declares', () => {
    const keyed = compiled([entry(withheld)], { identity: { column: 'Id', system: 'sheet' } });
    expect(keyed.read(row({ ...kept, Id: 'A-17' }))).toMatchObject({ kind: 'facts', rowKey: 'A-17' });
    expect(refusedAs(keyed.read(row(kept)))).toEqual(['Id CELL_BLANK null']);
    expect(refusedAs(keyed.read(row({ ...kept, Id: '1.35E+18' })))).toEqual(['Id NUMBER_ROUNDED 1.35E+18']);
    expect(compiled([entry(withheld)]).read(row(kept))).toMatchObject({ rowKey: null });
  });

  it('outside the period that the mapping declares is known to be so', () => {
    const mapping = compiled([entry(withheld)], { period: { from: '2021-01-26', to: '2021-02-28' } });
    const isOut = (said: string) => factsIn(mapping.read(row({ ...kept, When: said }))).map((fact) => isOutside(mapping, fact));
    expect([
      isOut('01/02/2021'),
      isOut('28/02/2021 23:59'),
      isOut('2021'),
      isOut('01/03/2021'),
      isOut('25/01/2021'),
      isOut('01/02/2020'),
    ]).toEqual([[false], [false], [false], [true], [true], [true]]);
  });
});

describe('the identity of a fact', () => {
  const mapping = compiled([
    { event: 'TargetListed', fields: { target: handle, order: orderNamed } },
    entry({ ...withheld, orders: [orderNamed], text: { column: 'Note', optional: true } }, { when: { column: 'When', blank: false } }),
    {
      event: 'MeetingHeld',
      when: { column: 'Met', blank: false },
      fields: {
        caseId: { idOf: 'case', system: 'sheet', id: 'c' },
        orders: [],
        participants: [{ name: { column: 'Met' } }],
        mode: 'unstated',
        purpose: 'dialogue',
        occurredAt: { date: '2021', zone: 'UTC' },
      },
    },
  ]);
  const identities = (cells: Parameters<typeof row>[0], number?: number) =>
    factsIn(mapping.read(row(cells, number))).map(({ identity }) => identity);
  const cell = fc.constantFrom('', '@a', '@b', '@c');
  const said = fc.record({
    Handle: fc.constantFrom('@a', '@b', '@c'),
    Order: fc.constantFrom('No. 1', 'No. 2'),
    When: fc.constantFrom('', '01/02/2021 14:00', '02/02/2021'),
    Note: cell,
    Met: cell,
    Unread: cell,
  });

  it('is the same whatever the order of rows and columns, and whatever else the file holds', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 20 }), fc.integer(), (rows, seed) => {
        const sorted = rows
          .map((cells, index) => ({ cells, sortedBy: (index * 7_919 + seed) % 104_729 }))
          .sort((a, b) => a.sortedBy - b.sortedBy);
        const before = rows.flatMap((cells, index) => identities(cells, index + 2)).sort();
        const after = sorted
          .flatMap(({ cells }, index) =>
            identities(Object.fromEntries(Object.entries({ ...cells, Unread: '@z', Added: 'x' }).reverse()), index + 900),
          )
          .sort();
        expect(after).toEqual(before);
      }),
    );
  });

  it('is another for whatever is said otherwise', () => {
    const cells = { Handle: '@a', Order: 'No. 1', When: '01/02/2021 14:00', Note: 'x', Met: 'y' };
    const all = [
      cells,
      { ...cells, Handle: '@b' },
      { ...cells, Order: 'No. 2' },
      { ...cells, When: '02/02/2021' },
      { ...cells, Note: '' },
      { ...cells, Met: 'z' },
    ];
    const [, first] = identities(cells);
    expect(all.slice(1, 5).map((each) => identities(each)[1])).not.toContain(first);
    expect(identities({ ...cells, Met: 'z' })[2]).not.toBe(identities(cells)[2]);
  });

  it('names what is opened without a name of its own', () => {
    const meeting = (met: string) => factsIn(mapping.read(row({ Handle: '@a', Order: '1', Met: met })))[1]?.command.stream;
    expect(meeting('Secretary')).toMatch(/^meeting-/);
    expect(meeting('Secretary')).toBe(meeting('Secretary'));
    expect(meeting('Secretary')).not.toBe(meeting('Counsel'));
  });

  it('of an order that is named is found by its name', () => {
    const [listing] = factsIn(mapping.read(row({ Handle: '@a', Order: 'No. 1' })));
    const order = idOfExternal('order', { system: 'sheet', id: 'No. 1' });
    expect(listing?.command.data['order']).toBe(parseOrderId(order));
  });
});
