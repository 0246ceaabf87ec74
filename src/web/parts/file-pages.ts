/** Every page of a list, for a file: never more rows than a browser can hold without harm. */
import { counted } from '../../wording/text.ts';
import { ask } from '../ask.ts';
import { type Cell, TooManyRows } from './data-table.tsx';

export const FILE_PAGE_ROWS = 1_000;
const FILE_ROWS_MAX = 50_000;

/** `path`: of the first page. `what` is listed, in words. Throws TooManyRows, AskFailed. */
export const pagesOf = async <P extends { readonly next: string | null }>(
  path: string,
  rowsOf: (page: P) => readonly (readonly Cell[])[],
  what: string,
): Promise<readonly (readonly Cell[])[]> => {
  const found: (readonly Cell[])[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: P = await ask<P>(cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    found.push(...rowsOf(page));
    if (found.length > FILE_ROWS_MAX)
      throw new TooManyRows(`More than ${counted(FILE_ROWS_MAX)} ${what}: narrow the list, or take them from the API, page by page.`);
    cursor = page.next;
  }
  return found;
};
