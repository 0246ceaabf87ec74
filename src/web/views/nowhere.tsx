/** An address that leads to no view. */
import { safe } from '../../wording/text.ts';
import { Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { useTitle } from '../parts/title.ts';

export const NowhereView = ({ place }: ViewProps) => {
  useTitle('Nothing here');
  return (
    <div class="notice">
      <h1>There is nothing at this address</h1>
      <p>{safe(place.path)} is no part of the ledger's page.</p>
      <p>
        <Link href="/">All cases</Link> · <a href="/docs">The API</a>
      </p>
    </div>
  );
};
