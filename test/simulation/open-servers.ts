import { randomFillSync } from 'node:crypto';
import { buildMoneyLane } from '../../apps/server/src/modules/payments/index.ts';
import type { LanePart } from '../../apps/server/src/modules/sales/index.ts';
import { buildTicketsInLane } from '../../apps/server/src/modules/tickets/index.ts';
import { openSales, type SalesUnderTest } from '../../apps/server/src/modules/sales/test/support.ts';
import type { Db } from '../../apps/server/src/platform/db/index.ts';
import type { Submit } from './simulate.ts';

export type Servers = { db: Db; submits: Submit[]; sales: SalesUnderTest; close(): Promise<void> };

/** Small batches, so that a round takes several; a deadline that no slow machine reaches. */
const SETTINGS = { connections: 2, batchMax: 12, deadlineMs: 60_000 };

/** What other modules write in the lanes: tickets and the ledger of money. */
export const honestParts = (): LanePart[] => [buildTicketsInLane((bytes) => void randomFillSync(bytes)), buildMoneyLane().part];

/** Sales modules on one database of their own, each with lanes and a sweeper, as servers would be. */
export async function openServers(serverCount: number, parts: readonly LanePart[] = honestParts()): Promise<Servers> {
  const first = await openSales({ settings: SETTINGS, parts });
  const others = await Promise.all(Array.from({ length: serverCount - 1 }, () => openSales({ url: first.url, settings: SETTINGS, parts })));
  const all = [first, ...others];
  for (const sales of all) sales.start();
  return {
    db: first.db,
    sales: first,
    submits: all.map((sales) => (eventId, command) => sales.lanes.submit(eventId, command)),
    close: async () => {
      for (const sales of others) await sales.closeAll();
      await first.closeAll();
    },
  };
}
