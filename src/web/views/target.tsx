/** Everything about one account: each event with all its times, and what the account was after it. */
import { safe } from '../../wording/text.ts';
import { trailReport } from '../../wording/trail-report.ts';
import type { CaseReply, Trail } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { go, hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { ReportLinks } from '../parts/report-links.tsx';
import { ReportTop } from '../parts/report-top.tsx';
import { ReportView } from '../parts/report-view.tsx';
import { useTitle } from '../parts/title.ts';
import { faultsOf, knownAtOf, standpointOf, zoneShown } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';

export const TargetView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const query = { at: standpoint.at, knownAt: knownAtOf(standpoint), sort: place.query['sort'] === 'recorded' ? 'recorded' : undefined };
  const path = `/v1/targets/${encodeURIComponent(id)}/audit-trail`;
  const { value, failure } = useAnswer<Trail>(pathWith(path, query));
  const [caseId] = value?.listedBy.flatMap((listing) => listing.caseId ?? []) ?? [];
  const ofCase = useAnswer<CaseReply>(caseId === undefined ? undefined : pathWith(`/v1/cases/${caseId}`, { knownAt: value?.position }));
  const faults = faultsOf(place.query, value?.zone);
  useTitle(value ? safe(value.target.verbatim) : 'Account');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (failure) return <Failed failure={failure} what="This account" path={place.path} query={place.query} />;
  if (!value) return <Waiting what="the account" />;
  const zone = zoneShown(standpoint, value.zone);
  const report = trailReport({ ...value, zone });
  const known = { position: value.position, recordedAt: value.recordedAt ?? undefined };
  const terms = {
    of: { id: caseId ?? 'none that lists it', ...(ofCase.value && { title: ofCase.value.case.title }), synthetic: value.synthetic },
    orders: value.listedBy.map(({ order, ref }) => ({ id: order, ref: ref ?? order })),
    ...{ at: value.validAt, zone, known, by: undefined, presumption: value.listedBy.length === 0 ? null : value },
  };
  const change = (changed: typeof place.query): void => go(hrefOf(place.path, { ...place.query, ...changed }));
  return (
    <>
      <p class="way">
        {value.listedBy.map(({ order, ref }) => (
          <span key={order}>
            <Link href={hrefOf(`/orders/${order}`, standpointQuery(place))}>Order {safe(ref ?? order)}</Link>{' '}
          </span>
        ))}
        {ofCase.value && (
          <Link href={hrefOf(`/cases/${ofCase.value.case.id}`, standpointQuery(place))}>{safe(ofCase.value.case.title)}</Link>
        )}
      </p>
      <h1>
        {report.title.replace(/ \(SYNTHETIC: an illustration, no finding\)$/, '')}
        {value.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportTop title={report.title} {...{ place, standpoint, zone, known }} report={value} />
      <p class="filters">
        Sorted by{' '}
        <select aria-label="Sorted by" value={query.sort ?? ''} onChange={({ currentTarget }) => change({ sort: currentTarget.value })}>
          <option value="">when it happened</option>
          <option value="recorded">when the ledger learned of it</option>
        </select>
      </p>
      <ReportView report={report} place={place} terms={terms} />
      <ReportLinks path={path} query={{ ...query, at: value.validAt, knownAt: value.position }} name={`trail-${value.target.id}`} />
    </>
  );
};
