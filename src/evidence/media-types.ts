/** Extensions of file names for some media types, both ways: what was registered under a type is saved under its extension. */

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['application/json', 'json'],
  ['application/jsonl', 'jsonl'],
  [XLSX_TYPE, 'xlsx'],
  ['application/zip', 'zip'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/webp', 'webp'],
  ['message/rfc822', 'eml'],
  ['text/csv', 'csv'],
  ['text/html', 'html'],
  ['text/plain', 'txt'],
]);
/** Opening them runs what is inside. */
const ACTIVE: ReadonlySet<string> = new Set(['text/html', 'message/rfc822']);
const UNKNOWN_TYPE = 'application/octet-stream';

/** For a file that somebody else made: one of an active type is saved as mere bytes. */
export const safeExtensionOf = (mediaType: string): string => (ACTIVE.has(mediaType) ? undefined : EXTENSIONS.get(mediaType)) ?? 'bin';

export const mediaTypeOfName = (fileName: string): string => {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return [...EXTENSIONS].find(([, known]) => known === (extension === 'jpeg' ? 'jpg' : extension))?.[0] ?? UNKNOWN_TYPE;
};
