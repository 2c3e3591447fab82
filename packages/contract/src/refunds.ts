import { Type, type Static } from 'typebox';
import { Booking } from './bookings.ts';
import {
  AmountMinor,
  BookingId,
  closed,
  closedOrNothing,
  Currency,
  EventId,
  NullableTime,
  ONE_LINE,
  OrganizationId,
  Time,
} from './scalars.ts';

const TICKETS_MAX = 1_000;
const REASON_CHARS_MAX = 200;

const ticketNumbers = Type.Array(Type.Integer({ minimum: 1, maximum: 10_000 }), {
  minItems: 1,
  maxItems: TICKETS_MAX,
  uniqueItems: true,
  description: 'Numbers of tickets of the booking, counted from one through its lines.',
});

export const RefundBookingBody = closedOrNothing(
  {
    tickets: Type.Optional(ticketNumbers),
    amount_minor: Type.Optional(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'Default: what the tickets cost.' }),
    ),
    keep_fees: Type.Optional(Type.Boolean({ description: 'Whether fees and taxes that were added stay paid.' })),
    restock: Type.Optional(Type.Boolean({ description: 'Whether the tickets are on sale again, as by default; else they are set aside.' })),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: REASON_CHARS_MAX, pattern: ONE_LINE })),
  },
  { description: 'Without tickets and amount all of the booking goes back; with an amount alone, money alone.' },
);

export const RefundOwnBookingBody = closedOrNothing({ tickets: Type.Optional(ticketNumbers) });

export const OwnBookingPath = closed({ id: OrganizationId, event_id: EventId, booking_id: BookingId });

export const RefundPolicyBody = closed({
  until_hours_before: Type.Integer({ minimum: 0, maximum: 8_784, description: 'Until so many hours before the event begins.' }),
  percent: Type.Integer({ minimum: 0, maximum: 100, description: 'Of what the tickets cost, so much goes back.' }),
  keep_fees: Type.Boolean({ description: 'Whether fees and taxes that were added stay paid.' }),
});

export const RefundPolicy = Type.Object(
  { buyers_may_refund: Type.Boolean(), policy: Type.Union([RefundPolicyBody, Type.Null()]) },
  { title: 'RefundPolicy' },
);
export type RefundPolicy = Static<typeof RefundPolicy>;

export const BOOKING_MONEY_PAGE_DEFAULT = 50;

export const ListEventBookingsQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: BOOKING_MONEY_PAGE_DEFAULT })),
  starting_after: Type.Optional(BookingId),
});

export const EventBookingList = Type.Object({ data: Type.Array(Booking), has_more: Type.Boolean() });

const MoneyMove = Type.Object({
  number: Type.Integer({ description: 'Its place in the money ledger of the event.' }),
  at: Time,
  kind: Type.String(),
  debit: Type.String(),
  credit: Type.String(),
  amount_minor: AmountMinor,
  currency: Currency,
});

const OwedMoney = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['refund', 'void']),
  amount_minor: Type.Integer({ minimum: 0 }),
  currency: Currency,
  reason: Type.String(),
  state: Type.Enum(['open', 'done', 'failed']),
  tries: Type.Integer(),
  last_error: Type.Union([Type.String(), Type.Null()]),
  created_at: Time,
  ended_at: NullableTime,
});

export const BookingMoney = Type.Object(
  {
    booking: Booking,
    transfers: Type.Array(MoneyMove, { description: 'What its money did, in order.' }),
    owed: Type.Array(OwedMoney, { description: 'What is and was to be done at the payment provider.' }),
  },
  { title: 'BookingMoney' },
);
export type BookingMoney = Static<typeof BookingMoney>;

const RunId = Type.String({ minLength: 4, maxLength: 56 });
const BuyersChoice = Type.Enum(['keep', 'refund']);
const RUN_BOOKING_STATES = ['asked', 'kept', 'pending', 'refunded', 'failed'] as const;

export const BeginRefundRunBody = closed({
  choice: Type.Enum(['refund_all', 'keep_or_refund'], {
    description: 'Give every booking of a cancelled event back, or let buyers choose, as when it was moved.',
  }),
  decide_until: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Until when buyers may choose.' })),
  default: Type.Optional(BuyersChoice),
  keep_fees: Type.Optional(Type.Boolean()),
  restock: Type.Optional(Type.Boolean({ description: 'Whether the tickets are on sale again; by default they are set aside.' })),
});

export const RefundRun = Type.Object(
  {
    id: RunId,
    event_id: EventId,
    state: Type.Enum(['gathering', 'asking', 'refunding', 'done']),
    choice: Type.Enum(['refund_all', 'keep_or_refund']),
    default: BuyersChoice,
    decide_until: NullableTime,
    keep_fees: Type.Boolean(),
    restock: Type.Boolean(),
    bookings: Type.Object(
      Object.fromEntries(RUN_BOOKING_STATES.map((state) => [state, Type.Integer({ minimum: 0 })])) as Record<
        (typeof RUN_BOOKING_STATES)[number],
        ReturnType<typeof Type.Integer>
      >,
    ),
    created_at: Time,
    finished_at: NullableTime,
  },
  { title: 'RefundRun' },
);
export type RefundRun = Static<typeof RefundRun>;

export const RefundRunList = Type.Object({ data: Type.Array(RefundRun) });
export const RefundRunPath = closed({ id: OrganizationId, event_id: EventId, run_id: RunId });

export const ListRunBookingsQuery = closed({
  state: Type.Enum([...RUN_BOOKING_STATES], { default: 'failed' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: BOOKING_MONEY_PAGE_DEFAULT })),
  starting_after: Type.Optional(BookingId),
});
export const RunBookingList = Type.Object({
  data: Type.Array(
    Type.Object({
      booking_id: BookingId,
      detail: Type.Union([Type.String(), Type.Null()], { description: 'Why, where there is a reason.' }),
    }),
  ),
  has_more: Type.Boolean(),
});

export const ChooseRefundBody = closed({ choice: BuyersChoice });
export const RefundChoice = Type.Object(
  {
    booking_id: BookingId,
    state: Type.Enum([...RUN_BOOKING_STATES]),
    default: BuyersChoice,
    decide_until: Time,
    may_choose: Type.Boolean(),
  },
  { title: 'RefundChoice' },
);
export type RefundChoice = Static<typeof RefundChoice>;
