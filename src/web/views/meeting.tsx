/** A meeting: who took part, what was said in it, and what came before and after: sequence, not cause. */
import type { EventReply } from '../answers.ts';
import { pathWith } from '../ask.ts';
import type { ViewProps } from '../page.tsx';
import { BadLink, Failed, Waiting } from '../parts/failed.tsx';
import { useTitle } from '../parts/title.ts';
import { faultsOf, knownAtOf, standpointOf } from '../standpoint.ts';
import { useAnswer } from '../use-answer.ts';
import { EventShown } from './event.tsx';

type MeetingReply = { readonly position: number; readonly meeting: { readonly event: string } };

export const MeetingView = ({ id, place }: ViewProps) => {
  const standpoint = standpointOf(place.query);
  const meeting = useAnswer<MeetingReply>(pathWith(`/v1/meetings/${encodeURIComponent(id)}`, { knownAt: knownAtOf(standpoint) }));
  const { value } = meeting;
  const event = useAnswer<EventReply>(value && pathWith(`/v1/events/${value.meeting.event}`, { knownAt: value.position }));
  const faults = faultsOf(place.query, undefined);
  const failure = meeting.failure ?? event.failure;
  useTitle('Meeting');
  if (faults.length > 0) return <BadLink faults={faults} path={place.path} query={place.query} />;
  if (failure) return <Failed failure={failure} what="This meeting" path={place.path} query={place.query} />;
  if (!event.value) return <Waiting what="the meeting" />;
  return <EventShown reply={event.value} place={place} />;
};
