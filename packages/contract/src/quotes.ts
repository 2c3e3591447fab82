import { Type, type Static } from 'typebox';
import { ACCESS_CODE_CHARS_MAX, basketLines, BookingLine } from './bookings.ts';
import { Charges, PromoCodeText } from './prices.ts';
import { closed, Currency, EventId, nullable } from './scalars.ts';

export const QuoteRequest = closed(
  {
    lines: basketLines,
    access_code: Type.Optional(Type.String({ minLength: 1, maxLength: ACCESS_CODE_CHARS_MAX })),
    promo_code: Type.Optional(PromoCodeText),
  },
  { title: 'QuoteRequest' },
);

/** What a hold of the same basket would cost now. */
export const Quote = Type.Object(
  {
    event_id: EventId,
    lines: Type.Array(BookingLine),
    charges: nullable(Charges),
    quantity: Type.Integer(),
    total_minor: Type.Integer({ minimum: 0 }),
    currency: Currency,
  },
  { title: 'Quote' },
);
export type Quote = Static<typeof Quote>;
