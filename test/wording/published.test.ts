/** Whoever reads figures "as published by" a day is told what was left out, and what stayed without a date. */
import { expect, it } from 'vitest';
import { publishedByWords } from '../../src/wording/published.ts';

it('says what is left out and that what has no dated source is kept', () => {
  expect(publishedByWords('2021-02-12T18:30:00.000Z', 'Asia/Kolkata')).toBe(
    'as published by 13 Feb 2021 00:00 IST: without what all sources published later; what has no source, or a source without a date, is kept',
  );
});
