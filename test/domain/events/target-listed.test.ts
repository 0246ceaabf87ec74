/** Listing a target in an order. */
import { describe, expect, it } from 'vitest';
import { targetListed } from '../../../src/domain/events/target-listed.ts';
import {
  account,
  block,
  caseOpened,
  corrected,
  extent,
  issueOrder,
  ist,
  istDay,
  istRange,
  later,
  listedInOrderOne,
  listTarget,
  orderNowhere,
  orderOne,
  orderOneIssued,
  orderTwo,
  orderTwoIssued,
  recorded,
  retracted,
  storedAccount,
  targetId,
  twoOrders,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const issue = ist('01-31 12:00');

describe('listing a target', () => {
  it('occurs when the order was issued, unless another time is given', () => {
    given(...twoOrders)
      .when(listTarget())
      .emits({ occurredAt: extent(issue) });
    given(...twoOrders)
      .when(listTarget({ occurredAt: istDay('02-03') }))
      .emits();
  });

  it('takes the issue as it stands now', () => {
    const moved = corrected(orderOneIssued, { occurredAt: extent(istDay('01-30')) });
    given(...twoOrders, moved)
      .when(listTarget())
      .emits({ occurredAt: extent(istDay('01-30')) });
  });

  it('is received later only if that is said', () => {
    given(...twoOrders)
      .when(listTarget({ receivedAt: ist('02-02 12:00') }))
      .emits({ occurredAt: extent(issue) });
    given(...twoOrders)
      .when(listTarget({ receivedAt: later(issue, -1) }))
      .refuses({ code: 'RECEIVED_BEFORE_SENT', sent: extent(issue)['earliest'], received: extent(later(issue, -1))['earliest'] });
  });

  it('keeps other writings of the target, and who calls it what', () => {
    const said = {
      aliases: [{ verbatim: 'https://birdsite.example/synthetic-o1-001' }],
      classes: [{ class: 'journalist', assertedBy: 'platform' }],
    };
    given(...twoOrders)
      .when(listTarget(said))
      .emits({ occurredAt: extent(issue) });
  });

  it('takes the target by its id from what is on record', () => {
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ targetId: targetId(), order: orderTwo }))
      .emits({ targetId: undefined, target: storedAccount(), occurredAt: extent(ist('02-04 12:00')) });
    given(...twoOrders)
      .when(listTarget({ targetId: targetId() }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'targetId', reference: targetId() });
  });

  it('is one target, however it is written', () => {
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ target: account('Synthetic-O1-001'), order: orderTwo }))
      .emits({ occurredAt: extent(ist('02-04 12:00')) });
    expect(targetId('Synthetic-O1-001')).toBe(targetId('@synthetic-o1-001'));
  });

  it('is of an order that is there', () => {
    given(...twoOrders)
      .when(listTarget({ order: orderNowhere }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'order', reference: orderNowhere });
    given(caseOpened, orderOneIssued, retracted(orderOneIssued))
      .when(listTarget({ occurredAt: issue, receivedAt: issue }))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'order', reference: orderOne });
  });

  it('is on the platform to which the order is addressed', () => {
    given(...twoOrders)
      .when(listTarget({ target: account('@synthetic-o1-001', 'othersite.example') }))
      .refuses({ code: 'PLATFORM_MISMATCH', expected: 'birdsite.example', found: 'othersite.example', reference: orderOne });
  });

  it('is not before the issue', () => {
    given(...twoOrders)
      .when(listTarget({ occurredAt: later(issue, -1) }))
      .refuses({ code: 'BEFORE_ISSUE', order: orderOne, issued: extent(issue)['earliest'] });
    given(...twoOrders)
      .when(listTarget({ occurredAt: istRange('01-30 12:00', '01-31 12:00') }))
      .emits();
  });

  it('is not at or after the expiry', () => {
    const expiring = [caseOpened, recorded(issueOrder({ expiresAt: ist('02-10 00:00') }))];
    given(...expiring)
      .when(listTarget({ occurredAt: ist('02-10 00:00') }))
      .refuses({ code: 'ORDER_ENDED', order: orderOne, ended: extent(ist('02-10 00:00'))['earliest'] });
    given(...expiring)
      .when(listTarget({ occurredAt: istRange('02-09 00:00', '02-11 00:00') }))
      .emits();
  });

  it('is once for each order', () => {
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ note: 'Twice on the list.' }))
      .refuses({ code: 'TARGET_ALREADY_LISTED', order: orderOne, existing: listedInOrderOne.id });
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ order: orderTwo }))
      .emits({ occurredAt: extent(ist('02-04 12:00')) });
    given(...twoOrders, listedInOrderOne, retracted(listedInOrderOne))
      .when(listTarget({ note: 'Recorded anew.' }))
      .emits({ occurredAt: extent(issue) });
  });

  it('repeats quietly whether the default is sent or left out', () => {
    given(...twoOrders, listedInOrderOne)
      .when(listTarget())
      .emitsNothing(listedInOrderOne);
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ occurredAt: issue }))
      .emitsNothing(listedInOrderOne);
    given(...twoOrders, listedInOrderOne)
      .when(listTarget({ targetId: targetId() }))
      .emitsNothing(listedInOrderOne);
  });

  it('as corrected is another content than as recorded', () => {
    const noted = corrected(listedInOrderOne, { note: 'On page 3.' });
    given(...twoOrders, listedInOrderOne, noted)
      .when(listTarget())
      .emitsNothing(listedInOrderOne);
    given(...twoOrders, listedInOrderOne, noted)
      .when(listTarget({ note: 'On page 3.' }))
      .refuses({ code: 'TARGET_ALREADY_LISTED', order: orderOne, existing: listedInOrderOne.id });
  });

  it('may come after what was done about the target', () => {
    const blocked = recorded(block());
    given(...twoOrders, blocked)
      .when(listTarget())
      .emits({ occurredAt: extent(issue) });
  });

  it('warns of letters of several scripts in one name', () => {
    given(...twoOrders)
      .when(listTarget({ target: account('@p\u0430ypal') }))
      .emits({ occurredAt: extent(issue) }, ['look_alike_key']);
  });

  it('says who is concerned in a fact of its own', () => {
    const classes = [
      { class: 'journalist', assertedBy: 'platform' },
      { class: 'activist', assertedBy: 'press council' },
    ];
    const fact = recorded(listTarget({ classes, receivedAt: ist('02-02 12:00') }), { occurredAt: extent(issue) });
    const facts = targetListed.facts({ id: fact.id, data: fact.data });
    expect(facts.map(({ shape }) => shape.kind)).toEqual(['listed', 'list_received', 'list_classes']);
    const at = Date.parse('2021-01-31T06:30:00Z');
    expect(facts[2]).toEqual({
      shape: { kind: 'list_classes', classes: ['journalist', 'activist'] },
      about: { order: orderOne },
      earliest: at,
      latest: at,
    });
  });

  it('says two things to the figures if the list came later', () => {
    const late = recorded(listTarget({ receivedAt: ist('02-02 12:00') }), { occurredAt: extent(issue) });
    const kinds = (fact: typeof late) =>
      targetListed.facts({ id: fact.id, data: fact.data }).map(({ shape, about }) => [shape.kind, about]);
    expect(kinds(late)).toEqual([
      ['listed', { order: orderOne }],
      ['list_received', { order: orderOne }],
    ]);
    expect(kinds(listedInOrderOne)).toEqual([['listed', { order: orderOne }]]);
    expect(orderTwoIssued.data['platform']).toBe('birdsite.example');
  });
});
