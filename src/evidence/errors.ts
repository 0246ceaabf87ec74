/** What becomes of a file that cannot be taken in, or handed out. */

/** Longer than a file may be. Nothing of it was kept. */
export class EvidenceTooLarge extends Error {
  override readonly name = 'EvidenceTooLarge';
  readonly code = 'EVIDENCE_TOO_LARGE';
  readonly bytesMax: number;

  constructor(bytesMax: number) {
    super(`a file of more than ${bytesMax} bytes`);
    this.bytesMax = bytesMax;
  }
}

/** The disk would not take the file, or not let it be put in its place; `cause` says why. */
export class EvidenceNotWritten extends Error {
  override readonly name = 'EvidenceNotWritten';
  readonly code = 'EVIDENCE_NOT_WRITTEN';
  /** `keeping`: it was received whole, and whoever asked for it to be kept may have recorded it. */
  readonly during: 'receiving' | 'keeping';

  constructor(during: 'receiving' | 'keeping', options: ErrorOptions) {
    super(`a file was not written while ${during} it`, options);
    this.during = during;
  }
}

/** The bytes changed between the look that found them intact and the end of their reading. The last of them were not handed out. */
export class EvidenceChanged extends Error {
  override readonly name = 'EvidenceChanged';
  readonly code = 'EVIDENCE_CHANGED';
  readonly sha256: string;

  constructor(sha256: string) {
    super(`file ${sha256} was changed while it was read`);
    this.sha256 = sha256;
  }
}
