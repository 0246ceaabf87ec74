/** Opening a case. */
import { describe, expect, it } from 'vitest';
import { caseOpened as type } from '../../../src/domain/events/case-opened.ts';
import { refusalOf } from '../../../src/domain/refusing.ts';
import { caseOpened, extent, issueOrder, ist, istDay, later, openCase, RECORDED_AT, recorded, retracted } from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

describe('opening a case', () => {
  it('is real unless it says that it is synthetic', () => {
    given()
      .when(openCase({ synthetic: undefined }))
      .emits({ synthetic: false });
    given().when(openCase()).emits();
  });

  it('keeps when the incident was, however roughly that is known', () => {
    given()
      .when(openCase({ incidentAt: istDay('01-26') }))
      .emits();
  });

  it('is not about an incident that has not happened', () => {
    const past = later(RECORDED_AT, 24 * 3_600_000 + 1);
    given()
      .when(openCase({ incidentAt: past }))
      .refuses({ code: 'TIME_IN_FUTURE', field: 'incidentAt', earliest: extent(past)['earliest'], recordedAt: RECORDED_AT });
    given()
      .when(openCase({ incidentAt: later(RECORDED_AT, 24 * 3_600_000) }))
      .emits();
  });

  it('is told apart from an opening in other words', () => {
    given(caseOpened)
      .when(openCase({ zone: 'UTC' }))
      .refuses({ code: 'ALREADY_EXISTS', existing: '00000000-0000-4000-8000-000000000001' });
    given(caseOpened)
      .when(openCase({ synthetic: undefined }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: true, reference: caseOpened.stream });
  });

  it('may be opened anew where the first opening was retracted, but not as a real one: others may have named it as synthetic', () => {
    given(caseOpened, retracted(caseOpened))
      .when(openCase({ title: 'Another title' }))
      .emits({ title: 'Another title' });
    given(caseOpened, retracted(caseOpened))
      .when(openCase({ title: 'Another title', synthetic: false }))
      .refuses({ code: 'SYNTHETIC_MIX', expected: true, reference: caseOpened.stream });
  });

  it('is what orders of the case refer to, and nothing else is', () => {
    given(caseOpened).when(issueOrder()).emits();
    const reference = caseOpened.stream.slice('case-'.length);
    given().when(issueOrder()).refuses({ code: 'REFERENCE_UNKNOWN', field: 'caseId', reference });
    given(caseOpened, retracted(caseOpened)).when(issueOrder()).refuses({ code: 'REFERENCE_UNKNOWN', field: 'caseId', reference });
  });

  it.each([
    ['Nowhere/City', 'TIME_ZONE_UNKNOWN'],
    ['asia/kolkata', undefined],
    ['', 'TIME_ZONE_UNKNOWN'],
  ])('is not in the zone %j', (zone, code) => {
    const issues = type.input.safeParse({ ...openCase().data, occurredAt: ist('01-31 11:00'), zone }).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path, refusalOf(issue)?.code])).toEqual([[['zone'], code]]);
  });

  it('repeats quietly what was said of the incident', () => {
    const fact = recorded(openCase({ incidentAt: istDay('01-26') }));
    given(fact)
      .when(openCase({ incidentAt: istDay('01-26') }))
      .emitsNothing(fact);
    given(fact)
      .when(openCase({ incidentAt: ist('01-26 00:00') }))
      .refuses({ code: 'ALREADY_EXISTS', existing: fact.stream.slice('case-'.length) });
  });
});
