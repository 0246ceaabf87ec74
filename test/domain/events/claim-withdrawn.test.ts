/** Taking back a figure that was published. */
import { describe, it } from 'vitest';
import { caseOpened, claimRecorded, recorded, retracted, theCase, theClaim, withdrawClaim } from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const withdrawn = recorded(withdrawClaim(), { caseId: theCase });

describe('withdrawing a claim', () => {
  it('says in which case it stands', () => {
    given(caseOpened, claimRecorded).when(withdrawClaim()).emits({ caseId: theCase });
  });

  it('happens once', () => {
    given(caseOpened, claimRecorded, withdrawn)
      .when(withdrawClaim({ reason: 'Another reason.' }))
      .refuses({ code: 'CLAIM_ALREADY_WITHDRAWN', claim: theClaim, withdrawal: withdrawn.id });
  });

  it('repeats quietly', () => {
    given(caseOpened, claimRecorded, withdrawn).when(withdrawClaim()).emitsNothing(withdrawn);
  });

  it('may be done again after a withdrawal that was recorded by mistake', () => {
    given(caseOpened, claimRecorded, withdrawn, retracted(withdrawn))
      .when(withdrawClaim({ reason: 'Another reason.' }))
      .emits({ caseId: theCase });
  });

  it('is of a claim that is there', () => {
    given(caseOpened).when(withdrawClaim()).refuses({ code: 'REFERENCE_UNKNOWN', field: 'claim', reference: theClaim });
  });
});
