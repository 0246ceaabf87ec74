/** What the demo asks the ledger of the reported case. */
import { REPORTED_CASE_ID } from '../../examples/meity-twitter-2021/reported-terms.ts';
import { msOf } from '../wording/hours.ts';
import { answers, type Entry, type State } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { recordedAtOf } from './knowledge.ts';
import { type Subjects, subjectsOf, withPoint } from './subjects.ts';

export type ReportedAnswers = {
  readonly caseId: string;
  readonly title: string;
  readonly subjects: Subjects;
  /** All that is on record of the case, in the order in which it occurred. */
  readonly entries: readonly Entry[];
  /** Once the last figure had been published. */
  readonly state: State;
  readonly recordedAt: string | undefined;
  /** The answers on which the screen rests, as the API gave them. */
  readonly raw: { readonly compliance: unknown; readonly chronology: unknown };
};

const ENTRIES_MAX = 1_000; // one page, which the case fills to a small part

export const reportedAnswers = async (ledger: Ledger): Promise<ReportedAnswers> => {
  const subjects = await subjectsOf(ledger, { case: REPORTED_CASE_ID });
  const chronology = await asked(ledger, withPoint('/v1/chronology', undefined, { case: REPORTED_CASE_ID, limit: ENTRIES_MAX }));
  const { entries, position } = read(answers.entries, chronology);
  const at = afterAll(entries.filter(({ type }) => type === 'ClaimRecorded'));
  const compliance = await asked(ledger, withPoint('/v1/compliance', `${position}`, { case: REPORTED_CASE_ID, at }));
  return {
    caseId: REPORTED_CASE_ID,
    title: subjects.case?.title ?? '',
    subjects,
    entries,
    state: read(answers.state, compliance),
    recordedAt: await recordedAtOf(ledger, position),
    raw: { compliance: JSON.parse(compliance), chronology: JSON.parse(chronology) },
  };
};

/** The first instant after the last of the days. */
const afterAll = (entries: readonly Entry[]): string => {
  const last = Math.max(...entries.map(({ occurredAt }) => msOf(occurredAt.latest)));
  return Temporal.Instant.fromEpochMilliseconds(last + 1).toString({ fractionalSecondDigits: 3 });
};
