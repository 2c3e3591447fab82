import type { Log } from '../../platform/telemetry/index.ts';
import type { Random } from '../../platform/random.ts';
import type { Sales } from './context.ts';

/** A sweep begins so long after the last one, give or take half, so that servers do not sweep in step. */
const PAUSE_MS = 250;
/** How far a sweep looks back; what is older was found by the sweeps before, or is found by the next full one. */
const LOOK_BACK_MS = 10_000;
const FULL_EVERY_MS = 60_000;
const EVENTS_MAX = 500;

/** Times are PostgreSQL's: a server whose clock is wrong sweeps as well as any. */
const DUE_EVENTS_TEXT = `select distinct event_id from sales.bookings
  where state in ('held', 'awaiting_payment') and expires_at <= statement_timestamp()
    and expires_at > coalesce(statement_timestamp() - $1::float8 * interval '1 ms', '-infinity')
  limit $2`;

/** Events that go on sale or end by themselves. A batch does it, whatever else it does. */
const CHANGING_EVENTS_TEXT = `select event_id from sales.heads
  where next_change_at <= statement_timestamp() order by next_change_at limit $1`;

export type SweeperOptions = { log: Log; random: Random };
export type Sweeper = { stop(): Promise<void> };

/**
 * Gives back what is due in events that nobody buys from at this moment; where somebody does, the batches do it. Every
 * server sweeps, there is no leader: who comes second finds nothing left. An event that is stuck is not waited for.
 */
export function startExpirySweeper(sales: Sales, { log, random }: SweeperOptions): Sweeper {
  const underWay = new Map<string, Promise<void>>();
  let isStopped = false;
  let fullAtMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  const begin = (eventId: string, everything: boolean): void => {
    const ended = expireEvent(sales, eventId, everything)
      .then(
        () => {},
        (error: unknown) => log.warn({ event_id: eventId, err: error }, 'Giving back what is due failed; it is tried again.'),
      )
      .finally(() => underWay.delete(eventId));
    underWay.set(eventId, ended);
  };
  const sweep = async (): Promise<void> => {
    const isFull = performance.now() >= fullAtMs;
    if (isFull) fullAtMs = performance.now() + FULL_EVERY_MS;
    const events = await findDueEvents(sales, isFull ? null : LOOK_BACK_MS);
    for (const eventId of events) {
      if (!underWay.has(eventId) && (isFull || !sales.lanes.isBusy(eventId))) begin(eventId, isFull);
    }
  };
  const plan = (): void => {
    if (isStopped) return;
    timer = setTimeout(
      () => {
        sweeping = sweep()
          .catch((error: unknown) => log.warn({ err: error }, 'Looking for due bookings failed; it is tried again.'))
          .then(plan);
      },
      PAUSE_MS * (0.5 + random()),
    );
  };
  plan();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await sweeping;
      await Promise.all(underWay.values());
    },
  };
}

/** Expires everything that is due, in every event, and answers how many bookings. Rejects if an event's expiry fails. */
export async function expireDueEvents(sales: Sales): Promise<number> {
  const events = await findDueEvents(sales, null);
  const counts = await Promise.allSettled(events.map((eventId) => expireEvent(sales, eventId, true)));
  const failed = counts.find((count) => count.status === 'rejected');
  if (failed) throw failed.reason;
  return counts.reduce((sum, count) => sum + (count.status === 'fulfilled' ? count.value : 0), 0);
}

async function findDueEvents(sales: Sales, lookBackMs: number | null): Promise<string[]> {
  const due = await sales.db.query<{ event_id: string }>(DUE_EVENTS_TEXT, [lookBackMs, EVENTS_MAX]);
  const changing = await sales.db.query<{ event_id: string }>(CHANGING_EVENTS_TEXT, [EVENTS_MAX]);
  return [...new Set([...due, ...changing].map((row) => row.event_id))];
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
