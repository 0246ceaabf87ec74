/** Routes that take rows: a command and a result for each. If a row is malformed nothing of the request is stored; if one is refused, the others stand. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RowOptions, RowOutcome } from '../application/record.ts';
import type { Command } from '../domain/command.ts';
import { type CommandId, rowCommandId } from '../domain/ids.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { refuseBatchOfImport } from './batch-of-import.ts';
import { RowsUnsettled } from './error-problems.ts';
import { problem, Refused } from './problems.ts';
import type { Uses } from './uses.ts';
import { commandIdOf, jsonObject, rowResult, rowsHeaders } from './write-replies.ts';

export const ROWS_BODY_BYTES_MAX = 2 * 1024 * 1024;
export const ROWS_MAX = 1_000; // longer lists go through an import, which streams

export type RowRoute = {
  readonly url: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  /** What a row is, once parsed. */
  readonly row: z.ZodType;
  readonly params?: z.ZodType;
  readonly response: { readonly [status: string]: unknown };
  readonly example: JsonObject;
  readonly command: (row: JsonObject, request: FastifyRequest, commandId: CommandId) => Command;
  /** Fewer than other routes take. */
  readonly rowsMax?: number;
  /** Looks at all commands before any is executed; throws `Refused`. */
  readonly before?: (commands: readonly Command[]) => void;
  /** Looks at all outcomes; throws `Refused` for what concerns the request as a whole. */
  readonly after?: (outcomes: readonly RowOutcome[], request: FastifyRequest) => void;
};

export const rowRoute = (app: FastifyInstance, uses: Uses, route: RowRoute): void => {
  const { url, operationId, tags, summary, params, response, example, rowsMax = ROWS_MAX } = route;
  const body = z.strictObject({ rows: z.array(route.row).min(1).max(rowsMax) });
  const config = { example: { rows: [example] } };
  const schema = { operationId, tags: [...tags], summary, headers: rowsHeaders, body, response, ...(params && { params }) };
  const preValidation = refuseMoreThan(rowsMax);
  app.post(url, { schema, config, bodyLimit: ROWS_BODY_BYTES_MAX, preValidation }, async (request, reply) => {
    const commandId = commandIdOf(request, reply, uses);
    const commands = rowsOf(request.body).map((row, index) => route.command(jsonObject(row), request, rowCommandId(commandId, index)));
    route.before?.(commands);
    refuseBatchOfImport(uses.model, commands, (row) => `#/rows/${row}`);
    const outcomes = await settle(uses, commands, { key: commandId, recordedBy: request.caller.recordedBy });
    route.after?.(outcomes, request);
    return reply.send({ commandId, results: outcomes.map((outcome, row) => rowResult(row, streamAt(commands, row), outcome)) });
  });
};

const settle = async (uses: Uses, commands: readonly Command[], options: RowOptions): Promise<readonly RowOutcome[]> => {
  try {
    return await uses.record.rows(commands, options);
  } catch (cause) {
    throw new RowsUnsettled(cause);
  }
};

const streamAt = (commands: readonly Command[], row: number): string => commands[row]?.stream ?? '';

const rowsOf = (body: unknown): readonly unknown[] => (isJsonObject(body) && Array.isArray(body['rows']) ? body['rows'] : []);

/** Before the rows are parsed, which costs most. */
export const refuseMoreThan =
  (rowsMax: number) =>
  async ({ body }: FastifyRequest): Promise<void> => {
    const rows = rowsOf(body).length;
    if (rows <= rowsMax) return;
    throw new Refused(problem('BATCH_TOO_LARGE', [{ pointer: '#/rows', detail: `At most ${rowsMax} rows` }], { rows, rowsMax }));
  };
