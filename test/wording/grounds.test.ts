import { expect, it } from 'vitest';
import { groundsOf, groundsParts, partsText } from '../../src/wording/grounds.ts';

it.each([
  ['local:root', 'by local:root (name not checked)'],
  ['Legal desk', 'by Legal desk (by token)'],
])('%s is shown with whether anybody checked that name', (recordedBy, words) => {
  const grounds = { assertion: 'direct_record', recordedAt: '2026-11-25T02:50:00.000Z', recordedBy };
  expect(groundsOf(grounds, 'Asia/Kolkata')).toBe(`— direct record; recorded 25 Nov 2026 08:20 IST ${words}`);
});

it('has the files of its sources apart from what is quoted, which may name one', () => {
  const [file, quoted] = ['a'.repeat(64), 'b'.repeat(64)];
  const source = { name: `file ${quoted}`, locator: 'page 2', quote: `see file ${quoted}`, evidence: file };
  const grounds = { assertion: 'inferred', sources: [source], recordedAt: '2026-11-25T02:50:00.000Z', recordedBy: 'local:root' };
  const parts = groundsParts(grounds, 'Asia/Kolkata');
  expect(parts.filter((part) => typeof part !== 'string')).toEqual([{ file }]);
  expect(partsText(parts)).toContain(`inferred: file ${quoted}, page 2, file ${file}: "see file ${quoted}"; recorded`);
});
