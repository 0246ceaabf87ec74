/** Every view of both cases, in every dress: nothing that the browser complains of, and nothing that keeps somebody out. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { acceptanceSchema } from '../../src/api/write-replies.ts';
import { evidenceForm } from '../support/bodies.ts';
import type { Body } from '../support/ledger.ts';
import { describeInBrowser, type ServedPage, servePage, settled } from './served-page.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const at = encodeURIComponent('2021-02-10T18:00:00+05:30');

/** A view of each kind, of each case. */
const viewsOf = async (served: ServedPage): Promise<readonly string[]> => {
  const { cases } = await served.api('/v1/cases');
  const ofCases = await Promise.all(
    cases.map(async ({ id }: Body) => {
      const { orders } = await served.api(`/v1/orders?case=${id}`);
      const { meetings } = await served.api(`/v1/meetings?case=${id}`);
      const { entries } = await served.api(`/v1/chronology?case=${id}&types=ClaimRecorded,StatementMade,TargetListed&limit=1`);
      return [
        `/cases/${id}`,
        `/cases/${id}?at=${at}&zone=UTC`,
        `/cases/${id}/sheet?at=${at}`,
        `/orders/${orders[0].id}`,
        `/meetings/${meetings.at(-1).id}`,
        `/events/${entries[0].event}`,
      ];
    }),
  );
  const { targets } = await served.api('/v1/search?words=synthetic-o1-117');
  const file = await fetch(`${served.url}/v1/evidence`, { method: 'POST', body: evidenceForm('A scan.') });
  const { id } = acceptanceSchema.parse(await file.json());
  const orders: readonly Body[] = (await served.api(`/v1/orders?case=${CASE_ID}`)).orders;
  const listed = `/cases/${CASE_ID}?list=${orders.map((order) => order.id).join()}&which=not_in_effect&at=${at}`;
  const changes = `/cases/${CASE_ID}/changes?before=3393&after=3394&at=${encodeURIComponent('2021-02-01T20:00:00+05:30')}`;
  return ['/', ...ofCases.flat(), `/targets/${targets[0].id}`, `/evidence/${id}`, listed, changes, '/search?words=Red%20Fort', '/nowhere'];
};

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What would keep somebody out, by the rules of WCAG 2.2 A and AA and good practice. */
const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe); // not as a script of the page, which its policy would refuse
  const found: Body = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations.map(
    ({ id, nodes }: Body) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }: Body) => html.slice(0, 160))
        .join(' | ')}`,
  );
};

const openAll = async (page: Page): Promise<void> => {
  const folded = page.locator('main details:not([open]) > summary');
  while ((await folded.count()) > 0) {
    await folded.first().click();
    await settled(page);
  }
};

describeInBrowser('the page, view by view', () => {
  let served: ServedPage;
  let views: readonly string[];
  beforeAll(async () => {
    served = await servePage();
    views = await viewsOf(served);
  });
  afterAll(() => served?.close());

  it('shows each without an error and keeps nobody out: light, dark and narrow', async () => {
    for (const view of views) {
      const { page, complaints } = await served.open(view);
      await openAll(page);
      expect(await page.locator('h1').count(), view).toBe(1);
      expect(await violationsOf(page), `${view}, light`).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violationsOf(page), `${view}, dark`).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      await settled(page);
      expect(await violationsOf(page), `${view}, narrow`).toEqual([]);
      const [width, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(width, `${view} is wider than the screen`).toBeLessThanOrEqual(shown ?? 0);
      expect(complaints, view).toEqual([]);
      await page.context().close();
    }
  });

  it('prints each with its heading, its terms and numbered pages, and without its controls', async () => {
    for (const view of views.filter((path) => /^\/(cases|orders|targets|evidence)\//.test(path))) {
      const { page, complaints } = await served.open(view);
      await page.emulateMedia({ media: 'print' });
      const words = await page.locator('main').innerText();
      for (const heading of ['Report', ...(view.startsWith('/evidence/') ? [] : ['Looked at']), 'Known', 'Hours', 'Filters', 'Meaning'])
        expect(words, view).toContain(heading);
      expect(words, view).toContain('no finding of compliance, breach or validity');
      expect(await page.locator('button:visible, input:visible, select:visible').count(), view).toBe(0);
      expect(await violationsOf(page), `${view}, print`).toEqual([]);
      expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
      expect(complaints, view).toEqual([]);
      await page.context().close();
    }
  });

  it('prints the sheet of an instant on one page', async () => {
    const { page } = await served.open(`/cases/${CASE_ID}/sheet?at=${at}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  });
});
