/** What a question is about: orders and cases named by id or by the name that people use, and the zone in which their hours are told. */

import { safe } from '../wording/text.ts';
import { answers, type Case, type Order } from './answers.ts';
import { asked, type Ledger, read } from './client.ts';
import { EXIT, Stopped } from './stopped.ts';

/** A point of knowledge: `position` as the API takes it, `words` as it was meant. */
export type Known = { readonly position: string; readonly words: string };
export type Naming = {
  readonly order?: readonly string[] | undefined;
  readonly case?: string | undefined;
  readonly known?: Known | undefined;
};
/** What is shown of a case. Of one whose record was retracted its id is left, and the zone of its orders. */
export type CaseShown = Pick<Case, 'id' | 'title' | 'zone'> & { readonly isRetracted?: true };
export type Subjects = {
  readonly orders: readonly Order[];
  /** Those that the orders belong to. */
  readonly cases: readonly CaseShown[];
  /** The case of them all; `undefined` if they belong to several. */
  readonly case: CaseShown | undefined;
  /** Of the case; of several the first one's. */
  readonly zone: string;
};

const UUID = /^[0-9a-f-]{36}$/;
export const isId = (name: string): boolean => UUID.test(name);
const PAGE_ROWS = 1_000;

/** Orders by id or reference, those of a case, or all that there are. */
export const subjectsOf = async (ledger: Ledger, { order: names, case: caseName, known }: Naming): Promise<Subjects> => {
  if (names && caseName !== undefined) throw new Stopped(EXIT.usage, 'Name orders or a case, not both: an order belongs to one case.');
  const ofCase = caseName === undefined ? undefined : await caseMeant(ledger, caseName, known);
  const all = names?.every((name) => UUID.test(name)) ? [] : await ordersUnder(ledger, ofCase, known);
  const orders = names ? await Promise.all(names.map((name) => orderNamed(ledger, name, all, known))) : all;
  const [first] = orders;
  if (!first) throw noOrder(ofCase, known);
  const caseIds = [...new Set(orders.map(({ caseId }) => caseId))];
  const cases = ofCase ? [ofCase] : await Promise.all(caseIds.map((id) => caseOf(ledger, id, orders, known)));
  const [caseOfFirst] = cases;
  return {
    orders: distinct(orders),
    cases,
    case: cases.length === 1 ? caseOfFirst : undefined,
    zone: caseOfFirst?.zone ?? 'UTC',
  };
};

/** An order is recorded in a case that is on record: one that is not there was retracted since, and the order goes on counting. */
const caseOf = async (ledger: Ledger, id: string, orders: readonly Order[], known: Known | undefined): Promise<CaseShown> => {
  try {
    return await caseById(ledger, id, known);
  } catch (error) {
    if (!(error instanceof Stopped) || error.exitCode !== EXIT.notFound) throw error;
    const own = orders.find(({ caseId }) => caseId === id);
    return { id, title: `Case ${id}`, zone: own?.issuedAt.zone ?? 'UTC', isRetracted: true };
  }
};

/** By its id also one whose record was retracted, as long as it has orders. */
const caseMeant = async (ledger: Ledger, name: string, known: Known | undefined): Promise<CaseShown> => {
  if (!UUID.test(name)) return caseNamed(ledger, name, known);
  const [own] = await ordersUnder(ledger, { id: name, title: name, zone: 'UTC', isRetracted: true }, known);
  return own ? caseOf(ledger, name, [own], known) : caseById(ledger, name, known);
};

const ordersUnder = async (ledger: Ledger, ofCase: CaseShown | undefined, known: Known | undefined): Promise<readonly Order[]> =>
  ofCase?.isRetracted
    ? (await ordersOf(ledger, undefined, known)).filter(({ caseId }) => caseId === ofCase.id)
    : ordersOf(ledger, ofCase?.id, known);

const noOrder = (ofCase: CaseShown | undefined, known: Known | undefined): Stopped => {
  if (known) return new Stopped(EXIT.notFound, `As known at ${known.words}, no order${ofCase ? ' of the case' : ''} was recorded.`);
  return new Stopped(EXIT.notFound, ofCase ? `The case has no order: ${safe(ofCase.title)}` : 'No order is recorded yet.');
};

/** An order's hours are those of its own case. */
export const zoneOf = ({ cases, zone }: Subjects, { caseId }: Order): string => cases.find(({ id }) => id === caseId)?.zone ?? zone;

