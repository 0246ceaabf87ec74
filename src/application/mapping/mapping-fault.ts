/** What is wrong with a mapping, found before any row is read: every place of it, with a sentence for whoever wrote it. */

/** `pointer` is a JSON pointer (RFC 6901) into the mapping; empty for the whole. */
export type MappingFault = { readonly pointer: string; readonly detail: string };

/** Thrown instead of a mapping: nothing of it is used. */
export class MappingInvalid extends Error {
  override readonly name = 'MappingInvalid';
  readonly code = 'MAPPING_INVALID';
  /** At least one, at most `FAULTS_MAX`. */
  readonly faults: readonly MappingFault[];

  constructor(faults: readonly MappingFault[]) {
    super('the mapping is not one that can be used');
    this.faults = faults.slice(0, FAULTS_MAX);
  }
}

export const FAULTS_MAX = 100;

export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
