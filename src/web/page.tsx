/** The frame of every view: where to go, what to look for, and the view that the address names. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { go, hrefOf, Link, type Place, usePlace } from './location.tsx';
import { CaseView } from './views/case.tsx';
import { CasesView } from './views/cases.tsx';
import { ChangesView } from './views/changes.tsx';
import { EventView } from './views/event.tsx';
import { EvidenceView } from './views/evidence.tsx';
import { MeetingView } from './views/meeting.tsx';
import { NowhereView } from './views/nowhere.tsx';
import { OrderView } from './views/order.tsx';
import { SearchView } from './views/search.tsx';
import { SheetView } from './views/sheet.tsx';
import { TargetView } from './views/target.tsx';

export type ViewProps = { readonly id: string; readonly place: Place };

/** In the order of `PAGE_PATHS` of the server, which answers these addresses. */
const VIEWS: readonly (readonly [path: RegExp, view: (props: ViewProps) => VNode])[] = [
  [/^\/()$/, CasesView],
  [/^\/cases\/([^/]+)$/, CaseView],
  [/^\/cases\/([^/]+)\/sheet$/, SheetView],
  [/^\/cases\/([^/]+)\/changes$/, ChangesView],
  [/^\/orders\/([^/]+)$/, OrderView],
  [/^\/targets\/([^/]+)$/, TargetView],
  [/^\/meetings\/([^/]+)$/, MeetingView],
  [/^\/events\/([^/]+)$/, EventView],
  [/^\/evidence\/([^/]+)$/, EvidenceView],
  [/^\/()search$/, SearchView],
];

export const Page = () => {
  const place = usePlace();
  const found = VIEWS.flatMap(([path, View]) => {
    const match = path.exec(place.path);
    return match ? [{ View, id: decoded(match[1] ?? '') }] : [];
  });
  const [{ View, id } = { View: NowhereView, id: '' }] = found;
  return (
    <Frame place={place}>
      <View key={place.path} id={id} place={place} />
    </Frame>
  );
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part; // no address of anything on record
    throw error;
  }
};

const Frame = ({ place, children }: { readonly place: Place; readonly children: ComponentChildren }) => {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place.path);
  useEffect(() => {
    // Whoever does not see the page is told that another view has come.
    if (shown.current !== place.path) main.current?.focus();
    shown.current = place.path;
  }, [place.path]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="frame">
        <Link class="name" href="/">
          Enforcement Ledger
        </Link>
        <nav aria-label="Whole ledger">
          <Link href="/">Cases</Link>
          <a href="/docs">API</a>
        </nav>
        <search>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const words = new FormData(event.currentTarget).get('words');
              if (typeof words === 'string' && words.trim() !== '') go(hrefOf('/search', { words: words.trim() }));
            }}
          >
            <label>
              <span class="unseen">Search names, references, ids, words</span>
              <input name="words" type="search" placeholder="Name, reference, id, words" minLength={2} maxLength={200} />
            </label>
            <button type="submit">Search</button>
          </form>
        </search>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
    </>
  );
};
