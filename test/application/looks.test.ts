/** Looks at a stream that many ask for at once. */
import { describe, expect, it } from 'vitest';
import { createLooks } from '../../src/application/looks.ts';
import type { SealedEvent } from '../../src/envelope/envelope.ts';
import { opening } from '../event-store/sealed-events.ts';

/** A store whose reads wait to be answered, in order. */
const heldStore = () => {
  const asked: { readonly stream: string; readonly answer: PromiseWithResolvers<readonly SealedEvent[]> }[] = [];
  const look = createLooks({
    readStream(stream) {
      const answer = Promise.withResolvers<readonly SealedEvent[]>();
      asked.push({ stream, answer });
      return answer.promise;
    },
  });
  return { look, asked };
};
/** Until what hangs on answered promises has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a look', () => {
  it('is shared by those who ask after another has begun, and begins after all of them', async () => {
    const { look, asked } = heldStore();
    const first = look('order-1', 3);
    const later = [look('order-1', 3), look('order-1', 3)];
    expect(asked).toHaveLength(1);
    asked[0]?.answer.resolve([]);
    expect(await first).toBe(false);
    await settled();
    expect(asked).toHaveLength(2);
    asked[1]?.answer.resolve(opening('order-1', {}));
    expect(await Promise.all(later)).toEqual([true, true]);
    void look('order-1', 3);
    expect(asked).toHaveLength(3);
  });

  it('is one of its own for another stream, and for another revision', () => {
    const { look, asked } = heldStore();
    void look('order-1', 3);
    void look('order-1', 4);
    void look('order-2', 3);
    expect(asked.map(({ stream }) => stream)).toEqual(['order-1', 'order-1', 'order-2']);
  });

  it('that fails is told to those whose look it was; the others have theirs', async () => {
    const { look, asked } = heldStore();
    const first = look('order-1', 3);
    const later = look('order-1', 3);
    asked[0]?.answer.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    asked[1]?.answer.resolve([]);
    expect(await later).toBe(false);
  });
});
