import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock/index.ts';
import { invariant } from '../../platform/invariant.ts';
import { formatMail } from './format-mail.ts';
import type { Mail, Mailer } from './mail.ts';

/** About 40 MB on a disk of 4 KB blocks. Losing an old local mail is better than filling the disk of the database. */
export const OUTBOX_FILES_MAX = 10_000;

/** Of the limit, how much is removed at once, and how much is written before the folder is looked at again. */
const SHARE_AT_ONCE = 0.1;

/** The files of an outbox, and those of writers that were killed; whatever else lies in the folder is not touched. */
const OUR_FILE = /^\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-[0-9a-f]{8}\.eml(\.tmp)?$/;

export type OutboxOptions = { folder: string; clock: Clock; filesMax?: number };

/**
 * The mailer of one machine: every mail becomes a file `<time>-<random>.eml` in the folder, whole or not at all, and is
 * never sent anywhere. The folder is for its owner alone: links in mails open accounts. Files are not flushed to the
 * disk: that would compete with the commits of sales.
 *
 * One mail is written at a time, in the order of the calls. Before each, if there is no `room` left, the folder is listed
 * once: room is then what the limit leaves, at most a tenth of the limit; at the limit a tenth is removed, oldest first.
 * Each process counts for itself, so several in one folder exceed the limit by at most a tenth for each further process.
 */
export function buildOutbox({ folder, clock, filesMax = OUTBOX_FILES_MAX }: OutboxOptions): Mailer {
  invariant(filesMax >= 1, 'an outbox holds at least one mail');
  let room = 0;
  let previous: Promise<unknown> = Promise.resolve();

  const write = async (mail: Mail): Promise<void> => {
    const sentMs = clock.nowMs();
    const name = fileName(sentMs);
    const message = formatMail(mail, { sentMs, messageId: randomBytes(16).toString('hex') });
    // Each time, since people clear the folder away while the server runs.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (room === 0) room = await makeRoom(folder, filesMax);
    room -= 1;
    await writeWhole(join(folder, name), message);
  };

  return {
    send: (mail) => {
      const written = previous.then(() => write(mail));
      // Who sent this mail hears of its failure; the next mail is written all the same.
      previous = written.catch(() => undefined);
      return written;
    },
  };
}

function fileName(sentMs: number): string {
  return `${new Date(sentMs).toISOString().replaceAll(':', '')}-${randomBytes(4).toString('hex')}.eml`;
}

/** How many mails may be written before the folder must be listed again: at least one. */
async function makeRoom(folder: string, filesMax: number): Promise<number> {
  const atOnce = Math.ceil(filesMax * SHARE_AT_ONCE);
  const names = (await readdir(folder)).filter((name) => OUR_FILE.test(name)).sort();
  if (names.length < filesMax) return Math.min(atOnce, filesMax - names.length);
  const oldest = names.slice(0, names.length - filesMax + atOnce);
  for (const name of oldest) await rm(join(folder, name), { force: true });
  return atOnce;
}

async function writeWhole(path: string, message: string): Promise<void> {
  const unfinished = `${path}.tmp`;
  try {
    await writeFile(unfinished, message, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
