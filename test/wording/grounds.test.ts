import { expect, it } from 'vitest';
import { groundsOf } from '../../src/wording/grounds.ts';

it.each([
  ['local:root', 'by local:root (name not checked)'],
  ['Legal desk', 'by Legal desk (by token)'],
])('%s is shown with whether anybody checked that name', (recordedBy, words) => {
  const grounds = { assertion: 'direct_record', recordedAt: '2026-11-25T02:50:00.000Z', recordedBy };
  expect(groundsOf(grounds, 'Asia/Kolkata')).toBe(`— direct record; recorded 25 Nov 2026 08:20 IST ${words}`);
});
