import { Type, type Static } from 'typebox';
import { ACCESS_CODE_CHARS_MAX } from './bookings.ts';
import { AddOn, priceRuleFields, Pricing, PricingBody, PromoCodeText, Tier } from './prices.ts';
import { CANCELLATION_REASON_CHARS_MAX } from './event-words.ts';
import { PicturePath } from './profiles.ts';
import { SaleState, TicketTypeState } from './catalog.ts';
import {
  AmountMinor,
  Capacity,
  CAPACITY_MAX,
  closed,
  Currency,
  EventId,
  nullable,
  NullableTime,
  OrganizationId,
  QuotaId,
  TicketTypeId,
  Time,
  ONE_LINE,
} from './scalars.ts';

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: ONE_LINE });
const prose = (maxLength: number) => Type.String({ maxLength });
const BookingCount = Type.Integer({ minimum: 1, maximum: 10_000 });
const BuyerMax = nullable(Type.Integer({ minimum: 1, maximum: CAPACITY_MAX }));

const saleFields = {
  state: Type.Optional(SaleState),
  hold_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
  sales_start_at: Type.Optional(NullableTime),
  sales_end_at: Type.Optional(NullableTime),
  booking_max: Type.Optional(BookingCount),
  buyer_max: Type.Optional(BuyerMax),
  publish_at: Type.Optional(
    nullable(Type.String({ format: 'date-time', maxLength: 40, description: 'When a scheduled event goes on sale.' })),
  ),
  pricing: Type.Optional(nullable(PricingBody)),
  resale: Type.Optional(
    Type.Boolean({
      description: 'Whether holders may offer their tickets back, to be sold again for what they cost. They may unless it is false.',
    }),
  ),
};

export const ChangeSaleBody = closed(
  {
    ...saleFields,
    reason: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: CANCELLATION_REASON_CHARS_MAX,
        pattern: '\\S',
        description: 'With the state `cancelled`: why.',
      }),
    ),
  },
  { minProperties: 1 },
);

export const CreateEventBody = closed({
  title: line(200),
  summary: Type.Optional(prose(500)),
  description: Type.Optional(prose(20_000)),
  venue: closed({ name: line(200), city: line(200) }),
  starts_at: Time,
  ends_at: Time,
  time_zone: line(64),
  picture: Type.Optional(nullable(PicturePath)),
  currency: Currency,
  sale: Type.Optional(closed(saleFields)),
});

export const DuplicateEventBody = closed({
  title: Type.Optional(line(200)),
  starts_at: Time,
  ends_at: Type.Optional(Time),
});

const ticketTypeTerms = {
  state: Type.Optional(TicketTypeState),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  sales_start_at: Type.Optional(NullableTime),
  sales_end_at: Type.Optional(NullableTime),
  booking_min: Type.Optional(BookingCount),
  booking_max: Type.Optional(BookingCount),
  buyer_max: Type.Optional(BuyerMax),
  access_code: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: ACCESS_CODE_CHARS_MAX, pattern: '^[\\x21-\\x7e]+$' }))),
  ...priceRuleFields,
};

export const CreateTicketTypeBody = closed({
  name: line(200),
  description: Type.Optional(prose(2000)),
  price_minor: AmountMinor,
  capacity: Capacity,
  ...ticketTypeTerms,
});

export const ChangeTicketTypeBody = closed(
  {
    name: Type.Optional(line(200)),
    description: Type.Optional(prose(2000)),
    price_minor: Type.Optional(AmountMinor),
    capacity: Type.Optional(Capacity),
    ...ticketTypeTerms,
  },
  { minProperties: 1 },
);

export const SetAsideBody = closed({
  quantity: Type.Integer({
    minimum: -CAPACITY_MAX,
    maximum: CAPACITY_MAX,
    description: "Tickets to take out of the public's stock; a negative number gives them back.",
  }),
});

