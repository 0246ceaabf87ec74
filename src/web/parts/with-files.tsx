/** Words that name files of evidence, with the way to what is on record of each. */
import type { ComponentChild } from 'preact';
import { type Part, partsText } from '../../wording/grounds.ts';
import { hrefOf, Link, type Query } from '../location.tsx';

export const withFiles = (parts: readonly Part[], query: Query): ComponentChild =>
  parts.map((part, place) => (typeof part === 'string' ? part : <FileLink key={place} part={part} query={query} />));

const FileLink = ({ part, query }: { readonly part: Exclude<Part, string>; readonly query: Query }) => (
  <Link class="hash" href={hrefOf(`/evidence/${encodeURIComponent(part.file)}`, query)}>
    {partsText([part])}
  </Link>
);
