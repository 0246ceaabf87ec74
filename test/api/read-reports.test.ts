/** The audit trail of an account and the dossier of an order: every event, what it was then, what the record lacks, and the same as a sheet and as a page. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dossierReply, trailReply } from '../../src/api/schemas/reports.ts';
import { DEADLINE_CAVEAT } from '../../src/domain/deadlines/deadline-rules.ts';
import { hour, inScene, type Scene } from '../examples/variants/scene.ts';
import { PLATFORM } from '../support/bodies.ts';
import { rowsOfCsv } from '../support/csv.ts';
import type { Body } from '../support/ledger.ts';
import { query, read } from '../support/reading.ts';

const direct = { assertion: 'direct_record' };
const by = { organisation: 'Ministry' };
const interim = { instrument: 'interim_direction', urgency: 'emergency', deadlineRule: { id: 'in-s69a-emergency', version: 1 } };
const exactly = (hours: number): string => Temporal.Instant.from(hour(hours)).toString({ smallestUnit: 'millisecond' });

const idOf = async (scene: Scene, verbatim: string): Promise<string> => {
  const { body } = await scene.ledger.get(`/v1/targets?${query({ platform: PLATFORM, kind: 'account', verbatim })}`);
  return body.targets[0].id;
};
const trailOf = async (scene: Scene, verbatim: string, more: object = {}): Promise<Body> =>
  read(scene.ledger, `/v1/targets/${await idOf(scene, verbatim)}/audit-trail?${query({ at: hour(50), ...more })}`, trailReply);
const dossierOf = (scene: Scene, order: string, more: object = {}): Promise<Body> =>
  read(scene.ledger, `/v1/orders/${order}/dossier?${query({ at: hour(50), ...more })}`, dossierReply);
const told = ({ steps }: Body) =>
  steps.map(({ type, after }: Body) => [type, after.map(({ status, readings }: Body) => (readings ?? [status]).join(' or ')).join(' + ')]);
const codes = ({ gaps }: Body): readonly string[] => gaps.map(({ code }: Body) => code);

/** Served at 1; withheld at 3, restored at 10, which is corrected to 8; a second withholding at 12 is retracted. */
const recorded = async (scene: Scene) => {
  const order = await scene.order('A', interim);
  await scene.list(order, ['a', 'b']);
  await scene.serve(order);
  await scene.withhold(['a'], order, 3, { externalRecordedAt: hour(3.5) });
  const restored = (await scene.reinstate(['a'], 10)).results[0];
  const again = (await scene.withhold(['a'], order, 12)).results[0];
  const rows = [
    {
      stream: restored.stream,
      event: restored.event,
      changes: { occurredAt: hour(8) },
      reason: 'data_entry',
      explanation: 'Two hours off',
    },
  ];
  const corrected = (await scene.ledger.post('/v1/corrections', { rows })).body.results[0];
  const retracting = [{ stream: again.stream, event: again.event, reason: 'wrong', explanation: 'Another account' }];
  const retracted = (await scene.ledger.post('/v1/retractions', { rows: retracting })).body.results[0];
  await scene.cover(order, 0, 40);
  return { order, restored, again, corrected, retracted };
};

