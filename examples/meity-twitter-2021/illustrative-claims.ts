/** What the illustrative case has somebody claim: ten figures as newspapers might print them, some in conflict. They are recorded, and never become events. */

/** `asOf` and `occurredAt` as a request takes them; `orders` are those that the figure is about. */
type Asked = {
  readonly caseId: string;
  readonly orders: { readonly first: string; readonly both: readonly string[] };
  readonly at: (local: string) => object;
  readonly day: (local: string) => object;
};
type Claim = { readonly key: string; readonly body: object };

const claimant = { organisation: 'Example Gazette (synthetic)' };
const sources = [{ name: 'Example Gazette (synthetic)' }];

export const illustrativeClaims = ({ caseId, orders, at, day }: Asked): readonly Claim[] => {
  const claim = (key: string, asOf: object, said: object): Claim => ({
    key,
    body: { caseId, claimant, relayedBy: [], asOf, occurredAt: asOf, assertion: 'direct_record', synthetic: true, sources, ...said },
  });
  const both = { population: { orders: orders.both } };
  const [noon, morning, first] = [at('02-10T12:19'), at('02-12T09:00'), day('02-01')];
  const inEffect = (value: string) => ({
    ...{ ...both, metric: 'pairs_in_effect', comparator: 'eq', value, unit: 'count' },
    text: `${value} accounts are blocked`,
  });
  const lasted = (said: object, text: string) => ({
    ...{ population: { orders: [orders.first] }, metric: 'restriction_duration', unit: 'duration', text },
    ...said,
  });
  return [
    claim('702', noon, inEffect('702')),
    claim('709', noon, inEffect('709')),
    claim('half', noon, { ...both, metric: 'compliance_rate', comparator: 'nearly', value: '50', unit: 'percent', text: 'nearly half' }),
    claim('over-500', morning, {
      population: { orders: orders.both, measures: ['suspended'], bases: ['platform_rules'] },
      ...{ metric: 'targets_restricted', comparator: 'gt', value: '500', unit: 'count' },
      text: "over 500 suspended under the platform's own rules",
    }),
    claim('nearly-97', morning, {
      ...{ ...both, metric: 'compliance_rate', comparator: 'nearly', value: '97', numerator: 1_398, denominator: 1_435, unit: 'percent' },
      text: 'nearly 97 %: 1,398 of 1,435',
    }),
    claim('over-97', morning, {
      ...{ ...both, metric: 'compliance_rate', comparator: 'gt', value: '97', unit: 'percent', text: 'more than 97 %' },
    }),
    claim('nearly-6-h', first, lasted({ comparator: 'nearly', value: 'PT6H' }, 'nearly six hours')),
    claim('under-6-h', first, lasted({ comparator: 'lt', value: 'PT6H' }, 'under six hours')),
    claim('12-h', first, lasted({ comparator: 'eq', value: 'PT12H' }, 'twelve hours')),
    claim('minutes', first, lasted({ comparator: 'range', range: { min: 'PT2M', max: 'PT10M' } }, 'a few minutes')),
  ];
};
