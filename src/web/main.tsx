/** Where the page begins. */
import { render } from 'preact';
import { Page } from './page.tsx';

/** Hours are calculated with it, in every zone; without it the page would have to guess. */
const KNOWS_TIME = 'Temporal' in globalThis;
const OLD_BROWSER =
  'This browser is too old for the page: it lacks Temporal, by which hours are reckoned in each zone. Chrome and Edge have it from 144 on, Firefox from 139 on. Until then: npx ledger compliance, timeline and state, or the API at /docs.';

const place = document.getElementById('page');
if (place) render(KNOWS_TIME ? <Page /> : <p class="notice">{OLD_BROWSER}</p>, place);
