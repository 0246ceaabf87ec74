/** The wrong account put right in one request: recorded about the right one, retracted where it stood; tried first, cut short, and repeated. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movesForm, rehearsedMovesForm } from '../../src/api/moves.ts';
import type { Uses } from '../../src/api/uses.ts';
import { EVENT_RETRACTED } from '../../src/domain/events/corrections.ts';
import { OutcomeUnknown } from '../../src/event-store/errors.ts';
import { account, blockRow, listRow, recordScene, reinstateRow, type Scene, withholdRow } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { faultOf, query } from '../support/reading.ts';
import { rowsOfTables } from '../support/tables.ts';

const AFTERNOON = '2021-02-01T14:00:00+05:30';
const NIGHT = '2021-02-01T23:00:00+05:30';
const SAID = { reason: 'wrong', explanation: 'The row was read one line too high.' };

let ledger: TestLedger;
let scene: Scene;
/** Of the account that was withheld by mistake, and reinstated: both events are about it, and both were done to another. */
let wrong: { readonly stream: string; readonly restriction: string; readonly reinstatement: string };
let failing: (type: string) => boolean;
/** What somebody else does just before a command is carried out. */
let meanwhile: (type: string, uses: Uses) => Promise<void>;

beforeEach(async () => {
  failing = () => false;
  meanwhile = async () => {};
  ledger = await openTestLedger({ uses: withFailures });
  scene = await recordScene(ledger, 'wrong');
  await ledger.post(`/v1/orders/${scene.order}/targets`, { rows: [listRow('right')] });
  const reinstated = await ledger.post('/v1/actions', { rows: [reinstateRow('wrong')] });
  wrong = { stream: scene.withheld.stream, restriction: scene.withheld.event, reinstatement: reinstated.body.results[0].event };
});
afterEach(() => ledger.close());

/** The store fails where a test says so: after what it did, whose answer is lost. */
const withFailures = (uses: Uses): Uses => ({
  ...uses,
  record: {
    ...uses.record,
    async one(command, options) {
      await meanwhile(command.type, uses);
      const outcome = await uses.record.one(command, options);
      if (failing(command.type)) throw new OutcomeUnknown(command.stream);
      return outcome;
    },
  },
});

const row = (more: object = {}) => ({ stream: wrong.stream, event: wrong.restriction, to: account('right'), ...SAID, ...more });
const move = async (rows: readonly object[], more: object = {}, headers = {}) =>
  ledger.post('/v1/corrections/moves', { rows, ...more }, headers);
/** Which of the two accounts is in effect. */
const inEffectAt = async (at: string) => {
  const { body } = await ledger.get(`/v1/compliance/pairs?${query({ order: scene.order, at, status: 'in_effect' })}`);
  return body.rows.map(({ verbatim }: Body) => verbatim);
};
const eventOf = async (id: string) => (await ledger.get(`/v1/events/${id}`)).body;

