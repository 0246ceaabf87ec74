/** How a fact of a file was read, in the sentence in which the timeline tells it: what makes a figure of it (where, on what basis, citing which orders), its hour, and how it is known. */
import { openingOf } from '../application/import/case-beginnings.ts';
import type { SettledFact } from '../application/import/settle-facts.ts';
import type { Recorder } from '../application/rehearsal.ts';
import { extentIn, logEventOf, targetIn } from '../domain/codec.ts';
import { parseOrderId, type StreamName, streamOf } from '../domain/ids.ts';
import type { JsonObject } from '../domain/json.ts';
import { ordersOf } from '../projections/entries.ts';
import { extentOf } from '../wording/hours.ts';
import { textIn } from '../wording/said.ts';
import { classesOf, sentence } from '../wording/sentences.ts';
import { safe } from '../wording/text.ts';
import { ASSERTION_WORDS } from '../wording/words.ts';

type Log = Recorder['log'];

/** `1 Feb 2021 14:00 IST: @a (account a on birdsite.example) withheld in IN, citing No. 1 of 2021 [platform report]` */
export const readsOf = async (log: Log, { fact: { command }, outcome }: SettledFact): Promise<string> => {
  const { type, stream } = command;
  const says = outcome.kind === 'recorded' ? await recordedIn(log, outcome, command.data) : command.data;
  const orders = await Promise.all(ordersOf({ stream }, says).map((order) => refOf(log, order)));
  const occurred = extentIn(says, 'occurredAt');
  const zone = occurred?.zone ?? 'UTC';
  const assertion = textIn(says, 'assertion') ?? '';
  const known = ASSERTION_WORDS[assertion] ?? safe(assertion);
  const words = `${sentence({ type, says, orders, whom: whomIn(says), classes: classesOf({ says }), zone })} [${known}]`;
  return occurred ? `${extentOf(occurred, zone)}: ${words}` : words;
};

type Place = { readonly stream: StreamName; readonly revision: number };

/** As it stands there, with what the decision made of it: what a restoration lifts is said by no row. */
const recordedIn = async (log: Log, { stream, revision }: Place, asked: JsonObject): Promise<JsonObject> => {
  const [stored] = await log.readStream(stream, { from: revision, limit: 1 });
  return stored ? logEventOf(stored.event).data : asked;
};

const refOf = async (log: Log, order: string): Promise<string> => {
  const opened = await openingOf(log, streamOf('order', parseOrderId(order)));
  return safe((opened && textIn(opened.data, 'ref')) ?? order);
};

/** The name as the row has it, and what it was taken for. */
const whomIn = (says: JsonObject): string => {
  if (says['target'] === undefined) return '';
  const { verbatim, kind, key, platform } = targetIn(says);
  return `${safe(verbatim)} (${kind} ${safe(key)} on ${safe(platform)})`;
};
