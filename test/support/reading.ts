/** Reading: what every answer must be like, and the addresses under which a case of orders and targets is read. */
import { expect } from 'vitest';
import type { z } from 'zod';
import { type Body, openTestLedger, type Reply, type TestLedger, type TestLedgerOptions } from './ledger.ts';

/** An answer that is of the form that its route describes. */
export const read = async (ledger: TestLedger, url: string, form: z.ZodType): Promise<Body> => {
  const reply = await ledger.get(url);
  expect(reply.status, `${url}: ${JSON.stringify(reply.body)}`).toBe(200);
  form.parse(reply.body);
  return reply.body;
};

export const withLedger = async <T>(use: (ledger: TestLedger) => Promise<T>, options: TestLedgerOptions = {}): Promise<T> => {
  const ledger = await openTestLedger(options);
  try {
    return await use(ledger);
  } finally {
    await ledger.close();
  }
};

/** What a refused question is refused for. */
export const faultOf = ({ status, body }: Reply): string =>
  `${status} ${body.code} ${body.errors?.map(({ pointer }: { pointer: string }) => pointer).join()}`;

/** Every page of a list, by its cursors. */
export const pagesOf = async (ledger: TestLedger, url: string, member: string): Promise<readonly Body[][]> => {
  const pages: Body[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const reply: Reply = await ledger.get(cursor === '' ? url : `${url}&cursor=${cursor}`);
    expect(reply.status).toBe(200);
    pages.push(reply.body[member]);
    cursor = reply.body.next;
    expect(reply.headers['link'] === undefined).toBe(cursor === null);
  }
  return pages;
};

export const query = (parts: { readonly [name: string]: string | number | undefined }): string =>
  new URLSearchParams(Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();
