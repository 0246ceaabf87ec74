/** Which events about targets a chronology tells in one line, and what tells them apart. */
import { describe, expect, it } from 'vitest';
import { parseOrderId } from '../../src/domain/ids.ts';
import { chronologyGroups } from '../../src/projections/chronology.ts';
import { foldedFrom, logOf } from '../support/folded.ts';
import {
  type Draft,
  eventCorrected,
  eventId,
  orderId,
  orderIssued,
  type StoredTarget,
  targetOf,
  targetStream,
} from '../support/naive-events.ts';
import { hourText, storedExtent } from '../support/random-case.ts';

const hours = (earliest: number) => storedExtent({ earliest, latest: earliest });
const issue = (order: number): Draft => orderIssued(orderId(order), hours(0), { demand: { measure: 'remove', territory: 'WORLD' } });

const about = (target: StoredTarget, type: string, hour: number, said: object): Draft => ({
  stream: targetStream(target),
  type,
  data: { occurredAt: hours(hour), assertion: 'direct_record', synthetic: true, target, ...said },
});
const list = (target: StoredTarget, said: object = {}) => about(target, 'TargetListed', 1, { order: orderId(0), ...said });
const withdraw = (target: StoredTarget, said: object = {}) =>
  about(target, 'TargetWithdrawn', 5, { order: orderId(0), reason: 'By mistake.', ...said });
const go = (target: StoredTarget, cause: string, said: object = {}) => about(target, 'TargetGone', 6, { orders: [], cause, ...said });
const notify = (target: StoredTarget, said: object = {}) => about(target, 'UserNotified', 3, { orders: [], channel: 'e-mail', ...said });
const link = (target: StoredTarget, to: StoredTarget, said: object = {}) =>
  about(target, 'TargetLinked', 4, { orders: [], relation: 'renamed_to', to, confidence: 'possible', ...said });
const limit = (target: StoredTarget, measure: string) =>
  about(target, 'TargetLimited', 2, { orders: [], measure, territory: ['IN'], basis: 'unstated' });

const publishedAt = (hour: number) => ({ sources: [{ name: 'A newspaper', publishedAt: hours(hour) }] });
const classes = (...names: readonly string[]) => ({ classes: names.map((name) => ({ class: name, assertedBy: 'platform' })) });

const [one, two, three, unlisted] = [
  targetOf('account', 'one'),
  targetOf('account', 'two'),
  targetOf('hashtag', 'three'),
  targetOf('account', 'unlisted'),
];

/** Of the chronology of an order: type, events, targets, classes, and whether it was corrected. */
const linesOf = (drafts: readonly Draft[], order = 0) => {
  const log = logOf([issue(0), issue(1), ...drafts]);
  const model = foldedFrom(log);
  const steps = chronologyGroups(model, { order: parseOrderId(orderId(order)), knownAt: log.length, limit: 100, after: undefined });
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    return step.value.page
      .map(({ position, events, targets, classes: named, isCorrected }) => ({
        type: log[position - 1]?.type,
        events,
        targets,
        named,
        isCorrected,
      }))
      .filter(({ type }) => type !== 'OrderIssued');
  }
};
const line = (type: string, events: number, more: object = {}) => ({
  type,
  events,
  targets: events,
  named: {},
  isCorrected: false,
  ...more,
});

