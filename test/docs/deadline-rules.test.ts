/** The reference of deadline rules says what the rules say. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../src/domain/deadlines/own-rules.ts';
import { tableOf } from './rules-table.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/reference/deadline-rules.md', import.meta.url)), 'utf8');

describe('the reference of deadline rules', () => {
  it('has the rules that ship, each as it is', () => {
    expect(page.split('\n').filter((line) => line.startsWith('|'))).toEqual(tableOf());
  });

  it('shows a file that is accepted', () => {
    const [, file = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    expect(readRules(JSON.parse(file))).toHaveProperty('rules');
  });
});
