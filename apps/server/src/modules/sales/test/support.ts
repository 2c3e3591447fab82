import { createDatabase } from '../../../../../../test/support/database.ts';
import { systemClock } from '../../../platform/clock/index.ts';
import { openDb } from '../../../platform/db/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import { systemRandom } from '../../../platform/random.ts';
import { buildLog, type LaneTelemetry } from '../../../platform/telemetry/index.ts';
import type { TicketTypeTerms } from '../commands.ts';
import { PLAIN_PRICE } from '../prices.ts';
import {
  buildSales,
  configure,
  createSale,
  type LaneSettings,
  type SaleTerms,
  type Sales,
  type SalesModule,
  type SalesOptions,
} from '../index.ts';

export const SALE_TERMS: SaleTerms = {
  state: 'on_sale',
  holdLengthMs: 600_000,
  salesStartMs: null,
  salesEndMs: null,
  bookingMax: 100,
  buyerMax: null,
  pricing: null,
  publishAtMs: null,
  endsAtMs: null,
  resale: true,
};

export const TYPE_TERMS: TicketTypeTerms = {
  state: 'on_sale',
  position: 0,
  priceMinor: 0,
  salesStartMs: null,
  salesEndMs: null,
  bookingMin: 1,
  bookingMax: 100,
  buyerMax: null,
  accessCode: null,
  ...PLAIN_PRICE,
};

export const LANE_SETTINGS: LaneSettings = { connections: 4, batchMax: 500, queueMax: 5_000, deadlineMs: 5_000 };

export const silentTelemetry: LaneTelemetry = {
  batch: () => {},
  wait: () => {},
  lockHold: () => {},
  commit: () => {},
  rerun: () => {},
  bisect: () => {},
  refusedBusy: () => {},
  dropped: () => {},
};

export type SalesUnderTest = SalesModule & { url: string; closeAll(): Promise<void> };

export type OpenSalesOptions = {
  /** The database of another sales module: this one is then a second server. */
  url?: string;
  /** Where the lane's connections go, if not to `url` itself. */
  laneUrl?: string;
  settings?: Partial<LaneSettings>;
  telemetry?: Partial<LaneTelemetry>;
  /** What other modules write in the lanes' transactions. */
  parts?: SalesOptions['parts'];
};

/** A sales module on a database of its own, or on the one at `url`, as a second server would be. */
export async function openSales(options: OpenSalesOptions = {}): Promise<SalesUnderTest> {
  const database = options.url === undefined ? await createDatabase() : null;
  const url = options.url ?? database?.url ?? '';
  const db = openDb({ url, poolMax: 5, onError: () => {} });
  const sales = buildSales({
    db,
    laneUrl: options.laneUrl ?? url,
    settings: { ...LANE_SETTINGS, ...options.settings },
    random: systemRandom,
    telemetry: { ...silentTelemetry, ...options.telemetry },
    log: buildLog('silent'),
    ...(options.parts && { parts: options.parts }),
  });
  const closeAll = async (): Promise<void> => {
    await sales.close(1_000);
    await db.close();
    await database?.close();
  };
  return { ...sales, url, closeAll };
}

/** An event on sale with ticket types of the given capacities and terms. */
export async function openEvent(
  sales: Sales,
  types: readonly { capacity: number; terms?: Partial<TicketTypeTerms> }[],
  terms: Partial<SaleTerms> = {},
): Promise<{ eventId: string; ticketTypeIds: string[] }> {
  const eventId = newUuid(systemClock.nowMs());
  await sales.db.transaction((tx) => createSale(tx, { eventId, currency: 'EUR', terms: { ...SALE_TERMS, ...terms } }));
  const ticketTypeIds: string[] = [];
  for (const type of types) {
    const ticketTypeId = newUuid(systemClock.nowMs());
    await configure(sales, eventId, {
      kind: 'create-ticket-type',
      ticketTypeId,
      commandId: newUuid(systemClock.nowMs()),
      fingerprint: newUuid(systemClock.nowMs()),
      capacity: type.capacity,
      terms: { ...TYPE_TERMS, ...type.terms },
    });
    ticketTypeIds.push(ticketTypeId);
  }
  return { eventId, ticketTypeIds };
}
