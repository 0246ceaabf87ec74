import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { problemsReference } from '../../src/api/problem-pages.ts';
import { PROBLEM_CODES, problems } from '../../src/api/problem-registry.ts';
import { ERRORS_MAX, fragment, problem } from '../../src/api/problems.ts';

const REFERENCE = new URL('../../docs/reference/problems.md', import.meta.url);

it('docs/reference/problems.md has one section for each code, in the order of the registry', () => {
  const headings = [...readFileSync(REFERENCE, 'utf8').matchAll(/^## (\S+)$/gm)].map(([, code]) => code);
  expect(headings).toEqual(PROBLEM_CODES);
});

it('docs/reference/problems.md says what the registry says (vitest -u writes it)', async () => {
  await expect(problemsReference()).toMatchFileSnapshot(REFERENCE.pathname);
});

it('a pointer escapes what JSON pointers and fragments reserve', () => {
  expect(fragment([])).toBe('#');
  expect(fragment(['rows', 3, 'a/b~c d"', 'é'])).toBe('#/rows/3/a~1b~0c%20d%22/%C3%A9');
});

it('places are named up to a bound, and then counted', () => {
  const places = Array.from({ length: ERRORS_MAX + 1 }, () => ({ pointer: '#', detail: 'x' }));
  expect(problem('BODY_INVALID', places)).toMatchObject({ errorCount: 1_001 });
  expect(problem('BODY_INVALID', places).errors).toHaveLength(1_000);
  expect(problem('BODY_INVALID', places.slice(1))).not.toHaveProperty('errorCount');
});

it('no fact can take the place of what every problem has', () => {
  expect(problem('NOT_FOUND', [], { status: 200, type: 'x', title: 'x', code: 'x' })).toMatchObject({
    status: 404,
    code: 'NOT_FOUND',
    title: problems.NOT_FOUND.title,
  });
});
