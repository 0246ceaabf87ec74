/** The way of somebody who was never told how: from the figure to the accounts behind it, to one account's trail; with keys, with files, with a link to hand on. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { acceptanceSchema } from '../../src/api/write-replies.ts';
import { askedFor } from '../../src/web/parts/which.ts';
import { blockRow, evidenceForm, statementRow } from '../support/bodies.ts';
import { rowsOfCsv } from '../support/csv.ts';
import type { Body } from '../support/ledger.ts';
import { describeInBrowser, type ServedPage, servePage, settled, wordsOf } from './served-page.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const at = '2021-02-12T09:00:00+05:30';
/** When 37 of the accounts that were restored had been refused, and 87 had not. */
const EVENING = '2021-02-10T18:00:00+05:30';
const INSTANTS = ['2021-01-30T12:00:00+05:30', '2021-02-01T12:00:00+05:30', '2021-02-09T12:00:00+05:30', EVENING, at];
const casePath = `/cases/${CASE_ID}?${new URLSearchParams({ at })}`;
const NOT_OURS = 'b'.repeat(64);
const figure = (page: Page): Promise<string> => page.locator('.figure strong').first().innerText();
const hourIn = (page: Page): string | null => new URL(page.url()).searchParams.get('at');

describeInBrowser('whoever uses the page', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(() => served?.close());

  it('comes from the list of cases to the 37 accounts behind the difference, and to the trail of one', async () => {
    const { page, complaints } = await served.open('/');
    await page.getByRole('link', { name: /Illustrative/ }).click();
    await settled(page);
    expect(await wordsOf(page)).toContain('1,398/1,435 = 97.42 %');
    await page.locator('.box').first().locator('.make-up').getByRole('link', { name: '37' }).click();
    await settled(page);
    const rows = page.locator('.accounts tbody tr');
    expect(await rows.count()).toBe(37);
    expect(await page.locator('#accounts').evaluate((heading) => heading.getBoundingClientRect().top < innerHeight)).toBe(true);
    expect(await rows.first().innerText()).toContain('restored while the order stood, then refused, with grounds');
    await rows.first().getByRole('link').click();
    await settled(page);
    const words = await wordsOf(page);
    expect(words).toContain('Audit trail of synthetic-o1-214');
    expect(words).toContain('acting on synthetic-o1-214 refused, under O1: inconsistent with local law, fundamental right');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('comes from each number, at any instant, to as many accounts', async () => {
    const { page, complaints } = await served.open(casePath);
    for (const instant of INSTANTS) {
      await page.goto(`${served.url}/cases/${CASE_ID}?${new URLSearchParams({ at: instant })}`);
      await settled(page);
      const boxes = page.locator('.box');
      expect(await boxes.count()).toBe(3);
      const ratios = boxes.locator('.figure strong, .ever strong').filter({ hasText: '/' });
      expect(await ratios.locator('a').count()).toBe(2 * (await ratios.count()));
      const said = await boxes.last().locator('.make-up li').allInnerTexts();
      const words = said.map((line) => line.replace(/^[\d,\s]+/, ''));
      expect(new Set(words).size, 'what is said alike of all orders is one line').toBe(words.length);
      await leadToAsMany(boxes.locator('a[href*="#accounts"]'), instant);
    }
    await page.goto(`${served.url}/cases/${CASE_ID}/sheet?${new URLSearchParams({ at: EVENING })}`);
    await settled(page);
    await leadToAsMany(page.locator('.sheet-line a[href*="#accounts"]'), EVENING);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** Whoever follows a number finds as many accounts as it says. */
  const leadToAsMany = async (links: Locator, instant: string): Promise<void> => {
    const told = await links.evaluateAll((all) => all.map((link) => [link.textContent ?? '', link.getAttribute('href') ?? ''] as const));
    expect(told.length).toBeGreaterThan(0);
    for (const [number, href] of told) {
      const { list = '', which = '', at: asOf } = Object.fromEntries(new URL(href, served.url).searchParams);
      expect(Date.parse(asOf ?? ''), href).toBe(Date.parse(instant));
      let found = 0;
      for (const order of list.split(',')) {
        const asked = new URLSearchParams({ ...askedFor(which), order, at: instant, limit: '1000' });
        for (let cursor: string | null = ''; cursor !== null; ) {
          const { rows, next } = await served.api(`/v1/compliance/pairs?${asked}${cursor === '' ? '' : `&cursor=${cursor}`}`);
          found += rows.length;
          cursor = next;
        }
      }
      expect(found, `${instant} ${list} ${which}`).toBe(Number(number.replace(',', '')));
    }
  };

  it('tells the accounts that were refused after they were restored from those that were not', async () => {
    const { page, complaints } = await served.open(`/cases/${CASE_ID}?${new URLSearchParams({ at: EVENING })}`);
    const line = (words: RegExp) => page.locator('.box').first().locator('.make-up li').filter({ hasText: words });
    await line(/restored while the order stood$/)
      .getByRole('link', { name: '87', exact: true })
      .click();
    await settled(page);
    expect(await page.locator('.accounts tbody tr').count()).toBe(87);
    await line(/then refused, with grounds$/)
      .getByRole('link', { name: '37', exact: true })
      .click();
    await settled(page);
    expect(await page.locator('.accounts tbody tr').count()).toBe(37);
    await page.locator('.box').first().locator('.ever').getByRole('link', { name: '124', exact: true }).click();
    await settled(page);
    expect(await page.locator('.filters select').last().inputValue()).toBe('ever.before');
    expect(await page.locator('.filters option:checked').last().innerText()).toBe('in effect at some time so far, not at this time');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('comes from a figure of several orders to their accounts, and on to further pages of one', async () => {
    const { page, complaints } = await served.open(casePath);
    await page.locator('.box').nth(2).locator('.figure').getByRole('link', { name: '1,398' }).click();
    await settled(page);
    expect(await page.locator('#accounts').innerText()).toBe('Accounts under orders O1, O2');
    expect(await page.locator('.accounts tbody tr').count()).toBe(200);
    await page.getByRole('link', { name: 'Next 100 under order O2' }).click();
    await settled(page);
    expect(await page.locator('#accounts').innerText()).toBe('Accounts under order O2');
    expect(await page.locator('.accounts tbody tr').count()).toBe(100);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('moves the hour by keys, by an hour, a day, to the change before, and every table follows', async () => {
    const { page } = await served.open(casePath);
    const slider = page.getByRole('slider', { name: 'Hour looked at' });
    await slider.focus();
    await slider.press('ArrowLeft');
    await settled(page);
    await expect.poll(() => hourIn(page)).toBe('2021-02-12T08:00:00+05:30');
    expect(await figure(page)).toBe('126/257 = 49.03 %');
    expect(await slider.getAttribute('aria-valuetext')).toContain('12 Feb 2021 08:00 IST: Order O1 126/257 = 49.03 %');
    await slider.press('[');
    await expect.poll(() => hourIn(page)).toBe('2021-02-10T10:00:00+05:30');
    await slider.press('Shift+ArrowLeft');
    await expect.poll(() => hourIn(page)).toBe('2021-02-10T00:00:00+05:30');
    await settled(page);
    expect(await figure(page)).toBe('3/257 = 1.17 %');
    expect(await page.locator('.timeline tr.between').innerText()).toContain('Hour looked at: 10 Feb 2021 00:00 IST');
    await page.getByLabel('Show').last().selectOption('in_effect');
    await settled(page);
    expect(await page.locator('.accounts tbody tr').count()).toBe(3);
    await page.context().close();
  });

  it('sees which accounts were acted upon at an hour, one by one, and comes back to the whole timeline', async () => {
    const { page } = await served.open(casePath);
    await page.getByRole('link', { name: 'Changed here: 689' }).click();
    await settled(page);
    const rows = page.locator('.timeline tbody tr:not(.between)');
    expect(await rows.count()).toBe(200);
    expect(await rows.first().innerText()).toContain('synthetic-o1-127 withheld in IN, citing O1');
    await page.getByRole('link', { name: 'Next 200 lines' }).click();
    await settled(page);
    expect(await rows.first().innerText()).toContain('withheld in IN');
    await page.getByRole('link', { name: 'The whole timeline' }).click();
    await settled(page);
    expect(await wordsOf(page, '.timeline')).toContain('case begins');
    await page.context().close();
  });

  it('comes closer by keys, buttons and a drag, and back with 0; the steps stay steps', async () => {
    const { page } = await served.open(casePath);
    const slider = page.getByRole('slider', { name: 'Hour looked at' });
    const spans = (): string => `${new URL(page.url()).searchParams.get('from')} ${new URL(page.url()).searchParams.get('to')}`;
    await slider.focus();
    await slider.press('+');
    await settled(page);
    const closer = spans();
    expect(closer).not.toBe('null null');
    await page.getByRole('button', { name: 'Closer (+)' }).click();
    await settled(page);
    expect(spans()).not.toBe(closer);
    await slider.press('0');
    await settled(page);
    expect(spans()).toBe('null null');
    const box = await slider.boundingBox();
    if (!box) throw new Error('the chart is not there');
    await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await settled(page);
    expect(spans()).not.toContain('null');
    // Across and up or down alone: a line that slopes would have a command of its own.
    for (const path of await page.locator('.chart-line').all())
      expect(await path.getAttribute('d')).toMatch(/^(M[\d.]+ [\d.]+|[HV][\d.]+)*$/);
    await page.context().close();
  });

  it('opens the event of a mark, and of a meeting what came before and after it: sequence, not cause', async () => {
    const { page } = await served.open(casePath);
    await page.locator('.chart-mark', { hasText: 'meeting (dialogue)' }).click();
    await settled(page);
    const words = await wordsOf(page);
    expect(words).toContain('10 Feb 2021, "in the evening of 10 February" (read as 17:00–24:00 IST');
    expect(words).toContain('Before and after it: sequence, not cause');
    expect(words).toContain('12 Feb 2021 09:00 IST: 94 accounts withheld in IN, citing O1');
    await page.context().close();
  });

  it('takes tables along as CSV, XLSX and JSON, with their terms, and the chart as SVG that stands alone', async () => {
    const { page, complaints } = await served.open(`${casePath}&which=not_in_effect`);
    const taken = async (button: string | RegExp): Promise<Buffer> => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      return readFile(await (await download).path());
    };
    const name = 'Accounts under order O1, not in effect';
    const rows = rowsOfCsv((await taken(`${name} as CSV`)).toString('utf8'));
    expect(rows.filter(([line]) => line === 'row')).toHaveLength(37);
    const head = (of: readonly (readonly string[])[]) =>
      new Map(of.flatMap(([line, what, value]) => (line === 'head' ? [[what, value] as const] : [])));
    const terms = head(rows);
    expect(terms.get('case')).toMatch(new RegExp(`^.+, ${CASE_ID}$`));
    expect(terms.get('illustration')).toBe('yes: synthetic accounts and hours, no findings');
    expect(terms.get('order')).toMatch(/^O1, [0-9a-f-]{36}$/);
    expect(terms.get('unit')).toBe('accounts under an order');
    expect(terms.get('at')).toBe('12 Feb 2021 09:00 IST (2021-02-12T03:30:00.000Z)');
    expect(terms.get('hours')).toContain('Asia/Kolkata');
    expect(terms.get('known')).toMatch(/^as recorded to event [\d,]+, of /);
    expect(terms.get('coverage')).toMatch(/^declared complete .*, event 3,38\d, recorded \d+ \w+ \d{4} \(not verified\)$/);
    expect(terms.get('presumption')).toBe('none');
    expect(terms.get('caveat')).toContain('no finding of compliance');
    expect(await wordsOf(page, '.accounts .footing')).toContain('declared complete');
    const timeline = rowsOfCsv((await taken(/^Timeline.* as CSV$/)).toString('utf8'));
    expect([...head(timeline).keys()]).toEqual([...terms.keys()].filter((what) => what !== 'due'));
    const place = timeline[0]?.indexOf('Event') ?? -1;
    expect(
      timeline.filter(([line]) => line === 'row').every((row) => /^(event [\d,]+|[\d,]+ events from [\d,]+)$/.test(row[place] ?? '')),
    ).toBe(true);
    const json = JSON.parse((await taken(`${name} as JSON`)).toString('utf8'));
    expect([json.rows.length, json.about.order]).toEqual([37, terms.get('order')]);
    const xlsx = await taken(`${name} as XLSX`);
    expect(xlsx.subarray(0, 2).toString()).toBe('PK');
    const svg = (await taken('Download SVG')).toString('utf8');
    expect(svg).toContain('as recorded to event');
    expect(svg).toContain('12 Feb 2021 09:00 IST');
    expect(svg).not.toMatch(/var\(|<script|href=/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('hands on a link that keeps the instant and the state of knowledge', async () => {
    const { page } = await served.open(`/cases/${CASE_ID}`, { permissions: ['clipboard-read', 'clipboard-write'] });
    const figures = await page.locator('.figure strong').allInnerTexts();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied').waitFor();
    const link: string = await page.evaluate(() => navigator.clipboard.readText());
    const { position } = await served.api('/v1/cases');
    expect(Object.fromEntries(new URL(link).searchParams)).toEqual({ at: '2021-02-13T00:00:00+05:30', known: `${position}` });
    await page.goto(link);
    await settled(page);
    expect(await page.locator('.figure strong').allInnerTexts()).toEqual(figures);
    await page.context().close();
  });

  it('sees what was learned when, and goes to before and after', async () => {
    const { page } = await served.open(`/cases/${CASE_ID}?${new URLSearchParams({ at: '2021-02-01T20:00:00+05:30' })}`);
    await page.getByText('As we knew it: what was learned when').click();
    await settled(page);
    expect(await wordsOf(page)).toContain('correction recorded, event 3,394: data entry, "Written down an hour late');
    await page
      .getByRole('row', { name: /correction recorded/ })
      .getByRole('link', { name: 'as known before' })
      .click();
    await settled(page);
    expect(await figure(page)).toBe('1/257 = 0.39 %');
    expect(await wordsOf(page, '.controls')).toContain('Known: to event 3,393');
    await page.context().close();
  });

  /** 130 accounts blocked as rows of a file say, one of them retracted since. */
  const recordedFrom = async (evidence: string): Promise<number> => {
    const rows = Array.from({ length: 130 }, (_, n) => ({
      ...{ ...blockRow(`synthetic-cited-${n}`), synthetic: true, occurredAt: '2021-02-11T11:00:00+05:30' },
      sources: [{ name: 'A list', locator: `page 1, row ${n}`, evidence }],
    }));
    const { results } = await served.post('/v1/actions', { rows });
    const [{ stream, event }] = results;
    await served.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong', explanation: 'Of another list.' }] });
    return rows.length;
  };

  it('comes from a source to its file, and from the file to what rests on it', async () => {
    const bytes = 'An order, as it was scanned.';
    const reply = await fetch(`${served.url}/v1/evidence`, { method: 'POST', body: evidenceForm(bytes) });
    const { id } = acceptanceSchema.parse(await reply.json());
    const [order = ''] = (await served.api(`/v1/orders?case=${CASE_ID}`)).orders.map(({ id: one }: Body) => one);
    const summary = 'The order was shown to the press.';
    const statement = {
      ...statementRow(CASE_ID, [order]),
      summary,
      sources: [{ name: 'Scan', locator: 'page 2', evidence: id, quote: `see file ${NOT_OURS}` }],
    };
    const { results } = await served.post('/v1/statements', { rows: [statement] });
    const { page, complaints } = await served.open(`/events/${results[0].event}`);
    expect(await wordsOf(page)).toContain(`"see file ${NOT_OURS}"`);
    expect(await page.getByRole('link', { name: NOT_OURS }).count()).toBe(0); // quoted words lead nowhere
    await page.getByRole('link', { name: `file ${id}` }).click();
    await settled(page);
    const words = await wordsOf(page);
    for (const part of [
      'File of evidence: application/pdf, 28 bytes',
      `SHA-256 ${id}`,
      'obtained from The gazette',
      'how downloaded',
      'they are held, and are what was put on record',
      'Cited by one event',
    ])
      expect(words).toContain(part);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the file' }).click();
    expect(await readFile(await (await coming).path(), 'utf8')).toBe(bytes);
    await page.locator('section tbody a').first().click();
    await settled(page);
    expect(await wordsOf(page)).toContain(summary);
    const actions = await recordedFrom(id);
    await page.goto(`${served.url}/evidence/${id}`);
    await settled(page);
    expect(await page.locator('section h2').innerText()).toBe('Cited by 131 events, of which 1 was retracted since');
    expect(await page.locator('section tbody tr.struck').innerText()).toMatch(/by event [\d,]+, \d/);
    const row = page.locator('section tbody tr').nth(2);
    expect(await row.innerText()).toContain('synthetic-cited-1');
    expect(await row.innerText()).toContain('page 1, row 1');
    expect(await row.innerText()).toContain('11 Feb 2021 11:00');
    const table = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Cited by.* as CSV$/ }).click();
    const rows = rowsOfCsv(await readFile(await (await table).path(), 'utf8'));
    expect(rows.filter((cells) => cells.some((cell) => cell.includes('synthetic-cited-')))).toHaveLength(actions);
    await page.getByRole('link', { name: 'Next 100' }).click();
    await settled(page);
    expect(await page.locator('section tbody tr').count()).toBe(31);
    expect(words).toMatch(/its bytes looked for and hashed \d{1,2} \w{3} \d{4} \d\d:\d\d.* UTC\+05:30: they are held/);
    await page.emulateMedia({ media: 'print' });
    const head = await wordsOf(page, '.report-head');
    expect(head).not.toContain('Looked at');
    expect(head).not.toContain('accounts under an order');
    expect(head).toMatch(/as recorded to event [\d,]+, of \d/);
    await page.emulateMedia({ media: 'screen' });
    await page.route('**/verification?*', (route) => route.abort());
    await page.goto(`${served.url}/evidence/${id}`);
    await settled(page);
    expect(await wordsOf(page)).toContain('its bytes could not be asked for: the ledger does not answer');
    const { event } = (await served.api(`/v1/evidence/${id}/record`)).evidence;
    const taken = [{ stream: `evidence-${id}`, event, reason: 'wrong', explanation: 'Another scan.' }];
    await served.post('/v1/retractions', { rows: taken });
    await page.goto(`${served.url}/evidence/${id}`);
    await settled(page);
    expect(await wordsOf(page)).toMatch(
      /was taken back \(retracted by event [\d,]+, recorded .*: wrong, "Another scan\."\)\. What names it stands/,
    );
    await page.goto(`${served.url}/evidence/${id}?known=1`);
    await settled(page);
    expect(await wordsOf(page)).toContain('This file is not on record here as known at 1');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['O1', '/orders/', 'Order O1'],
    ['R2', '/orders/', 'Order R2'],
    ['Illustrative: two blocking orders', '/cases/', 'Illustrative'],
    ['Reported: two', '/cases/', 'Reported'],
    ['synthetic-o1-117', '/targets/', 'synthetic-o1-117'],
  ])('looks for %s and is led to it first', async (words, path, heading) => {
    const { page } = await served.open(`/search?${new URLSearchParams({ words })}`);
    expect(await page.locator('main h2').first().innerText()).toMatch(/very name|begin with/);
    const first = page.locator('main li a').first();
    expect(await first.getAttribute('href')).toContain(path);
    await first.click();
    await settled(page);
    expect(await page.locator('h1').innerText()).toContain(heading);
    await page.context().close();
  });

  it('finds an account by a part of its name', async () => {
    const { page } = await served.open('/');
    await page.getByRole('searchbox').fill('o1-117');
    await page.getByRole('searchbox').press('Enter');
    await settled(page);
    await page.getByRole('link', { name: 'synthetic-o1-117' }).click();
    await settled(page);
    expect(await wordsOf(page)).toContain('happened: 1 Feb 2021 20:50 IST 1 Feb 2021 19:50 IST');
    await page.context().close();
  });
});
