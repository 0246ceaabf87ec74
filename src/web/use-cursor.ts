/** The hour that the reader moves: at once on the page, and in the link when the hand rests, since browsers take few changes of it a second. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { linkText } from './hour-steps.ts';
import { go, hrefOf, type Place } from './location.tsx';

const REST_MS = 200;

export type Cursor = { readonly at: string; readonly isMoving: boolean; readonly setAt: (at: string) => void };

export const useCursor = (place: Place, meant: string, zone: string): Cursor => {
  const [moved, setMoved] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const named = place.query['at'];
  useEffect(() => setMoved(undefined), [named]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const setAt = (at: string): void => {
    setMoved(at);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(hrefOf(place.path, { ...place.query, at: linkText(at, zone) }), { isStep: true }), REST_MS);
  };
  return { at: moved ?? meant, isMoving: moved !== undefined && moved !== meant, setAt };
};
