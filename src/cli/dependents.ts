/** What keeps an event from being retracted, as words: the events that rest on it, by their positions. */
import { z } from 'zod';
import { counted, safe } from '../wording/text.ts';
import { EVENT_WORDS } from '../wording/words.ts';
import { type Ledger, read } from './client.ts';

export const placed = z.object({ event: z.object({ position: z.int(), envelope: z.object({ stream: z.string(), type: z.string() }) }) });

const NAMED_MAX = 5;

/** The first by position and kind, and how many more; nothing if nothing rests on it. */
export const dependentLines = async (ledger: Ledger, dependents: readonly string[] = []): Promise<readonly string[]> => {
  if (dependents.length === 0) return [];
  const named = await Promise.all(dependents.slice(0, NAMED_MAX).map((id) => eventWords(ledger, id)));
  const more = dependents.length > NAMED_MAX ? `; and ${counted(dependents.length - NAMED_MAX)} more` : '';
  return [`  To be retracted first, since they rest on it: ${named.join('; ')}${more}.`];
};

const eventWords = async (ledger: Ledger, id: string): Promise<string> => {
  const { status, text } = await ledger.send({ method: 'GET', path: `/v1/events/${id}` });
  if (status >= 300) return `event ${safe(id)}`;
  const { position, envelope } = read(placed, text).event;
  return placedWords(position, envelope.type);
};

/** `event 12, order served` */
export const placedWords = (position: number, type: string): string => `event ${counted(position)}, ${EVENT_WORDS[type] ?? safe(type)}`;
