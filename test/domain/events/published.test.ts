/** Since when the sources of an event about a target were public: one fact, made alike for every type. */
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, findEventType } from '../../../src/domain/events/event-types.ts';
import {
  block,
  decline,
  findGone,
  holdMeeting,
  inIndia,
  ist,
  istDay,
  lift,
  limit,
  link,
  listTarget,
  notify,
  recorded,
  reinstate,
  type Said,
  withdraw,
  withheldInIndia,
  withhold,
} from '../../support/controls.ts';

const ABOUT_TARGETS: { readonly [type: string]: (said: Said) => ReturnType<typeof block> } = {
  TargetListed: (said) => listTarget({ occurredAt: ist('01-31 12:00'), ...said }),
  TargetWithdrawn: withdraw,
  TargetBlocked: block,
  TargetWithheld: withhold,
  TargetLimited: limit,
  TargetReinstated: reinstate,
  TargetDeclined: decline,
  UserNotified: notify,
  TargetGone: findGone,
  TargetLinked: link,
};

const publishedOf = (command: ReturnType<typeof block>) => {
  const filled = command.type === 'TargetReinstated' ? { lifts: [lift(withheldInIndia, inIndia)] } : {};
  const fact = recorded(command, filled);
  return (findEventType(fact.type)?.facts(fact) ?? []).filter(({ shape }) => shape.kind === 'published');
};

const onTheTenth = { name: 'A newspaper', publishedAt: istDay('02-10') };
const onTheThird = { name: 'A blog', publishedAt: ist('02-03 09:00') };

it('has an example of every type about targets', () => {
  const names = EVENT_TYPES.filter(({ category }) => category === 'target').map(({ name }) => name);
  expect(Object.keys(ABOUT_TARGETS).sort()).toEqual(names.sort());
});

describe.each(Object.entries(ABOUT_TARGETS))('%s', (_, ask) => {
  it('says before when no source of it was published, if each source has its date', () => {
    const at = Date.parse('2021-02-03T03:30:00Z');
    expect(publishedOf(ask({ sources: [onTheTenth, onTheThird] }))).toEqual([
      { shape: { kind: 'published' }, about: undefined, earliest: at, latest: at },
    ]);
    // A day of which no more is known begins at midnight in India.
    const midnight = Date.parse('2021-02-09T18:30:00Z');
    expect(publishedOf(ask({ sources: [onTheTenth] }))).toMatchObject([{ earliest: midnight, latest: midnight }]);
  });

  it('says nothing of it where a source has no date, or there is none', () => {
    expect(publishedOf(ask({ sources: [onTheTenth, { name: 'A letter' }] }))).toEqual([]);
    expect(publishedOf(ask({}))).toEqual([]);
  });
});

it('is no fact of what is about no target', () => {
  expect(publishedOf(holdMeeting({ sources: [onTheTenth] }))).toEqual([]);
});
