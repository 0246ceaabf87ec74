/** Markup in which every piece of text is escaped. */

/** Made by `html` alone. */
export type Markup = { readonly markup: string };
type Part = string | Markup | readonly Markup[];

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.map((text, place) => text + (place < parts.length ? markupOf(parts[place] ?? '') : '')).join(''),
});

const markupOf = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
};
