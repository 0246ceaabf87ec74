/** The run of an import over a real ledger: cut short between any two slices it comes to the same events, and memory holds only what waits. */
import { describe, expect, it } from 'vitest';
import type { Uses } from '../../../src/api/uses.ts';
import { type ImportAsked, runImport } from '../../../src/application/import/run-import.ts';
import { compileMapping } from '../../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../../src/application/mapping/mapping.ts';
import { parseCommandId } from '../../../src/domain/ids.ts';
import { openSheet } from '../../../src/sheets/open-sheet.ts';
import { allEvents, mappingOf, restoredRow, saidByStream, withheldRow } from '../../support/imports.ts';
import { openTestLedger } from '../../support/ledger.ts';

const ROWS = 2_500;
/** Restored in the first rows what is withheld in later ones, some of it twice: what a restoration ends depends on what stands when it is decided. */
const lines = [
  ...Array.from({ length: 400 }, (_, n) => `@late-${n},,05/02/2021 12:00`),
  ...Array.from({ length: ROWS }, (_, n) => `@plain-${n},01/02/2021 14:00,`),
  ...Array.from({ length: 400 }, (_, n) => `@late-${n},01/02/2021 14:00,`),
  ...Array.from({ length: ROWS }, (_, n) => `@more-${n},01/02/2021 14:00,`),
  ...Array.from({ length: 400 }, (_, n) => `@late-${n},02/02/2021 14:00,`),
];
const bytesOf = (rows: readonly string[]) => new TextEncoder().encode(['Account,Withheld,Restored', ...rows].join('\n'));
const bytes = bytesOf(lines);
const compiled = compileMapping(parseMapping(mappingOf([withheldRow(), restoredRow()])));
const stored = (name: string) => ({ sha256: name.repeat(64), bytes: 1, mediaType: 'text/plain', keep: async () => {} });

const askedOf = (file: Uint8Array): ImportAsked => ({
  ...{ compiled, file: stored('a'), mapping: stored('b'), name: 'rows.csv', confirmed: [], recordedBy: 'local:test' },
  key: parseCommandId('one'),
  open: () =>
    openSheet(
      {
        bytes: file.length,
        chunks: async function* () {
          yield file;
        },
      },
      compiled.mapping.file,
    ),
});
const asked = askedOf(bytes);
const using = (uses: Uses) => ({
  ...{ recorder: uses, nowMs: uses.nowMs, pause: async () => {} },
  words: { ofRefusal: ({ code }: { readonly code: string }) => code, fieldOf: () => undefined, ofDoubt: (doubt: string) => doubt },
  onRows: () => {},
});

class CutShort extends Error {
  override readonly name = 'CutShort';
}

/** `slicesMax`: how many slices are settled before the process is gone. */
const run = (uses: Uses, slicesMax = Number.POSITIVE_INFINITY) => {
  let slices = 0;
  return runImport(
    {
      ...using(uses),
      onRows() {
        slices += 1;
        if (slices === slicesMax) throw new CutShort();
      },
    },
    asked,
  );
};

describe('an import that was cut short', () => {
  it.each([1, 2, 4, 5, 6])(
    'after slice %i comes to the same events as in one go',
    async (slices) => {
      const whole = await openTestLedger();
      const cut = await openTestLedger();
      const expected = await run(whole.uses);
      await expect(run(cut.uses, slices)).rejects.toThrow(CutShort);
      if (slices > 2) await expect(run(cut.uses, slices - 1)).rejects.toThrow(CutShort);
      const result = await run(cut.uses);
      expect(result).toMatchObject({ status: 'recorded', facts: { recorded: 400 * 3 + 2 * ROWS, refused: 0 } });
      expect(result).toMatchObject('facts' in expected ? { facts: expected.facts, rows: expected.rows } : {});
      expect(saidByStream(await allEvents(cut.uses.log))).toEqual(saidByStream(await allEvents(whole.uses.log)));
      await whole.close();
      await cut.close();
    },
    120_000,
  );
});

describe('rows that wait for the end of the file', () => {
  const early = Array.from({ length: 4 }, (_, n) => `@early-${n},,05/02/2021 12:00`);
  const late = Array.from({ length: 4 }, (_, n) => `@early-${n},01/02/2021 14:00,`);
  // More rows in between than are settled together.
  const file = bytesOf([...early, ...Array.from({ length: 1_100 }, (_, n) => `@plain-${n},01/02/2021 14:00,`), ...late]);

  it.each([
    [4, []],
    [2, [4, 5]],
    [0, [2, 3, 4, 5]],
  ] as const)('are at most %i: those beyond are settled as they stand', async (pendingRowsMax, refused) => {
    const ledger = await openTestLedger();
    const result = await runImport({ ...using(ledger.uses), pendingRowsMax }, askedOf(file));
    if (!('listed' in result)) throw new Error('completed before');
    expect(result.listed.map(({ at, entries }) => [at === 'before' ? at : at.row, entries.map(({ code }) => code)])).toEqual(
      refused.map((row) => [row, ['NO_OPEN_RESTRICTION']]),
    );
    expect(result.rows).toMatchObject({ rows: 1_108, recorded: 1_108 - refused.length, refused: refused.length });
    await ledger.close();
  });
});
