/** What the demo asks the ledger: nothing that it prints is known beforehand. */
import { CASE_ID } from '../../examples/meity-twitter-2021/illustrative.ts';
import { answers, type Curve, type Line, type State } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { recordedAtOf } from './knowledge.ts';
import { pages, type Subjects, subjectsOf, withPoint } from './subjects.ts';
import { linesOf } from './timeline.ts';
import { instantFrom } from './typed-hours.ts';

/** "Had it complied?", an hour at which the two definitions part. */
const ASKED_AT = '2021-02-01T20:00';
const LISTED_IN_ROWS = ['OrderServed', 'TargetBlocked', 'TargetWithheld', 'TargetReinstated', 'TargetDeclined', 'MeetingHeld'];

/** An hour of the screen: what happened at it, and the figures, where the hour is known. */
export type Moment = { readonly lines: readonly Line[]; readonly state: State | undefined };
export type Correction = { readonly position: number; readonly line: Line; readonly before: State; readonly now: State };

export type DemoAnswers = {
  readonly subjects: Subjects;
  /** Accounts that more than one of the orders lists. */
  readonly inSeveral: number;
  readonly moments: readonly Moment[];
  /** At the last moment. */
  readonly end: State;
  readonly asked: State;
  readonly correction: Correction;
  readonly curve: Curve;
  /** When the last event that the answers reflect was recorded. */
  readonly recordedAt: string | undefined;
  /** The answers on which the screen rests, as the API gave them. */
  readonly raw: { readonly end: unknown; readonly asked: unknown; readonly before: unknown };
};

export const demoAnswers = async (ledger: Ledger): Promise<DemoAnswers> => {
  const subjects = await subjectsOf(ledger, { case: CASE_ID });
  const orders = subjects.orders.map(({ id }) => id).join(',');
  const lines = await linesOf(ledger, (cursor) =>
    withPoint('/v1/chronology', undefined, { case: CASE_ID, group: 'true', limit: 1_000, cursor }),
  );
  const corrected = lines.find(({ first }) => first.correctedBy !== undefined);
  const position = corrected?.first.correctedBy?.at(-1)?.position;
  if (!corrected || position === undefined) throw new Error('the illustrative case lacks its correction');
  // It is the last event of the case: what is recorded of other cases later moves no line of the screen.
  const textAt = (at: string, knownAt = position): Promise<string> =>
    asked(ledger, withPoint('/v1/compliance', `${knownAt}`, { orders, at }));

  const moments = await Promise.all(
    momentsOf(lines).map(async (together) => ({
      lines: together,
      state: isExact(together) ? read(answers.state, await textAt(hourIn(together))) : undefined,
    })),
  );
  const last = moments.findLast(({ state }) => state !== undefined);
  if (!last?.state) throw new Error('the illustrative case lacks what the demo shows');

  const at = instantFrom(ASKED_AT, subjects.zone);
  const [endText, askedText, beforeText] = await Promise.all([textAt(last.state.validAt), textAt(at), textAt(at, position - 1)]);
  const [first] = moments;
  const curveText = await asked(
    ledger,
    withPoint('/v1/compliance', `${position}`, { orders, from: hourIn(first?.lines ?? []), to: later(last.state.validAt), step: 'PT1H' }),
  );
  const end = read(answers.state, endText);
  return {
    subjects,
    recordedAt: await recordedAtOf(ledger, end.position),
    inSeveral: await countInSeveral(ledger, subjects),
    moments,
    end,
    asked: read(answers.state, askedText),
    correction: { position, line: corrected, before: read(answers.state, beforeText), now: read(answers.state, askedText) },
    curve: read(answers.curve, curveText),
    raw: { end: JSON.parse(endText), asked: JSON.parse(askedText), before: JSON.parse(beforeText) },
  };
};

const countInSeveral = async (ledger: Ledger, { orders }: Subjects): Promise<number> => {
  const lists = await Promise.all(
    orders.map(({ id }) =>
      pages(
        (cursor) => withPoint(`/v1/orders/${id}/targets`, undefined, { limit: 1_000, cursor }),
        async (path) => {
          const page = read(answers.targets, await asked(ledger, path));
          return { rows: page.targets, next: page.next };
        },
      ),
    ),
  );
  const targets = lists.flat().map((target) => target.id);
  return targets.length - new Set(targets).size;
};

/** What happened at one extent, together, in occurred order. */
const momentsOf = (lines: readonly Line[]): readonly (readonly Line[])[] => {
  const shown = lines.filter(({ type }) => LISTED_IN_ROWS.includes(type));
  return [...Map.groupBy(shown, ({ occurredAt }) => `${occurredAt.earliest} ${occurredAt.latest}`).values()];
};

const hourIn = (lines: readonly Line[]): string => lines[0]?.occurredAt.earliest ?? '';
const isExact = (lines: readonly Line[]): boolean => lines.every(({ occurredAt }) => occurredAt.earliest === occurredAt.latest);

const TAIL_HOURS = 15; // so that the line shows where it ends
const later = (instant: string): string => Temporal.Instant.from(instant).add({ hours: TAIL_HOURS }).toString();
