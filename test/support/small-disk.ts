import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

export type SmallDisk = { folder: string; wrap: readonly string[]; close(): void };

/**
 * A file system of so many megabytes at `folder`: mounted where that is permitted, else by `wrap`, which mounts it in
 * a namespace of the wrapped program alone.
 */
export function makeSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const mount = ['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder];
  if (spawnSync('mount', mount.slice(1), { stdio: 'ignore' }).status === 0) {
    return { folder, wrap: [], close: () => void spawnSync('umount', ['--lazy', folder]) };
  }
  const inside = `${mount.map((word) => `'${word}'`).join(' ')} && exec "$@"`;
  return { folder, wrap: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', inside, 'sh'], close: () => {} };
}
