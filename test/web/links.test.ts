/** Links that lead nowhere, or not quite somewhere: each says so in a plain sentence, offers a way on, and runs nothing of what stands in it. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { NOT_SEARCHED_WORDS } from '../../src/wording/searched.ts';
import { account, caseBody, coverageBody, listRow, orderBody, serviceBody, statementRow, withholdRow } from '../support/bodies.ts';
import { describeInBrowser, type Opened, type ServedPage, servePage, settled, wordsOf } from './served-page.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const NO_ID = '00000000-0000-4000-8000-00000000abcd';
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\${8*8}`;
const encoded = encodeURIComponent(HOSTILE);

describeInBrowser('a bad link', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage();
  });
  afterAll(() => served?.close());

  const opened = async (path: string, use: (opened: Opened & { readonly words: string }) => Promise<void>): Promise<void> => {
    const found = await served.open(path);
    await use({ ...found, words: await wordsOf(found.page) });
    expect(found.complaints, path).toEqual([]);
    expect(await found.page.locator('main a[href]').count(), `${path} has no way on`).toBeGreaterThan(0);
    await found.page.context().close();
  };

  it.each([
    ['/cases', 'This case'],
    ['/orders', 'This order'],
    ['/targets', 'This account'],
    ['/meetings', 'This meeting'],
    ['/events', 'This event'],
    ['/evidence', 'This file'],
  ])('to an unknown or impossible id under %s says that it is not on record', async (path, what) => {
    for (const id of [NO_ID, 'no-id-at-all', encoded, '%ff'])
      await opened(`${path}/${id}`, async ({ words }) => expect(words, id).toContain(`${what} is not on record here`));
  });

  it('to an address that the page does not have says so', async () => {
    await opened(`/nowhere/${encoded}`, async ({ words }) => expect(words).toContain('There is nothing at this address'));
  });

  it('with an hour without a zone says that it is no one instant, and offers to read it in the zone of the case', async () => {
    await opened(`/cases/${CASE_ID}?at=2021-02-12T09:00`, async ({ page, words }) => {
      expect(words).toContain('2021-02-12T09:00 has no zone, and so is no one instant');
      await page.getByRole('link', { name: /Read it in the zone of the case/ }).click();
      await settled(page);
      expect(await page.locator('.figure strong').first().innerText()).toBe('220/257 = 85.60 %');
    });
  });

  it.each([
    ['at=yesterday', 'is no hour with its zone'],
    [`at=${encoded}`, 'is no hour with its zone'],
    ['at=2021-02-30T09:00:00Z', 'is no hour with its zone'],
    ['by=2021-13-01T00:00:00Z', 'is no hour with its zone'],
    ['known=-1', 'is no point of knowledge'],
    [`known=${encoded}`, 'is no point of knowledge'],
    ['zone=Mars/Base', 'is no time zone that this browser knows'],
    ['from=2021-02-12T00:00:00Z&to=2021-02-11T00:00:00Z', 'ends before it begins'],
  ])('with %s says what is wrong', async (query, words) => {
    await opened(`/cases/${CASE_ID}?${query}`, async (found) => expect(found.words).toContain(words));
  });

  it('with a position beyond the head says where the log ends, and leads to what is known now', async () => {
    await opened(`/cases/${CASE_ID}?known=999999`, async ({ page, words }) => {
      expect(words).toContain('beyond the head');
      expect(words).toMatch(/The log ends at event [\d,]+/);
      await page.getByRole('link', { name: 'As known now' }).click();
      await settled(page);
      expect(await wordsOf(page)).toContain('[ILLUSTRATION]');
    });
  });

  it('with a position before the case was recorded says that it was not on record then', async () => {
    await opened(`/cases/${CASE_ID}?known=1`, async ({ page, words }) => {
      expect(words).toContain('This case is not on record here as known at 1');
      await page.getByRole('link', { name: 'Look with all that is known now' }).click();
      await settled(page);
      expect(await wordsOf(page)).toContain('[ILLUSTRATION]');
    });
  });

  it('to a case that was retracted since names that too, and shows it as known before', async () => {
    const { id, stream, event, position } = await served.post('/v1/cases', {
      ...caseBody,
      externalId: { system: 'test', id: 'retracted' },
    });
    await served.post('/v1/retractions', { rows: [{ stream, event, reason: 'wrong', explanation: 'Opened twice.' }] });
    await opened(`/cases/${id}`, async ({ words }) => {
      expect(words).toContain('This case is not on record here');
      expect(words).toContain('or it was retracted since');
    });
    await opened(`/cases/${id}?known=${position}`, async ({ words }) => expect(words).toContain(caseBody.title));
  });

  it('with a filter that nothing fits says so, and shows everything again on request', async () => {
    await opened(`/cases/${CASE_ID}?party=${encoded}`, async ({ page, words }) => {
      expect(words).toContain('Nothing on record fits this filter');
      await page.getByRole('link', { name: 'Show everything' }).click();
      await settled(page);
      expect(await page.locator('.timeline tbody tr').count()).toBeGreaterThan(10);
    });
    await opened(`/cases/${CASE_ID}?which=target_gone`, async ({ words }) => expect(words).toContain('No account of this order fits'));
    await opened(`/search?words=${encoded}`, async ({ words }) => {
      expect(words).toContain('Nothing that is searched has this');
      expect(words).toContain(`not searched are ${NOT_SEARCHED_WORDS}`);
    });
    await opened('/search', async ({ words }) => expect(words).toContain('Nothing is searched for'));
  });

  it('in a browser without Temporal says what is needed, and where the same can be asked', async () => {
    const { page, complaints } = await served.open(`/cases/${CASE_ID}`, { before: 'delete globalThis.Temporal' });
    const words = await wordsOf(page, 'body');
    for (const part of ['too old for the page', 'Chrome and Edge', 'npx ledger compliance', '/docs']) expect(words).toContain(part);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('into a record of hostile names and words shows them as they are, and runs none of them', async () => {
    const { id: caseId } = await served.post('/v1/cases', { ...caseBody, title: `Hostile ${HOSTILE}` });
    const { id: order } = await served.post('/v1/orders', { ...orderBody(caseId), ref: HOSTILE });
    await served.post(`/v1/orders/${order}/service`, serviceBody);
    const hostile = { ...account('x'), kind: 'url', verbatim: 'https://birdsite.example/?q="><script>alert(1)</script>' };
    const { results } = await served.post(`/v1/orders/${order}/targets`, { rows: [{ ...listRow('x'), target: hostile }] });
    await served.post('/v1/actions', {
      rows: [{ ...withholdRow('x', [order]), target: hostile, sources: [{ name: HOSTILE, quote: HOSTILE }], text: HOSTILE }],
    });
    await served.post('/v1/statements', { rows: [{ ...statementRow(caseId, [order]), summary: `=HYPERLINK("x") ${HOSTILE}` }] });
    await served.post('/v1/coverage', coverageBody(order));
    const target = results[0].stream.slice('target-'.length);
    for (const path of ['/', `/cases/${caseId}`, `/cases/${caseId}/sheet`, `/orders/${order}`, `/targets/${target}`, `/search?words=alert`])
      await opened(path, async ({ page, words }) => {
        expect(words).toContain('<script>alert(1)</script>');
        expect(await page.locator('main script, main img').count()).toBe(0);
      });
  });
});
