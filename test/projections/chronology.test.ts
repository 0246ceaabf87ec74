/** Which events a chronology has, and in which order: against the definition, read off the log event by event. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Uses } from '../../src/api/uses.ts';
import { logEventOf } from '../../src/domain/codec.ts';
import type { LogEvent } from '../../src/domain/event.ts';
import { effective, isFact } from '../../src/domain/history.ts';
import { parseCaseId, parseOrderId } from '../../src/domain/ids.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { type ChronologyQuestion, chronologyGroups, chronologyKeys } from '../../src/projections/chronology.ts';
import { createGroupWindow, createWindow, type GroupCandidate, type Key } from '../../src/projections/chronology-window.ts';
import { limitMs } from '../support/limit-ms.ts';
import { orderId } from '../support/naive-events.ts';
import { randomCase } from '../support/random-case.ts';
import { recordCase, withTestLedger } from '../support/recorded-case.ts';

vi.setConfig({ testTimeout: limitMs(120_000) });

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);
const CASE = '32e776e4-b906-51af-b90a-c671315941d8';

type Placed = LogEvent & { readonly position: number };
const wholeLog = async (uses: Uses): Promise<readonly Placed[]> => {
  const { events } = await (uses.log as EventStore).readAll({ after: null, limit: 1_000 });
  return events.map(({ event }, i) => ({ ...logEventOf(event), position: i + 1 }));
};

/** What a fact says at the end of a log, or said when it was retracted. */
const lastSaid = (log: readonly Placed[], fact: Placed) => {
  for (let end = log.length; end > 0; end -= 1) {
    const found = effective(log.slice(0, end).filter(({ stream }) => stream === fact.stream)).find(({ id }) => id === fact.id);
    if (found)
      return found.data as never as {
        occurredAt: { earliest: string; latest: string };
        orders?: string[];
        order?: string;
        population?: { orders?: string[] };
        caseId?: string;
      };
  }
  throw new Error('a fact that never stood');
};

/** Positions, by the definition of a chronology. */
const byDefinition = (log: readonly Placed[], orders: readonly string[], ofCase?: string): readonly number[] => {
  const facts = log.filter((event) => isFact(event) && event.stream !== 'ledger').map((event) => ({ event, said: lastSaid(log, event) }));
  const listed = new Set(
    log.flatMap(({ stream }) => {
      const standing = effective(log.filter((event) => event.stream === stream));
      return standing.some(({ type, data }) => type === 'TargetListed' && orders.includes(String(data['order']))) ? [stream] : [];
    }),
  );
  const belongs = ({ event, said }: (typeof facts)[number]): boolean => {
    const named = [...(said.orders ?? []), ...(said.population?.orders ?? []), said.order ?? ''].some((order) => orders.includes(order));
    return (
      named ||
      listed.has(event.stream) ||
      orders.includes(event.stream.slice('order-'.length)) ||
      (ofCase !== undefined && (said.caseId === ofCase || event.stream === `case-${ofCase}`))
    );
  };
  return facts
    .filter(belongs)
    .toSorted(
      (a, b) =>
        compare(a.said.occurredAt.earliest, b.said.occurredAt.earliest) ||
        compare(a.said.occurredAt.latest, b.said.occurredAt.latest) ||
        a.event.position - b.event.position,
    )
    .map(({ event }) => event.position);
};
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const run = <T>(steps: Generator<undefined, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

describe('a chronology', () => {
  it('has the events that the definition names, in occurred order, at every point of knowledge', async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async (theCase) => {
        await withTestLedger(async ({ uses }) => {
          await recordCase(uses, theCase);
          const log = await wholeLog(uses);
          for (let knownAt = 1; knownAt <= log.length; knownAt += 3) {
            const known = log.slice(0, knownAt);
            const issued = known.filter(({ type }) => type === 'OrderIssued').map(({ stream }) => stream.slice('order-'.length));
            const asked = (rest: Partial<ChronologyQuestion>) => ({ knownAt, limit: 1_000, after: undefined, ...rest });
            const ofCase = run(chronologyKeys(uses.model, asked({ case: parseCaseId(CASE) })));
            expect(ofCase.page.map(({ position }) => position)).toEqual(byDefinition(known, issued, CASE));
            const lines = run(chronologyGroups(uses.model, asked({ case: parseCaseId(CASE) })));
            expect(lines.page.reduce((sum, { events }) => sum + events, 0)).toBe(ofCase.page.length);
            const order = orderId(0);
            const ofOrder = run(chronologyKeys(uses.model, asked({ order: parseOrderId(order) })));
            expect(ofOrder.page.map(({ position }) => position)).toEqual(byDefinition(known, issued.includes(order) ? [order] : []));
          }
        });
      }),
      { numRuns: RUNS },
    );
  });
});

