import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../../platform/random.ts';
import type { Payments } from '../context.ts';
import { decideAsked, readRunBookings } from '../queries/refund-run-bookings.ts';
import { holdRun, moveRun, takeRun } from '../queries/refund-runs.ts';
import { gatherPage } from './gather.ts';
import { refundBookings } from './refund-page.ts';
import type { RefundRun } from './refund-run.ts';

type Deps = Pick<Payments, 'db' | 'sales' | 'log'>;

export type RefundRunner = { stop(): Promise<void> };

const PAUSE_MS = 1_000;
/** Longer than a page takes: until then nobody else takes the run. */
const LEASE_MS = 15_000;
/** How soon a run that waits for buyers, or for a lane that did not answer, is looked at again. */
const AGAIN_MS = 2_000;
/** Commands that a run puts into the lane at once; buyers' come between the pages. */
const PAGE = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Carries mass refunds on. Every server looks for one that nobody has, and keeps it page by page; there is no leader. States: resting →
 * working → resting, or stopped.
 */
export function startRefundRunner(deps: Deps, { random }: { random: Random }): RefundRunner {
  const stopping = new AbortController();
  const { signal } = stopping;
  const onAndOn = async (): Promise<void> => {
    while (!signal.aborted) {
      const worked = await workOnRun(deps, signal).catch((error: unknown) => {
        if (!signal.aborted) deps.log.warn({ err: error }, 'A mass refund could not be carried on; it is tried again.');
        return false;
      });
      if (!worked) await sleep(PAUSE_MS * (0.5 + random()), undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const working = onAndOn();
  return {
    stop: () => {
      stopping.abort();
      return working;
    },
  };
}

/** Takes a run and carries it as far as it goes now; false if there is none to take. */
export async function workOnRun(deps: Deps, signal: AbortSignal): Promise<boolean> {
  const run = await takeRun(deps.db, LEASE_MS);
  if (!run) return false;
  switch (run.state) {
    case 'gathering':
      await gather(deps, run, signal);
      break;
    case 'asking':
      await ask(deps, run, signal);
      break;
    case 'refunding':
      await refund(deps, run, signal);
      break;
    case 'done':
      break;
  }
  return true;
}

async function gather(deps: Deps, run: RefundRun, signal: AbortSignal): Promise<void> {
  while (await gatherPage(deps, run)) {
    signal.throwIfAborted();
    await holdRun(deps.db, run, LEASE_MS);
  }
  await holdRun(deps.db, run, 0);
}

/** While buyers may choose, those who want their money have it; when the time is over, the others are decided for. */
async function ask(deps: Deps, run: RefundRun & { isOver: boolean }, signal: AbortSignal): Promise<void> {
  if (!run.isOver) {
    await refundPending(deps, run, signal);
    return holdRun(deps.db, run, AGAIN_MS);
  }
  const to = run.byDefault === 'keep' ? 'kept' : 'pending';
  while ((await decideAsked(deps.db, run, to, PAGE)) > 0) {
    signal.throwIfAborted();
    await holdRun(deps.db, run, LEASE_MS);
  }
  await moveRun(deps.db, run, 'refunding');
  await holdRun(deps.db, run, 0);
}

async function refund(deps: Deps, run: RefundRun, signal: AbortSignal): Promise<void> {
  const left = await refundPending(deps, run, signal);
  if (left === 0) return moveRun(deps.db, run, 'done');
  await holdRun(deps.db, run, AGAIN_MS);
}

/** Refunds all that is pending; answers how many could not be done now. */
async function refundPending(deps: Deps, run: RefundRun, signal: AbortSignal): Promise<number> {
  let left = 0;
  for (let after = FIRST; ; ) {
    const ids = await readRunBookings(deps.db, run, { state: 'pending', after, limit: PAGE });
    left += await refundBookings(deps, run, ids);
    signal.throwIfAborted();
    const last = ids.at(-1);
    if (last === undefined || ids.length < PAGE) return left;
    after = last;
    await holdRun(deps.db, run, LEASE_MS);
  }
}
