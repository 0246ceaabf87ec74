/** Who waits for the read model is always answered: with what it reached, or after a time, or because nothing moves it any more. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress, POSITION_WAIT_MS } from '../../src/application/positions.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a promise gave so far; `pending` if nothing. */
const soFar = <T>(promise: Promise<T>): (() => T | 'pending') => {
  let found: T | 'pending' = 'pending';
  void promise.then((value) => {
    found = value;
  });
  return () => found;
};
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const none = (): undefined => undefined;
const step = (position: number, ...ids: readonly string[]) => ({ position, events: ids.map((id) => ({ id, position })) });

describe('the position of an event', () => {
  it('is known at once if the read model has it', async () => {
    const progress = createProgress(4, (id) => (id === 'a' ? 3 : undefined));
    await expect(progress.of('a')).resolves.toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is told to all who wait for it, and to nobody else', async () => {
    const progress = createProgress(4, none);
    const [first, second, other] = [soFar(progress.of('a')), soFar(progress.of('a')), soFar(progress.of('b'))];
    progress.moved(step(6, 'a'));
    await settled();
    expect([first(), second(), other()]).toEqual([6, 6, 'pending']);
    expect(vi.getTimerCount()).toBe(1);
  });

  it('is not known after a time', async () => {
    const progress = createProgress(4, none);
    const found = soFar(progress.of('a'));
    await vi.advanceTimersByTimeAsync(POSITION_WAIT_MS - 1);
    expect(found()).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(found()).toBeNull();
    // What comes later finds nobody, and harms nobody.
    progress.moved(step(6, 'a'));
  });

  it('is not known when nothing moves the read model any more: who waits is told, and who asks later', async () => {
    const progress = createProgress(4, (id) => (id === 'there' ? 2 : undefined));
    expect(progress.isFollowing()).toBe(true);
    const waiting = [soFar(progress.of('a')), soFar(progress.of('a')), soFar(progress.of('b'))];
    progress.stopped();
    await settled();
    expect(waiting.map((found) => found())).toEqual([null, null, null]);
    expect(progress.isFollowing()).toBe(false);
    const later = soFar(progress.of('c'));
    await settled();
    expect(later()).toBeNull();
    await expect(progress.of('there')).resolves.toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a position', () => {
  it('is reached as soon as the read model is there', async () => {
    const progress = createProgress(4, none);
    await expect(progress.reached(4, 1_000)).resolves.toBe(true);
    const found = soFar(progress.reached(6, 1_000));
    progress.moved(step(5));
    await settled();
    expect(found()).toBe('pending');
    progress.moved(step(6));
    await settled();
    expect(found()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    await expect(progress.reached(6, 1_000)).resolves.toBe(true);
  });

  it('is not reached after the time given, and nobody is kept waiting for it then', async () => {
    const added = vi.spyOn(Set.prototype, 'add');
    const removed = vi.spyOn(Set.prototype, 'delete');
    const progress = createProgress(4, none);
    const found = soFar(progress.reached(6, 1_000));
    const [listener] = added.mock.calls.at(-1) ?? [];
    await vi.advanceTimersByTimeAsync(999);
    expect(found()).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(found()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledWith(listener);
  });
});

describe('whoever follows the read model', () => {
  it('is told each position until it has heard enough', () => {
    const progress = createProgress(4, none);
    const heard: number[] = [];
    const end = progress.onMoved((position) => heard.push(position));
    // The same function twice is two who listen.
    const endOther = progress.onMoved((position) => heard.push(-position));
    progress.moved(step(5));
    end();
    progress.moved(step(7));
    endOther();
    progress.moved(step(8));
    expect(heard).toEqual([5, -5, -7]);
  });
});
