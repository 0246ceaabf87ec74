/** A column of times, as one of the forms in which the domain takes a time: with the zone and the precision that the sheet gives it, no finer. */
import type { Json, JsonObject } from '../../domain/json.ts';
import { parseTimeExtent } from '../../domain/time.ts';
import { zoneOf } from '../../domain/zone.ts';
import type { Cell } from '../../sheets/row.ts';
import { shown } from './cell.ts';
import type { Value } from './compiling.ts';
import { plainText, readDateText, readHour, type Written, type WrittenFault } from './date-text.ts';
import { refusalWords } from './fault.ts';
import type { DateOrder } from './mapping.ts';
import { cellOf, complain, type View } from './view.ts';

export type TimeOptions = {
  readonly column: string;
  readonly as: 'time' | 'instant';
  readonly dates: DateOrder;
  /** Read from each row, or the mapping's own. */
  readonly zone: Value;
  /** Column of the hour, where it stands beside the day. */
  readonly clock: string | undefined;
  readonly disambiguation: 'earlier' | 'later' | undefined;
  readonly allowEarly: boolean | undefined;
};

const TIME_LENGTH_MAX = 80;

/** For a cell that is not blank. Notes a fault in the view and gives `undefined` where there is no time to be read. */
export const readTime = (view: View, cell: Cell, options: TimeOptions): Json | undefined => {
  const { column, clock } = options;
  const written = writtenIn(cell, options.dates);
  if ('code' in written) return complain(view, column, written);
  const clockCell = clock === undefined ? undefined : cellOf(view, clock);
  const hour = clockCell === undefined ? {} : hourIn(clockCell);
  if ('code' in hour) return complain(view, clock ?? column, hour);
  if (clockCell !== undefined && (written.clock !== undefined || written.part !== undefined)) {
    return complain(view, column, {
      code: 'DATE_UNREADABLE',
      detail: `the hour stands here and in the column "${clock}": leave it in one of them`,
    });
  }
  const whole: Written = { ...written, ...hour };
  const faultsBefore = view.faults.length;
  const zone = whole.offset ?? options.zone.read(view);
  if (typeof zone !== 'string') {
    if (view.faults.length > faultsBefore) return undefined;
    return complain(view, column, {
      code: 'ZONE_UNSTATED',
      detail:
        'nothing says in which zone this is: say "zone" in the mapping, as in "Asia/Kolkata", or write the offset, as in 2021-02-01 14:00 +05:30',
    });
  }
  const [zoneColumn] = whole.offset === undefined ? options.zone.columns : [];
  const known = zoneColumn === undefined ? undefined : zoneOf(zone);
  if (zoneColumn !== undefined && known !== undefined && 'refusal' in known) {
    return complain(view, zoneColumn, { code: known.refusal.code, detail: refusalWords(known.refusal) });
  }
  return options.as === 'time' ? extentInput(whole, zone, cell, options) : instantInput(view, whole, zone, options);
};

const writtenIn = (cell: Cell, dates: DateOrder): Written | WrittenFault => {
  if (cell.kind === 'local')
    return cell.hasTime ? { date: cell.local.slice(0, 10), clock: minutesOf(cell.local.slice(11)) } : { date: cell.local.slice(0, 10) };
  if (cell.kind === 'list' || cell.kind === 'boolean') return { code: 'CELL_KIND', detail: 'not a time, and not text that could hold one' };
  if (cell.text.length > TIME_LENGTH_MAX)
    return { code: 'DATE_UNREADABLE', detail: 'too long for a time: write 2021-02-01 14:00, and the rest in another column' };
  return readDateText(plainText(cell.text), dates);
};

const hourIn = (cell: Cell): Omit<Written, 'date'> | WrittenFault => {
  if (cell.kind === 'local' && cell.hasTime) return { clock: minutesOf(cell.local.slice(11)) };
  if (cell.kind === 'text' && cell.text.length <= TIME_LENGTH_MAX) return readHour(plainText(cell.text));
  return { code: 'DATE_UNREADABLE', detail: 'not an hour: write 14:00, or format the column as times' };
};

/** A spreadsheet keeps seconds whether anybody wrote them or not: full minutes claim no more than the minute. */
const minutesOf = (clock: string): string => clock.replace(/:00(?:\.0+)?$/, (found, at: number) => (at > 2 ? '' : found));

const extentInput = ({ date, clock, part }: Written, zone: string, cell: Cell, { disambiguation, allowEarly }: TimeOptions): JsonObject => {
  const said = { ...(disambiguation && { disambiguation }), ...(allowEarly && { allowEarly }) };
  if (clock !== undefined) return { at: `${date}T${clock}`, zone, ...said };
  return part === undefined ? { date, zone, ...said } : { date, part, zone, text: plainText(shown(cell)), ...said };
};

/** What acts by itself, such as the end of a measure, needs its minute. */
const instantInput = (view: View, { date, clock }: Written, zone: string, { column, disambiguation }: TimeOptions): string | undefined => {
  if (clock === undefined) {
    return complain(view, column, { code: 'DATE_WITHOUT_HOUR', detail: 'the hour is missing, and this needs one: write 2021-02-01 14:00' });
  }
  const extent = parseTimeExtent({ at: `${date}T${clock}`, zone, allowEarly: true, ...(disambiguation && { disambiguation }) });
  if ('value' in extent) return extent.value.earliest;
  if ('invalid' in extent) return complain(view, column, { code: 'DATE_UNREADABLE', detail: extent.invalid });
  return complain(view, column, { code: extent.refusal.code, detail: refusalWords(extent.refusal) });
};
