/**
 * One sheet for orders at an instant: what was in effect then, what had been by then, what was not and why, on what record each rests, and how long after
 * the act it was recorded. Accounts of which the record says the same are one line.
 */

import { stateAt } from '../domain/pairs/pair-life.ts';
import type { Compliance, ComplianceScope, OrderFigures, StateOfCompliance } from './compliance.ts';
import type { Log } from './log.ts';
import type { KnownOrder } from './order-indexes.ts';
import { isEverBefore } from './pairs-asked.ts';
import type { ReadModel } from './read-model.ts';
import { type PairNow, type SheetLine, sheetLines } from './sheet-lines.ts';

/** More accounts than this under one order are counted, and not gone through one by one. */
const SHEET_ACCOUNTS_MAX = 20_000;

export type OrderSheet = OrderFigures & {
  /** Of those that were in effect at some time by then, how many are not now. */
  readonly inEffectBefore: number;
  /** `null`: more accounts than are gone through. */
  readonly lines: readonly SheetLine[] | null;
};
export type Sheet = Omit<StateOfCompliance, 'orders'> & { readonly orders: readonly OrderSheet[] };

export const stateSheet = async (
  { model, log, compliance }: { readonly model: ReadModel; readonly log: Log; readonly compliance: Compliance },
  scope: ComplianceScope,
  { t, each = false }: { readonly t: number; readonly each?: boolean },
): Promise<Sheet> => {
  const state = compliance.at(scope, t);
  const orders: OrderSheet[] = [];
  for (const figures of state.orders) {
    const known = compliance.order(figures.order, scope);
    if (!known) continue;
    const pairs = pairsAt(known, scope, t);
    const inEffectBefore = pairs?.filter(({ state: { outcomes } }) => isEverBefore(outcomes)).length;
    orders.push({
      ...figures,
      inEffectBefore: inEffectBefore ?? before(figures),
      lines: pairs ? await sheetLines({ model, log, known, t, each }, pairs) : null,
    });
  }
  return { ...state, orders };
};

/** Where times are exact the two differ by just those. */
const before = ({ ever, effective }: OrderFigures): number => Math.max(0, ever.numerator - effective.numerator);

const pairsAt = (known: KnownOrder, { kinds }: ComplianceScope, t: number): readonly PairNow[] | undefined => {
  const found: PairNow[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: ReturnType<KnownOrder['pairs']['page']> = known.pairs.page(after);
    for (const pair of page.pairs) if (kinds.some((kind) => kind === pair.kind)) found.push({ pair, state: stateAt(pair.steps, t) });
    if (found.length > SHEET_ACCOUNTS_MAX) return undefined;
    after = page.next;
  }
  return found;
};
