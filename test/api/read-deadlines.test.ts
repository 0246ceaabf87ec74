/** What is due, when, and how the clock stands: as it is answered, and as a calendar. */
import { describe, expect, it } from 'vitest';
import { rulesReply } from '../../src/api/schemas/deadlines.ts';
import { DEADLINE_CAVEAT, DEADLINE_RULES } from '../../src/domain/deadlines/deadline-rules.ts';
import { hour, inScene, type Scene } from '../examples/variants/scene.ts';
import { PLATFORM } from '../support/bodies.ts';
import type { Body } from '../support/ledger.ts';
import { query, read } from '../support/reading.ts';

const FOUR_HOURS = { deadlineRule: { id: 'tr-5651-8a', version: 1 } };
const by = { organisation: 'Ministry' };
const exactly = (hours: number) => {
  const instant = Temporal.Instant.from(hour(hours)).toString({ smallestUnit: 'millisecond' });
  return { earliest: instant, latest: instant };
};
const between = (from: number, to: number) => ({ earliest: exactly(from).earliest, latest: exactly(to).latest });
const clock = ({ due }: Body) => due && [due.phases.join(' or '), due.at, due.leftMs, due.isReached];
const HOUR_MS = 3_600_000;

const served = async (scene: Scene): Promise<string> => {
  const order = await scene.order('A', FOUR_HOURS);
  await scene.serve(order); // due at 5
  await scene.list(order, ['a', 'b']);
  await scene.cover(order);
  return order;
};

