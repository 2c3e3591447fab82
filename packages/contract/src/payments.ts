import { Type, type Static } from 'typebox';
import { Booking } from './bookings.ts';
import { Currency, nullable, Time } from './scalars.ts';

export const REFUND_REASONS = ['not_kept', 'by_buyer', 'by_organizer', 'refund_run', 'resold'] as const;

const BuyersRefund = Type.Object({
  amount_minor: Type.Integer({ minimum: 0 }),
  currency: Currency,
  reason: Type.Enum([...REFUND_REASONS], {
    description:
      '`not_kept`: the money could not be kept, since the event is cancelled, the tickets were gone, or it was another amount; `refund_run`: the organizer gives many bookings back; `resold`: somebody else has bought what was offered.',
  }),
  state: Type.Enum(['open', 'done', 'failed'], {
    description: '`open`: the provider is still at it; `failed`: the organizer has to help.',
  }),
  at: Time,
});

export const Payment = Type.Object(
  {
    booking: Booking,
    intent: nullable(
      Type.Object({
        ref: Type.String({ description: 'What the payment provider calls it.' }),
        client_secret: Type.String({ description: 'Lets whoever has it pay this booking, and do nothing else.' }),
        pay_url: Type.String({ description: 'A page of the payment provider.' }),
        state: Type.Enum(['open', 'requires_action', 'processing', 'succeeded', 'cancelled']),
        decline_code: nullable(Type.String({ description: 'Why the last card was declined.' })),
      }),
    ),
    provider: Type.String(),
    is_sandbox: Type.Boolean({ description: 'No money moves.' }),
    refunds: Type.Array(BuyersRefund, { description: 'What goes back to the buyer at the provider, oldest first.' }),
    expires_in_seconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Seconds that are left to pay; null where nothing is awaited.',
    }),
  },
  { title: 'Payment' },
);
export type Payment = Static<typeof Payment>;
export type BuyersRefund = Static<typeof BuyersRefund>;
