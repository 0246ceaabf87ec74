/** How far an import has come, as a bar on a terminal; in a pipe nothing. */
import { SingleBar } from 'cli-progress';
import { z } from 'zod';
import { counted } from '../wording/text.ts';
import type { Shell } from './shell.ts';

const line = z.object({ progress: z.object({ bytes: z.number(), bytesTotal: z.number(), rows: z.int() }) });

export type ImportBar = { readonly show: (line: string) => void; readonly stop: () => void };

export const createImportBar = ({ isWatched }: Pick<Shell, 'isWatched'>): ImportBar => {
  if (!isWatched) return { show: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {rows} rows',
    clearOnComplete: true,
    hideCursor: true,
    stream: process.stderr,
  });
  bar.start(1, 0, { rows: '0' });
  return {
    show(text) {
      const { success, data } = line.safeParse(JSON.parse(text));
      if (!success) return;
      const { bytes, bytesTotal, rows } = data.progress;
      bar.setTotal(bytesTotal);
      bar.update(Math.min(bytes, bytesTotal), { rows: counted(rows) });
    },
    stop: () => bar.stop(),
  };
};
