/** All cases on record. */
import { extentOf } from '../../wording/hours.ts';
import { counted, safe } from '../../wording/text.ts';
import { CAVEAT } from '../../wording/words.ts';
import type { CasePage } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Failed, Waiting } from '../parts/failed.tsx';
import { useTitle } from '../parts/title.ts';
import { useAnswer } from '../use-answer.ts';

const ROWS = 100;

export const CasesView = ({ place }: ViewProps) => {
  useTitle('Cases');
  const { cursor } = place.query;
  const { value, failure } = useAnswer<CasePage>(pathWith('/v1/cases', { limit: ROWS, cursor }));
  if (failure) return <Failed failure={failure} what="The list of cases" path="/" query={place.query} />;
  if (!value) return <Waiting what="its cases" />;
  return (
    <>
      <h1>Cases</h1>
      {value.cases.length === 0 ? (
        <p>
          Nothing is recorded yet. <code>npm run demo</code> records two cases to look at; <a href="/docs">the API</a> takes your own.
        </p>
      ) : (
        <DataTable
          name="Cases"
          about={[
            ['as recorded to event', counted(value.position)],
            ['caveat', CAVEAT],
          ]}
          columns={['Case', 'Opened', 'Orders', 'Meetings']}
          rows={value.cases.map(({ id, title, synthetic, zone, openedAt, orders, meetings }) => ({
            key: id,
            cells: [
              {
                text: `${safe(title)}${synthetic ? ' [ILLUSTRATION]' : ''}`,
                shown: (
                  <Link href={`/cases/${id}`}>
                    {safe(title)}
                    {synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
                  </Link>
                ),
              },
              { text: extentOf(openedAt, zone) },
              { text: counted(orders), value: orders },
              { text: counted(meetings), value: meetings },
            ],
          }))}
        />
      )}
      <p>
        as recorded to event {counted(value.position)}
        {value.next !== null && (
          <>
            {' '}
            · <Link href={hrefOf('/', { cursor: value.next })}>More cases</Link>
          </>
        )}
      </p>
    </>
  );
};
