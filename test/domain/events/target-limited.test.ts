/** Limiting a target: what it has of its own beside all that restricts. */
import { describe, expect, it } from 'vitest';
import { targetLimited } from '../../../src/domain/events/target-limited.ts';
import { refusalOf } from '../../../src/domain/refusing.ts';
import {
  account,
  inIndia,
  lift,
  limit,
  listedInOrderOne,
  mondayAfternoon,
  recorded,
  reinstate,
  targetId,
  twoOrders,
  withheldInIndia,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const listed = [...twoOrders, listedInOrderOne];

describe('limiting a target', () => {
  it.each(['demoted', 'excluded_from_trends', 'labelled', 'age_restricted', 'interaction_restricted', 'demonetised', 'other'])(
    'may be that it is %s',
    (measure) => {
      given(...listed)
        .when(limit({ measure }))
        .emits();
    },
  );

  it.each([['WORLD'], ['UNSTATED'], [['FR', 'IN']]])('applies in %j', (territory) => {
    given(...listed)
      .when(limit({ territory }))
      .emits();
  });

  it('says what and where: neither is implied, and no stronger measure is a limit', () => {
    const request = {
      target: account(),
      occurredAt: mondayAfternoon,
      assertion: 'direct_record',
      orders: [],
      basis: 'unstated',
      measure: 'demoted',
      territory: ['IN'],
    };
    const places = (changes: object) => targetLimited.input.safeParse({ ...request, ...changes }).error?.issues.map(({ path }) => path[0]);
    expect(places({})).toBeUndefined();
    expect(places({ territory: undefined })).toEqual(['territory']);
    expect(places({ measure: undefined })).toEqual(['measure']);
    expect(places({ measure: 'suspended' })).toEqual(['measure']);
    const [wrong] = targetLimited.input.safeParse({ ...request, territory: ['in'] }).error?.issues ?? [];
    expect(wrong && refusalOf(wrong)?.code).toBe('TERRITORY_UNKNOWN');
  });

  it('looks like another limit of the same time and basis, whatever its measure and places', () => {
    const fact = recorded(limit());
    for (const changes of [{ measure: 'demoted' }, { territory: 'WORLD' }, { territory: ['IN', 'PK'] }, { text: 'Another source.' }]) {
      given(...listed, fact)
        .when(limit(changes))
        .emits({}, ['possible_duplicate']);
    }
    given(...listed, withheldInIndia)
      .when(limit())
      .emits();
  });
});

describe('a reinstatement', () => {
  const limited = recorded(limit());

  it('lifts limits as it lifts all else', () => {
    given(...listed, withheldInIndia, limited)
      .when(reinstate())
      .emits({ lifts: [lift(withheldInIndia, inIndia), lift(limited, inIndia)] });
    const lifted = recorded(reinstate(), { lifts: [lift(limited, inIndia)] });
    given(...listed, limited, lifted)
      .when(reinstate({ text: 'Once more.' }))
      .refuses({ code: 'NO_OPEN_RESTRICTION', target: targetId() });
  });

  it('names a limit, and the places of it', () => {
    const worldwide = recorded(limit({ territory: 'WORLD', measure: 'demoted' }));
    given(...listed, limited, worldwide)
      .when(reinstate({ restrictions: [worldwide.id], territory: ['IN'] }))
      .emits({ restrictions: undefined, territory: undefined, lifts: [lift(worldwide, inIndia)] });
  });
});
