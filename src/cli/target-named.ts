/** A target by what somebody types: its id, or its name in any form that the ledger reads as the same. */
import { targetKind } from '../domain/target-ref.ts';
import { safe } from '../wording/text.ts';
import { answers } from './answers.ts';
import { type Ledger, read, refusedBy } from './client.ts';
import { EXIT, Stopped } from './stopped.ts';
import { isId, type Known, subjectsOf, withPoint } from './subjects.ts';

/** A name is looked for on the platforms of all orders on record: as that of an account, else as that of another kind. */
export const targetNamed = async (ledger: Ledger, name: string, known: Known | undefined): Promise<string> => {
  if (isId(name)) return name;
  const { orders } = await subjectsOf(ledger, { known });
  const platforms = [...new Set(orders.map(({ platform }) => platform))];
  for (const kind of targetKind.options) {
    const found = await Promise.all(platforms.map((platform) => targetsCalled(ledger, { platform, kind, name }, known)));
    const [one, ...more] = found.flat();
    if (!one) continue;
    if (more.length === 0) return one.id;
    const choices = [one, ...more].map(({ id, platform }) => `  ${id}  on ${safe(platform)}`);
    throw new Stopped(EXIT.usage, [`Several targets are called "${safe(name)}". Name one by its id:`, ...choices].join('\n'));
  }
  const when = known ? `As known at ${known.words}, nothing` : 'Nothing';
  throw new Stopped(
    EXIT.notFound,
    `${when} called "${safe(name)}" is on record. "npx ledger pairs" lists the accounts of an order, and prints their ids with --json.`,
  );
};

type Called = { readonly platform: string; readonly kind: string; readonly name: string };
type Found = { readonly id: string; readonly platform: string };

/** What no target of the kind can be called names none. */
const targetsCalled = async (ledger: Ledger, { platform, kind, name }: Called, known: Known | undefined): Promise<readonly Found[]> => {
  const path = withPoint('/v1/targets', known?.position, { platform, kind, verbatim: name });
  const { status, text } = await ledger.send({ method: 'GET', path });
  if (status === 400) return [];
  if (status >= 300) throw refusedBy(status, text);
  return read(answers.targets, text).targets.map(({ id }) => ({ id, platform }));
};
