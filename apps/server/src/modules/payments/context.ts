import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { News } from '../../platform/news.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import type { Booking, Sales } from '../sales/index.ts';
import type { MoneyDesk } from './audit/money-desk.ts';
import type { PaymentMetrics } from './payment-metrics.ts';
import type { ProviderGate } from './provider-gate.ts';
import type { RecentIntents } from './recent-intents.ts';

/** What the use cases of this module stand on. */
export type Payments = {
  readonly db: Db;
  readonly sales: Sales;
  readonly gate: ProviderGate;
  readonly recentIntents: RecentIntents;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: PaymentMetrics;
  readonly moneyDesk: MoneyDesk;
  /** Told of bookings, by their ids, when money for them was taken in. */
  readonly news: Pick<News, 'tell'>;
  /** The origin under which people open the installation. */
  readonly publicUrl: string;
  /** Whether an event is there to try things out: such a one never meets a provider that moves money. */
  isTestEvent(eventId: string): Promise<boolean>;
  /** Throws what keeps a booking from being paid beyond what the sale knows: questions that nobody has answered. */
  beforePayment(booking: ToBePaid): Promise<void>;
  /** Throws what keeps a buyer from giving tickets back: somebody else has them. */
  beforeReturn(asked: ToBeReturned): Promise<void>;
  /** When an event begins; null if there is none. */
  startOf(eventId: string): Promise<number | null>;
};

export type ToBeReturned = { eventId: string; bookingId: string; buyerKey: string; numbers: readonly number[] };
export type ToBePaid = { eventId: string; bookingId: string } & Pick<Booking, 'lines'>;