/** What the groups of a chronology rely on: see `chronology-targets.ts`. */
const TYPES_OF_SHAPES = `
  SELECT shape.text, count(DISTINCT event.type) FROM target_fact AS fact JOIN shape ON shape.no = fact.shape JOIN event ON event.position = fact.event
  WHERE fact.part = 0 GROUP BY shape.no HAVING count(DISTINCT event.type) > 1`;

describe('the facts about targets', () => {
  it('have for each shape one type of event, and at least one for each event', async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, async (theCase) => {
        await withTestLedger(async ({ uses }) => {
          await recordCase(uses, theCase);
          expect(uses.model.all(TYPES_OF_SHAPES)).toEqual([]);
          const ofTargets = (await wholeLog(uses)).filter((event) => isFact(event) && event.stream.startsWith('target-'));
          const stated = uses.model.all('SELECT DISTINCT event FROM target_fact ORDER BY event').flat();
          expect(stated).toEqual(ofTargets.map(({ position }) => position));
        });
      }),
      { numRuns: RUNS },
    );
  });
});

const key = fc.record({ earliest: fc.nat(20), width: fc.nat(2) }).map(({ earliest, width }) => ({ earliest, latest: earliest + width }));
const keys = fc.array(key, { maxLength: 60 }).map((extents) => extents.map((extent, position) => ({ ...extent, position })));
const byPlace = (a: Key, b: Key): number => a.earliest - b.earliest || a.latest - b.latest || a.position - b.position;

describe('the window of a page', () => {
  it('has the first keys after another, however long the list', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => ({ earliest: (i * 7_919) % 1_000, latest: 1_000, position: i }));
    const sorted = many.toSorted(byPlace);
    const window = createWindow<Key>({ after: sorted[999], limit: 100 });
    for (const candidate of many) window.add(candidate);
    expect(window.result()).toEqual({ page: sorted.slice(1_000, 1_100), hasMore: true });
  });

  it('has whole groups, however they are spread over the list and cut into pages', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 5 }), (given, limit, kinds) => {
        const candidates = given.map(
          (candidate): GroupCandidate => ({
            ...candidate,
            same: `${(candidate.position * 31) % kinds}`,
            target: candidate.position,
            kind: 'account',
            classes: [],
            isStruck: false,
            isCorrected: false,
          }),
        );
        const pages: { events: number; position: number }[] = [];
        for (let after: Key | undefined; ; ) {
          const window = createGroupWindow({ after, limit });
          for (const candidate of candidates.toReversed()) window.add(candidate);
          const { page, hasMore } = window.result();
          pages.push(...page);
          after = page.at(-1);
          if (!hasMore) break;
        }
        const groups = Map.groupBy(candidates, ({ earliest, latest, same }) => `${earliest} ${latest} ${same}`);
        const expected = [...groups.values()].map((members) => ({ ...members[0], events: members.length })).toSorted(byPlace as never);
        expect(pages.map(({ position, events }) => [position, events])).toEqual(expected.map(({ position, events }) => [position, events]));
      }),
    );
  });

  it('has whole groups when there are more than are held', () => {
    const candidates = Array.from(
      { length: 60_000 },
      (_, i): GroupCandidate => ({
        earliest: (i * 7_919) % 30_000,
        latest: 30_000,
        position: i,
        same: 'x',
        target: i,
        kind: 'account',
        classes: [],
        isStruck: false,
        isCorrected: false,
      }),
    );
    const window = createGroupWindow({ after: { earliest: 9, latest: 30_000, position: 60_000 }, limit: 50 });
    for (const candidate of candidates) window.add(candidate);
    const { page, hasMore } = window.result();
    expect(hasMore).toBe(true);
    expect(page.map(({ earliest, events }) => [earliest, events])).toEqual(Array.from({ length: 50 }, (_, i) => [10 + i, 2]));
  });
});
