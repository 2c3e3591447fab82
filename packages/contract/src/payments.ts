import { Type, type Static } from 'typebox';
import { Booking } from './bookings.ts';
import { nullable } from './scalars.ts';

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
    expires_in_seconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Seconds that are left to pay; null where nothing is awaited.',
    }),
  },
  { title: 'Payment' },
);
export type Payment = Static<typeof Payment>;
