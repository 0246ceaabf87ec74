/** The one hash function of the ledger, as text: comparing and joining hex is cheaper here than a new Buffer for each hash. */
import { hash } from 'node:crypto';

/** Lower-case hex; of a text, its UTF-8 is hashed. */
export const sha256Hex = (bytes: string | Uint8Array): string => hash('sha256', bytes, 'hex');