const QuotaMembers = Type.Array(TicketTypeId, { minItems: 1, maxItems: 1000, uniqueItems: true });

export const CreateQuotaBody = closed({ name: line(200), capacity: Capacity, ticket_type_ids: QuotaMembers });

export const ChangeQuotaBody = closed(
  { name: Type.Optional(line(200)), capacity: Type.Optional(Capacity), ticket_type_ids: Type.Optional(QuotaMembers) },
  { minProperties: 1 },
);

const ofEvent = { id: OrganizationId, event_id: EventId };
export const OwnEventPath = closed(ofEvent);
export const OwnTicketTypePath = closed({ ...ofEvent, ticket_type_id: TicketTypeId });
export const OwnPromoCodePath = closed({ ...ofEvent, code: PromoCodeText });
export const ListPromoCodesQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  starting_after: Type.Optional(PromoCodeText),
});
export const OwnQuotaPath = closed({ ...ofEvent, quota_id: QuotaId });

const counters = { capacity: Capacity, held: Capacity, sold: Capacity, set_aside: Capacity, left: Capacity };
const window = { sales_start_at: NullableTime, sales_end_at: NullableTime };

/** An event's sale as its organizer sees it: the answer of whatever changes it. */
export const SaleAnswer = Type.Object(
  {
    event_id: EventId,
    state: SaleState,
    currency: Currency,
    hold_seconds: Type.Number(),
    ...window,
    booking_max: Type.Integer(),
    buyer_max: nullable(Type.Integer()),
    publish_at: NullableTime,
    ends_at: NullableTime,
    pricing: nullable(Pricing),
    resale: Type.Boolean(),
  },
  { title: 'SaleAnswer' },
);

export const TicketTypeAnswer = Type.Object(
  {
    id: TicketTypeId,
    event_id: EventId,
    name: Type.String(),
    description: Type.String(),
    state: TicketTypeState,
    position: Type.Integer(),
    price_minor: AmountMinor,
    currency: Currency,
    ...counters,
    offered: Type.Integer({ description: 'Sold tickets that their holders offer; what of these nobody is about to buy counts as left.' }),
    ...window,
    booking_min: Type.Integer(),
    booking_max: Type.Integer(),
    buyer_max: nullable(Type.Integer()),
    access_code: nullable(Type.String({ description: 'Null also for whoever may not change the event.' })),
    needs_access_code: Type.Boolean(),
    tiers: Type.Array(Tier),
    add_on: nullable(AddOn),
    is_donation: Type.Boolean(),
  },
  { title: 'TicketTypeAnswer' },
);

export const QuotaAnswer = Type.Object(
  {
    id: QuotaId,
    event_id: EventId,
    name: Type.String(),
    ...counters,
    ticket_type_ids: Type.Array(TicketTypeId),
  },
  { title: 'QuotaAnswer' },
);

export const TicketTypeList = Type.Object({ data: Type.Array(TicketTypeAnswer) }, { title: 'TicketTypeList' });
export const QuotaList = Type.Object({ data: Type.Array(QuotaAnswer) }, { title: 'QuotaList' });

export type CreateEventBody = Static<typeof CreateEventBody>;
export type DuplicateEventBody = Static<typeof DuplicateEventBody>;
export type ChangeSaleBody = Static<typeof ChangeSaleBody>;
export type CreateTicketTypeBody = Static<typeof CreateTicketTypeBody>;
export type ChangeTicketTypeBody = Static<typeof ChangeTicketTypeBody>;
export type SetAsideBody = Static<typeof SetAsideBody>;
export type CreateQuotaBody = Static<typeof CreateQuotaBody>;
export type ChangeQuotaBody = Static<typeof ChangeQuotaBody>;
export type SaleAnswer = Static<typeof SaleAnswer>;
export type TicketTypeAnswer = Static<typeof TicketTypeAnswer>;
export type QuotaAnswer = Static<typeof QuotaAnswer>;