describe('the audit trail of an account', () => {
  it('has each event with what the account was after it, and what was corrected or retracted struck', () =>
    inScene(async (scene) => {
      const { corrected, retracted } = await recorded(scene);
      const trail = await trailOf(scene, 'a');
      expect(told(trail)).toEqual([
        ['OrderIssued', 'not_yet_binding'],
        ['TargetListed', 'not_yet_binding'],
        ['OrderServed', 'outstanding'],
        ['TargetWithheld', 'in_effect'],
        ['TargetReinstated', 'reversed_while_in_force'],
        ['TargetWithheld', ''], // retracted: it made it nothing
        ['CoverageDeclared', 'reversed_while_in_force'],
      ]);
      const [, , , withheld, reinstated, struck] = trail.steps;
      expect(withheld).toMatchObject({ externalRecordedAt: exactly(3.5), recordedBy: 'local:test' });
      expect(reinstated).toMatchObject({
        occurredAt: { earliest: exactly(8) },
        struck: { occurredAt: { earliest: exactly(10) } },
        correctedBy: [{ event: corrected.event, reason: 'data_entry', explanation: 'Two hours off' }],
      });
      expect(reinstated.notes).toEqual(['without_file']);
      expect(struck).toMatchObject({ retracted: { event: retracted.event, reason: 'wrong' } });
      // What counts no more is neither of the events nor of those without a file.
      expect(trail.gaps.find(({ code }: Body) => code === 'without_file')).toMatchObject({ number: 6, of: 6 });
      expect(trail.stepsMore).toBe(0);
      expect(trail.now).toMatchObject([{ status: 'reversed_while_in_force', responseDeclined: false }]);
    }));

  it('agrees at every step with what is answered about the accounts of the order', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene);
      const { steps } = await trailOf(scene, 'a');
      for (const { occurredAt, after, retracted } of steps) {
        const { body } = await scene.ledger.get(`/v1/compliance/pairs?${query({ order, at: occurredAt.latest })}`);
        const { status } = body.rows.find(({ verbatim }: Body) => verbatim === 'a');
        expect(after.map((one: Body) => one.status)).toEqual(retracted ? [] : [status]);
      }
    }));

  it('as known before a correction has nothing of it', () =>
    inScene(async (scene) => {
      const { corrected } = await recorded(scene);
      const trail = await trailOf(scene, 'a', { knownAt: corrected.position - 1 });
      expect(trail.steps.find(({ type }: Body) => type === 'TargetReinstated')).toMatchObject({ occurredAt: { earliest: exactly(10) } });
      expect(trail.steps.some(({ correctedBy, retracted }: Body) => correctedBy ?? retracted)).toBe(false);
    }));

  it('stands in the order of recording, if that is asked for', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.withhold(['a'], order, 9);
      await scene.list(order, ['a']);
      const types = async (sort: string) => (await trailOf(scene, 'a', { sort })).steps.map(({ type }: Body) => type);
      expect(await types('occurred')).toEqual(['OrderIssued', 'TargetListed', 'OrderServed', 'TargetWithheld']);
      expect(await types('recorded')).toEqual(['OrderIssued', 'OrderServed', 'TargetWithheld', 'TargetListed']);
    }));

  it('leaves open what the sources leave open', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a']);
      await scene.cover(order);
      await scene.withhold(['a'], order, { earliest: hour(6), latest: hour(12) });
      await scene.follow(order, 'notices', 8, { kind: 'reminder', penaltiesCited: [], restatesDemand: true });
      const { steps } = await trailOf(scene, 'a');
      const standing = (wanted: string) => steps.find(({ type }: Body) => type === wanted).after;
      expect(standing('NoticeServed')).toMatchObject([{ status: 'undetermined', readings: ['in_effect', 'outstanding'] }]);
      expect(standing('TargetWithheld')).toMatchObject([{ status: 'in_effect' }]); // at the last instant at which it can have happened
      const page = await scene.ledger.app.inject(`/v1/targets/${await idOf(scene, 'a')}/audit-trail?format=html`);
      expect(page.body).toContain('<p>A: in effect, or nothing on record that does what the order asks; no time set</p>');
    }));

  it('says of what was restored that it was, and of what ran out that it did, as the dossier counts them', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a', 'b']);
      await scene.withhold(['a', 'b'], order, 6, { until: hour(20) });
      await scene.reinstate(['a'], 10);
      await scene.cover(order);
      const asked = { at: hour(30) };
      const now = async (name: string) => (await trailOf(scene, name, asked)).now[0];
      expect(await now('a')).toMatchObject({ status: 'reversed_while_in_force', lostBy: 'lifted' });
      expect(await now('b')).toMatchObject({ status: 'reversed_while_in_force', lostBy: 'ran_out' });
      expect((await trailOf(scene, 'b', { at: hour(19) })).now[0]).not.toHaveProperty('lostBy');
      const page = async (name: string) =>
        (await scene.ledger.app.inject(`/v1/targets/${await idOf(scene, name)}/audit-trail?format=html&at=${hour(30)}`)).body;
      expect(await page('a')).toContain('A: restored while the order stood');
      expect(await page('b')).toContain('A: ran out while the order stood');
      const difference = (await scene.ledger.get(`/v1/compliance/diff?${query({ orders: order, at: hour(30), from: 5 })}`)).body;
      expect(difference.changes.map(({ verbatim, after }: Body) => [verbatim, after.lostBy])).toEqual([
        ['a', 'lifted'],
        ['b', 'ran_out'],
      ]);
      const dossier = (await scene.ledger.get(`/v1/orders/${order}/dossier?${query(asked)}`)).body;
      expect(dossier.now.makeUp.statuses).toEqual([{ status: 'reversed_while_in_force', pairs: 2, lost: { lifted: 1, ran_out: 1 } }]);
      const sheet = await scene.ledger.app.inject(`/v1/orders/${order}/dossier?format=html&at=${hour(30)}`);
      expect(sheet.body).toContain('2 lifted or run out while the order stood (1 restored, 1 ran out)');
    }));

  it('says that on time is not excluded where the readings agree and the hours overlap, and by which rule', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order, { earliest: hour(1), latest: hour(3) }); // due from 5 to 7
      await scene.list(order, ['a', 'b']);
      await scene.withhold(['a'], order, { earliest: hour(5.5), latest: hour(8) });
      await scene.withhold(['b'], order, 8);
      await scene.cover(order);
      const { body } = await scene.ledger.get(`/v1/compliance/pairs?${query({ order, at: hour(10) })}`);
      expect(body.rows.map(({ status, isTimingOpen }: Body) => [status, isTimingOpen])).toEqual([
        ['in_effect_late', true],
        ['in_effect_late', undefined],
      ]);
      expect(body).toMatchObject({ rule: { provision: 'Turkey, Law 5651 Art. 8/A', reviewedBy: null }, caveat: DEADLINE_CAVEAT });
      const figures = (await scene.ledger.get(`/v1/compliance?${query({ orders: order, at: hour(10) })}`)).body;
      expect(figures.orders[0].makeUp.statuses).toEqual([{ status: 'in_effect_late', pairs: 2, timingOpen: 1 }]);
      const sheet = (await scene.ledger.get(`/v1/compliance/state?${query({ orders: order, at: hour(10) })}`)).body;
      expect(sheet.orders[0].lines.map(({ examples, isTimingOpen }: Body) => [examples, isTimingOpen])).toEqual([
        [['a'], true],
        [['b'], undefined],
      ]);
      const difference = (await scene.ledger.get(`/v1/compliance/diff?${query({ orders: order, at: hour(10), from: 2 })}`)).body;
      expect(difference.changes.map(({ verbatim, after }: Body) => [verbatim, after.status, after.isTimingOpen])).toEqual([
        ['a', 'in_effect_late', true],
        ['b', 'in_effect_late', undefined],
      ]);
      const trail = await trailOf(scene, 'a');
      expect(trail).toMatchObject({ now: [{ isTimingOpen: true }], rules: [{ order, id: 'tr-5651-8a' }], caveat: DEADLINE_CAVEAT });
      expect((await trailOf(scene, 'b')).now[0]).not.toHaveProperty('isTimingOpen');
      const page = await scene.ledger.app.inject(`/v1/targets/${await idOf(scene, 'a')}/audit-trail?format=html&at=${hour(10)}`);
      expect(page.body).toContain(
        'A: in effect, first after the time set in both readings; on time is not excluded, since the hours overlap',
      );
      expect(page.body).toContain('A: Rule tr-5651-8a@1, Turkey, Law 5651 Art. 8/A (confirmed by nobody)');
      expect(page.body).toContain(DEADLINE_CAVEAT);
      const dossier = await dossierOf(scene, order);
      expect(dossier.caveat).toBe(DEADLINE_CAVEAT);
      expect(dossier.deadlines.lists[0].statuses).toEqual([{ status: 'in_effect_late', pairs: 2, timingOpen: 1 }]);
      const filed = await scene.ledger.app.inject(`/v1/orders/${order}/dossier?format=html&at=${hour(10)}`);
      expect(filed.body).toContain(
        '2 in effect, first after the time set (for 1 of them on time is not excluded, since the hours overlap)',
      );
    }));

  it('has what touches the account elsewhere: its orders, meetings on them, and what was said of it', () =>
    inScene(async (scene) => {
      const orders = [await scene.order('A'), await scene.order('B')];
      for (const order of orders) {
        await scene.serve(order);
        await scene.list(order, ['a', 'b']);
      }
      const other = await scene.order('C');
      const about = { caseId: scene.caseId, occurredAt: hour(5), ...direct };
      const meeting = { participants: [{ role: 'X' }], mode: 'unstated', purpose: 'dialogue' };
      await scene.ledger.post('/v1/meetings', { ...about, ...meeting, orders: [orders[0]] });
      await scene.ledger.post('/v1/meetings', { ...about, ...meeting, orders: [other] });
      const said = { ...about, kind: 'concern', speaker: { role: 'Y' }, medium: 'oral', orders: [], summary: 'Said' };
      const spoken = (verbatim: string) => ({ ...said, targets: [{ platform: PLATFORM, kind: 'account', verbatim }] });
      const ofHashtag = { ...said, targets: [{ platform: PLATFORM, kind: 'hashtag', verbatim: 'a' }] };
      const { body } = await scene.ledger.post('/v1/statements', { rows: [spoken('a'), spoken('z'), ofHashtag] });
      expect(body.results.map(({ status }: Body) => status)).toEqual(['recorded', 'recorded', 'recorded']);
      const { steps, now } = await trailOf(scene, 'a');
      const types = steps.map(({ type }: Body) => type);
      expect(types.toSorted()).toEqual([
        ...['MeetingHeld', 'OrderIssued', 'OrderIssued', 'OrderServed', 'OrderServed', 'StatementMade', 'TargetListed', 'TargetListed'],
      ]);
      expect(now.map(({ order }: Body) => order)).toEqual(orders);
    }));

  it('says what is to be known of an event before anybody relies on it', () =>
    inScene(async (scene) => {
      const [listing, other] = [await scene.order('A'), await scene.order('B')];
      await scene.serve(listing);
      await scene.list(listing, ['a']);
      const { event } = (await scene.withhold(['a'], listing, 5)).results[0];
      await scene.withhold(['a'], other, 6, { follows: [event] });
      await scene.act('decline', ['a'], 4, { orders: [listing], grounds: [], follows: [event] });
      await scene.act('reinstate', ['a'], 2, {
        ...{ reason: 'unstated', assertion: 'third_party_report', sources: [{ name: 'A newspaper' }] },
      });
      const { steps } = await trailOf(scene, 'a');
      const notes = steps.map(({ type, notes: of }: Body) => [type, of.filter((note: string) => note !== 'without_file').join()]);
      expect(notes).toEqual([
        ['OrderIssued', ''],
        ['TargetListed', ''],
        ['OrderServed', ''],
        ['TargetReinstated', 'unmatched'],
        ['TargetDeclined', 'sequence_contradicted'],
        ['TargetWithheld', ''],
        ['TargetWithheld', 'not_listed'],
      ]);
    }));

  it('says that an act cites an order whose record was retracted, and forgives a sequence with what was', () =>
    inScene(async (scene) => {
      const [order, gone] = [await scene.order('A'), await scene.order('B')];
      await scene.list(order, ['a']);
      const { event, stream } = (await scene.withhold(['a'], order, 5)).results[0];
      await scene.withhold(['a'], gone, 3, { follows: [event] });
      const { event: issue } = (await scene.ledger.get(`/v1/orders/${gone}`)).body.order;
      const rows = [
        { stream: `order-${gone}`, event: issue, reason: 'wrong', explanation: 'Never issued' },
        { stream, event, reason: 'wrong', explanation: 'Another account' },
      ];
      const { body } = await scene.ledger.post('/v1/retractions', { rows });
      expect(body.results.map(({ status }: Body) => status)).toEqual(['recorded', 'recorded']);
      const { steps } = await trailOf(scene, 'a');
      const cited = steps.find(({ type, retracted }: Body) => type === 'TargetWithheld' && !retracted);
      expect(cited.notes).toEqual(['cites_retracted_order', 'without_file']);
    }));

  it('of an account that no order lists has its own events, and no status', () =>
    inScene(async (scene) => {
      await scene.block(['lonely'], 3);
      const trail = await trailOf(scene, 'lonely');
      expect(told(trail)).toEqual([['TargetBlocked', '']]);
      expect([trail.now, trail.zone]).toEqual([[], 'UTC']);
    }));

  it('of an account that is not on record, or was not then, is no answer', () =>
    inScene(async (scene) => {
      const { status } = await scene.ledger.get('/v1/targets/2015c52e-ac3d-5bc5-b0f0-df0677a6bf6e/audit-trail');
      expect(status).toBe(404);
      await scene.block(['a'], 3);
      const then = await scene.ledger.get(`/v1/targets/${await idOf(scene, 'a')}/audit-trail?knownAt=1`);
      expect(then.status).toBe(404);
    }));
});