describe('a restriction of the wrong account', () => {
  it('is moved to the right one, and its reinstatement with it', async () => {
    expect([await inEffectAt(AFTERNOON), await inEffectAt(NIGHT)]).toEqual([['wrong'], []]);
    const { status, body } = await move([row()]);
    expect(status).toBe(200);
    movesForm.parse(body);
    const [result] = body.results;
    expect([result.status, result.facts.map(({ event }: Body) => event)]).toEqual(['moved', [wrong.restriction, wrong.reinstatement]]);
    expect([await inEffectAt(AFTERNOON), await inEffectAt(NIGHT)]).toEqual([['right'], []]);

    const [restriction, reinstatement] = result.facts;
    const { entry } = await eventOf(restriction.recorded.event);
    expect([entry.stream, entry.target.verbatim, entry.says.policy]).toEqual([result.to, 'right', 'country withheld content']);
    // What it ended, it ends still, by its new id.
    expect((await eventOf(reinstatement.recorded.event)).entry.says.lifts).toEqual([
      { restriction: restriction.recorded.event, territory: ['IN'] },
    ]);
    // And the old one says what stands instead.
    expect((await eventOf(wrong.restriction)).entry.retracted).toMatchObject({
      event: restriction.retracted.event,
      duplicateOf: restriction.recorded.event,
      ...SAID,
    });
    expect(restriction.retracted.position).toBeGreaterThan(reinstatement.retracted.position);
  });

  it('is moved to one that is recorded, by its id', async () => {
    const [{ target }] = (await ledger.post('/v1/actions', { rows: [blockRow('right')] })).body.results;
    const { body } = await move([row({ to: target })]);
    expect([body.results[0].status, body.results[0].to]).toEqual(['moved', `target-${target}`]);
    expect((await eventOf(body.results[0].facts[0].recorded.event)).entry.target.verbatim).toBe('right');
  });

  it('is moved once: a repeat adds nothing, whatever its key', async () => {
    const first = await move([row()], {}, { 'idempotency-key': 'read-too-high' });
    const head = await ledger.position();
    for (const key of ['read-too-high', 'another']) {
      const { body } = await move([row()], {}, { 'idempotency-key': key });
      expect(body.results[0]).toEqual({ ...first.body.results[0], status: 'repeated' });
    }
    expect(await ledger.position()).toBe(head);
    const elsewhere = await move([row({ to: account('third') })]);
    expect(elsewhere.body.results[0].problem.code).toBe('EVENT_ALREADY_RETRACTED');
  });

  it('stays, with all that was asked for, where something that tells of it cannot go along', async () => {
    // One reinstatement ended two restrictions, of which one is to move.
    const rows = [
      { ...withholdRow('both', [scene.order]), policy: 'first' },
      { ...withholdRow('both', []), territory: ['FR'] },
      reinstateRow('both'),
    ];
    const [first, second, reinstated] = (await ledger.post('/v1/actions', { rows })).body.results;
    const head = await ledger.position();
    const asked = { stream: first.stream, event: first.event };
    const { body } = await move([row(asked), row()]);
    expect(body.results.map(({ status }: Body) => status)).toEqual(['refused', 'moved']);
    expect(body.results[0].problem).toMatchObject({ code: 'EVENT_HAS_DEPENDENTS', event: first.event, dependents: [reinstated.event] });
    expect(await ledger.position()).toBe(head + 4);
    // Both together take it along.
    const both = await move([row(asked), row({ ...asked, event: second.event })]);
    expect(both.body.results.map(({ status, facts }: Body) => [status, facts.length])).toEqual([
      ['moved', 2],
      ['moved', 2],
    ]);
  });

  it('stays where the right account cannot take it, and nothing of it is recorded', async () => {
    const listing = (await ledger.get(`/v1/orders/${scene.order}/targets`)).body.targets.find(
      ({ verbatim }: Body) => verbatim === 'wrong',
    ).listing;
    await ledger.post('/v1/corrections', {
      rows: [{ stream: wrong.stream, event: listing, changes: { note: 'row 18' }, reason: 'data_entry', explanation: 'x' }],
    });
    const head = await ledger.position();
    const { body } = await move([row({ event: listing }), row()]);
    // From one account to the same other one all move, or none.
    expect(body.results.map(({ problem }: Body) => problem.code)).toEqual(['TARGET_ALREADY_LISTED', 'TARGET_ALREADY_LISTED']);
    expect(await ledger.position()).toBe(head);
  });

  it.each([
    ['an event that nobody recorded', { event: '01950000-0000-7000-8000-00000000dead' }, 'REFERENCE_UNKNOWN', '#/rows/0/event'],
    ['a target that nobody recorded', { to: 'e0ee40ae-bed6-581a-8948-fd16c8cdf470' }, 'REFERENCE_UNKNOWN', '#/rows/0/to'],
    ['an account of another platform', { to: { ...account('right'), platform: 'otherbird.example' } }, 'PLATFORM_MISMATCH', '#/rows/0'],
  ])('is not moved: %s', async (_, more, code, pointer) => {
    const { body } = await move([row(more)]);
    expect(body.results[0]).toMatchObject({ status: 'refused', problem: { code } });
    if (code !== 'PLATFORM_MISMATCH') expect(body.results[0].problem.errors[0].pointer).toBe(pointer);
  });

  it('is refused as a whole for what is no row', async () => {
    expect(faultOf(await move([row({ stream: scene.issue.stream })]))).toBe('400 BODY_INVALID #/rows/0/stream');
    expect(faultOf(await move([row({ to: { ...account('right'), verbatim: 'not a handle' } })]))).toBe(
      '422 TARGET_KEY_INVALID #/rows/0/to',
    );
    expect(faultOf(await move([row({ to: account('@Wrong') })]))).toBe('400 BODY_INVALID #/rows/0/to');
    expect(faultOf(await move([row()], { at: AFTERNOON }))).toBe('400 BODY_INVALID #');
  });
});

