/** Where a running server is reached: `server.json` beside its data. It may outlive a server that was killed, so nothing is believed of it unasked. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ServerFile = z.object({ url: z.url(), pid: z.int().positive() });
export type ServerFile = z.infer<typeof ServerFile>;

const serverFileOf = (folder: string): string => join(folder, 'server.json');

/** `undefined` if there is none that can be read. */
export const readServerFile = (folder: string): ServerFile | undefined => {
  try {
    return ServerFile.safeParse(JSON.parse(readFileSync(serverFileOf(folder), 'utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Whole or not at all: a reader never meets half of it. */
export const writeServerFile = (folder: string, server: ServerFile): void => {
  const written = `${serverFileOf(folder)}.${server.pid}`;
  writeFileSync(written, `${JSON.stringify(server)}\n`);
  renameSync(written, serverFileOf(folder));
};

/** Only one's own: another server may have taken the folder over. */
export const removeServerFile = (folder: string, pid: number): void => {
  if (readServerFile(folder)?.pid === pid) rmSync(serverFileOf(folder), { force: true });
};
