/** What the record lacks, and what is to be known of an event, in words. */
import type { EventNote } from '../domain/gaps.ts';
import { hourOf } from './hours.ts';
import { mismatchWords } from './order-words.ts';
import type { ReportGap } from './report-forms.ts';
import { counted } from './text.ts';

type Hours = { readonly zone: string; readonly validAt: string };

export const NOTE_WORDS: { readonly [note in EventNote]: string } = {
  not_listed: 'cites an order whose list, as recorded, does not have it',
  cites_retracted_order: 'cites an order whose record was retracted',
  unmatched: 'nothing on record was there to lift',
  sequence_contradicted: 'lies before what it is said to have followed',
  without_file: 'no file attached',
};

/** `validAt`: a period that lasts until then has not ended. */
export const gapWords = ({ code, from = '', to = '', number, of }: ReportGap, named: string, { zone, validAt }: Hours): string => {
  const many = counted(number ?? 0);
  switch (code) {
    case 'no_confirmation':
      return `${named}no confirmation on record (an interim direction)`;
    case 'no_service':
      return `${named}no service on record: nothing shows when it bound`;
    case 'no_list':
      return `${named}no list of the accounts is on record${of === undefined ? '' : `; the order states ${counted(of)}`}`;
    case 'count_mismatch':
      return `${named}${mismatchWords(number ?? 0, of ?? 0)}`;
    case 'review_overdue':
      return `${named}no review on record within its time; nothing follows from that here`;
    case 'never_declared_complete':
      return `${named}the record was never declared complete: what is not on record may have happened`;
    case 'not_declared_complete':
      return `${named}not declared complete ${periodWords(from, to, { zone, validAt })}: what is not on record may have happened`;
    case 'look_alike_key':
      return `${named}the name mixes scripts: it may look like another`;
    case 'without_file':
      return `${named}${many} of ${counted(of ?? 0)} events have no file attached`;
  }
};

const periodWords = (from: string, to: string, { zone, validAt }: Hours): string =>
  to === validAt ? `since ${hourOf(from, zone)}` : `from ${hourOf(from, zone)} to ${hourOf(to, zone)}`;
