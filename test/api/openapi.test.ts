/** The description is complete enough to make a client from: checked by its structure, and against what the server answers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../src/api/problem-registry.ts';
import { problemSchema } from '../../src/api/problems.ts';
import { acceptanceSchema, rowsSchema } from '../../src/api/write-replies.ts';
import { blockRow, caseBody, claimBody, recordScene, reinstateRow, type Scene } from '../support/bodies.ts';
import { type Body, openTestLedger, type TestLedger } from '../support/ledger.ts';

let ledger: TestLedger;
let scene: Scene;
let claim: string;
let document: Body;
beforeAll(async () => {
  ledger = await openTestLedger();
  scene = await recordScene(ledger);
  claim = (await ledger.post('/v1/claims', claimBody(scene.caseId, []))).body.id;
  document = (await ledger.get('/openapi.json')).body;
});
afterAll(() => ledger.close());

type Operation = { readonly path: string; readonly method: string; readonly operation: Body };
const operations = (): readonly Operation[] =>
  Object.entries<Body>(document.paths).flatMap(([path, item]) =>
    Object.entries<Body>(item).map(([method, operation]) => ({ path, method, operation })),
  );

/** What is sent as a body and records nothing takes no key, and no revision. */
const ASKED_BY_POST = ['/v1/orders/{id}/targets/comparison'];
const posts = (): readonly Operation[] => operations().filter(({ method }) => method === 'post');
const writes = (): readonly Operation[] => posts().filter(({ path }) => !ASKED_BY_POST.includes(path));

const walk = (value: unknown, visit: (node: { readonly [key: string]: unknown }) => void): void => {
  if (typeof value !== 'object' || value === null) return;
  visit({ ...value });
  for (const child of Object.values(value)) walk(child, visit);
};

/** What comes with a file. */
const FORMS = ['/v1/evidence', '/v1/imports'];

describe('the description of the interface', () => {
  it('is an OpenAPI 3.1 document', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });

  it('has no reference that leads nowhere', () => {
    const broken: unknown[] = [];
    walk(document, ({ $ref }) => {
      if (typeof $ref !== 'string') return;
      const found = $ref
        .split('/')
        .slice(1)
        .reduce((node: Body, key) => node?.[key], document);
      if (!$ref.startsWith('#/components/schemas/') || found === undefined) broken.push($ref);
    });
    expect(broken).toEqual([]);
  });

  it('has schemas in which required properties are there, and none of the draft before', () => {
    walk(document.paths, ({ required, properties, nullable }) => {
      expect(nullable).toBeUndefined();
      if (!Array.isArray(required) || typeof properties !== 'object' || properties === null) return;
      for (const name of required) expect(Object.keys(properties)).toContain(name);
    });
  });

  it('gives each operation an id of its own, a known tag, a summary, and replies', () => {
    const tags = document.tags.map(({ name }: { readonly name: string }) => name);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      expect([path, method, operation]).toEqual([
        path,
        method,
        expect.objectContaining({ operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/), summary: expect.any(String) }),
      ]);
      for (const tag of operation.tags) expect(tags).toContain(tag);
      for (const [status, reply] of Object.entries<Body>(operation.responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(reply.description).toBeTruthy();
      }
    }
  });

  it('names every parameter of a path, once', () => {
    for (const { path, operation } of operations()) {
      const inPath = (operation.parameters ?? []).filter((parameter: Body) => parameter.in === 'path').map(({ name }: Body) => name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
      const names = (operation.parameters ?? []).map((parameter: Body) => `${parameter.in} ${parameter.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('says of each write which headers it takes and gives, and that it takes JSON, or a form with a file', () => {
    for (const { path, operation } of writes()) {
      const names = operation.parameters.map(({ name }: Body) => name);
      expect(names).toContain('Idempotency-Key');
      expect(names).toContain('If-Match');
      expect(Object.keys(operation.requestBody.content)).toEqual([FORMS.includes(path) ? 'multipart/form-data' : 'application/json']);
      expect(operation.responses['200'].headers).toHaveProperty('Idempotency-Key');
      for (const status of ['400', '409', '413', '415', '422', '500', '503'])
        expect(Object.keys(operation.responses[status].content)).toEqual(['application/problem+json']);
    }
  });

  it('says of a question that is sent as a body that it takes no key', () => {
    const questions = posts().filter(({ path }) => ASKED_BY_POST.includes(path));
    expect(questions.map(({ path }) => path)).toEqual(ASKED_BY_POST);
    for (const { operation } of questions) {
      const names = operation.parameters.map(({ name }: Body) => name);
      expect(names).toContain('knownAt');
      expect(names).not.toContain('Idempotency-Key');
      expect(Object.keys(operation.requestBody.content)).toEqual(['application/json']);
      expect(operation.responses['200']).not.toHaveProperty('headers');
      for (const status of ['400', '404', '413', '415'])
        expect(Object.keys(operation.responses[status].content)).toEqual(['application/problem+json']);
    }
  });

  it('lists exactly the codes of the registry', () => {
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(PROBLEM_CODES);
  });

  it('has an example of each body that has the form expected', async () => {
    for (const { path, operation } of posts()) {
      const json = operation.requestBody.content['application/json'];
      if (json === undefined) continue; // a form
      const { example } = json;
      const reply = await ledger.post(path.replace('{id}', path.startsWith('/v1/claims') ? claim : scene.order), example);
      const codes = [reply.body.code, ...(reply.body.results ?? []).map(({ problem }: Body) => problem?.code)].filter(
        (code) => code !== undefined,
      );
      expect([path, codes.filter((code) => code !== 'REFERENCE_UNKNOWN')]).toEqual([path, []]);
    }
  });
});

describe('replies have the form that is described', () => {
  it('for one command, recorded and repeated', async () => {
    for (const status of [201, 200]) {
      const reply = await ledger.post('/v1/cases', caseBody, { 'idempotency-key': 'form' });
      expect(reply.status).toBe(status);
      expect(acceptanceSchema.strict().safeParse(reply.body).error).toBeUndefined();
    }
  });

  it('for rows, recorded and refused', async () => {
    const reply = await ledger.post('/v1/actions', { rows: [blockRow('form'), reinstateRow('nothing')] });
    expect(rowsSchema.strict().safeParse(reply.body).error).toBeUndefined();
    expect(reply.body.results.map(({ status }: Body) => status)).toEqual(['recorded', 'refused']);
  });

  it('for problems', async () => {
    const reply = await ledger.post('/v1/cases', {});
    expect(problemSchema.safeParse(reply.body).error).toBeUndefined();
  });
});
