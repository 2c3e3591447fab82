import type { Clock } from '../../platform/clock/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import type { Sales } from './context.ts';

/** A sweep begins so long after the last one ended, give or take half, so that servers do not sweep in step. */
const PAUSE_MS = 250;
/** How far a sweep looks back; what is older was found by the sweeps before, or is found by the next full one. */
const LOOK_BACK_MS = 10_000;
const FULL_EVERY_MS = 60_000;
const EVENTS_MAX = 500;

const DUE_EVENTS_TEXT = `select distinct event_id from sales.bookings
  where state = 'held' and expires_at <= statement_timestamp() and expires_at > coalesce(to_timestamp($1::float8 / 1000), '-infinity')
  limit $2`;

export type SweeperOptions = { clock: Clock; log: Log; random: () => number };
export type Sweeper = { stop(): Promise<void> };

/**
 * Gives back what is due in events that nobody buys from at this moment; where somebody does, the batches do it. Every
 * server sweeps, there is no leader: who comes second finds nothing left.
 */
export function startExpirySweeper(sales: Sales, { clock, log, random }: SweeperOptions): Sweeper {
  let isStopped = false;
  let fullAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const sweep = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const isFull = nowMs >= fullAtMs;
    try {
      await expireDueEvents(sales, isFull ? null : nowMs - LOOK_BACK_MS);
      if (isFull) fullAtMs = nowMs + FULL_EVERY_MS;
    } catch (error) {
      log.warn({ err: error }, 'Sweeping for due bookings failed; it is tried again.');
    }
    plan();
  };
  const plan = (): void => {
    if (isStopped) return;
    timer = setTimeout(
      () => {
        running = sweep();
      },
      PAUSE_MS * (0.5 + random()),
    );
  };
  plan();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}

/** Expires what fell due after `sinceMs`, in every event; null for everything. Answers how many bookings. */
export async function expireDueEvents(sales: Sales, sinceMs: number | null): Promise<number> {
  const rows = await sales.db.query<{ event_id: string }>(DUE_EVENTS_TEXT, [sinceMs, EVENTS_MAX]);
  const everything = sinceMs === null;
  const events = rows.map((row) => row.event_id).filter((eventId) => everything || !sales.lanes.isBusy(eventId));
  const counts = await Promise.allSettled(events.map((eventId) => expireEvent(sales, eventId, everything)));
  const failed = counts.find((count) => count.status === 'rejected');
  if (failed) throw failed.reason;
  return counts.reduce((sum, count) => sum + (count.status === 'fulfilled' ? count.value : 0), 0);
}

async function expireEvent(sales: Sales, eventId: string, everything: boolean): Promise<number> {
  let total = 0;
  for (;;) {
    const outcome = await sales.lanes.submit(eventId, { kind: 'expire', everything });
    if (outcome.kind !== 'expired') return total;
    total += outcome.count;
    if (!outcome.more || outcome.count === 0) return total;
  }
}