describe('what is due under an order', () => {
  it('is its service and the hours of its rule, reached at that very instant', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.withhold(['a'], order, 3);
      expect((await scene.deadlines(order, -1)).due).toBeNull(); // not issued
      expect(clock(await scene.deadlines(order, 0))).toEqual(['not_started', null, null, 'no']);
      expect(clock(await scene.deadlines(order, 4))).toEqual(['running', exactly(5), null, 'no']);
      expect(clock(await scene.deadlines(order, 5))).toEqual(['reached', exactly(5), null, 'yes']);
      const { lists, rule } = await scene.deadlines(order, 5);
      expect(rule).toMatchObject({ id: 'tr-5651-8a', version: 1, duration: 'PT4H', reviewedBy: null });
      const statuses = [
        { status: 'in_effect_on_time', pairs: 1 },
        { status: 'overdue', pairs: 1 },
      ];
      expect(lists).toMatchObject([{ binding: exactly(1), due: { at: exactly(5) }, pairs: 2, statuses }]);
    }));

  it('is a range where the service is uncertain, and possibly reached within it', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', FOUR_HOURS);
      await scene.serve(order, { earliest: hour(1), latest: hour(3) });
      await scene.list(order, ['a']);
      expect(clock(await scene.deadlines(order, 4))).toEqual(['running', between(5, 7), null, 'no']);
      expect(clock(await scene.deadlines(order, 6))).toEqual(['running or reached', between(5, 7), null, 'possibly']);
      expect(clock(await scene.deadlines(order, 7))).toEqual(['reached', between(5, 7), null, 'yes']);
    }));

  it('ends where the latest service puts it, whenever it is asked for; an hour that is not reached has begun nothing', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', FOUR_HOURS);
      await scene.serve(order, { earliest: hour(1), latest: hour(3) });
      await scene.list(order, ['a']);
      expect(clock(await scene.deadlines(order, 0.5))).toEqual(['not_started', null, null, 'no']);
      for (const hours of [1, 1.5, 2.5])
        expect(clock(await scene.deadlines(order, hours))).toEqual(['not_started or running', between(5, 7), null, 'no']);
      await scene.follow(order, 'tolling', 2, { act: 'stop', cause: 'other' });
      const fourHours = 4 * HOUR_MS;
      expect(clock(await scene.deadlines(order, 1.5))).toEqual(['not_started or running', between(5, 7), null, 'no']);
      expect(clock(await scene.deadlines(order, 2.5))).toEqual([
        ...['not_started or stopped', null, { earliest: 3 * HOUR_MS, latest: fourHours }, 'no'],
      ]);
      await scene.follow(order, 'revocation', 2.25, { how: 'revoked', by, restorationDirected: false });
      expect((await scene.deadlines(order, 2.5)).due).toMatchObject({ at: null, leftMs: null, phases: ['ended'] });
    }));

  it('served in an afternoon is due from an hour after its beginning to an hour after its end, at every hour of asking', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'eu-tco-3', version: 1 } });
      await scene.serve(order, { date: '2023-03-01', part: 'afternoon', zone: 'Europe/Berlin' });
      await scene.list(order, ['a']);
      const due = { earliest: '2023-03-01T12:00:00.000Z', latest: '2023-03-01T16:59:59.999Z' };
      for (const hours of [11, 11.5, 15, 16, 40]) {
        expect((await scene.deadlines(order, hours)).due.at).toEqual(due);
        expect((await scene.pairs(order, hours)).map(({ due: own }) => own.at)).toEqual([due]);
      }
      expect((await calendarAt(scene, [order], 11.5)).includes('DTEND:20230301T165959Z')).toBe(true);
    }));

  it('is apart for what reached the platform with a later list', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.list(order, ['c'], { receivedAt: hour(10) });
      const { due, lists } = await scene.deadlines(order, 6);
      expect(due.at).toEqual(exactly(5));
      expect(lists.map(({ pairs, ...list }: Body) => [pairs, clock(list)])).toEqual([
        [2, ['reached', exactly(5), null, 'yes']],
        [1, ['not_started', null, null, 'no']],
      ]);
      const rows = await scene.pairs(order, 12);
      expect(rows.map(({ verbatim, due: own }) => [verbatim, own.at])).toEqual([
        ['a', exactly(5)],
        ['b', exactly(5)],
        ['c', exactly(14)],
      ]);
    }));

  it('counts the kinds that are asked for, and groups beyond the hundredth together', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.ledger.post(`/v1/orders/${order}/targets`, {
        rows: [{ target: { platform: PLATFORM, kind: 'hashtag', verbatim: 'h' }, assertion: 'direct_record' }],
      });
      const sizes = ({ lists }: Body) => lists.map(({ pairs }: Body) => pairs);
      expect(sizes(await scene.deadlines(order, 6))).toEqual([2]);
      expect(sizes(await scene.deadlines(order, 6, { kinds: 'account,hashtag' }))).toEqual([3]);
      for (let list = 0; list < 101; list += 1) await scene.list(order, [`later${list}`], { receivedAt: hour(10 + list) });
      const found = await scene.deadlines(order, 6);
      expect([found.lists.length, found.listsMore]).toEqual([100, 2]);
    }));

  it('is all of it again after a stop, under a rule by which the clock begins anew', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'eu-tco-3', version: 1 } });
      await scene.serve(order);
      await scene.follow(order, 'tolling', 1.5, { act: 'stop', cause: 'clarification' });
      expect(clock(await scene.deadlines(order, 4))).toEqual(['stopped', null, { earliest: HOUR_MS, latest: HOUR_MS }, 'no']);
    }));

  it('as published by a day leaves out a meeting of which all sources were published later', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'in-s69a-emergency', version: 1 } });
      const sources = [{ name: 'A newspaper', publishedAt: hour(100) }];
      const held = { participants: [{ role: 'Committee' }], mode: 'unstated', purpose: 'review_committee', occurredAt: hour(10) };
      await scene.ledger.post('/v1/meetings', { caseId: scene.caseId, orders: [order], ...held, assertion: 'third_party_report', sources });
      const flags = async (more: object = {}) => (await scene.deadlines(order, 60, more)).flags;
      expect([await flags(), await flags({ reportedBy: hour(99) }), await flags({ reportedBy: hour(100) })]).toEqual([
        [],
        ['review_overdue'],
        [],
      ]);
    }));

  it('cannot be reckoned where no service is on record, however late it is', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', FOUR_HOURS);
      expect(clock(await scene.deadlines(order, 50_000))).toEqual(['not_served', null, null, 'no']);
    }));

  it('stands still while the clock is stopped or the order stayed, with what is left', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.follow(order, 'tolling', 2, { act: 'stop', cause: 'clarification' });
      const left = { earliest: 3 * HOUR_MS, latest: 3 * HOUR_MS };
      expect(clock(await scene.deadlines(order, 9))).toEqual(['stopped', null, left, 'no']);
      await scene.follow(order, 'tolling', 10, { act: 'restart' }); // due at 13
      await scene.follow(order, 'stay', 12, { by, restorationDirected: false });
      expect(clock(await scene.deadlines(order, 11))).toEqual(['running', exactly(13), null, 'no']);
      expect(clock(await scene.deadlines(order, 20))).toEqual(['stayed', null, { earliest: HOUR_MS, latest: HOUR_MS }, 'no']);
    }));

  it('is what somebody set, from when it was set; a time set when it is not sure what for is said with its event', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      const { event, position } = await scene.follow(order, 'deadline', 3, { dueAt: hour(30), by, reason: 'Extended' });
      expect((await scene.deadlines(order, 2)).due).toMatchObject({ setBy: ['rule'], at: exactly(5) });
      expect((await scene.deadlines(order, 3)).due).toMatchObject({ setBy: [{ event, position }], at: exactly(30), phases: ['running'] });
    }));

  it('is nothing any more once the order is over before, and stays what it was if it ended later', () =>
    inScene(async (scene) => {
      const [early, late] = [await served(scene), await scene.order('B', FOUR_HOURS)];
      await scene.serve(late);
      const revoked = { how: 'revoked', by, restorationDirected: false };
      await scene.follow(early, 'revocation', 4, revoked);
      await scene.follow(late, 'revocation', 6, revoked);
      expect(clock(await scene.deadlines(early, 20))).toEqual(['ended', null, null, 'no']);
      expect(clock(await scene.deadlines(late, 20))).toEqual(['reached', exactly(5), null, 'yes']);
    }));

  it('is nothing any more for an account that was withdrawn before', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.withdraw(order, ['b'], 4);
      const { lists } = await scene.deadlines(order, 20);
      expect(lists.map(({ pairs, ...list }: Body) => [pairs, clock(list)])).toEqual([
        [1, ['reached', exactly(5), null, 'yes']],
        [1, ['ended', null, null, 'no']],
      ]);
    }));

  it('is nothing under a rule without a number of hours, whatever the asker would tolerate', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      expect((await scene.deadlines(order, 9)).due).toBeNull();
      const { status } = await scene.ledger.get(`/v1/deadlines?${query({ orders: order, tolerance: 'PT1H' })}`);
      expect(status).toBe(400);
    }));

  it('is nothing where nothing sets a time, though too much is open to follow', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order, { earliest: hour(1), latest: hour(30) });
      for (const hours of [2, 4]) {
        await scene.follow(order, 'tolling', { earliest: hour(hours), latest: hour(28) }, { act: 'stop', cause: 'other' });
        await scene.follow(order, 'tolling', { earliest: hour(hours + 1), latest: hour(29) }, { act: 'restart' });
        await scene.follow(order, 'stay', { earliest: hour(hours), latest: hour(28) }, { by, restorationDirected: false });
        await scene.follow(order, 'stay-lift', { earliest: hour(hours + 1), latest: hour(29) }, { by });
      }
      expect((await scene.deadlines(order, 10)).due).toBeNull();
    }));

  it('counts the acknowledgement from receipt, where a rule asks for one', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'in-s69a-emergency', version: 1 } });
      const duty = async (hours: number) =>
        (await scene.deadlines(order, hours)).duties.find(({ what }: Body) => what.includes('acknowledgement'));
      const acknowledged = async (hours: number) => (await duty(hours)).state;
      expect(await acknowledged(2000)).toBe('not_served'); // not "not yet": nothing shows from when it would count
      expect(await duty(2)).toMatchObject({ provision: 'Blocking Rules 2009 r.13', isUnchecked: true, by: null });
      await scene.serve(order); // at 1: until 3
      expect([await acknowledged(3), await acknowledged(3.5)]).toEqual(['due', 'not_on_record']);
      await scene.follow(order, 'responses', 2, { answer: 'acknowledged', by, scope: 'all', grounds: [] });
      expect([await acknowledged(1.5), await acknowledged(3.5)]).toEqual(['due', 'met']);
    }));

  it('says for what period the record is declared complete, and since when nothing is known', () =>
    inScene(async (scene) => {
      const order = await served(scene); // declared complete from 0 to 200
      const reach = async (hours: number) => {
        const { isCoveredAt, coveredTo, presumedSince } = await scene.deadlines(order, hours);
        return [isCoveredAt, coveredTo, presumedSince];
      };
      expect(await reach(9)).toEqual([true, exactly(200).latest, null]);
      expect(await reach(50_000)).toEqual([false, exactly(200).latest, exactly(200).latest]);
      const other = await scene.order('B', FOUR_HOURS);
      await scene.serve(other);
      expect(await scene.deadlines(other, 9)).toMatchObject({ coveredTo: null, presumedSince: exactly(1).latest });
      const text = (await calendarAt(scene, [other], 4)).replaceAll('\r\n ', '');
      expect(text).toContain('never declared complete\\; assumes that nothing was changed since 1 Mar 2023 01:00 UTC');
    }));

  it('stands beside the sentence that it is no law, and beside its rule', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      const { body } = await scene.ledger.get(`/v1/deadlines?${query({ orders: order })}`);
      expect(body.caveat).toBe(DEADLINE_CAVEAT);
      expect(body.orders[0].rule.provision).toBe('Turkey, Law 5651 Art. 8/A');
      const { rules } = await read(scene.ledger, '/v1/deadline-rules', rulesReply);
      expect(rules).toHaveLength(DEADLINE_RULES.length);
      expect(rules.every(({ reviewedBy }: Body) => reviewedBy === null)).toBe(true);
    }));
});

