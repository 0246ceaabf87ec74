/** A file was put on record: which bytes, by their SHA-256, where they came from and how they were obtained. What it shows is said by those who cite it. */
import { z } from 'zod';
import { eventType } from '../event-type.ts';
import { line, text } from '../fields.ts';
import { evidenceIdText } from '../ids.ts';

const MEDIA_TYPE_LENGTH_MAX = 127;

/** Type and subtype of RFC 6838 section 4.2, in lower case and without parameters. */
export const mediaTypeText = z
  .string()
  .max(MEDIA_TYPE_LENGTH_MAX)
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/);

export const evidenceRegistered = eventType({
  name: 'EvidenceRegistered',
  version: 1,
  category: 'evidence',
  opens: true,
  fields: () => ({
    sha256: evidenceIdText,
    bytes: z.int().min(1),
    /** As whoever sent the file states it: nobody looked inside. */
    mediaType: mediaTypeText,
    /** A person, a body, an address. */
    obtainedFrom: text,
    /** How: downloaded, photographed, handed over. */
    method: line,
    /** The file from which this one was made, and how. */
    derivedFrom: evidenceIdText.optional(),
    derivation: text.optional(),
  }),
  // Whoever registers a file may state its SHA-256: that is held against the bytes, which decide.
  filled: ['sha256', 'bytes', 'mediaType'],
  asked: () => ({ sha256: evidenceIdText.optional() }),
  fixed: ['sha256', 'bytes'],
  rules: [],
});