describe('a move that is cut short', () => {
  it.each([
    ['after the restriction is recorded anew', 'FactMoved', 1],
    ['after the reinstatement is', 'FactMoved', 2],
    ['after the reinstatement is retracted where it stood', EVENT_RETRACTED, 1],
    ['after the restriction is', EVENT_RETRACTED, 2],
  ])('%s is finished by a repeat, each step once', async (_, type, nth) => {
    const headers = { 'idempotency-key': 'cut-short' };
    const head = await ledger.position();
    let met = 0;
    failing = (of) => {
      if (of === type) met += 1;
      return of === type && met === nth;
    };
    expect(faultOf(await move([row()], {}, headers))).toBe('503 OUTCOME_UNKNOWN ');
    const { status, body } = await move([row()], {}, headers);
    expect([status, body.results[0].facts.map(({ event, retracted }: Body) => [event, retracted !== null])]).toEqual([
      200,
      [
        [wrong.restriction, true],
        [wrong.reinstatement, true],
      ],
    ]);
    expect(await ledger.position()).toBe(head + 4);
    expect([await inEffectAt(AFTERNOON), await inEffectAt(NIGHT)]).toEqual([['right'], []]);
  });
});

it('a move that another has got in the way of says what stands twice, and is finished by a repeat', async () => {
  const headers = { 'idempotency-key': 'in-the-way' };
  meanwhile = async (type) => {
    if (type !== EVENT_RETRACTED) return;
    meanwhile = async () => {};
    const told = { action: 'notify', target: account('wrong'), orders: [], restriction: wrong.restriction, channel: 'e-mail' };
    const { body } = await ledger.post('/v1/actions', { rows: [{ ...told, occurredAt: NIGHT, assertion: 'direct_record' }] });
    expect(body.results[0].status).toBe('recorded');
  };
  const { body } = await move([row()], {}, headers);
  movesForm.parse(body);
  const [{ status, problem, facts }] = body.results;
  expect([status, problem.code, facts.map(({ retracted }: Body) => retracted !== null)]).toEqual([
    'unfinished',
    'EVENT_HAS_DEPENDENTS',
    [false, true],
  ]);
  expect(await inEffectAt(AFTERNOON)).toEqual(['wrong', 'right']);
  const again = (await move([row()], {}, headers)).body.results[0];
  expect([again.status, again.facts.map(({ retracted }: Body) => retracted !== null)]).toEqual(['moved', [true, true, true]]);
  expect([await inEffectAt(AFTERNOON), again.facts[0].recorded.event]).toEqual([['right'], facts[0].recorded.event]);
});

describe('a dry run of a move', () => {
  it('says what would go along and what the figures would be, and changes nothing', async () => {
    const before = rowsOfTables(ledger.uses.model);
    const other = { stream: scene.issue.stream.replace('order-', 'target-'), event: wrong.restriction };
    const { status, body } = await move([row(), row(other)], { dryRun: true, at: [AFTERNOON, NIGHT] });
    expect(status).toBe(200);
    rehearsedMovesForm.parse(body);
    expect(body.results.map(({ status: is, events }: Body) => [is, events])).toEqual([
      ['would_be_moved', [wrong.restriction, wrong.reinstatement]],
      ['refused', undefined],
    ]);
    expect([body.wouldBeRecorded, rowsOfTables(ledger.uses.model)]).toEqual([4, before]);
    await move([row()]);
    for (const { after } of body.figures) {
      const {
        position: _p,
        knownAt: _k,
        rulesVersion: _r,
        validAt: _v,
        kinds: _s,
        ...state
      } = (await ledger.get(`/v1/compliance?${query({ case: scene.caseId, at: after.at })}`)).body;
      expect(after).toEqual(state);
    }
  });

  it('counts nothing of a row that would be refused half way', async () => {
    const listing = (await ledger.get(`/v1/orders/${scene.order}/targets`)).body.targets.find(
      ({ verbatim }: Body) => verbatim === 'wrong',
    ).listing;
    await ledger.post('/v1/corrections', {
      rows: [{ stream: wrong.stream, event: listing, changes: { note: 'row 18' }, reason: 'data_entry', explanation: 'x' }],
    });
    const { body } = await move([row(), row({ event: listing })], { dryRun: true });
    expect([body.wouldBeRecorded, body.results.map(({ status }: Body) => status)]).toEqual([0, ['refused', 'refused']]);
  });
});

it('two accounts can be exchanged in one request', async () => {
  const [blocked] = (await ledger.post('/v1/actions', { rows: [blockRow('right')] })).body.results;
  const { body } = await move([row(), { ...row(), stream: blocked.stream, event: blocked.event, to: account('wrong') }]);
  expect(body.results.map(({ status }: Body) => status)).toEqual(['moved', 'moved']);
  // Blocked on the 5th, for good.
  expect([await inEffectAt(AFTERNOON), await inEffectAt('2021-02-06T00:00:00+05:30')]).toEqual([['right'], ['wrong']]);
});
