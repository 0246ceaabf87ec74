/** Why a file cannot be read as a table at all; what is wrong with one row of it stands in the row. */

export type SheetFault =
  | 'empty'
  | 'format' // another kind of file than declared
  | 'encoding'
  | 'header'
  | 'sheet' // which of a workbook's sheets
  | 'syntax'
  | 'limit'
  | 'damaged'; // a workbook that is not put together as one

/** `row` and `column` as a spreadsheet numbers and the header names them; `detail` is a sentence of what, where and how to mend it. */
export type SheetFaultPlace = { readonly row?: number; readonly column?: string; readonly value?: string };

/** Thrown for a file of which nothing is to be taken. Its message is for people. */
export class SheetInvalid extends Error {
  override readonly name = 'SheetInvalid';
  readonly code = 'SHEET_INVALID';
  readonly fault: SheetFault;
  readonly place: SheetFaultPlace;
  readonly detail: string;

  constructor(fault: SheetFault, detail: string, place: SheetFaultPlace = {}, options?: ErrorOptions) {
    super(detail, options);
    this.fault = fault;
    this.place = place;
    this.detail = detail;
  }
}
