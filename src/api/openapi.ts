/** The description of the interface (OpenAPI 3.1), made from the schemas that the routes check with. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { isJsonObject, type JsonObject } from '../domain/json.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body that the route takes. It stands here because a schema that transforms cannot carry an example into the description. */
    readonly example?: JsonObject;
    /** The form that the route reads part by part, so that nothing checks it as a whole. */
    readonly form?: z.ZodType;
  }
}

const text = { type: 'string' };
const KEY_HEADER = { 'Idempotency-Key': { description: 'Names the command, for a repeat', schema: text } };
const FOUND_HEADERS = { ...KEY_HEADER, Location: { description: 'Path of what was recorded', schema: text } };
/** A repeat may find an event that is not the last of its stream, so only what is new tells the stream's revision. */
const RECORDED_HEADERS = { ...FOUND_HEADERS, ETag: { description: 'Revision of the stream, for If-Match', schema: text } };
const CHALLENGED_HEADERS = { 'WWW-Authenticate': { description: 'How to show who is calling (RFC 6750 section 3)', schema: text } };
/** Headers as they are usually written. */
const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['idempotency-key', 'Idempotency-Key'],
  ['if-match', 'If-Match'],
]);

export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Enforcement Ledger',
      version: '1',
      description:
        'An append-only record of what an authority ordered and what a platform did about each target. The ledger offers no way to change or delete what is recorded: a mistake is corrected by a further event. ' +
        'Problems (RFC 9457) have a stable `code`; each is described at `/docs/problems/{code}`.',
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Needed as soon as the ledger has tokens; made by `npx ledger tokens add`' },
      },
    },
    security: [{ token: [] }, {}],
    tags: [
      { name: 'cases', description: 'What belongs to one matter' },
      { name: 'orders', description: 'Instruments of an authority: issue, service, targets, coverage' },
      { name: 'actions', description: 'What a platform did about targets, or declined to do' },
      { name: 'targets', description: 'Accounts, posts and other targets, and the trail of each' },
      { name: 'chronology', description: 'What happened, in order, as far as the sources say' },
      { name: 'compliance', description: 'What was in effect, under which definition' },
      { name: 'deadlines', description: 'What is due by rules kept as data: a reading aid, not legal advice' },
      { name: 'events', description: 'The log itself' },
      { name: 'meetings', description: 'Who met whom, about which orders' },
      { name: 'statements', description: 'What was said or written, by whom: recorded as said' },
      { name: 'claims', description: 'Figures that somebody published: recorded as published, and never turned into events' },
      { name: 'evidence', description: 'Files by their SHA-256' },
      { name: 'imports', description: 'Tables whose rows were recorded, as a batch each' },
      { name: 'corrections', description: 'Corrections and retractions of what is recorded' },
    ],
  },
  transform: (document) => {
    const { example, form } = document.route.config ?? {};
    const consumes = ['multipart/form-data'];
    const transformed = jsonSchemaTransform(form ? { ...document, schema: { ...document.schema, body: form, consumes } } : document);
    const { body } = transformed.schema;
    if (example && isJsonObject(body)) Object.assign(body, { examples: [example] });
    return transformed;
  },
  transformObject: (document) => withHeaders(jsonSchemaTransformObject(document)),
};

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** What the schemas of bodies cannot say: the headers of replies, and how those of requests are written. */
const withHeaders = (document: Document): Document => {
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post'] as const) {
      const operation = path?.[method];
      for (const parameter of operation?.parameters ?? [])
        if ('name' in parameter) parameter.name = WRITTEN.get(parameter.name) ?? parameter.name;
      const { '401': asked }: { [status: string]: unknown } = operation?.responses ?? {};
      if (isJsonObject(asked)) Object.assign(asked, { headers: CHALLENGED_HEADERS });
    }
    if (!(path?.post?.parameters ?? []).some((parameter: object) => 'name' in parameter && parameter.name === 'Idempotency-Key')) continue; // it asks
    const { '200': found, '201': recorded }: { [status: string]: unknown } = path?.post?.responses ?? {};
    if (isJsonObject(found)) Object.assign(found, { headers: recorded === undefined ? KEY_HEADER : FOUND_HEADERS });
    if (isJsonObject(recorded)) Object.assign(recorded, { headers: RECORDED_HEADERS });
  }
  return document;
};
