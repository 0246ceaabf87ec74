/** What the forms of answers have in common. The forms are for the description of the interface; tests hold the answers to them. */
import { z } from 'zod';
import { uuidText } from '../../domain/ids.ts';
import { targetKind } from '../../domain/target-ref.ts';
import { instantStored, storedTimeExtent } from '../../domain/time.ts';

export const count = z.int().min(0);
export const instant = instantStored;
export const extent = storedTimeExtent;
export const bounds = z.strictObject({ earliest: instant, latest: instant });
export const counts = z.record(z.string(), count);
export const data = z.record(z.string(), z.unknown()); // not z.json(): a schema that names itself has no place in the description
/** An event by its id and its position in the log. */
export const eventNamed = z.strictObject({ event: uuidText, position: count });
/** What names a target. */
export const target = { id: uuidText, platform: z.string(), kind: targetKind, key: z.string(), verbatim: z.string() };

export const head = {
  position: count.meta({ description: 'How many events of the log the answer reflects' }),
  knownAt: count.meta({ description: 'The position as known at which the question was answered' }),
  rulesVersion: z.int().min(1).meta({ description: 'Raised when a rule changes what is answered for the same events' }),
};
export const next = { next: z.string().nullable().meta({ description: 'Cursor of the next page; null at the end' }) };

/** For what period the record is declared complete, and what is only presumed. */
export const presumption = {
  isCoveredAt: z.boolean().meta({ description: 'Whether the record is declared complete for this very instant' }),
  coveredFrom: instant.nullable().meta({ description: 'What the deciding declaration covers: from then on' }),
  coveredTo: instant.nullable(),
  coveredBy: z.string().nullable(),
  declaredAt: bounds.nullable(),
  declaredIn: eventNamed
    .extend({ recordedAt: instant })
    .nullable()
    .meta({ description: 'The event in which that declaration stands, and when it was recorded' }),
  presumedSince: instant.nullable().meta({ description: 'Assumes that nothing was changed since' }),
};
