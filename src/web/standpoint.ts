/** From where the reader looks: the instant, what was known when, as published by when, and whose hours. All of it stands in the link. */
import { browserZone } from './clock.ts';
import { instantIn, instantTyped, isZone, linkText } from './hour-steps.ts';
import type { Query } from './location.tsx';

export type Standpoint = {
  /** `undefined`: none is named, and the page takes the end to which the record is declared complete, or now. */
  readonly at: string | undefined;
  /** A position of the log, or an instant of recording. */
  readonly known: string | undefined;
  readonly by: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** As named in the link: `UTC`, `browser`, a zone; `undefined`: the case's. */
  readonly zone: string | undefined;
};
/** Why a report is of the instant it is of; nothing where it was asked for. */
export const WHY_WORDS = {
  asked: '',
  declared_to: 'no hour is named: the end to which the record is declared complete',
  now: 'now, since no hour is named',
} as const;

/** A part of the link that cannot be read, in words, with links that can. */
export type LinkFault = {
  readonly words: string;
  readonly mends: readonly { readonly words: string; readonly change: Query }[];
};

const INSTANTS = ['at', 'by', 'from', 'to', 'each'] as const;
const INSTANT_WORDS: { readonly [name in (typeof INSTANTS)[number]]: string } = {
  at: 'the hour looked at',
  by: 'the hour of "as published by"',
  from: 'the beginning of the chart',
  to: 'the end of the chart',
  each: 'the hour of which each event is shown',
};

export const standpointOf = (query: Query): Standpoint => ({
  at: query['at'] === undefined ? undefined : instantIn(query['at']),
  by: query['by'] === undefined ? undefined : instantIn(query['by']),
  from: query['from'] === undefined ? undefined : instantIn(query['from']),
  to: query['to'] === undefined ? undefined : instantIn(query['to']),
  known: query['known'],
  zone: query['zone'],
});

/** `zone`: the one in which an hour without a zone may have been meant. */
export const faultsOf = (query: Query, zone: string | undefined): readonly LinkFault[] => [
  ...INSTANTS.flatMap((name) => instantFault(name, query[name], zone)),
  ...knownFault(query['known']),
  ...zoneFault(query['zone']),
  ...orderFault(query),
];

const instantFault = (name: (typeof INSTANTS)[number], text: string | undefined, zone: string | undefined): readonly LinkFault[] => {
  if (text === undefined || instantIn(text) !== undefined) return [];
  const without = { words: 'Leave it out', change: { [name]: undefined } };
  const meant = zone === undefined ? undefined : instantTyped(text, zone);
  if (meant === undefined || zone === undefined)
    return [{ words: `${text} is no hour with its zone, such as 2021-02-12T09:00:00+05:30 (${INSTANT_WORDS[name]}).`, mends: [without] }];
  const read = linkText(meant, zone);
  return [
    {
      words: `${text} has no zone, and so is no one instant (${INSTANT_WORDS[name]}).`,
      mends: [{ words: `Read it in the zone of the case: ${read}`, change: { [name]: read } }, without],
    },
  ];
};

const POSITION = /^\d{1,15}$/;
const knownFault = (known: string | undefined): readonly LinkFault[] => {
  if (known === undefined || POSITION.test(known) || instantIn(known) !== undefined) return [];
  return [
    {
      words: `${known} is no point of knowledge: neither the number of an event, such as 3394, nor an hour with its zone.`,
      mends: [{ words: 'As known now', change: { known: undefined } }],
    },
  ];
};

const zoneFault = (zone: string | undefined): readonly LinkFault[] =>
  zone === undefined || zone === 'browser' || isZone(zone)
    ? []
    : [{ words: `${zone} is no time zone that this browser knows.`, mends: [{ words: 'Hours of the case', change: { zone: undefined } }] }];

const orderFault = ({ from, to }: Query): readonly LinkFault[] => {
  const [start, end] = [from, to].map((text) => (text === undefined ? undefined : instantIn(text)));
  if (start === undefined || end === undefined || start < end) return [];
  return [
    {
      words: 'The chart of this link ends before it begins.',
      mends: [{ words: 'The whole chart', change: { from: undefined, to: undefined } }],
    },
  ];
};

/** The zone in which hours are shown. */
export const zoneShown = ({ zone }: Standpoint, ofCase: string): string => {
  if (zone === undefined) return ofCase;
  return zone === 'browser' ? browserZone() : zone;
};

/** As the API takes a point of knowledge. */
export const knownAtOf = ({ known }: Standpoint): string | undefined =>
  known === undefined || POSITION.test(known) ? known : instantIn(known);
