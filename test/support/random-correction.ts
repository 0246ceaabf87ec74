/** Which of the recorded facts a random correction picks, and what it says of it. */
import type { Data } from './naive-events.ts';
import { hourText, type RandomCorrection, storedExtent } from './random-case.ts';

/** A fact as whoever recorded it knows it. */
export type Correctable = { readonly id: string; readonly stream: string; readonly type: string; readonly data: Data };

export type Wanted<Fact> =
  | { readonly fact: Fact; readonly kind: 'retract' }
  | { readonly fact: Fact; readonly kind: 'correct'; readonly changes: Data; readonly removes: readonly string[] };

export const wantedOf = <Fact extends Correctable>(said: RandomCorrection, facts: readonly Fact[]): Wanted<Fact> | undefined => {
  const wanted = facts.filter(({ type }) => type !== 'CaseOpened').flatMap((fact) => wantedOfFact(said, fact) ?? []);
  return wanted[said.pick % wanted.length];
};

const wantedOfFact = <Fact extends Correctable>(said: RandomCorrection, fact: Fact): Wanted<Fact> | undefined => {
  if (said.kind === 'retract') return { fact, kind: 'retract' };
  if (said.kind === 'remove') {
    const field = [...(fact.type === 'TargetListed' ? ['receivedAt'] : []), 'until', 'expiresAt'].find((name) => name in fact.data);
    return field === undefined ? undefined : { fact, kind: 'correct', changes: {}, removes: [field] };
  }
  const changes = changesOf(said, fact);
  return changes && { fact, kind: 'correct', changes, removes: [] };
};

type Changing = Exclude<RandomCorrection, { readonly kind: 'retract' | 'remove' }>;

const changesOf = (said: Changing, { type, data }: Correctable): Data | undefined => {
  switch (said.kind) {
    case 'time': {
      const occurredAt = storedExtent(said.occurred);
      return type === 'OrderServed' || type === 'NoticeServed' ? { occurredAt, receivedAt: occurredAt } : { occurredAt };
    }
    case 'territory':
      if (type === 'OrderIssued') return { demand: { measure: 'disable_access', territory: said.territory } };
      return type === 'TargetWithheld' || type === 'TargetLimited' ? { territory: said.territory } : undefined;
    case 'basis':
      return 'basis' in data ? { basis: said.basis } : undefined;
    case 'rule':
      return type === 'OrderIssued' ? { deadlineRule: said.rule } : undefined;
    case 'deadline':
      return type === 'DeadlineSet' ? { dueAt: hourText(said.dueAt) } : undefined;
    case 'answer':
      return type === 'OrderAnswered' ? { answer: said.answer } : undefined;
    case 'sources':
      return { sources: [{ name: 'A synthetic newspaper', publishedAt: storedExtent(said.publishedAt) }] };
  }
};
