/** What stands where an answer was expected: what is wrong in plain words, and a way on. */

import { counted, safe } from '../../wording/text.ts';
import type { Failure } from '../ask.ts';
import { keepToken } from '../ask.ts';
import { hrefOf, Link, type Query } from '../location.tsx';
import type { LinkFault } from '../standpoint.ts';

/** `what`: `this case`. `query` of the link that led here. */
type FailedProps = { readonly failure: Failure; readonly what: string; readonly path: string; readonly query: Query };

export const Failed = ({ failure, what, path, query }: FailedProps) => {
  if (failure.kind === 'token') return <TokenForm title={failure.problem.title} />;
  if (failure.kind === 'unreachable')
    return (
      <div class="notice" role="alert">
        <p>The ledger does not answer. What is shown may be older than the record.</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            Ask again
          </button>
        </p>
      </div>
    );
  const { status, problem } = failure;
  const detail = problem.errors?.map(({ pointer, detail: words }) => `${pointer.replace(/^#\//, '')}: ${words}`).join('; ');
  const isBeyond = problem.head !== undefined;
  return (
    <div class="notice" role="alert">
      <p>
        {status === 404 || isUnknown(problem.code, detail)
          ? notOnRecord(what, query)
          : `${safe(problem.title)}${detail ? ` (${safe(detail)})` : ''}.`}
      </p>
      <p>
        {isBeyond && (
          <>
            The log ends at event {counted(problem.head ?? 0)}.{' '}
            <Link href={hrefOf(path, { ...query, known: undefined })}>As known now</Link>{' '}
          </>
        )}
        {!isBeyond && query['known'] !== undefined && (
          <Link href={hrefOf(path, { ...query, known: undefined })}>Look with all that is known now</Link>
        )}{' '}
        <Link href="/">All cases</Link>
      </p>
    </div>
  );
};

/** An address that names no id of this ledger's form says as little as one that is not on record. */
const isUnknown = (code: string, detail: string | undefined): boolean => code === 'QUERY_INVALID' && (detail ?? '').startsWith('id');

const notOnRecord = (what: string, { known }: Query): string =>
  `${what} is not on record here${known === undefined ? '' : ` as known at ${safe(known)}`}: the link may be of another ledger, cut off, or of a time before it was recorded; or it was retracted since.`;

export const BadLink = ({
  faults,
  path,
  query,
}: {
  readonly faults: readonly LinkFault[];
  readonly path: string;
  readonly query: Query;
}) => (
  <div class="notice" role="alert">
    <h1>This link cannot be followed as it is</h1>
    {faults.map(({ words, mends }) => (
      <p key={words}>
        {safe(words)}
        {mends.map((mend) => (
          <span key={mend.words}>
            {' '}
            <Link href={hrefOf(path, { ...query, ...mend.change })}>{mend.words}</Link>
          </span>
        ))}
      </p>
    ))}
    <p>
      <Link href={path}>The same without anything behind the question mark</Link> · <Link href="/">All cases</Link>
    </p>
  </div>
);

const TokenForm = ({ title }: { readonly title: string }) => (
  <form
    class="notice"
    onSubmit={(event) => {
      event.preventDefault();
      const token = new FormData(event.currentTarget).get('token');
      if (typeof token !== 'string' || token.trim() === '') return;
      keepToken(token.trim());
      location.reload();
    }}
  >
    <h1>This ledger asks who is calling</h1>
    <p>
      {safe(title)}. A token is made by whoever runs the ledger (npx ledger tokens add). It is kept for this tab alone, until it is closed.
    </p>
    <label>
      Token <input name="token" type="password" autocomplete="off" size={60} />
    </label>{' '}
    <button type="submit">Use this token</button>
  </form>
);

export const Waiting = ({ what }: { readonly what: string }) => (
  <p class="waiting" role="status">
    Asking the ledger for {what} …
  </p>
);
