/** An import that is refused as a whole, as a problem: which entry of its mapping it fell on, what is on record there, and what to do in words. */
import type { Ahead, ImportRefused } from '../application/import/import-object.ts';
import type { Refusal } from '../domain/refusal.ts';
import { importWords } from './import-answers.ts';
import { fragment, type Problem, refusalProblem } from './problems.ts';

export const importRefusedProblem = ({ refusal, ahead }: ImportRefused): Problem => {
  if (!ahead) return refusalProblem(refusal);
  const entry = ['mapping', 'before', ahead.place];
  const [place] = refusal.code === 'SYNTHETIC_MIX' ? [] : refusalProblem(refusal, [...entry, 'fields']).errors;
  return { ...refusalProblem(refusal), errors: [{ pointer: place?.pointer ?? fragment(entry), detail: aheadWords(refusal, ahead) }] };
};

const aheadWords = (refusal: Refusal, { entry, existing }: Ahead): string => {
  const there = existing === undefined ? 'what is on record' : `the ${existing.category} "${existing.name}"`;
  switch (refusal.code) {
    case 'DUPLICATE_EXTERNAL_ID':
      return `the entry "${entry}" has the externalId "${refusal.id}" of "${refusal.system}", under which ${there} is on record with other content. ${OWN_ID} If that one is meant, say of it just what was said of it then, or correct what is on record first.`;
    case 'SYNTHETIC_MIX':
      return `the entry "${entry}" is ${refusal.expected ? 'real' : 'synthetic'}, and ${there}, which it names or whose externalId it has, is on record as ${refusal.expected ? 'synthetic' : 'real'}: the two are never mixed. ${OWN_ID}`;
    default:
      return `the entry "${entry}": ${importWords.ofRefusal(refusal)}`;
  }
};

const OWN_ID = 'If another is meant, give it an externalId of its own, here and wherever "idOf" cites it.';
