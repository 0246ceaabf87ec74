/** Where the reader is: the path says what is shown, the query from where it is looked at. Everything shown follows from this. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export type Query = { readonly [name: string]: string | undefined };
export type Place = { readonly path: string; readonly query: Query };

export const hrefOf = (path: string, query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

const placeNow = (): Place => ({ path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) });

const MOVED = 'ledger-moved';

/** `isStep`: one of many small moves, which the way back goes over at once. */
export const go = (href: string, { isStep = false } = {}): void => {
  if (isStep) history.replaceState(null, '', href);
  else history.pushState(null, '', href);
  dispatchEvent(new Event(MOVED));
};

export const usePlace = (): Place => {
  const [place, setPlace] = useState(placeNow);
  useEffect(() => {
    const move = (): void => setPlace(placeNow());
    for (const event of ['popstate', MOVED]) addEventListener(event, move);
    return () => {
      for (const event of ['popstate', MOVED]) removeEventListener(event, move);
    };
  }, []);
  return place;
};

/** With a modifier, or by another button, the browser's own way. */
export const follow = (event: MouseEvent, href: string): void => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  const isElsewhere = href.split('?')[0] !== location.pathname;
  go(href);
  const [, part] = href.split('#');
  // The browser goes to a part of the page by itself only where it follows the link itself.
  if (part !== undefined) requestAnimationFrame(() => document.getElementById(part)?.scrollIntoView());
  else if (isElsewhere) scrollTo(0, 0);
};

type LinkProps = { readonly href: string; readonly children: ComponentChildren; readonly class?: string };

/** A link inside of the page. */
export const Link = ({ href, children, ...others }: LinkProps) => (
  <a {...others} href={href} onClick={(event) => follow(event, href)}>
    {children}
  </a>
);
