/** Whoever published a figure took it back, or somebody did in their name. The claim stays on record: it was made. */
import { eventType, type Rule } from '../event-type.ts';
import { party, text } from '../fields.ts';
import { caseIdText, parseClaimId, splitStream } from '../ids.ts';
import { claimRecorded } from './claim-recorded.ts';

const withdrawnOnce: Rule<object> = (_data, state, { stream }) => {
  const withdrawal = state.find((event) => claimWithdrawn.isTypeOf(event));
  return withdrawal && { code: 'CLAIM_ALREADY_WITHDRAWN', claim: parseClaimId(splitStream(stream).id), withdrawal: withdrawal.id };
};

export const claimWithdrawn = eventType({
  name: 'ClaimWithdrawn',
  version: 1,
  category: 'claim',
  fields: () => ({
    /** That of the claim, written out so that the withdrawal stands in the chronology of the case. */
    caseId: caseIdText,
    by: party,
    reason: text,
  }),
  filled: ['caseId'],
  complete: (input, state) => {
    const claim = state.find((event) => claimRecorded.isTypeOf(event));
    return { data: { ...input, caseId: claim?.data.caseId } };
  },
  rules: [withdrawnOnce],
});
