import type { AccountsContext } from './context.ts';
import { purgeAttempts } from './queries/attempts.ts';
import { purgeSignUps } from './queries/sign-ups.ts';

const EVERY_MS = 60_000;

/** Removes sign-ups that nobody finished and attempts that no longer count, a bounded number a minute. */
export function startHousekeeping({ db, clock, errands }: AccountsContext): { stop(): void } {
  const timer = setInterval(() => {
    errands.run('Removing what has run out', async () => {
      await purgeAttempts(db, clock.nowMs());
      await purgeSignUps(db, clock.nowMs());
    });
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
