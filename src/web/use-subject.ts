/** The case that a view is about, as known at one position: all other questions of the view name that position, so that all are of one state. */
import { useMemo } from 'preact/hooks';
import type { CaseReply, EventPage, Order, OrderPage } from './answers.ts';
import { type Failure, pathWith } from './ask.ts';
import { nowInstant } from './clock.ts';
import type { Known } from './parts/footing.tsx';
import { knownAtOf, type Standpoint, WHY_WORDS, zoneShown } from './standpoint.ts';
import { useAnswer } from './use-answer.ts';

const ORDERS_MAX = 1_000;

export type Subject = {
  readonly found: CaseReply['case'];
  readonly orders: readonly Order[];
  /** References by id. */
  readonly refs: ReadonlyMap<string, string>;
  readonly position: number;
  readonly known: Known;
  readonly zone: string;
  readonly at: string;
  /** Why it is this instant; empty where the link names it. */
  readonly why: string;
};
export type SubjectAnswer = { readonly subject: Subject | undefined; readonly failure: Failure | undefined };

export const useSubject = (id: string | undefined, standpoint: Standpoint): SubjectAnswer => {
  const knownAt = knownAtOf(standpoint);
  const path = id === undefined ? undefined : pathWith(`/v1/cases/${encodeURIComponent(id)}`, { knownAt });
  const of = useAnswer<CaseReply>(path);
  const position = of.value?.position;
  const orders = useAnswer<OrderPage>(
    position === undefined ? undefined : pathWith('/v1/orders', { case: id, limit: ORDERS_MAX, knownAt: position }),
  );
  const recordedAt = useRecordedAt(position);
  const failure = of.failure ?? orders.failure;
  const listed = orders.value?.orders;
  const refs = useMemo(() => new Map((listed ?? []).map((order) => [order.id, order.ref])), [listed]);
  if (!of.value || !orders.value || position === undefined) return { subject: undefined, failure };
  const zone = zoneShown(standpoint, of.value.case.zone);
  return {
    failure,
    subject: {
      found: of.value.case,
      orders: orders.value.orders,
      refs,
      position,
      known: { position, recordedAt },
      zone,
      ...instantMeant(standpoint, orders.value.orders),
    },
  };
};

/** When the event at a position was recorded. */
export const useRecordedAt = (position: number | undefined): string | undefined => {
  const path =
    position === undefined || position === 0 ? undefined : pathWith('/v1/events', { after: position - 1, limit: 1, knownAt: position });
  return useAnswer<EventPage>(path).value?.events[0]?.envelope.recordedAt;
};

/** What the link names; else the end to which the record is declared complete, if it is past; else now. */
const instantMeant = ({ at }: Standpoint, orders: readonly Order[]): { readonly at: string; readonly why: string } => {
  if (at !== undefined) return { at, why: '' };
  const ends = orders.map(({ coveredTo }) => coveredTo);
  const [end] = ends.filter((instant) => instant !== null).sort();
  const now = nowWhenAsked();
  if (end === undefined || ends.includes(null) || end > now) return { at: now, why: WHY_WORDS.now };
  return { at: end, why: WHY_WORDS.declared_to };
};

/** One instant for the whole visit, or every drawing of the page would ask a new question. */
const nowWhenAsked = (): string => (openedAt ??= nowInstant());
let openedAt: string | undefined;
