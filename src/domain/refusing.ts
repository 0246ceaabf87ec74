/** The seam to zod: a parser of the domain becomes part of a schema, and its refusal travels inside the schema's issue. */
import { z } from 'zod';
import type { Parsed, ParseRefusal } from './refusal.ts';

/** An issue as a check or a transform may push it: it does not stop its neighbours, so a caller sees everything that is wrong at once. */
type Complaint = {
  readonly code: 'custom';
  readonly input: unknown;
  readonly message: string;
  readonly continue: true;
  readonly params?: { readonly refusal: ParseRefusal };
};

/** A refusal (422) as an issue. `continue` keeps a union from hiding it among the complaints of the forms that were not meant. */
export const refusalIssue = (input: unknown, refusal: ParseRefusal): Complaint => ({
  code: 'custom',
  input,
  message: refusal.code,
  continue: true,
  params: { refusal },
});

/** Something that is not of the form at all (400 BODY_INVALID) as an issue. */
export const invalidIssue = (input: unknown, detail: string): Complaint => ({ code: 'custom', input, message: detail, continue: true });

/**
 * `input`, then `parse`. The parser runs only on what the schema accepted. `z.toJSONSchema(…, { io: 'input' })` describes `input`; the output
 * is the parser's value, so the schema serves requests and never replies.
 */
export const refusing = <Input extends z.ZodType, T>(
  input: Input,
  parse: (value: z.output<Input>) => Parsed<T>,
): z.ZodPipe<Input, z.ZodTransform<T, z.output<Input>>> =>
  z.pipe(
    input,
    z.transform((value: z.output<Input>, context): T => {
      const answer = parse(value);
      if ('value' in answer) return answer.value;
      context.issues.push('refusal' in answer ? refusalIssue(value, answer.refusal) : invalidIssue(value, answer.invalid));
      return z.NEVER;
    }),
  );

/** The refusal inside an issue; undefined if the issue is an ordinary complaint of a schema. */
export const refusalOf = (issue: z.core.$ZodIssue): ParseRefusal | undefined => {
  const refusal: unknown = issue.code === 'custom' ? issue.params?.['refusal'] : undefined;
  return isParseRefusal(refusal) ? refusal : undefined;
};

/** `params.refusal` is written by `refusalIssue` alone, so its code vouches for its facts. */
const isParseRefusal = (value: unknown): value is ParseRefusal =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
