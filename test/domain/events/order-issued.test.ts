/** Issuing an order. */
import { describe, it } from 'vitest';
import { DEADLINE_RULES, nameOfRule } from '../../../src/domain/deadlines/deadline-rules.ts';
import {
  caseOpened,
  extent,
  type instant,
  issueOrder,
  ist,
  istDay,
  istRange,
  later,
  orderOneIssued,
  recorded,
  retracted,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const rule = (id: string, version = 1) => ({ deadlineRule: { id, version } });

describe('issuing an order', () => {
  it('keeps the instrument as it was described', () => {
    const said = {
      requestedBy: { name: 'Home Ministry', country: 'IN' },
      grounds: [{ category: 'public order', alleged: 'misinformation' }],
      statedTargetCount: 257,
      expiresAt: ist('03-31 00:00'),
      noticeBarred: { basis: 'r. 16', until: ist('12-31 00:00') },
      redress: 'None is named.',
      platform: 'www.birdsite.example',
    };
    given(caseOpened).when(issueOrder(said)).emits({ platform: 'birdsite.example' });
  });

  it('knows its deadline rule, by id and version', () => {
    const known = DEADLINE_RULES.map(nameOfRule);
    given(caseOpened)
      .when(issueOrder(rule('in-s69a-emergency', 2)))
      .refuses({ code: 'DEADLINE_RULE_UNKNOWN', rule: 'in-s69a-emergency@2', known });
    given(caseOpened)
      .when(issueOrder(rule('constructor')))
      .refuses({ code: 'DEADLINE_RULE_UNKNOWN', rule: 'constructor@1', known });
    given(caseOpened)
      .when(issueOrder(rule('none')))
      .emits();
  });

  it('is not bound by a rule that was not yet in force', () => {
    given(caseOpened)
      .when(issueOrder(rule('eu-tco-3')))
      .refuses({ code: 'DEADLINE_RULE_NOT_IN_FORCE', rule: 'eu-tco-3@1', validFrom: '2022-06-07' });
  });
});

describe('the validity of a deadline rule', () => {
  const recordedAt = extent('2027-01-01T00:00:00Z')['earliest'] as ReturnType<typeof instant>;
  const issued = (occurredAt: unknown, id: string, version = 1) =>
    given(caseOpened)
      .at(recordedAt)
      .when(issueOrder({ occurredAt, ...rule(id, version) }));

  // @1 is valid from 2021-02-25 to 2026-02-20 (exclusive), local calendar dates, so a day may begin 14 hours before and 12 hours after UTC's.
  const notInForce = {
    code: 'DEADLINE_RULE_NOT_IN_FORCE',
    rule: 'in-it-rules-3-1-d@1',
    validFrom: '2021-02-25',
    validTo: '2026-02-20',
  } as const;

  it('begins with its first day where the order was issued', () => {
    issued('2021-02-25T00:00:00+05:30', 'in-it-rules-3-1-d').emits();
    issued('2021-02-25T00:00:00+14:00', 'in-it-rules-3-1-d').emits();
    issued('2021-02-24T23:59:59+14:00', 'in-it-rules-3-1-d').refuses(notInForce);
  });

  it('ends with its last day where the order was issued', () => {
    issued('2026-02-19T23:59:59+05:30', 'in-it-rules-3-1-d').emits();
    issued('2026-02-19T23:59:59-12:00', 'in-it-rules-3-1-d').emits();
    issued('2026-02-20T00:00:00-12:00', 'in-it-rules-3-1-d').refuses(notInForce);
  });

  it('passes to the next version on the day between them', () => {
    issued('2026-02-20T00:00:00+05:30', 'in-it-rules-3-1-d', 2).emits();
    issued('2026-02-18T12:00:00+05:30', 'in-it-rules-3-1-d', 2).refuses({
      code: 'DEADLINE_RULE_NOT_IN_FORCE',
      rule: 'in-it-rules-3-1-d@2',
      validFrom: '2026-02-20',
    });
    issued('2026-02-22T12:00:00+05:30', 'in-it-rules-3-1-d', 1).refuses(notInForce);
  });

  it('is refused only if the order was provably issued outside it', () => {
    issued({ date: '2021-02', zone: 'Asia/Kolkata' }, 'in-it-rules-3-1-d').emits();
    issued({ date: '2021-01', zone: 'Asia/Kolkata' }, 'in-it-rules-3-1-d').refuses(notInForce);
    issued({ date: '2026', zone: 'Asia/Kolkata' }, 'in-it-rules-3-1-d').emits();
    issued({ date: '2026-03', zone: 'Asia/Kolkata' }, 'in-it-rules-3-1-d').refuses(notInForce);
  });
});

describe('the expiry of an order', () => {
  const refused = (occurredAt: string, expiresAt: string) =>
    ({ code: 'ENDS_BEFORE_START', field: 'expiresAt', start: extent(occurredAt)['earliest'], end: extent(expiresAt)['earliest'] }) as const;

  it('lies after its issue', () => {
    const issue = ist('01-31 12:00');
    given(caseOpened)
      .when(issueOrder({ expiresAt: issue }))
      .refuses(refused(issue, issue));
    given(caseOpened)
      .when(issueOrder({ expiresAt: later(issue, -1) }))
      .refuses(refused(issue, later(issue, -1)));
    given(caseOpened)
      .when(issueOrder({ expiresAt: later(issue, 1) }))
      .emits();
  });

  it('may lie within the time in which it can have been issued, and in the future', () => {
    const occurredAt = istRange('01-31 00:00', '02-01 00:00');
    given(caseOpened)
      .when(issueOrder({ occurredAt, expiresAt: ist('01-31 06:00') }))
      .emits();
    given(caseOpened)
      .when(issueOrder({ occurredAt, expiresAt: ist('01-31 00:00') }))
      .refuses(refused(ist('01-31 00:00'), ist('01-31 00:00')));
    given(caseOpened)
      .when(issueOrder({ expiresAt: '2035-01-01T00:00:00Z' }))
      .emits();
  });
});

describe('an order on record', () => {
  it('is issued once, and anew after a retraction', () => {
    const existing = orderOneIssued.stream.slice('order-'.length);
    given(caseOpened, orderOneIssued)
      .when(issueOrder({ ref: 'Synthetic/1a' }))
      .refuses({ code: 'ALREADY_EXISTS', existing });
    given(caseOpened, orderOneIssued, retracted(orderOneIssued))
      .when(issueOrder({ ref: 'Synthetic/1a' }))
      .emits();
  });

  it('is as synthetic as its case', () => {
    const real = recorded(issueOrder(), { synthetic: false });
    given({ ...caseOpened, data: { ...caseOpened.data, synthetic: false } })
      .when(issueOrder())
      .emits({ synthetic: false });
    given(caseOpened, real)
      .when(issueOrder({ occurredAt: istDay('01-31') }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: real.stream });
  });
});
