/** The template's mapping reads the template's rows: into the facts that they are there to show, and nothing of it is refused. */
import { describe, expect, it } from 'vitest';
import { locatorOf } from '../../../src/application/mapping/citation.ts';
import { seeColumns } from '../../../src/application/mapping/columns.ts';
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import { TEMPLATE_COLUMNS, TEMPLATE_MAPPING, TEMPLATE_ROWS, TEMPLATE_SHEET } from '../../../src/application/mapping/template.ts';
import { hasKnownAddresses } from '../../../src/domain/platform.ts';
import { readBackOf } from '../../support/read-back.ts';
import { factsIn, refusedAs, row } from './sheet.ts';

const mapping = compileMapping(parseMapping(TEMPLATE_MAPPING));
const names = TEMPLATE_COLUMNS.map(({ name }) => name);
const read = (cells: readonly string[]) => mapping.read(row(Object.fromEntries(names.map((name, index) => [name, cells[index]]))));

describe('the template', () => {
  it('has the columns that its mapping reads, and no other', () => {
    expect(seeColumns(mapping, names)).toEqual({ missing: [], unread: [] });
    for (const cells of TEMPLATE_ROWS) expect(cells).toHaveLength(names.length);
  });

  it('is one sheet of a workbook, in which a row is found again', () => {
    expect(locatorOf(TEMPLATE_SHEET, 2)).toBe('sheet Accounts, row 2');
  });

  it('opens a case and an order, which was served', () => {
    expect(mapping.before.map(({ command }) => command.type)).toEqual(['CaseOpened', 'OrderIssued', 'OrderServed']);
    const [, issued, served] = mapping.before;
    expect(served?.command.stream).toBe(issued?.command.stream);
  });

  it('shows an account that was withheld and restored, one withheld, one declined, and one of which nothing is known', () => {
    const told = TEMPLATE_ROWS.map((cells) =>
      factsIn(read(cells)).map(({ entry, command }) => {
        const when = readBackOf(command.data, 'Asia/Kolkata').times.find(({ field }) => field === 'occurredAt');
        return when === undefined ? entry : `${entry} ${when.words}`;
      }),
    );
    expect(told).toEqual([
      ['listed', 'withheld 1 February 2021, 14:00 IST', 'restored 1 February 2021, 19:50 IST'],
      ['listed', 'withheld 1 February 2021, 14:00 IST'],
      ['listed', 'declined 10 February 2021 (IST), hour not known'],
      ['listed'],
    ]);
    expect(factsIn(read(TEMPLATE_ROWS[2] ?? []))[1]?.command.data['grounds']).toEqual(['inconsistent_with_local_law', 'fundamental_right']);
  });

  it('speaks of one order, whose stated count its rows meet', () => {
    const order = mapping.before[1]?.command;
    expect(order?.data['statedTargetCount']).toBe(TEMPLATE_ROWS.length);
    for (const cells of TEMPLATE_ROWS) expect(`order-${factsIn(read(cells))[0]?.command.data['order']}`).toBe(order?.stream);
  });

  it('says of what the platform did that the platform reports it, and where; of the rest that the recorder saw it', () => {
    const facts = TEMPLATE_ROWS.flatMap((cells) => factsIn(read(cells)));
    for (const { entry, command } of [...mapping.before, ...facts]) {
      const isPlatforms = ['withheld', 'restored', 'declined'].includes(entry);
      expect([entry, command.data['assertion']]).toEqual([entry, isPlatforms ? 'platform_report' : 'direct_record']);
      if (isPlatforms) expect(command.data['sources']).toEqual([{ name: 'Letter of Birdsite (invented)' }]);
    }
  });

  it('says truly which addresses of profiles it reads', () => {
    const note = TEMPLATE_COLUMNS[0].note;
    expect(note).toContain('(twitter.com), not on birdsite.example');
    expect([hasKnownAddresses('twitter.com'), hasKnownAddresses('birdsite.example')]).toEqual([true, false]);
    const [, ...cells] = TEMPLATE_ROWS[0] ?? [];
    expect(refusedAs(read(['https://birdsite.example/synthetic-one', ...cells]))).not.toEqual([]);
  });

  it('refuses what is filled in wrongly, at its column', () => {
    const cells = ['@a', 'No. 1 of 2021', 'perhaps', '01/02/2021 14:00', '', '', '', '2021-02-10', 'because', ''];
    expect(refusedAs(read(cells)).toSorted()).toEqual([
      'Grounds WORD_UNKNOWN because',
      'Listed WORD_UNKNOWN perhaps',
      'Withheld at DATE_ORDER_UNDECLARED 01/02/2021 14:00',
      'Withheld in CELL_BLANK null',
    ]);
  });
});
