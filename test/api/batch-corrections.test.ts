/** A whole batch corrected or retracted by one change, tried first and then done. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockRow, listRow, recordScene, reinstateRow, type Scene, withholdRow } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { query } from '../support/reading.ts';
import { rowsOfTables } from '../support/tables.ts';

const BATCH = '7d9f3c1e-2b4a-4f6d-8e1a-3c5b7d9f1e2a';
const ACCOUNTS = ['one', 'two', 'three'];
const SAID = { reason: 'data_entry', explanation: 'The clock of the source was an hour ahead.' };

let ledger: TestLedger;
let scene: Scene;
/** As answered: three withholdings, then a reinstatement. */
let acts: readonly Body[];
beforeEach(async () => {
  ledger = await openTestLedger();
  // The scene lists and withholds one account more, in no batch.
  scene = await recordScene(ledger);
  const list = await ledger.post(`/v1/orders/${scene.order}/targets`, {
    rows: ACCOUNTS.map((name) => ({ ...listRow(name), batchId: BATCH })),
  });
  const rows = ACCOUNTS.map((name) => ({ ...withholdRow(name, [scene.order]), batchId: BATCH }));
  const acted = await ledger.post('/v1/actions', { rows: [...rows, { ...reinstateRow('three'), batchId: BATCH }] });
  acts = acted.body.results;
  expect([...list.body.results, ...acts].map(({ status }: Body) => status)).toEqual(Array(7).fill('recorded'));
});
afterEach(() => ledger.close());

const correct = (body: object, headers = {}) => ledger.post('/v1/corrections', { batchId: BATCH, ...SAID, ...body }, headers);
const retract = (body: object, headers = {}) => ledger.post('/v1/retractions', { batchId: BATCH, reason: 'wrong', ...body }, headers);
const counts = (changed: number, others: object = {}) => ({
  batchId: BATCH,
  events: changed,
  changed,
  repeated: 0,
  unchanged: 0,
  retracted: 0,
  refused: 0,
  ...others,
});
/** Accounts in effect under the order, as an Indian clock of 1 February 2021 shows it. */
const inEffectAt = async (clock: string): Promise<number> => {
  const { body } = await ledger.get(`/v1/compliance?${query({ orders: scene.order, at: `2021-02-01T${clock}:00+05:30` })}`);
  return body.total.effective.numerator;
};
const ACTS = ['TargetWithheld', 'TargetReinstated'];

describe('a change for a whole batch', () => {
  it('moves the times of all its events', async () => {
    // All four were withheld at 14:00; three of them an hour too late, says the source.
    expect([await inEffectAt('13:00'), await inEffectAt('14:00')]).toEqual([0, 4]);
    const { status, body } = await correct({ types: ACTS, shift: { occurredAt: '-PT1H' } });
    expect([status, body.batch, body.refusals]).toEqual([200, counts(4), []]);
    expect([await inEffectAt('13:00'), await inEffectAt('14:00')]).toEqual([3, 4]);
    // Reinstated at 19:50 before, now at 18:50.
    expect([await inEffectAt('18:49'), await inEffectAt('18:50')]).toEqual([4, 3]);
  });

  it('moves them past one another: what has to make way goes first', async () => {
    // Withheld from 14:00 to 19:50, all of it seven hours later: from 21:00 to 02:50.
    const { body } = await correct({ types: ACTS, shift: { occurredAt: 'PT7H' } });
    expect(body.batch).toEqual(counts(4));
    expect([await inEffectAt('20:59'), await inEffectAt('21:00')]).toEqual([1, 4]);
  });

  it('says the same of all its events', async () => {
    const { body } = await correct({ types: ['TargetWithheld'], changes: { basis: 'platform_rules', policy: null } });
    expect(body.batch).toEqual(counts(3));
    for (const { event } of acts.slice(0, 3)) {
      const { says, correctedBy } = (await ledger.get(`/v1/events/${event}`)).body.entry;
      expect([says.basis, says.policy, correctedBy[0].fields]).toEqual(['platform_rules', undefined, ['basis', 'policy']]);
    }
    expect((await ledger.get(`/v1/events/${scene.withheld.event}`)).body.entry.says.basis).toBe('legal_order');
  });

  it('passes over what says so already, and what was retracted, and counts both', async () => {
    const [{ stream, event }] = acts as [Body];
    await ledger.post('/v1/corrections', {
      rows: [{ stream, event, changes: { basis: 'unstated' }, ...SAID, explanation: 'This one first.' }],
    });
    await retract({ types: ['TargetReinstated'] });
    const { body } = await correct({ types: ACTS, changes: { basis: 'unstated' } });
    expect(body.batch).toEqual(counts(2, { events: 4, unchanged: 1, retracted: 1 }));
  });

  it('names what is refused, and lets the rest stand', async () => {
    const { status, body } = await correct({ changes: { territory: ['IN', 'FR'] } });
    // A listing and a reinstatement have no territory.
    expect([status, body.batch]).toEqual([200, counts(3, { events: 7, refused: 4 })]);
    expect(body.refusals.map(({ row, type, problem }: Body) => [row, type, problem.code, problem.errors[0].pointer])).toEqual([
      [0, 'TargetListed', 'CORRECTION_INVALID', '#/changes/territory'],
      [1, 'TargetListed', 'CORRECTION_INVALID', '#/changes/territory'],
      [2, 'TargetListed', 'CORRECTION_INVALID', '#/changes/territory'],
      [6, 'TargetReinstated', 'CORRECTION_INVALID', '#/changes/territory'],
    ]);
  });

  it('can be for what belongs to one case', async () => {
    const other = await recordScene(ledger, 'elsewhere');
    await ledger.post('/v1/actions', {
      rows: [
        { ...withholdRow('elsewhere', [other.order]), territory: ['FR'], batchId: BATCH },
        { ...blockRow('elsewhere'), batchId: BATCH },
      ],
    });
    const { body } = await correct({ case: other.caseId, types: ['TargetWithheld', 'TargetBlocked'], changes: { policy: 'Rule 1' } });
    expect(body.batch).toEqual(counts(2));
    // An act that cites no order belongs to the case whose order lists its target.
    const { body: ours } = await correct({ case: scene.caseId, types: ['TargetWithheld', 'TargetBlocked'], changes: { policy: 'Rule 2' } });
    expect(ours.batch).toEqual(counts(3));
  });

  it('is repeated under its key without another event, also after more was recorded in the batch', async () => {
    const headers = { 'idempotency-key': 'an-hour-off' };
    const shifted = { types: ACTS, shift: { occurredAt: '-PT1H' } };
    await correct(shifted, headers);
    const before = await ledger.position();
    const again = await correct(shifted, headers);
    expect([again.body.batch, await ledger.position()]).toEqual([counts(0, { events: 4, repeated: 4 }), before]);
    await ledger.post('/v1/actions', { rows: [{ ...withholdRow('four', [scene.order]), batchId: BATCH }] });
    expect((await correct(shifted, headers)).body.batch).toEqual(counts(1, { events: 5, repeated: 4 }));
    // Under another key it is another hour.
    expect((await correct(shifted)).body.batch).toEqual(counts(5));
    expect((await correct({ types: ACTS, shift: { occurredAt: '-PT2H' } }, headers)).body.batch).toEqual(
      counts(0, { events: 5, refused: 5 }),
    );
  });
});

