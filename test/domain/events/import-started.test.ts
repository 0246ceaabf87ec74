/** Imports as objects of their own: begun once, of files that are there, and completed only if begun. */
import { describe, expect, it } from 'vitest';
import { importCompleted } from '../../../src/domain/events/import-completed.ts';
import { importStarted as startType } from '../../../src/domain/events/import-started.ts';
import {
  completeImport,
  correct,
  eventNowhere,
  evidenceNowhere,
  evidenceRegistered,
  importStarted,
  recorded,
  retract,
  startImport,
  theImport,
} from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

describe('beginning an import', () => {
  it('names the file, the mapping, and what was confirmed', () => {
    given(evidenceRegistered).when(startImport()).emits();
    given(evidenceRegistered)
      .when(startImport({ confirmed: [{ kind: 'not_listed' }, { kind: 'outside_case', facts: [eventNowhere] }] }))
      .emits();
  });

  it('needs both on record', () => {
    for (const field of ['file', 'mapping'])
      given(evidenceRegistered)
        .when(startImport({ [field]: evidenceNowhere }))
        .refuses({ code: 'REFERENCE_UNKNOWN', field, reference: evidenceNowhere });
  });

  it('happens once', () => {
    given(evidenceRegistered, importStarted).when(startImport()).emitsNothing(importStarted);
    given(evidenceRegistered, importStarted)
      .when(startImport({ name: 'another.csv' }))
      .refuses({ code: 'ALREADY_EXISTS', existing: theImport });
  });

  it('stays of the same file, whatever else is corrected', () => {
    given(evidenceRegistered, importStarted)
      .when(correct(importStarted, { name: 'another.csv' }))
      .emits();
    given(evidenceRegistered, importStarted)
      .when(correct(importStarted, { file: evidenceNowhere }))
      .refuses({ code: 'CORRECTION_FORBIDDEN', event: importStarted.id, fields: ['file'], why: 'fixed_field' });
  });

  it('is not retracted, nor is its end: what it recorded is', () => {
    const completed = recorded(completeImport());
    for (const event of [importStarted, completed])
      given(evidenceRegistered, importStarted, completed)
        .when(retract(event))
        .refuses({ code: 'RETRACTION_FORBIDDEN', event: event.id, why: 'of_an_import' });
  });

  it('confirms only doubts that there are', () => {
    const stored = recorded(startImport()).data;
    const holds = (confirmed: readonly object[]): boolean => startType.stored.safeParse({ ...stored, confirmed }).success;
    expect(holds([{ kind: 'possible_duplicate' }])).toBe(true);
    expect(holds([{ kind: 'anything' }])).toBe(false);
    expect(holds([{ kind: 'not_listed', facts: [] }])).toBe(false);
  });
});

describe('completing an import', () => {
  it('counts its rows and names what was not recorded', () => {
    given(evidenceRegistered, importStarted).when(completeImport()).emits();
  });

  it('holds no text of a sheet that could deceive a reader', () => {
    const stored = recorded(completeImport()).data;
    const row = { row: 2, became: 'refused', code: 'TEXT_UNSAFE', detail: 'Letters that turn the order of others.' };
    expect(importCompleted.stored.safeParse({ ...stored, notRecorded: [row] }).success).toBe(true);
    expect(importCompleted.stored.safeParse({ ...stored, notRecorded: [{ ...row, value: 'a\u202eb' }] }).success).toBe(false);
  });
});
