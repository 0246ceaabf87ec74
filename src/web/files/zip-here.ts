/** Packs a workbook in the page itself, without a worker. */
import { type Zippable, zipSync } from 'fflate/browser';

export { strToU8, zipSync } from 'fflate/browser';

export const zip = (files: Zippable, done: (error: null, archive: Uint8Array) => void): void => done(null, zipSync(files));
