import type { Random } from '../../platform/random.ts';
import { askAboutAwaited } from './ask-about-awaited.ts';
import type { AwaitedPayments } from './awaited-payments.ts';
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

export type SweeperOptions = { random: Random; awaited: AwaitedPayments };

/**
 * Does what is owed to the provider, and asks about payments before their tickets are given to others. Every server sweeps, there is no leader: a row belongs for a while to who takes it. States:
 * resting → sweeping → resting, or stopped.
 */
export function startOwedSweeper(payments: Payments, { random, awaited }: SweeperOptions): OwedSweeper {
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
    const asked = await sweepAwaited(payments, awaited);
    const taken = await sweepOwed(payments, random, () => isStopped);
    return Math.max(asked, taken) === ROWS_MAX;
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
  await forEachSome(due, async (owed) => {
    if (!isStopped()) payments.metrics.paidBack(await payOwed(payments, owed, random));
  });
  return due.length;
}

/** Asks about payments that are awaited for long, a page at most; answers about how many. */
export async function sweepAwaited(payments: Payments, awaited: AwaitedPayments): Promise<number> {
  const due = awaited.takeDue(ROWS_MAX);
  await forEachSome(due, (one) =>
    askAboutAwaited(payments, one).catch((error: unknown) => {
      payments.log.warn(
        { err: error, event_id: one.eventId },
        'Asking about a payment failed; it is asked for again when the booking expires.',
      );
    }),
  );
  return due.length;
}

/** Some at once, the others as these end. */
async function forEachSome<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const workOn = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
}
