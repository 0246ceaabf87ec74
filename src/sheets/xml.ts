/** A part of a workbook as the elements that it has, in their order. Names come without their prefix, which each program chooses for itself. */
import { SaxesParser } from 'saxes';
import { XLSX_DEPTH_MAX, XLSX_ELEMENT_CHARACTERS_MAX, XLSX_ELEMENTS_MAX } from './limits.ts';
import { SheetInvalid } from './sheet-invalid.ts';
import { damaged, tooLarge } from './zip.ts';

export type Attributes = { readonly [name: string]: string | undefined };

export type Handlers = {
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
};

/**
 * Throws SheetInvalid for what is not well formed; for entities of its own, which no spreadsheet writes and an attack does; and for what the parser
 * would have to keep until it ends: elements deep inside one another, or one that goes on and on.
 */
export const readXml = async (chunks: AsyncIterable<Uint8Array>, handlers: Handlers): Promise<void> => {
  const bounds = { depth: 0, elements: 0, characters: 0 };
  const parser = parserOf(handlers, bounds);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    const xml = decoded(decoder, chunk);
    parser.write(xml);
    bounds.characters += xml.length;
    if (bounds.characters > XLSX_ELEMENT_CHARACTERS_MAX) throw damaged(new Error('an element does not end'));
  }
  parser.write(decoded(decoder)).close();
};

type Bounds = { depth: number; elements: number; characters: number };

const parserOf = ({ open, text, close }: Handlers, bounds: Bounds) => {
  const parser = new SaxesParser({ position: false, xmlns: false });
  parser.on('error', (cause) => {
    throw damaged(cause);
  });
  parser.on('doctype', () => {
    throw new SheetInvalid('damaged', 'The workbook declares entities of its own, which no spreadsheet writes: it is not read.');
  });
  parser.on('opentag', ({ name, attributes }) => {
    bounds.depth += 1;
    bounds.elements += 1;
    bounds.characters = 0;
    if (bounds.depth > XLSX_DEPTH_MAX) throw damaged(new Error('elements too deep inside one another'));
    if (bounds.elements > XLSX_ELEMENTS_MAX)
      throw tooLarge(`${XLSX_ELEMENTS_MAX} elements in one part, blank cells with a format among them`);
    open?.(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    bounds.depth -= 1;
    bounds.characters = 0;
    close?.(localName(name));
  });
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  return parser;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const decoded = (decoder: TextDecoder, chunk?: Uint8Array): string => {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw damaged(cause);
  }
};

/** The attribute of that name in whatever namespace, such as `r:id`. */
export const prefixed = (attributes: Attributes, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => key.includes(':') && localName(key) === name)?.[1];

/** Characters that XML cannot hold, or would change, are written `_x000D_` (ECMA-376 Part 1, §22.9.2.19). */
export const unescaped = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text;

/** So that `unescaped` gives it back, what looks like such a sign itself included. */
export const escaped = (text: string): string =>
  text.replace(UNSAFE, (sign) => (sign === '_' ? '_x005F_' : `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`));

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that have to be found
const UNSAFE = /_(?=x[0-9A-Fa-f]{4}_)|[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;
