/** Ends that are fixed from the start. */
import type { Rule } from './event-type.ts';
import type { Instant, TimeExtent } from './time.ts';

/** An end that is fixed from the start lies after it. */
export const endsAfterStart = <K extends string>(
  field: K,
): Rule<{ readonly occurredAt: TimeExtent } & { readonly [F in K]?: Instant | undefined }> => {
  return (data) => {
    const end: Instant | undefined = data[field];
    const start = data.occurredAt.earliest;
    return end !== undefined && end <= start ? { code: 'ENDS_BEFORE_START', field, start, end } : undefined;
  };
};
