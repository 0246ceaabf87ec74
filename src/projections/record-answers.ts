/** Answers about what is on record as JSON text: made where the read model is read, since they may go through all of a long list, and sent on as they are. */
import type { ChronologyQuestion, DensityQuestion } from './chronology.ts';
import type { LearnedQuestion } from './learned.ts';
import type { Search } from './search.ts';

/** Each resolves with JSON text. The last member of a page is `next`: the `after` of the page that follows, `null` at the end. */
export interface RecordAnswers {
  /** A page of single events (`entries`). */
  chronology(question: ChronologyQuestion): Promise<string>;
  /** A page of lines, each of the events that say the same of many targets (`lines`). */
  chronologyLines(question: ChronologyQuestion): Promise<string>;
  /** How many events each part of a period has (`buckets`). */
  density(question: DensityQuestion): Promise<string>;
  /** A page of what was learned of a case, and when (`runs`). */
  learned(question: LearnedQuestion): Promise<string>;
  /** What has a name or words in it (`search.ts`). */
  search(question: Search): Promise<string>;
}
