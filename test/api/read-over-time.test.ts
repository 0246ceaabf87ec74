/** What was known stays known: every read at an earlier point of knowledge stays the same, byte for byte, whatever is recorded afterwards. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createServer } from '../../src/api/server.ts';
import { targetIdOf, targetKind } from '../../src/domain/target-ref.ts';
import { limitMs } from '../support/limit-ms.ts';
import { orderId } from '../support/naive-events.ts';
import { hourText, type RandomCase, randomCase, randomTarget } from '../support/random-case.ts';
import { query } from '../support/reading.ts';
import { recordCase, withTestLedger } from '../support/recorded-case.ts';

vi.setConfig({ testTimeout: limitMs(120_000) });

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10);
const CASE = '32e776e4-b906-51af-b90a-c671315941d8';

/** Every read route, about everything in the case. */
const urlsOf = (theCase: RandomCase): readonly string[] => {
  const orders = theCase.orders.map((_, order) => orderId(order));
  const targets = theCase.targets.map(({ kind }, target) => {
    const { platform, key } = randomTarget(target, kind);
    return targetIdOf({ platform, kind: targetKind.parse(kind), key });
  });
  const period = query({ from: hourText(0), to: hourText(20), step: 'PT4H', zone: 'UTC' });
  return [
    '/v1/cases?',
    `/v1/cases/${CASE}?`,
    `/v1/orders?case=${CASE}`,
    '/v1/targets?',
    `/v1/chronology?case=${CASE}`,
    `/v1/chronology?case=${CASE}&group=true`,
    '/v1/chronology?party=ministry',
    '/v1/events?',
    ...orders.flatMap((order) => [
      `/v1/orders/${order}?`,
      `/v1/orders/${order}/targets?`,
      `/v1/chronology?order=${order}&limit=3`,
      `/v1/compliance?orders=${order}&${query({ at: hourText(9) })}`,
      `/v1/compliance?orders=${order}&${period}`,
      `/v1/compliance/pairs?order=${order}&${query({ at: hourText(9) })}`,
    ]),
    ...targets.flatMap((target) => [`/v1/targets/${target}?`, `/v1/targets/${target}/timeline?`, `/v1/chronology?target=${target}`]),
  ];
};

describe('every read at an earlier point of knowledge', () => {
  it('stays the same, byte for byte, after further events, corrections and retractions', async () => {
    await fc.assert(
      fc.asyncProperty(randomCase, fc.nat(), async (theCase, seed) => {
        await withTestLedger(async ({ uses }) => {
          const app = await createServer(uses, { logLevel: 'silent' });
          const urls = urlsOf(theCase);
          const earlier = new Map<string, string>();
          const ask = async (url: string): Promise<string> => {
            const { statusCode, headers, body } = await app.inject(url);
            return `${statusCode} ${headers['link']} ${body}`;
          };
          let turn = seed;
          await recordCase(uses, theCase, async (position) => {
            // A few at each position, each in its turn.
            for (let i = 0; i < 4; i += 1) {
              turn += 1;
              const url = `${urls[turn % urls.length]}&knownAt=${position}`;
              earlier.set(url, await ask(url));
            }
          });
          for (const [url, answer] of earlier) expect(await ask(url), url).toBe(answer);
          expect([...earlier.values()].some((answer) => answer.startsWith('200'))).toBe(true);
          await app.close();
        });
      }),
      { numRuns: RUNS },
    );
  });
});
