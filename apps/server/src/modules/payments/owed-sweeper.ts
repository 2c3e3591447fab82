import type { Random } from '../../platform/random.ts';
import type { Payments } from './context.ts';
import { payOwed } from './pay-owed.ts';
import { countOpen, takeDue } from './queries/owed.ts';

/** A sweep begins so long after the last one, give or take half, so that servers do not sweep in step. */
const PAUSE_MS = 1_000;
/** What this server has committed itself is looked for so soon; the commit is then answered, nearly always. */
const WAKE_MS = 25;
const ROWS_MAX = 50;
const AT_ONCE = 8;
/** Longer than any call to the provider and the lane's answer take: until then nobody else takes a row. */
const LEASE_MS = 60_000;
const COUNT_EVERY_MS = 30_000;
const OLD_MS = 3_600_000;

export type OwedSweeper = {
  /** Something is owed that is about to be committed here. */
  wake(): void;
  stop(): Promise<void>;
};

/**
 * Does what is owed to the provider. Every server sweeps, there is no leader: a row belongs for a while to who takes it. States:
 * resting → sweeping → resting, or stopped.
 */
export function startOwedSweeper(payments: Payments, { random }: { random: Random }): OwedSweeper {
  const { log } = payments;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | null = null;
  let isWoken = false;
  let countAtMs = 0;

  const plan = (afterMs: number): void => {
    clearTimeout(timer);
    if (isStopped) return;
    timer = setTimeout(run, afterMs);
    timer.unref();
  };
  const run = (): void => {
    isWoken = false;
    sweeping = sweep()
      .catch((error: unknown) => {
        log.warn({ err: error }, 'Looking for what is owed failed; it is tried again.');
        return false;
      })
      .then((hasMore) => {
        sweeping = null;
        plan(hasMore ? 0 : isWoken ? WAKE_MS : PAUSE_MS * (0.5 + random()));
      });
  };
  const sweep = async (): Promise<boolean> => {
    if (performance.now() >= countAtMs) await count();
    return (await sweepOwed(payments, random, () => isStopped)) === ROWS_MAX;
  };
  const count = async (): Promise<void> => {
    countAtMs = performance.now() + COUNT_EVERY_MS;
    Object.assign(payments.metrics.owed, await countOpen(payments.db, OLD_MS));
    const { old } = payments.metrics.owed;
    if (old > 0) log.error({ count: old }, 'Something has been owed to the payment provider for more than an hour.');
  };

  plan(PAUSE_MS * random());
  return {
    wake: () => {
      if (isWoken) return;
      isWoken = true;
      if (!sweeping) plan(WAKE_MS);
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await sweeping;
    },
  };
}

/** Does what is due now, a page at most; answers how many rows it took. */
export async function sweepOwed(payments: Payments, random: Random, isStopped: () => boolean = () => false): Promise<number> {
  const due = await takeDue(payments.db, { limit: ROWS_MAX, leaseMs: LEASE_MS });
  const waiting = [...due];
  const work = async (): Promise<void> => {
    for (let owed = waiting.shift(); owed !== undefined && !isStopped(); owed = waiting.shift()) {
      payments.metrics.paidBack(await payOwed(payments, owed, random));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return due.length;
}
