/** The API's answers as the page reads them: the types of the schemas that the API describes itself with. */
import type { z } from 'zod';
import type { diffReply } from '../api/compliance-diff.ts';
import type { linePage } from '../api/schemas/chronology.ts';
import type { curveReply, orderFigures, pairsReply, sheetReply, stateReply } from '../api/schemas/compliance.ts';
import type { deadlinesReply } from '../api/schemas/deadlines.ts';
import type { citationPage, verificationReply } from '../api/schemas/facts.ts';
import type { learnedReply } from '../api/schemas/learned.ts';
import type { casePage, caseReply, orderPage } from '../api/schemas/registers.ts';
import type { searchReply } from '../api/schemas/search.ts';
import type { JsonObject } from '../domain/json.ts';
import type { ReportEntry, ReportLine, TrailForm } from '../wording/report-forms.ts';
import type { Behind, SheetLine as SheetLineWords } from '../wording/sheet-words.ts';

export type CasePage = z.infer<typeof casePage>;
export type CaseReply = z.infer<typeof caseReply>;
export type Case = CaseReply['case'];
export type OrderPage = z.infer<typeof orderPage>;
export type Order = OrderPage['orders'][number];
export type State = z.infer<typeof stateReply>;
export type OrderFigures = z.infer<typeof orderFigures>;
/** What a curve tells of each of its points, and every other answer too. */
export type Figures = Pick<OrderFigures, 'effective' | 'ever'> & {
  readonly makeUp: Pick<OrderFigures['makeUp'], 'inEffect' | 'notInEffect' | 'unknown' | 'open' | 'apart' | 'populationOpen'>;
};
/** The figures of one order, or of several. */
export type Total = NonNullable<State['total']>;
export type Curve = z.infer<typeof curveReply>;
export type CurvePoint = Curve['orders'][number]['points'][number];
export type PairsPage = z.infer<typeof pairsReply>;
export type PairRow = PairsPage['rows'][number];
export type Deadlines = z.infer<typeof deadlinesReply>;
export type Diff = z.infer<typeof diffReply>;
/** What is said of a file. */
export type Evidence = {
  readonly position: number;
  readonly evidence: {
    /** Its SHA-256. */
    readonly id: string;
    readonly event: string;
    readonly bytes: number;
    readonly mediaType: string;
    readonly obtainedFrom: string;
    readonly method: string;
    readonly derivedFrom?: string;
    readonly derivation?: string;
    readonly text?: string;
    readonly occurredAt: Entry['occurredAt'];
    readonly synthetic: boolean;
    /** Why its record no longer stands; `null` while it does. */
    readonly retracted: Required<Entry>['retracted'] | null;
  };
};
export type Verification = z.infer<typeof verificationReply>;
export type Citations = z.infer<typeof citationPage>;
export type Learned = z.infer<typeof learnedReply>;
type SearchAnswer = z.infer<typeof searchReply>;
export type FoundTarget = SearchAnswer['targets'][number];
export type FoundEntry = Entry & Pick<SearchAnswer['entries'][number], 'match'>;
export type Found = Omit<SearchAnswer, 'entries'> & { readonly entries: readonly FoundEntry[] };

type SheetAnswer = z.infer<typeof sheetReply>;
type OrderSheetAnswer = SheetAnswer['orders'][number];
type SheetLineAnswer = NonNullable<OrderSheetAnswer['lines']>[number];
/** Of an instant: the sheet, or, where an order has more accounts than one goes through, the figures alone. */
export type Moment = Omit<Sheet, 'orders'> & { readonly orders: readonly OrderMoment[] };
export type OrderMoment = Omit<OrderSheet, 'lines' | 'inEffectBefore'> & Partial<Pick<OrderSheet, 'lines' | 'inEffectBefore'>>;
/** What events say is JSON, which the schemas leave open. */
export type SheetLine = Omit<SheetLineAnswer, 'behind'> & SheetLineWords & { readonly behind: readonly Behind[] };
export type OrderSheet = Omit<OrderSheetAnswer, 'lines'> & { readonly lines: readonly SheetLine[] | null };
export type Sheet = Omit<SheetAnswer, 'orders'> & { readonly orders: readonly OrderSheet[] };

export type Entry = ReportEntry & {
  readonly stream: string;
  readonly revision: number;
  readonly occurredAt: ReportEntry['occurredAt'] & { readonly zone: string };
  readonly target?: { readonly verbatim: string; readonly kind: string } | undefined;
};
export type Trail = Omit<TrailForm, 'listedBy'> & {
  readonly listedBy: { order: string; ref: string | null; caseId: string | null }[];
};
export type Line = Omit<ReportLine, 'notes' | 'first'> & { readonly first: Entry };
export type LinePage = Omit<z.infer<typeof linePage>, 'lines'> & { readonly lines: readonly Line[] };
export type EntryPage = { readonly position: number; readonly entries: readonly Entry[]; readonly next: string | null };

/** An event as it is stored. */
export type Envelope = {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: JsonObject;
  readonly meta: JsonObject;
};
export type EventReply = {
  readonly position: number;
  readonly event: { readonly position: number; readonly hash: string; readonly envelope: Envelope };
  readonly entry: Entry | null;
};
export type EventPage = {
  readonly position: number;
  readonly events: readonly { readonly position: number; readonly envelope: Envelope }[];
};
export type Problem = {
  readonly code: string;
  readonly title: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly head?: number;
};
