/** Words that may name files of evidence, with the way to what is on record of each. */
import type { ComponentChild } from 'preact';
import { hrefOf, Link, type Query } from '../location.tsx';

const NAMED = /\b(file [0-9a-f]{64})\b/;

/** As `sourcesWords` writes it: `Gazette, page 3, file 9f86…: "…"`. */
export const withFiles = (words: string, query: Query): ComponentChild =>
  words.split(NAMED).map((part, place) => {
    if (place % 2 === 0) return part;
    const sha256 = part.slice('file '.length);
    return (
      <Link key={place} class="hash" href={hrefOf(`/evidence/${sha256}`, query)}>
        {part}
      </Link>
    );
  });
