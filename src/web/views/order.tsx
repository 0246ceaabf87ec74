/** An order: its terms and clocks, what was owed, what was answered, what happened, and each account under it. */
import { useMemo } from 'preact/hooks';
import { dossierReport } from '../../wording/dossier-report.ts';
import { saidOf } from '../../wording/endings.ts';
import type { DossierForm } from '../../wording/report-forms.ts';
import { safe } from '../../wording/text.ts';
import type { Order } from '../answers.ts';
import { pathWith } from '../ask.ts';
import { hrefOf, Link } from '../location.tsx';
import type { ViewProps } from '../page.tsx';
import { Accounts } from '../parts/accounts.tsx';
import { standpointQuery } from '../parts/boxes.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { ReportLinks } from '../parts/report-links.tsx';
import { ReportTop } from '../parts/report-top.tsx';
import { ReportView } from '../parts/report-view.tsx';
import { useTitle } from '../parts/title.ts';
import { faultsOf, knownAtOf, standpointOf, zoneShown } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';

/** The dossier has the whole order in it. */
type Dossier = DossierForm & { readonly order: Order & DossierForm['order'] };

export const OrderView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const query = { at: standpoint.at, knownAt: knownAtOf(standpoint) };
  const path = `/v1/orders/${encodeURIComponent(id)}/dossier`;
  const { value, failure, isLate } = useAnswer<Dossier>(pathWith(path, query));
  const said = useMemo(() => value && saidOf(value.steps, { order: value.order.id, at: value.validAt, hasMore: value.hasMore }), [value]);
  const faults = faultsOf(place.query, value?.zone);
  useTitle(value ? `Order ${safe(value.order.ref)}` : 'Order');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (failure) return <Failed failure={failure} what="This order" path={place.path} query={place.query} />;
  if (!value) return <Waiting what="the order" />;
  const zone = zoneShown(standpoint, value.zone);
  const report = dossierReport({ ...value, zone });
  const known = { position: value.position, recordedAt: value.recordedAt ?? undefined };
  const { order } = value;
  const of = { id: order.caseId, synthetic: order.synthetic };
  const terms = { of, orders: [order], at: value.validAt, zone, known, by: undefined, presumption: value.now };
  return (
    <div aria-busy={isLate}>
      <p class="way">
        <Link href={hrefOf(`/cases/${value.order.caseId}`, standpointQuery(place))}>The case of this order</Link>
      </p>
      <h1>
        Order {safe(value.order.ref)}
        {value.order.synthetic && <strong class="tag"> [ILLUSTRATION]</strong>}
      </h1>
      <ReportTop title={report.title} {...{ place, standpoint, zone, known }} report={value} />
      <ReportView report={report} place={place} terms={terms} />
      <Accounts {...terms} place={place} ofOrder={() => ({ presumption: value.now, sheet: undefined })} {...(said && { said })} />
      <ReportLinks path={path} query={{ ...query, at: value.validAt, knownAt: value.position }} name={`dossier-${value.order.id}`} />
    </div>
  );
};
