import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../platform/telemetry/index.ts';
import type { TicketsContext } from './context.ts';
import { purgeTransfers } from './queries/transfers.ts';

const EVERY_MS = 60_000;

/** Removes offers that have run out, with the addresses in them. Each statement a bounded number. */
export function startHousekeeping({ db, clock }: Pick<TicketsContext, 'db' | 'clock'>, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function onAndOn(): Promise<void> {
    while (!signal.aborted) {
      await pause(EVERY_MS, null, { signal, ref: false }).catch(() => null);
      try {
        while (!signal.aborted && (await purgeTransfers(db, clock.nowMs())));
      } catch (error) {
        log.warn({ err: error }, 'Removing offers that have run out failed.');
      }
    }
  }

  const tidying = onAndOn();
  return {
    stop: async () => {
      stopping.abort();
      await tidying;
    },
  };
}
