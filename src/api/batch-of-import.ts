/** An import gives what it records its own id as batch, and is taken back by it: no other request records with that. */
import type { Command } from '../domain/command.ts';
import { parseStreamName } from '../domain/ids.ts';
import { findStream } from '../projections/dictionaries.ts';
import type { ReadModel } from '../projections/read-model.ts';
import { problem, Refused } from './problems.ts';

/** Throws `Refused`; `pointerOf` says where a command's fields stand in the request. */
export const refuseBatchOfImport = (
  model: ReadModel,
  commands: readonly Pick<Command, 'data'>[],
  pointerOf: (place: number) => string,
): void => {
  const places = commands.flatMap(({ data: { batchId } }, place) =>
    typeof batchId === 'string' && findStream(model, parseStreamName(`import-${batchId}`)) !== undefined
      ? [{ pointer: `${pointerOf(place)}/batchId`, detail: 'is the id of an import, which alone records with it: give another one' }]
      : [],
  );
  if (places.length > 0) throw new Refused(problem('BODY_INVALID', places));
};
