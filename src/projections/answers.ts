/** Everything that the thread of long answers is asked: about compliance, about what is on record, and about what would be. */
import type { ComplianceAnswers } from './compliance-answers.ts';
import type { RecordAnswers } from './record-answers.ts';
import type { RehearsalAnswers } from './rehearsal-answers.ts';

/** Each resolves with JSON text. */
export type Answers = ComplianceAnswers & RecordAnswers & RehearsalAnswers;
export type QuestionOf<Name extends keyof Answers> = Parameters<Answers[Name]>[0];