describe('the dossier of an order', () => {
  it('has the instrument, its life, and what was done alike in one line, with the accounts after each', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene);
      const dossier = await dossierOf(scene, order);
      const after = ({ type, events, after: counts }: Body) => [
        type,
        events,
        counts.map(({ status, pairs }: Body) => `${pairs} ${status}`).join(', '),
      ];
      expect(dossier.steps.map(after)).toEqual([
        ['OrderIssued', 1, '2 not_yet_binding'],
        ['TargetListed', 2, '2 not_yet_binding'],
        ['OrderServed', 1, '2 outstanding'],
        ['TargetWithheld', 1, '1 in_effect, 1 outstanding'],
        ['TargetReinstated', 1, '1 reversed_while_in_force, 1 outstanding'],
        ['TargetWithheld', 1, ''],
        ['CoverageDeclared', 1, '1 reversed_while_in_force, 1 outstanding'],
      ]);
      expect(dossier.order).toMatchObject({ id: order, ref: 'A', instrument: 'interim_direction' });
      expect(dossier.deadlines.rule.id).toBe('in-s69a-emergency');
      expect(dossier.now.effective).toMatchObject({ numerator: 0, denominator: 2 });
      expect(dossier.hasMore).toBe(false);
    }));

  it('stands in the order of recording, if that is asked for; a group where its first event does', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.withhold(['a', 'b'], order, 9);
      await scene.list(order, ['a', 'b']);
      const types = async (sort: string) => (await dossierOf(scene, order, { sort })).steps.map(({ type }: Body) => type);
      expect(await types('occurred')).toEqual(['OrderIssued', 'TargetListed', 'OrderServed', 'TargetWithheld']);
      expect(await types('recorded')).toEqual(['OrderIssued', 'OrderServed', 'TargetWithheld', 'TargetListed']);
    }));

  it('says what is due and owed, by whose rule, and that this is no law', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { deadlineRule: { id: 'tr-5651-8a', version: 1 } });
      await scene.serve(order);
      const { body } = await scene.ledger.app.inject(`/v1/orders/${order}/dossier?format=html&${query({ at: hour(3) })}`);
      expect(body).toContain('Rule tr-5651-8a@1, Turkey, Law 5651 Art. 8/A (confirmed by nobody)');
      expect(body).toContain('due 1 Mar 2023 05:00 UTC, by the rule; the clock runs');
      expect(body).toContain('the order brought before a judge within 24 hours: kept as data');
      expect(body).toContain('not legal advice');
    }));

  it('says that an interim direction has no confirmation on record, until one is, and again once that is retracted', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', interim);
      expect(codes(await dossierOf(scene, order))).toContain('no_confirmation');
      const { event } = await scene.follow(order, 'confirmation', 30, { by });
      expect(codes(await dossierOf(scene, order))).not.toContain('no_confirmation');
      const rows = [{ stream: `order-${order}`, event, reason: 'wrong', explanation: 'Of another order' }];
      expect((await scene.ledger.post('/v1/retractions', { rows })).body.results[0].status).toBe('recorded');
      expect(codes(await dossierOf(scene, order))).toContain('no_confirmation');
    }));

  it('misses nothing before its issue, and nothing that came later than the instant asked about', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', interim);
      await scene.serve(order, 20);
      await scene.follow(order, 'confirmation', 30, { by });
      const missing = async (hours: number) =>
        codes(await dossierOf(scene, order, { at: hour(hours) })).filter((code) => code === 'no_service' || code === 'no_confirmation');
      expect((await dossierOf(scene, order, { at: hour(-1) })).gaps).toEqual([]);
      expect(await missing(10)).toEqual(['no_confirmation', 'no_service']);
      expect(await missing(20)).toEqual(['no_confirmation']);
      expect(await missing(30)).toEqual([]);
      const direction = await scene.order('B');
      expect(codes(await dossierOf(scene, direction))).not.toContain('no_confirmation');
    }));

  it('says what else is not on record', () =>
    inScene(async (scene) => {
      const order = await scene.order('A', { ...interim, statedTargetCount: 3 });
      expect(codes(await dossierOf(scene, order))).toEqual([
        ...['no_confirmation', 'no_service', 'no_list', 'review_overdue', 'never_declared_complete'],
      ]);
      await scene.serve(order);
      await scene.list(order, ['a', 'b']);
      await scene.cover(order, 10, 15);
      await scene.cover(order, 12, 20);
      const { gaps } = await dossierOf(scene, order);
      expect(gaps.map(({ code, number, of, from, to }: Body) => [code, number, of, from, to])).toEqual([
        ['no_confirmation', undefined, undefined, undefined, undefined],
        ['count_mismatch', 2, 3, undefined, undefined],
        ['review_overdue', undefined, undefined, undefined, undefined],
        ['not_declared_complete', undefined, undefined, exactly(0), exactly(10)],
        ['not_declared_complete', undefined, undefined, exactly(20), exactly(50)],
      ]);
    }));

  it('of an order that is not on record is no answer', () =>
    inScene(async (scene) => {
      expect((await scene.ledger.get('/v1/orders/2015c52e-ac3d-5bc5-b0f0-df0677a6bf6e/dossier')).status).toBe(404);
    }));
});

