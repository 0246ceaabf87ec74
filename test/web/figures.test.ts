/** The figures that a reader sees are the API's, at every instant of the scenario and at every point of knowledge, read from the words of the page. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { figureText } from '../../src/wording/figure-text.ts';
import { counted } from '../../src/wording/text.ts';
import { DEFINITION_WORDS, noPercentWords, unitOf } from '../../src/wording/words.ts';
import type { Body } from '../support/ledger.ts';
import { describeInBrowser, type ServedPage, servePage, settled, wordsOf } from './served-page.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** IST, and what domain rules section 12 has for order O1, order O2 and both. */
const GOLDEN: readonly (readonly [clock: string, o1: string, o2: string, both: string])[] = [
  ['2021-01-31T11:59', '–', '–', '–'],
  ['2021-02-01T13:59', '0/257 = 0.00 %', '–', '0/257 = 0.00 %'],
  ['2021-02-01T14:00', '250/257 = 97.28 %', '–', '250/257 = 97.28 %'],
  ['2021-02-01T19:49', '250/257 = 97.28 %', '–', '250/257 = 97.28 %'],
  ['2021-02-01T19:50', '0/257 = 0.00 %', '–', '0/257 = 0.00 %'],
  ['2021-02-05T10:00', '3/257 = 1.17 %', '0/1,178 = 0.00 %', '3/1,435 = 0.21 %'],
  ['2021-02-10T12:19', '126/257 = 49.03 %', '583/1,178 = 49.49 %', '709/1,435 = 49.41 %'],
  ['2021-02-12T09:00', '220/257 = 85.60 %', '1,178/1,178 = 100.00 %', '1,398/1,435 = 97.42 %'],
];
const instant = (clock: string): string => `${clock}:00+05:30`;
const path = (parameters: { readonly [name: string]: string }): string => `/cases/${CASE_ID}?${new URLSearchParams(parameters)}`;

const figures = (page: Page): Promise<readonly string[]> => page.locator('.figure strong').allInnerTexts();

/** What a box has to say of figures that the API answers. */
const expectSaid = (words: string, { effective, ever }: Body): void => {
  const unit = unitOf(['account', 'post', 'url']);
  for (const figure of [effective, ever]) {
    expect(words).toContain(DEFINITION_WORDS[figure.definition as 'ever']);
    expect(words).toContain(figureText(figure, unit));
    if (figure.reason) expect(words).toContain(noPercentWords(figure.reason, figure.definition, unit, []));
  }
};

describeInBrowser('the figures of the page', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(() => served?.close());

  it.each(GOLDEN)('are those of the scenario at %s IST', async (clock, ...expected) => {
    const { page, complaints } = await served.open(path({ at: instant(clock) }));
    expect(await figures(page)).toEqual(expected);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(['3393', '3394'])(
    'are those of the API at each instant, as known to event %s, with what they are made of and their terms',
    async (known) => {
      const { page } = await served.open('/');
      for (const [clock] of [...GOLDEN, ['2021-02-01T20:00'] as const]) {
        const asked = new URLSearchParams({ case: CASE_ID, at: instant(clock), knownAt: known });
        const state = await served.api(`/v1/compliance?${asked}`);
        await page.goto(served.url + path({ at: instant(clock), known }));
        await settled(page);
        const boxes = await page.locator('.box').allInnerTexts();
        const all = [...state.orders, state.total];
        expect(boxes).toHaveLength(all.length);
        for (const [place, of] of all.entries()) {
          const words = (boxes[place] ?? '').replace(/\s+/g, ' ');
          expectSaid(words, of);
          const numbers = [...Object.values<number>(of.makeUp.inEffect), of.makeUp.unknown].filter((number) => number > 0);
          for (const number of numbers) expect(words).toContain(counted(number));
          expect(words).toContain(`as recorded to event ${counted(Number(known))}`);
          expect(words).toContain('IST');
          expect(words).toContain('declared complete');
        }
      }
      await page.context().close();
    },
  );

  it('differ between what was known before the correction and after it, and the difference names the event', async () => {
    const clock = instant('2021-02-01T20:00');
    for (const [known, figure] of [
      ['3393', '1/257 = 0.39 %'],
      ['3394', '0/257 = 0.00 %'],
    ] as const) {
      const { page } = await served.open(path({ at: clock, known }));
      expect((await figures(page))[0]).toBe(figure);
      await page.context().close();
    }
    const { page } = await served.open(`/cases/${CASE_ID}/changes?${new URLSearchParams({ before: '3393', after: '3394', at: clock })}`);
    const words = await wordsOf(page);
    expect(words).toContain('In effect at this time 1/257 = 0.39 % 0/257 = 0.00 %');
    expect(words).toMatch(/synthetic-o1-117 O1 in effect, citing the order .* event 3,394, correction recorded/);
    await page.context().close();
  });

  it('are the same in every zone, and their hours are of that zone, at half past too', async () => {
    const { page } = await served.open(path({ at: '2021-02-01T08:30:00Z', zone: 'UTC' }));
    expect((await figures(page))[0]).toBe('250/257 = 97.28 %');
    expect(await wordsOf(page, '.controls')).toContain('1 Feb 2021 08:30 UTC');
    await page.getByLabel('Hours').selectOption('');
    await settled(page);
    expect(await wordsOf(page, '.controls')).toContain('1 Feb 2021 14:00 IST');
    await page.getByRole('button', { name: 'An hour later' }).click();
    await settled(page);
    expect(new URL(page.url()).searchParams.get('at')).toBe('2021-02-01T15:00:00+05:30');
    await page.getByLabel('Hours').selectOption('UTC');
    await page.getByRole('button', { name: 'An hour later' }).click();
    await settled(page);
    expect(new URL(page.url()).searchParams.get('at')).toBe('2021-02-01T10:00:00+00:00'); // the hour of UTC, not of India
    await page.context().close();
  });

  it('have no percentage where no list is on record, and say so, and the claims stand apart', async () => {
    const { cases } = await served.api('/v1/cases');
    const reported = cases.find(({ synthetic }: Body) => !synthetic);
    const { page } = await served.open(`/cases/${reported.id}`);
    expect(await figures(page)).toEqual(['–', '–', '–']);
    const words = await wordsOf(page);
    expect(words).toContain('no percentage: no list of the accounts is on record for orders R1, R2');
    expect(words).not.toContain('[ILLUSTRATION]');
    for (const foreign of ['O1', 'O2', '97.42', '49.41']) expect(words).not.toContain(foreign);
    expect(await page.locator('section:has(> #claims) tbody tr').count()).toBe(
      (await served.api(`/v1/claims?case=${reported.id}`)).claims.length,
    );
    await page.context().close();
  });
});
