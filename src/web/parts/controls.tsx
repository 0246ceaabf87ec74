/** From where it is looked at: the hour, what was known when, as published by when, whose hours; and a link that stays what it is. */
import { useState } from 'preact/hooks';
import { hourOf, zoneName, zoneNote } from '../../wording/hours.ts';
import { PUBLISHED_WORDS } from '../../wording/published.ts';
import { counted } from '../../wording/text.ts';
import { browserZone } from '../clock.ts';
import { fieldText, hourBeside, instantTyped, linkText } from '../hour-steps.ts';
import { go, hrefOf, type Place } from '../location.tsx';
import type { Standpoint } from '../standpoint.ts';

type ControlsProps = {
  readonly place: Place;
  readonly standpoint: Standpoint;
  readonly at: string;
  readonly why: string;
  readonly zone: string;
  readonly caseZone: string;
  readonly position: number;
  readonly onAt: (at: string) => void;
  /** Whether figures as published by a day are asked for here. */
  readonly takesBy?: boolean;
};

export const Controls = ({ place, standpoint, at, why, zone, caseZone, position, onAt, takesBy = true }: ControlsProps) => {
  const change = (query: Place['query']): void => go(hrefOf(place.path, { ...place.query, ...query }));
  return (
    <section class="controls" aria-label="From where it is looked at">
      <HourField label="At" at={at} zone={zone} onAt={onAt} />
      <span class="pair">
        <button type="button" onClick={() => onAt(hourBeside(at, zone, -1))} aria-label="An hour earlier">
          ‹
        </button>
        <button type="button" onClick={() => onAt(hourBeside(at, zone, 1))} aria-label="An hour later">
          ›
        </button>
      </span>
      <span>
        Known:{' '}
        {standpoint.known === undefined ? (
          <strong>latest</strong>
        ) : (
          <>
            <strong>to event {counted(position)}</strong>{' '}
            <button type="button" onClick={() => change({ known: undefined })}>
              latest
            </button>
          </>
        )}
      </span>
      {takesBy && <ByField standpoint={standpoint} at={at} zone={zone} change={change} />}
      <label>
        Hours{' '}
        <select value={standpoint.zone ?? ''} onChange={({ currentTarget }) => change({ zone: currentTarget.value })}>
          <option value="">
            {zoneName(caseZone, at)} ({caseZone}), of the case
          </option>
          <option value="UTC">UTC</option>
          <option value="browser">
            {zoneName(browserZone(), at)} ({browserZone()}), of this browser
          </option>
          {standpoint.zone !== undefined && !['UTC', 'browser'].includes(standpoint.zone) && (
            <option value={standpoint.zone}>{standpoint.zone}, of the link</option>
          )}
        </select>
      </label>
      <CopyLink href={pinned(place, standpoint, { at, zone, position })} />
      <p class="hint">
        {hourOf(at, zone)}
        {why === '' ? '' : ` (${why})`} · hours in {zoneNote(zone, at)}
      </p>
    </section>
  );
};

type HourFieldProps = { readonly label: string; readonly at: string; readonly zone: string; readonly onAt: (at: string) => void };

const HourField = ({ label, at, zone, onAt }: HourFieldProps) => {
  const [fault, setFault] = useState('');
  return (
    <label>
      {label}{' '}
      <input
        type="text"
        size={16}
        value={fieldText(at, zone)}
        aria-label={`${label}, year-month-day hour:minute`}
        onChange={({ currentTarget }) => {
          const typed = instantTyped(currentTarget.value, zone);
          setFault(
            typed === undefined
              ? 'Not an hour such as 2021-02-12 09:00; or one that this zone does not have, or has twice, where clocks are changed.'
              : '',
          );
          if (typed !== undefined) onAt(typed);
        }}
      />{' '}
      {zoneName(zone, at)}
      {fault !== '' && (
        <span class="fault" role="alert">
          {fault}
        </span>
      )}
    </label>
  );
};

type ByFieldProps = {
  readonly standpoint: Standpoint;
  readonly at: string;
  readonly zone: string;
  readonly change: (query: Place['query']) => void;
};

const ByField = ({ standpoint: { by }, at, zone, change }: ByFieldProps) =>
  by === undefined ? (
    <button type="button" onClick={() => change({ by: linkText(at, zone) })} title={PUBLISHED_WORDS}>
      As published by …
    </button>
  ) : (
    <span class="pair">
      <HourField label="As published by" at={by} zone={zone} onAt={(typed) => change({ by: linkText(typed, zone) })} />{' '}
      <button type="button" onClick={() => change({ by: undefined })}>
        All
      </button>
    </span>
  );

/** With the position and the instant in it, so that whoever follows it sees these figures for ever. */
const pinned = (
  place: Place,
  { zone: named }: Standpoint,
  { at, zone, position }: { readonly at: string; readonly zone: string; readonly position: number },
): string =>
  hrefOf(place.path, { ...place.query, at: linkText(at, zone), known: `${position}`, zone: named === undefined ? undefined : zone });

const CopyLink = ({ href }: { readonly href: string }) => {
  const [said, setSaid] = useState('');
  const url = `${location.origin}${href}`;
  return (
    <span>
      <button
        type="button"
        onClick={() => {
          navigator.clipboard.writeText(url).then(
            () => setSaid('Copied: it keeps this hour and this state of knowledge.'),
            () => setSaid(url), // without the right to the clipboard it can still be copied by hand
          );
        }}
      >
        Copy link
      </button>{' '}
      <span class="said" role="status">
        {said}
      </span>
    </span>
  );
};
