/** A report in its other forms, as the API makes them; fetched, so that they come also where the ledger asks who is calling. */
import { useState } from 'preact/hooks';
import { AskFailed, askFile, pathWith } from '../ask.ts';
import { save } from '../files/table-files.ts';

const FORMATS = [
  ['html', 'Page that prints'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
] as const;

type ReportLinksProps = {
  readonly path: string;
  readonly query: { readonly [name: string]: string | number | undefined };
  readonly name: string;
};

export const ReportLinks = ({ path, query, name }: ReportLinksProps) => {
  const [said, setSaid] = useState('');
  const take = async (format: string): Promise<void> => {
    try {
      save(await askFile(pathWith(path, { ...query, format })), `${name}.${format}`);
      setSaid('');
    } catch (error) {
      if (!(error instanceof AskFailed)) throw error;
      setSaid('The ledger did not answer: nothing was saved.');
    }
  };
  return (
    <p class="downloads">
      The whole report:{' '}
      {FORMATS.map(([format, words]) => (
        <button key={format} type="button" onClick={() => void take(format)}>
          {words}
        </button>
      ))}{' '}
      <span role="status">{said}</span>
    </p>
  );
};
