/** The lexicon parts-of-day@1: which local hours a source's "morning" or "evening" stands for. Another reading is another version. */
export const PARTS_OF_DAY_VERSION = 'parts-of-day@1';

/** Local hours of the date, [from, to); 24 is the start of the next day. */
export const PARTS_OF_DAY = {
  small_hours: { from: 0, to: 6 },
  morning: { from: 6, to: 12 },
  afternoon: { from: 12, to: 17 },
  evening: { from: 17, to: 24 },
  night: { from: 20, to: 24 },
} as const;

export type PartOfDay = keyof typeof PARTS_OF_DAY;
