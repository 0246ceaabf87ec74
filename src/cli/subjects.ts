/** What a question is about: orders and cases named by id or by the name that people use, and the zone in which their hours are told. */
import { answers, type Case, type Order } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { EXIT, Stopped } from './stopped.ts';
import { safe } from './terminal.ts';

export type Naming = {
  readonly order?: readonly string[] | undefined;
  readonly case?: string | undefined;
  readonly knownAt?: string | undefined;
};
export type Subjects = {
  readonly orders: readonly Order[];
  /** The case of them all; `undefined` if they belong to several. */
  readonly case: Case | undefined;
  /** Of the case; of several the first one's. */
  readonly zone: string;
  readonly isSynthetic: boolean;
};

const UUID = /^[0-9a-f-]{36}$/;
const PAGE_ROWS = 1_000;

/** Orders by id or reference, those of a case, or all that there are. */
export const subjectsOf = async (ledger: Ledger, { order: names, case: caseName, knownAt }: Naming): Promise<Subjects> => {
  if (names && caseName !== undefined) throw new Stopped(EXIT.usage, 'Name orders or a case, not both: an order belongs to one case.');
  const ofCase = caseName === undefined ? undefined : await caseNamed(ledger, caseName, knownAt);
  const all = names?.every((name) => UUID.test(name)) ? [] : await ordersOf(ledger, ofCase?.id, knownAt);
  const orders = names ? await Promise.all(names.map((name) => orderNamed(ledger, name, all, knownAt))) : all;
  const [first] = orders;
  if (!first) throw new Stopped(EXIT.notFound, ofCase ? `The case has no order: ${safe(ofCase.title)}` : 'No order is recorded yet.');
  const caseOfFirst = ofCase ?? (await caseById(ledger, first.caseId, knownAt));
  return {
    orders: distinct(orders),
    case: orders.every(({ caseId }) => caseId === first.caseId) ? caseOfFirst : undefined,
    zone: caseOfFirst.zone,
    isSynthetic: orders.some(({ synthetic }) => synthetic),
  };
};

const distinct = (orders: readonly Order[]): readonly Order[] => [...new Map(orders.map((order) => [order.id, order])).values()];

const orderNamed = async (ledger: Ledger, name: string, all: readonly Order[], knownAt: string | undefined): Promise<Order> => {
  if (UUID.test(name)) return read(answers.order, await asked(ledger, withPoint(`/v1/orders/${name}`, knownAt))).order;
  const found = all.filter(({ ref }) => ref === name);
  const [order] = found;
  if (!order) throw new Stopped(EXIT.notFound, `No order is called "${safe(name)}". "ledger orders" lists them.`);
  if (found.length === 1) return order;
  const choices = found.map(({ id, platform, issuedAt }) => `  ${id}  ${safe(platform)}, issued ${issuedAt.earliest} (UTC)`);
  throw new Stopped(EXIT.usage, [`${found.length} orders are called "${safe(name)}". Name one by its id:`, ...choices].join('\n'));
};

const ordersOf = (ledger: Ledger, caseId: string | undefined, knownAt: string | undefined): Promise<readonly Order[]> =>
  pages(
    (cursor) => withPoint('/v1/orders', knownAt, { limit: PAGE_ROWS, case: caseId, cursor }),
    async (path) => {
      const page = read(answers.orders, await asked(ledger, path));
      return { rows: page.orders, next: page.next };
    },
  );

export const casesOf = (ledger: Ledger, knownAt?: string): Promise<readonly Case[]> =>
  pages(
    (cursor) => withPoint('/v1/cases', knownAt, { limit: PAGE_ROWS, cursor }),
    async (path) => {
      const page = read(answers.cases, await asked(ledger, path));
      return { rows: page.cases, next: page.next };
    },
  );

const caseById = async (ledger: Ledger, id: string, knownAt: string | undefined): Promise<Case> =>
  read(answers.case, await asked(ledger, withPoint(`/v1/cases/${id}`, knownAt))).case;

export const caseNamed = async (ledger: Ledger, name: string, knownAt?: string): Promise<Case> => {
  if (UUID.test(name)) return caseById(ledger, name, knownAt);
  const found = (await casesOf(ledger, knownAt)).filter(({ title }) => title === name);
  const [one] = found;
  if (!one) throw new Stopped(EXIT.notFound, `No case is called "${safe(name)}". "ledger status" lists them.`);
  if (found.length === 1) return one;
  throw new Stopped(
    EXIT.usage,
    [`${found.length} cases are called "${safe(name)}". Name one by its id:`, ...found.map(({ id }) => `  ${id}`)].join('\n'),
  );
};

// ---- Paths

type Parameters = { readonly [name: string]: string | number | undefined };

/** A path with the parameters that are given. */
export const withPoint = (path: string, knownAt: string | undefined, parameters: Parameters = {}): string => {
  const given = Object.entries({ ...parameters, knownAt }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
};

type Page<T> = { readonly rows: readonly T[]; readonly next: string | null };

/** All rows of all pages; they are of one state. */
export const pages = async <T>(
  pathOf: (cursor: string | undefined) => string,
  get: (path: string) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await get(pathOf(cursor));
    all.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return all;
};
