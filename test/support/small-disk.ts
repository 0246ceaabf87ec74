/** A disk of its own, small enough to fill. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MOUNT = '/bin/mount';
const UMOUNT = '/bin/umount';
export const SMALL_DISK_BYTES = 16 * 2 ** 20;
export const NO_DISK = 'this user may not mount a tmpfs';

export type SmallDisk = { readonly unmount: () => void };

/** `undefined` where this user may not mount one. */
export const mountSmallDisk = (at: string): SmallDisk | undefined => {
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_BYTES}`, 'tmpfs', at], { stdio: 'ignore' });
    return { unmount: () => execFileSync(UMOUNT, ['--lazy', at]) };
  } catch {
    return undefined;
  }
};

/** A file that takes up room until it is removed. */
export const putBallast = (folder: string, bytes: number): string => {
  const path = join(folder, 'ballast');
  writeFileSync(path, Buffer.alloc(bytes));
  return path;
};