/** Synthetic and real orders are never added up. */
export const isMixed = ({ orders }: Subjects): boolean => new Set(orders.map(({ synthetic }) => synthetic)).size > 1;

/**
 * By id what people call orders: those that a question is about, and others that events name. One that is not on record as known then, since its record was
 * retracted, keeps its id.
 */
export const referencesOf = async (
  ledger: Ledger,
  { orders }: Subjects,
  named: readonly string[],
  known: Known,
): Promise<ReadonlyMap<string, string>> => {
  const refs = new Map(orders.map(({ id, ref }) => [id, safe(ref)]));
  for (const id of new Set(named)) if (!refs.has(id)) refs.set(id, safe(await referenceOf(ledger, id, known)));
  return refs;
};

const referenceOf = async (ledger: Ledger, id: string, known: Known): Promise<string> => {
  try {
    return (await orderNamed(ledger, id, [], known)).ref;
  } catch (error) {
    if (!(error instanceof Stopped) || error.exitCode !== EXIT.notFound) throw error;
    return id;
  }
};

const distinct = (orders: readonly Order[]): readonly Order[] => [...new Map(orders.map((order) => [order.id, order])).values()];

const orderNamed = async (ledger: Ledger, name: string, all: readonly Order[], known: Known | undefined): Promise<Order> => {
  if (UUID.test(name)) {
    const text = await askedIfKnown(ledger, withPoint(`/v1/orders/${name}`, known?.position), known, `no order ${name}`);
    return read(answers.order, text).order;
  }
  const found = all.filter(({ ref }) => ref === name);
  const [order] = found;
  if (!order && known) throw new Stopped(EXIT.notFound, `As known at ${known.words}, no order called "${safe(name)}" was recorded.`);
  if (!order) throw new Stopped(EXIT.notFound, `No order is called "${safe(name)}". "npx ledger orders" lists them.`);
  if (found.length === 1) return order;
  const choices = found.map(({ id, platform, issuedAt }) => `  ${id}  ${safe(platform)}, issued ${issuedAt.earliest} (UTC)`);
  throw new Stopped(EXIT.usage, [`${found.length} orders are called "${safe(name)}". Name one by its id:`, ...choices].join('\n'));
};

/** What is not found as known then was not recorded by then: it may be now. */
export const askedIfKnown = async (ledger: Ledger, path: string, known: Known | undefined, missing: string): Promise<string> => {
  try {
    return await asked(ledger, path);
  } catch (error) {
    if (!known || !(error instanceof Stopped) || error.exitCode !== EXIT.notFound) throw error;
    throw new Stopped(EXIT.notFound, `As known at ${known.words}, ${missing} was recorded.`, { cause: error });
  }
};

const ordersOf = (ledger: Ledger, caseId: string | undefined, known: Known | undefined): Promise<readonly Order[]> =>
  pages(
    (cursor) => withPoint('/v1/orders', known?.position, { limit: PAGE_ROWS, case: caseId, cursor }),
    async (path) => {
      const page = read(answers.orders, await asked(ledger, path));
      return { rows: page.orders, next: page.next };
    },
  );

export const casesOf = (ledger: Ledger, known?: Known): Promise<readonly Case[]> =>
  pages(
    (cursor) => withPoint('/v1/cases', known?.position, { limit: PAGE_ROWS, cursor }),
    async (path) => {
      const page = read(answers.cases, await asked(ledger, path));
      return { rows: page.cases, next: page.next };
    },
  );

const caseById = async (ledger: Ledger, id: string, known: Known | undefined): Promise<Case> =>
  read(answers.case, await askedIfKnown(ledger, withPoint(`/v1/cases/${id}`, known?.position), known, `no case ${id}`)).case;

export const caseNamed = async (ledger: Ledger, name: string, known?: Known): Promise<Case> => {
  if (UUID.test(name)) return caseById(ledger, name, known);
  const found = (await casesOf(ledger, known)).filter(({ title }) => title === name);
  const [one] = found;
  if (!one && known) throw new Stopped(EXIT.notFound, `As known at ${known.words}, no case called "${safe(name)}" was recorded.`);
  if (!one) throw new Stopped(EXIT.notFound, `No case is called "${safe(name)}". "npx ledger status" lists them.`);
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
