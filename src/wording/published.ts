/** "As published by": what figures leave out as of a day, and what stays because nobody can tell when it was published. */
import { hourOf } from './hours.ts';

/** What is left out and what is kept, whatever the day. */
export const PUBLISHED_WORDS = 'without what all sources published later; what has no source, or a source without a date, is kept';

/** `as published by 13 Feb 2021 00:00 IST: without what all sources published later; …` */
export const publishedByWords = (by: string, zone: string): string => `as published by ${hourOf(by, zone)}: ${PUBLISHED_WORDS}`;
