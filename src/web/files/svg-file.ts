/** The chart as a file that stands alone: as it is drawn, with its style, and with the terms of its figures. */

const LINE = 18;
const MARGIN = 16;

/** `terms`: what a reader of the picture alone has to know. */
export const svgOf = (figure: HTMLElement, terms: readonly string[]): Blob => {
  const drawn = [...figure.querySelectorAll<SVGSVGElement>('svg.chart-svg')];
  const sizes = drawn.map((svg) => svg.viewBox.baseVal);
  const width = Math.max(...sizes.map((size) => size.width)) + 2 * MARGIN;
  const drawnHeight = sizes.reduce((sum, size) => sum + size.height, 0);
  const lines = terms.flatMap((line) => wrapped(line, Math.floor(width / 6.5)));
  const height = drawnHeight + lines.length * LINE + 3 * MARGIN;
  let top = MARGIN;
  const parts = drawn.map((svg, place) => {
    const part = element('g', { transform: `translate(${MARGIN} ${top})` });
    for (const child of svg.children) part.append(child.cloneNode(true));
    top += sizes[place]?.height ?? 0;
    return part;
  });
  const words = lines.map((line, place) => {
    const text = element('text', { x: `${MARGIN}`, y: `${top + MARGIN + place * LINE}`, class: 'chart-terms' });
    text.textContent = line;
    return text;
  });
  const style = element('style', {});
  style.textContent = styleOf();
  const paper = element('rect', { width: '100%', height: '100%', class: 'chart-paper' });
  const file = element('svg', { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width: `${width}`, height: `${height}` });
  file.append(style, paper, ...parts, ...words);
  // A picture leads nowhere: addresses of this ledger would be dead in another's hands.
  for (const link of file.querySelectorAll('a')) link.removeAttribute('href');
  return new Blob([new XMLSerializer().serializeToString(file)], { type: 'image/svg+xml' });
};

const SVG = 'http://www.w3.org/2000/svg';
const element = (name: string, attributes: { readonly [name: string]: string }): Element => {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) if (attribute !== 'xmlns') made.setAttribute(attribute, value);
  return made;
};

/** The page's own rules for charts, with the colours that it has now. */
const styleOf = (): string => {
  const now = getComputedStyle(document.documentElement);
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .map(({ cssText }) => cssText)
    .filter((rule) => /^\.chart-[a-z]/.test(rule))
    .map((rule) => rule.replace(/var\((--[a-z-]+)\)/g, (_, name: string) => now.getPropertyValue(name).trim()))
    .join('\n');
};

const wrapped = (line: string, length: number): readonly string[] => {
  const lines: string[] = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + word.length + 1 > length) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
};