describe('a batch that is retracted', () => {
  it('goes in one request, what tells of a fact before the fact, and can go twice', async () => {
    const { status, body } = await retract({});
    expect([status, body.batch, body.refusals]).toEqual([200, counts(7), []]);
    expect(await inEffectAt('14:00')).toBe(1);
    expect((await retract({})).body.batch).toEqual(counts(0, { events: 7, repeated: 7 }));
    expect((await retract({ explanation: 'Once more.' })).body.batch).toEqual(counts(0, { events: 7, retracted: 7 }));
  });

  it('leaves standing what others depend on', async () => {
    await ledger.post('/v1/actions', { rows: [reinstateRow('one')] });
    const { body } = await retract({ types: ['TargetWithheld'] });
    // The reinstatement of "three" was not asked for, and that of "one" is in no batch.
    expect(body.batch).toEqual(counts(1, { events: 3, refused: 2 }));
    expect(body.refusals.map(({ problem }: Body) => problem.code)).toEqual(['EVENT_HAS_DEPENDENTS', 'EVENT_HAS_DEPENDENTS']);
  });
});

describe('a dry run of a batch', () => {
  const at = ['2021-02-01T13:00:00+05:30', '2021-02-01T14:00:00+05:30'];
  const effective = ({ orders }: Body) => orders.map((of: Body) => [of.order, of.effective.numerator]);

  it('says what would be, at each instant, and changes nothing at all', async () => {
    const { model, log } = ledger.uses;
    const held = async () => ({
      tables: rowsOfTables(model),
      log: (await log.readStream(scene.withheld.stream, { from: 0, limit: 10 })).length,
      answer: (await ledger.get(`/v1/compliance?${query({ orders: scene.order, at: at[0] })}`)).body,
    });
    const before = await held();
    const { status, body } = await correct({ types: ACTS, shift: { occurredAt: '-PT1H' }, dryRun: true, at });
    expect([status, body.dryRun, body.wouldBeRecorded, body.batch]).toEqual([200, true, 4, counts(4)]);
    expect([body.position, body.orders]).toEqual([before.answer.position, [scene.order]]);
    expect(body.figures.map(({ before: now, after }: Body) => [now.at, effective(now), effective(after)])).toEqual([
      ['2021-02-01T07:30:00.000Z', [[scene.order, 0]], [[scene.order, 3]]],
      ['2021-02-01T08:30:00.000Z', [[scene.order, 4]], [[scene.order, 4]]],
    ]);
    expect(await held()).toEqual(before);
  });

  it.each([
    ['a shift', { types: ACTS, shift: { occurredAt: 'PT90M' } }],
    ['values', { types: ['TargetWithheld'], changes: { territory: ['FR'] } }],
    ['what is partly refused', { changes: { territory: ['FR'] } }],
  ])('of %s gives just the figures that are there when it is done', async (_, change) => {
    const dry = await correct({ ...change, dryRun: true, at: at[1] });
    const real = await correct(change);
    expect(dry.body.batch).toEqual(real.body.batch);
    expect(dry.body.refusals).toEqual(real.body.refusals);
    const {
      position,
      knownAt: _known,
      rulesVersion,
      validAt,
      kinds,
      ...state
    } = (await ledger.get(`/v1/compliance?${query({ case: scene.caseId, at: at[1] })}`)).body;
    expect(position).toBe(dry.body.position + dry.body.wouldBeRecorded);
    expect(dry.body.figures[0].after).toEqual(state);
    expect(state).not.toEqual(dry.body.figures[0].before);
  });

  it('of a retraction sees several would-be events of one stream together', async () => {
    // "three" was withheld and reinstated: both go, in that order.
    const dry = await retract({ dryRun: true, at: at[1] });
    expect([dry.body.wouldBeRecorded, dry.body.batch]).toEqual([7, counts(7)]);
    expect(effective(dry.body.figures[0].after)).toEqual([[scene.order, 1]]);
    expect(dry.body.figures[0].after.total.effective.denominator).toBe(1);
    expect((await retract({})).body.batch).toEqual(counts(7));
  });
});
