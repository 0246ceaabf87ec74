/** The shipped mapping reads the shipped notices: every line, into an order, the addresses that it lists, and its publication. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seeColumns } from '../../src/application/mapping/columns.ts';
import { compileMapping } from '../../src/application/mapping/compile-mapping.ts';
import { parseMapping } from '../../src/application/mapping/mapping.ts';
import type { RowFact } from '../../src/application/mapping/row-facts.ts';
import { extentIn } from '../../src/domain/codec.ts';
import { parseCommandId } from '../../src/domain/ids.ts';
import { isProvablyBefore } from '../../src/domain/time.ts';
import { factsIn, row } from '../application/mapping/sheet.ts';
import { openTestLedger } from '../support/ledger.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'gov-takedowns');
type Notice = {
  readonly path: string;
  readonly noticeDate: string;
  readonly urls: readonly string[];
  readonly agency: string;
  readonly jurisdiction: string;
  readonly kind: string;
  readonly publishedAt: string;
};
const notices = readFileSync(join(folder, 'notices.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Notice);
const mapping = compileMapping(parseMapping(JSON.parse(readFileSync(join(folder, 'mapping.json'), 'utf8'))));
const read = (notice: Notice, index: number) =>
  factsIn(mapping.read(row({ ...notice, urls: notice.urls.length === 0 ? undefined : notice.urls }, index + 1)));
const all: readonly RowFact[] = notices.flatMap(read);
const of = (entry: string) => all.filter((fact) => fact.entry === entry);

describe('the notices of github/gov-takedowns', () => {
  it('are all read, and every column that the mapping reads is in them', () => {
    expect(notices).toHaveLength(109);
    expect(seeColumns(mapping, Object.keys(notices[0] ?? {}))).toEqual({ missing: [], unread: [] });
    expect([of('notice').length, of('address listed').length, of('publication').length]).toEqual([109, 175, 109]);
    expect(mapping.before.map(({ command }) => command.type)).toEqual(['CaseOpened']);
  });

  it('are each an order of its own, and each listing is said once', () => {
    expect(new Set(of('notice').map(({ command }) => command.stream)).size).toBe(109);
    expect(new Set(of('publication').map(({ command }) => command.stream)).size).toBe(109);
    expect(new Set(all.map(({ identity }) => identity)).size).toBe(all.length);
    const pairs = of('address listed').map(({ command }) => `${command.stream} ${command.data['order']}`);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('claim no more than the file says', () => {
    for (const { command } of of('notice')) {
      expect(command.data).toMatchObject({
        demand: { measure: 'unstated', territory: 'UNSTATED' },
        legalBasis: [],
        grounds: [],
        synthetic: false,
      });
      expect(command.data).not.toHaveProperty('receivedAt');
      expect(command.data).not.toHaveProperty('statedTargetCount');
      expect(extentIn(command.data, 'occurredAt')).toMatchObject({ precision: 'range' });
    }
    const unnamed = of('notice').filter(({ command }) => !JSON.stringify(command.data['authority']).includes('"name"'));
    expect(unnamed).toHaveLength(2);
  });

  it('were published after the day of the notice began', () => {
    for (const [index, notice] of of('notice').entries()) {
      const [issued, published] = [
        extentIn(notice.command.data, 'occurredAt'),
        extentIn(of('publication')[index]?.command.data ?? {}, 'occurredAt'),
      ];
      expect(issued && published && isProvablyBefore(published, issued)).toBe(false);
    }
  });
});

describe('a ledger that records them', () => {
  it('takes every fact, and nothing a second time', async () => {
    const ledger = await openTestLedger();
    try {
      const record = async () => {
        const kinds: string[] = [];
        for (const { command, identity } of [...mapping.before, ...all]) {
          const outcome = await ledger.uses.record.one(command, { commandId: parseCommandId(identity), recordedBy: 'local:test' });
          kinds.push(outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind);
        }
        return new Map([...Map.groupBy(kinds, (kind) => kind)].map(([kind, same]) => [kind, same.length]));
      };
      expect(await record()).toEqual(new Map([['recorded', 394]]));
      const position = await ledger.position();
      expect(await record()).toEqual(new Map([['repeated', 394]]));
      expect(await ledger.position()).toBe(position);
      const { body } = await ledger.get('/v1/orders?limit=1000');
      expect(body.orders).toHaveLength(109);
    } finally {
      await ledger.close();
    }
  });
});
