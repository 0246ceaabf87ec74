/** A ledger that asks who is calling: the page says so, takes a token for its tab, and tells nothing of the record before. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { makeToken, openTokenFile, type TokenFile } from '../support/tokens.ts';
import { describeInBrowser, type ServedPage, servePage, settled, wordsOf } from './served-page.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describeInBrowser('the page of a ledger with tokens', () => {
  const reader = makeToken('Rita', 'reader');
  let file: TokenFile;
  let served: ServedPage;
  beforeAll(async () => {
    file = openTokenFile();
    served = await servePage({ access: file.access() });
    file.write(reader);
  });
  afterAll(async () => {
    await served?.close();
    file?.close();
  });

  it('asks for one, refuses what is none, and shows the case with one that is', async () => {
    const { page, complaints } = await served.open(`/cases/${CASE_ID}`);
    expect(await wordsOf(page)).toContain('This ledger asks who is calling');
    expect(await wordsOf(page, 'body')).not.toContain('Illustrative');
    await page.getByLabel('Token').fill('elt_none');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await settled(page);
    expect(await wordsOf(page)).toContain('This ledger asks who is calling');
    await page.getByLabel('Token').fill(reader.text);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await settled(page);
    expect(await page.locator('.figure strong').first().innerText()).toBe('220/257 = 85.60 %');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Timeline.* as CSV$/ }).click();
    await (await download).path();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