const calendarAt = async (scene: Scene, orders: readonly string[], hours: number): Promise<string> => {
  const reply = await scene.ledger.app.inject(`/v1/deadlines.ics?${query({ orders: orders.join(','), at: hour(hours) })}`);
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8; method=PUBLISH']);
  return reply.body;
};

describe('the calendar', () => {
  it('has an entry for what is due and for what is owed, in UTC, with its terms', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      const emergency = await scene.order('B', { deadlineRule: { id: 'in-s69a-emergency', version: 1 } });
      const text = await calendarAt(scene, [order, emergency], 2);
      expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
      const unfolded = text.replaceAll('\r\n ', '');
      expect(unfolded).toContain('DTSTART:20230301T050000Z\r\n');
      expect(unfolded).toContain('SUMMARY:[SYNTHETIC] Due under order A: 2 listed');
      expect(unfolded).toContain('Rule tr-5651-8a@1\\, Turkey\\, Law 5651 Art. 8/A (confirmed by nobody)');
      expect(unfolded).toContain('not legal advice');
      expect(unfolded).toContain('SUMMARY:[SYNTHETIC] Awaited: the request brought before the committee\\, order B');
      expect(await calendarAt(scene, [order, emergency], 2)).toBe(text);
      await scene.serve(emergency);
      expect((await calendarAt(scene, [emergency], 2)).replaceAll('\r\n ', '')).toContain(
        'SUMMARY:[SYNTHETIC] Awaited (unchecked rule): acknowledgement of the order by the platform\\, order B',
      );
      expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3); // due under A; the committee and the review of B
    }));

  it('has what was missed, whatever came instead of what was asked', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.decline(['a'], order, 2);
      await scene.withhold(['b'], order, 2);
      await scene.reinstate(['b'], 3);
      expect(await calendarAt(scene, [order], 9)).toContain('SUMMARY:[SYNTHETIC] Was due under order A: 2 listed');
    }));

  it('has an entry of its own for each group that is due apart', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.withdraw(order, ['b'], 20);
      for (const [name, latest] of [
        ['c', 12],
        ['d', 14],
      ] as const)
        await scene.list(order, [name], { receivedAt: { earliest: hour(10), latest: hour(latest) } });
      const uids = [...(await calendarAt(scene, [order], 15)).replaceAll('\r\n ', '').matchAll(/^UID:(.*)$/gm)].map(([, uid]) => uid);
      expect(uids).toHaveLength(4);
      expect(new Set(uids).size).toBe(4);
    }));

  it('leaves out what was done by then, and says what was not', () =>
    inScene(async (scene) => {
      const order = await served(scene);
      await scene.withhold(['a'], order, 3);
      expect(await calendarAt(scene, [order], 6)).toContain('SUMMARY:[SYNTHETIC] Was due under order A: 2 listed');
      await scene.withhold(['b'], order, 4);
      expect(await calendarAt(scene, [order], 6)).not.toContain('VEVENT');
    }));

  it('ends where the range of an uncertain time ends', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', FOUR_HOURS);
      await scene.serve(order, { earliest: hour(1), latest: hour(3) });
      expect(await calendarAt(scene, [order], 4)).toMatch(/DTSTART:20230301T050000Z\r\n(?:.*\r\n)*?DTEND:20230301T070000Z\r\n/);
    }));

  it('is not written by who writes the name of an order', () =>
    inScene(async (scene) => {
      const order = await scene.order('A;B,C:\\n SUMMARY x', FOUR_HOURS);
      await scene.serve(order);
      const lines = (await calendarAt(scene, [order], 2)).split('\r\n');
      expect(lines.filter((line) => line.startsWith('SUMMARY'))).toHaveLength(1);
      expect(lines.join('\n').replaceAll('\n ', '')).toContain('SUMMARY:[SYNTHETIC] Due under order A\\;B\\,C:\\\\n SUMMARY x');
      expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    }));
});