const HOSTILE = `=HYPERLINK("http://x","y")<script>alert('1')</script>&"`;

describe('a report in other forms', () => {
  const sent = async (scene: Scene, url: string): Promise<{ readonly type: string; readonly text: string }> => {
    const reply = await scene.ledger.app.inject(url);
    expect(reply.statusCode, reply.body).toBe(200);
    return { type: String(reply.headers['content-type']), text: reply.body };
  };

  it('is a sheet with a row for each event, in which nothing is a formula', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene);
      await scene.follow(order, 'notices', 9, { kind: 'penalty', penaltiesCited: [], restatesDemand: true, text: 'first line\n=1+1' });
      await scene.follow(order, 'notices', 8, {
        ...{ kind: 'reminder', penaltiesCited: [], restatesDemand: true, text: HOSTILE },
        receivedAt: { earliest: hour(8), latest: hour(9) },
      });
      const { type, text } = await sent(scene, `/v1/targets/${await idOf(scene, 'a')}/audit-trail?format=csv`);
      expect(type).toBe('text/csv; charset=utf-8; header=present');
      expect(text.startsWith('\ufeff"line","name","what","position","event","type",')).toBe(true);
      const events = rowsOfCsv(text).filter(([line]) => line === 'event');
      expect(events).toHaveLength(9);
      expect(text).toContain(`"'=HYPERLINK(""http://x""`);
      expect(events.flat()).toContain('first line\n=1+1'); // one cell, and no row of its own
      const counts = (row: readonly string[]) => row.at(-1);
      expect(events.some((row) => row.includes('happened: 1 Mar 2023 10:00 UTC') && counts(row) === 'yes')).toBe(true);
      expect(events.filter((row) => counts(row) === 'retracted')).toHaveLength(1);
      const ofType = (type: string) => events.find((row) => row[5] === type) ?? [];
      expect(ofType('TargetWithheld').slice(7, 14)).toEqual([
        ...[exactly(3), exactly(3), '', ''],
        ...[expect.stringMatching(/^20\d\d-/), exactly(3.5), 'local:test'],
      ]);
      expect(ofType('NoticeServed').slice(7, 11)).toEqual([exactly(8), exactly(8), exactly(8), exactly(9)]);
    }));

  it('has a line for what was done alike to many, struck where all of it was retracted', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      await scene.serve(order);
      await scene.list(order, ['a', 'b']);
      const { results } = await scene.withhold(['a', 'b'], order, 3);
      const rows = results.map(({ stream, event }: Body) => ({ stream, event, reason: 'wrong', explanation: 'Of another order' }));
      await scene.ledger.post('/v1/retractions', { rows });
      const { text } = await sent(scene, `/v1/orders/${order}/dossier?format=html`);
      expect(text).toMatch(
        /<tr class="struck">[\s\S]*?2 events from [\s\S]*?<del>2 accounts withheld in IN, citing A<\/del>[\s\S]*?retracted: counts no more/,
      );
      expect(text).toContain('<p class="note">no file attached</p>');
      expect(text).toMatch(/not declared complete since 1 Mar 2023 00:00 UTC|never declared complete/);
    }));

  it('is a page without script, in which text is text, and what counts no more is struck', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene);
      await scene.follow(order, 'notices', 8, { kind: 'reminder', penaltiesCited: [HOSTILE], restatesDemand: true });
      for (const url of [`/v1/targets/${await idOf(scene, 'a')}/audit-trail?format=html`, `/v1/orders/${order}/dossier?format=html`]) {
        const { type, text } = await sent(scene, url);
        expect(type).toBe('text/html; charset=utf-8');
        expect(text).not.toContain('<script');
        expect(text).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;');
        expect(text).toMatch(/happened: <del>1 Mar 2023 10:00 UTC<\/del> <ins>1 Mar 2023 08:00 UTC<\/ins>/);
        expect(text).toMatch(/<tr class="struck">[\s\S]*?<del>a withheld in IN, citing A<\/del>/);
        expect(text).toContain('no confirmation on record');
        expect(text).toContain('no finding of compliance, breach or validity');
        expect(text).toMatch(/as recorded to event \d+, of /);
      }
    }));

  it('in the order of recording has a row of its own for a correction and a retraction', () =>
    inScene(async (scene) => {
      await recorded(scene);
      const { text } = await sent(scene, `/v1/targets/${await idOf(scene, 'a')}/audit-trail?format=csv&sort=recorded`);
      const positions = rowsOfCsv(text).flatMap(([line, , , position]) => (line === 'event' ? [Number(position)] : []));
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(positions).toHaveLength(9);
      expect(text).toMatch(/corrects event \d+: data entry, ""Two hours off""/);
      expect(text).toMatch(/retracts event \d+: wrong, ""Another account""/);
    }));

  it('heads a sheet with which answer it is, what has to be known of it, and what the record lacks, in rows as wide as the others', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene);
      for (const url of [`/v1/targets/${await idOf(scene, 'a')}/audit-trail`, `/v1/orders/${order}/dossier`]) {
        const { text } = await sent(scene, `${url}?format=csv&at=${hour(50)}`);
        const [names = [], ...rows] = rowsOfCsv(text);
        expect(names.slice(0, 3)).toEqual(['line', 'name', 'what']);
        const said = (name: string) => rows.filter(([, of]) => of === name).map(([, , what]) => what);
        expect(said('synthetic')).toEqual(['yes']);
        expect(said('title').join()).toContain('SYNTHETIC');
        expect(said('known_at_position')).toEqual([`${await scene.ledger.position()}`]);
        expect([...said('valid_at_utc'), ...said('valid_at_is'), ...said('sort')]).toEqual([exactly(50), 'asked', 'occurred']);
        expect(said('note').join('\n')).toMatch(/assumes that nothing was changed since[\s\S]*no finding of compliance/);
        const gaps = rows.filter(([line]) => line === 'gap').map(([, , what]) => what);
        expect(gaps.join('\n')).toContain('no confirmation on record');
        const kinds = rows.map(([line]) => line);
        expect(kinds).toEqual(kinds.toSorted((a = '', b = '') => LINES.indexOf(a) - LINES.indexOf(b)));
        expect(new Set(kinds)).toEqual(new Set(LINES));
      }
    }));

  it('is about the end to which the record is declared complete, if none is asked, and says so', () =>
    inScene(async (scene) => {
      const { order } = await recorded(scene); // declared complete from 0 to 40
      const at = (hours: number) => ({ validAt: exactly(hours) });
      const url = `/v1/orders/${order}/dossier`;
      expect((await scene.ledger.get(url)).body).toMatchObject({ ...at(40), validAtIs: 'declared_to' });
      const { text } = await sent(scene, `${url}?format=html`);
      expect(text).toContain(
        'accounts under an order, 2 Mar 2023 16:00 UTC (no instant given: the end to which the record is declared complete)',
      );
      expect(text).toContain('declared complete 1 Mar 2023 00:00 UTC to 2 Mar 2023 16:00 UTC by Desk');
      const trail = `/v1/targets/${await idOf(scene, 'a')}/audit-trail`;
      expect((await scene.ledger.get(trail)).body).toMatchObject({ ...at(40), validAtIs: 'declared_to', coveredTo: exactly(40) });
      const page = (await sent(scene, `${trail}?format=html&at=${hour(50)}`)).text;
      expect(page).toContain('account under each order that lists it, 3 Mar 2023 02:00 UTC');
      expect(page).toContain('assumes that nothing was changed since 2 Mar 2023 16:00 UTC');
      const open = await scene.order('B');
      await scene.list(open, ['a']);
      expect((await scene.ledger.get(trail)).body).toMatchObject({ validAtIs: 'now', coveredTo: null });
    }));

  it('has its style in itself, which the policy allows by its hash alone, and takes nothing from elsewhere', () =>
    inScene(async (scene) => {
      const order = await scene.order('A');
      const reply = await scene.ledger.app.inject(`/v1/orders/${order}/dossier?format=html`);
      const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(reply.body) ?? [];
      expect(style).toContain('@page { size: A4 landscape;');
      const policy = String(reply.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(policy).not.toContain('unsafe-inline');
      expect(reply.body).not.toMatch(/(?:href|src)=/);
    }));
});

const LINES = ['head', 'gap', 'event'];
