/** A report as a page that prints: no script, nothing from elsewhere, every piece of text escaped. */
import { createHash } from 'node:crypto';
import { partsText } from '../wording/grounds.ts';
import type { Report, ReportRow } from '../wording/report.ts';
import { html, type Markup } from './html.ts';

/** `lang` is that of the words around the data. */
export const pageOf = ({ title, facts, gaps, rows, more, footing }: Report): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<dl>
${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>
<h2>What the record lacks</h2>
${gaps.length === 0 ? html`<p>Nothing that this ledger looks for.</p>` : html`<ul>${gaps.map((gap) => html`<li>${gap}</li>`)}</ul>`}
<section>${footing.map((line) => html`<p>${line}</p>`)}</section>
<h2>Events</h2>
<table>
<thead><tr>${COLUMNS.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map(rowOf)}
</tbody>
</table>
${more === undefined ? html`` : html`<p>${more}</p>`}
</body>
</html>
`.markup;

const COLUMNS = ['Happened', 'Received', 'Recorded', 'Recorded where it comes from', 'Event', 'What', 'Status after'];

const rowOf = (row: ReportRow): Markup => html`<tr${row.isStruck ? html` class="struck"` : html``}>
<td>${row.occurred}</td><td>${row.received}</td><td>${row.recorded}</td><td>${row.external}</td><td>${row.which}</td>
<td>${whatOf(row)}</td>
<td>${row.after.map((status) => html`<p>${status}</p>`)}</td>
</tr>`;

const whatOf = ({
  what,
  isStruck,
  struck,
  changes,
  grounds,
  notes,
}: ReportRow): Markup => html`<p>${isStruck ? html`<del>${what}</del>` : what}</p>
${struck.map(({ field, was, is }) => html`<p>${field}: <del>${was}</del> <ins>${is}</ins></p>`)}
${changes.map((change) => html`<p class="change">${change}</p>`)}
<p class="grounds">${partsText(grounds)}</p>
${notes.map((note) => html`<p class="note">${note}</p>`)}`;

/** In the page itself: one that is kept as a file has no server to ask for it. */
const STYLE = html`@page { size: A4 landscape; margin: 12mm 10mm 14mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
body { font: 10pt/1.35 "Liberation Sans", Arial, sans-serif; color: #111; margin: 1.5rem; }
h1 { font-size: 15pt; margin: 0 0 .5rem; }
h2 { font-size: 11pt; margin: 1rem 0 .3rem; break-after: avoid; }
dl { margin: 0; }
dl div { display: flex; gap: .8rem; }
dt { flex: 0 0 13rem; color: #444; }
dd { margin: 0; overflow-wrap: anywhere; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
thead { display: table-header-group; }
th, td { border: 1px solid #888; padding: .25rem .35rem; text-align: left; vertical-align: top; overflow-wrap: break-word; font-size: 8.5pt; }
th { background: #eee; }
th:nth-child(-n+3) { width: 10.5%; }
th:nth-child(4) { width: 9%; }
th:nth-child(5) { width: 7.5%; }
th:nth-child(7) { width: 17%; }
tr { break-inside: avoid; }
td p { margin: 0 0 .15rem; }
del { text-decoration: line-through; color: #555; }
ins { text-decoration: underline; }
.grounds { color: #444; font-size: 8pt; }
.change, .note { font-style: italic; }
.note::before { content: "! "; font-weight: bold; }
tr.struck td { color: #555; background: #f6f6f6; }
section { margin-top: .6rem; font-size: 8.5pt; }
section p { margin: 0; }
@media print { body { margin: 0; } }
`;

/** Lets the page have its own style and nothing else: no script, and nothing from elsewhere. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE.markup).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');
