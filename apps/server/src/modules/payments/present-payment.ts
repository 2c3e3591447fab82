import type { BuyersRefund, Payment } from '@tessera/contract';
import type { Intent } from '../../engines/payments/index.ts';
import { presentBooking, type Booking } from '../sales/index.ts';
import type { Payments } from './context.ts';

export type PaymentParts = { eventId: string; booking: Booking; nowMs: number; intent: Intent | null; refunds?: readonly BuyersRefund[] };

/** How the payment of a booking stands, as the API shows it to the buyer. */
export function presentPayment({ gate }: Pick<Payments, 'gate'>, { eventId, booking, nowMs, intent, refunds = [] }: PaymentParts): Payment {
  const presented = presentBooking(eventId, booking, nowMs);
  return {
    booking: presented,
    intent: intent && {
      ref: intent.ref,
      client_secret: intent.clientSecret,
      pay_url: intent.payUrl,
      state: intent.state,
      decline_code: intent.declineCode,
    },
    provider: gate.provider.name,
    is_sandbox: gate.provider.isSandbox,
    refunds: [...refunds],
    expires_in_seconds: presented.expires_in_seconds,
  };
}
