import type { PaymentProvider } from '../../engines/payments/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { HttpServer } from '../../platform/http/index.ts';
import { buildNews, type News } from '../../platform/news.ts';
import type { Random } from '../../platform/random.ts';
import type { Exposition, Log } from '../../platform/telemetry/index.ts';
import type { LanePart, Sales } from '../sales/index.ts';
import { buildMoneyDesk } from './audit/money-desk.ts';
import { buildAwaitedPayments, type AwaitedPayments } from './awaited-payments.ts';
import { buildCircuitBreaker } from './circuit-breaker.ts';
import type { Payments, ToBePaid, ToBeReturned } from './context.ts';
import { buildMoneyInLane } from './lane/money-in-lane.ts';
import { startOwedSweeper, type OwedSweeper } from './owed-sweeper.ts';
import { buildPaymentMetrics } from './payment-metrics.ts';
import { buildProviderGate } from './provider-gate.ts';
import { buildRecentIntents } from './recent-intents.ts';
import { buyerPaymentRoutes, organizerPaymentRoutes } from './routes/index.ts';
import type { OrganizerRoutes } from './routes/organizer-context.ts';
import type { BuyerRoutes } from './routes/routes-context.ts';
import { startRefundRunner, type RefundRunner } from './runs/refund-runner.ts';
import { webhookRoute } from './routes/webhook.ts';

/** Calls to the provider at once, of this server; one more is answered that it is busy. */
const CALLS_MAX = 512;

/** What the sale writes of money, and whom it tells. Made before the sale, which takes it. */
export type MoneyLane = { part: LanePart; awaited: AwaitedPayments; onOwed(listener: () => void): void };

export function buildMoneyLane(): MoneyLane {
  const awaited = buildAwaitedPayments();
  let owed = (): void => {};
  return {
    awaited,
    part: buildMoneyInLane({ owed: () => owed(), changed: awaited.note }),
    onOwed: (hears) => {
      owed = hears;
    },
  };
}

export type PaymentsOptions = {
  db: Db;
  sales: Sales;
  provider: PaymentProvider;
  moneyLane: MoneyLane;
  clock: Clock;
  random: Random;
  log: Log;
  exposition: Exposition;
  publicUrl: string;
  /** Whether an event is there to try things out. */
  isTestEvent(eventId: string): Promise<boolean>;
  /** Throws what keeps a booking from being paid beyond what the sale knows. */
  beforePayment?(booking: ToBePaid): Promise<void>;
  /** Throws what keeps a buyer from giving tickets back: somebody else has them. */
  beforeReturn?(asked: ToBeReturned): Promise<void>;
  /** When an event begins; null if there is none. */
  startOf(eventId: string): Promise<number | null>;
  /** Told of bookings for which money came in. */
  news?: Pick<News, 'tell'>;
};

export type PaymentsModule = Payments & {
  /** Begins to do what is owed to the provider, and to carry mass refunds on. */
  start(): void;
  stop(): Promise<void>;
  buyerRoutes(http: HttpServer, parts: Omit<BuyerRoutes, 'payments'>): void;
  webhookRoute(http: HttpServer): Promise<void>;
  organizerRoutes(http: HttpServer, parts: Omit<OrganizerRoutes, 'payments'>): void;
};

/** How money comes in for bookings, and goes back. */
export function buildPayments(options: PaymentsOptions): PaymentsModule {
  const {
    db,
    sales,
    provider,
    moneyLane,
    clock,
    random,
    log,
    exposition,
    publicUrl,
    isTestEvent,
    beforePayment = nothing,
    beforeReturn = nothing,
    startOf,
    news = buildNews(),
  } = options;
  const payments: Payments = {
    db,
    sales,
    clock,
    log,
    publicUrl,
    isTestEvent,
    beforePayment,
    beforeReturn,
    startOf,
    news,
    gate: buildProviderGate({ provider, breaker: buildCircuitBreaker(), callsMax: CALLS_MAX }),
    recentIntents: buildRecentIntents(),
    metrics: buildPaymentMetrics(exposition),
    moneyDesk: buildMoneyDesk({ db, sales, clock }),
  };
  let sweeper: OwedSweeper | null = null;
  let runner: RefundRunner | null = null;
  return {
    ...payments,
    start: () => {
      sweeper ??= startOwedSweeper(payments, { random, awaited: moneyLane.awaited });
      moneyLane.onOwed(sweeper.wake);
      runner ??= startRefundRunner(payments, { random });
    },
    stop: async () => {
      await Promise.all([sweeper?.stop(), runner?.stop()]);
    },
    buyerRoutes: (http, parts) => buyerPaymentRoutes(http, { payments, ...parts }),
    webhookRoute: (http) => webhookRoute(http, payments),
    organizerRoutes: (http, parts) => organizerPaymentRoutes(http, { payments, ...parts }),
  };
}

async function nothing(): Promise<void> {}

export type { Payments } from './context.ts';
export { auditMoney } from './audit/audit-money.ts';
export { presentMoneyAudit } from './audit/present-money-audit.ts';
export { reconcile, type Reconciliation } from './reconcile/reconcile.ts';
export { purgeMoney } from './purge-event.ts';
export { readTransfersOf, type TransferRow } from './queries/transfers.ts';