describe('events about targets are told in one line', () => {
  it('that list them at one time, with the classes counted', () => {
    const listings = [list(one, classes('journalist', 'activist')), list(two), list(three, classes('journalist'))];
    expect(linesOf(listings)).toEqual([line('TargetListed', 3, { named: { activist: 1, journalist: 2 } })]);
  });

  it('that give them up for whatever reasons, each in its own words', () => {
    const withdrawals = [withdraw(one), withdraw(two, { reason: 'It is a newspaper.' })];
    expect(linesOf([list(one), list(two), ...withdrawals])).toEqual([line('TargetListed', 2), line('TargetWithdrawn', 2)]);
  });

  it('whose sources were published at other times, or do not say when', () => {
    const gone = [go(one, 'owner', publishedAt(7)), go(two, 'owner', publishedAt(8)), go(three, 'owner')];
    expect(linesOf([list(one), list(two), list(three), ...gone])).toEqual([line('TargetListed', 3), line('TargetGone', 3)]);
  });

  it('when a source turns out to have been published at another time', () => {
    const moved = eventCorrected({ stream: targetStream(one), id: eventId(5) }, { changes: publishedAt(9) });
    expect(linesOf([list(one), list(two), go(one, 'owner', publishedAt(7)), go(two, 'owner', publishedAt(7)), moved])).toEqual([
      line('TargetListed', 2),
      line('TargetGone', 2),
    ]);
  });

  it('though each is linked to another', () => {
    const links = [link(one, targetOf('account', 'new')), link(two, targetOf('account', 'other'), { relation: 'successor' })];
    expect(linesOf([list(one), list(two), ...links])).toEqual([line('TargetListed', 2), line('TargetLinked', 2)]);
  });
});

describe('events about targets are told apart', () => {
  const listed = [list(one), list(two)];

  it('by the cause for which they are gone', () => {
    expect(linesOf([...listed, go(one, 'owner'), go(two, 'unknown')])).toEqual([
      line('TargetListed', 2),
      line('TargetGone', 1),
      line('TargetGone', 1),
    ]);
  });

  it('by the measure that limits them', () => {
    expect(linesOf([...listed, limit(one, 'demoted'), limit(two, 'labelled')])).toEqual([
      line('TargetListed', 2),
      line('TargetLimited', 1),
      line('TargetLimited', 1),
    ]);
  });

  it('by when a notice arrived, and by the orders cited', () => {
    const notices = [notify(one, { receivedAt: hours(4) }), notify(two, { receivedAt: hours(5) }), notify(one, { orders: [orderId(0)] })];
    expect(linesOf([...listed, ...notices])).toEqual([
      line('TargetListed', 2),
      line('UserNotified', 1),
      line('UserNotified', 1),
      line('UserNotified', 1),
    ]);
  });

  it('by the order that gave them up', () => {
    const both = [...listed, list(one, { order: orderId(1) }), list(two, { order: orderId(1) })];
    const withdrawals = [withdraw(one), withdraw(two, { order: orderId(1) })];
    expect(linesOf([...both, ...withdrawals]).filter(({ type }) => type === 'TargetWithdrawn')).toEqual([
      line('TargetWithdrawn', 1),
      line('TargetWithdrawn', 1),
    ]);
  });
});

describe('an order that does not list a target', () => {
  it.each([
    ['a notice', notify(unlisted, { orders: [orderId(1)] })],
    ['that it is gone', go(unlisted, 'unknown', { orders: [orderId(1)] })],
    ['a link', link(unlisted, one, { orders: [orderId(1)] })],
    ['a withdrawal', withdraw(unlisted, { order: orderId(1) })],
  ])('has %s in its chronology if it is named there', (_, draft) => {
    const elsewhere = [list(unlisted), go(unlisted, 'owner')];
    expect(linesOf([...elsewhere, draft], 1)).toEqual([line(draft.type, 1)]);
  });
});

it('tells each event at the time at which it occurred, not of a publication', () => {
  const log = logOf([issue(0), list(one, publishedAt(0))]);
  const steps = chronologyGroups(foldedFrom(log), {
    order: parseOrderId(orderId(0)),
    knownAt: 2,
    limit: 1,
    after: { earliest: Date.parse(hourText(0)), latest: Date.parse(hourText(0)), position: 1 },
  });
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value.page).toMatchObject([{ earliest: Date.parse(hourText(1)), latest: Date.parse(hourText(1)), position: 2 }]);
});
