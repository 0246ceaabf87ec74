/** Putting a file on record. */
import { describe, expect, it } from 'vitest';
import { evidenceRegistered as evidenceType } from '../../../src/domain/events/evidence-registered.ts';
import { correct, evidence, evidenceNowhere, evidenceRegistered, recorded, registerEvidence, retracted } from '../../support/controls.ts';
import { given } from '../../support/specification.ts';

const another = 'f'.repeat(64);

describe('registering evidence', () => {
  it('keeps which bytes, where they are from and how they were obtained', () => {
    given().when(registerEvidence()).emits();
    given(evidenceRegistered)
      .when(registerEvidence({ derivedFrom: evidence, derivation: 'Page 3, cut out.' }, another))
      .emits();
  });

  it('is made only of a file that is there', () => {
    given()
      .when(registerEvidence({ derivedFrom: evidenceNowhere }, another))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'derivedFrom', reference: evidenceNowhere });
    given()
      .when(registerEvidence({ derivedFrom: another }, another))
      .refuses({ code: 'REFERENCE_UNKNOWN', field: 'derivedFrom', reference: another });
  });

  it('is no synthetic copy of a real file', () => {
    const real = { ...evidenceRegistered, data: { ...evidenceRegistered.data, synthetic: false } };
    given(real)
      .when(registerEvidence({ derivedFrom: evidence }, another))
      .refuses({ code: 'SYNTHETIC_MIX', expected: false, reference: evidence });
  });

  it('is said of one file once: from elsewhere the same bytes are another matter', () => {
    given(evidenceRegistered).when(registerEvidence()).emitsNothing(evidenceRegistered);
    given(evidenceRegistered)
      .when(registerEvidence({ obtainedFrom: 'Somebody else' }))
      .refuses({ code: 'ALREADY_EXISTS', existing: evidence });
    given(evidenceRegistered, retracted(evidenceRegistered))
      .when(registerEvidence({ obtainedFrom: 'Somebody else' }))
      .emits();
  });

  it('stays of the same bytes, whatever else is corrected', () => {
    given(evidenceRegistered)
      .when(correct(evidenceRegistered, { mediaType: 'text/html' }))
      .emits();
    for (const changes of [{ sha256: another }, { bytes: 18 }]) {
      given(evidenceRegistered)
        .when(correct(evidenceRegistered, changes))
        .refuses({ code: 'CORRECTION_FORBIDDEN', event: evidenceRegistered.id, fields: Object.keys(changes), why: 'fixed_field' });
    }
  });

  it('holds at least one byte, and a media type that is one', () => {
    const stored = recorded(registerEvidence()).data;
    const holds = (said: object): boolean => evidenceType.stored.safeParse({ ...stored, ...said }).success;
    expect(holds({ bytes: 1 })).toBe(true);
    expect(holds({ bytes: 0 })).toBe(false);
    for (const mediaType of ['text/html', 'application/vnd.ms-excel', 'image/svg+xml']) expect(holds({ mediaType })).toBe(true);
    for (const mediaType of ['html', 'text/', '/html', 'Text/HTML', 'text/html; charset=utf-8', 'text/html\r\nx: y'])
      expect([mediaType, holds({ mediaType })]).toEqual([mediaType, false]);
  });
});
