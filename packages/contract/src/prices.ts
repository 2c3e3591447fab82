import { Type, type Static } from 'typebox';
import { AMOUNT_MINOR_MAX, AmountMinor, CAPACITY_MAX, closed, nullable, NullableTime, TicketTypeId, ONE_LINE } from './scalars.ts';

const RATE_PPM_MAX = 1_000_000;
const FEE_MINOR_MAX = 10_000_000_000;
const PROMO_CODE_CHARS_MAX = 64;

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE });
const Rate = Type.Integer({ minimum: 0, maximum: RATE_PPM_MAX, description: 'Millionths: 200000 is 20 %.' });
const SomeTypes = Type.Union([Type.Array(TicketTypeId, { minItems: 1, maxItems: 200, uniqueItems: true }), Type.Null()], {
  description: 'The ticket types it is for; null for all.',
});
const positive = (maximum: number) => Type.Integer({ minimum: 1, maximum });

export const Tier = closed(
  {
    name: Name,
    price_minor: AmountMinor,
    ends_at: NullableTime,
    until_taken: nullable(positive(CAPACITY_MAX)),
  },
  {
    title: 'Tier',
    description:
      'A price until a time, or until so many tickets of the type are held or sold. Behind the last tier the type’s own price holds: its price_minor for the organizer, full_price_minor for buyers.',
  },
);

export const AddOn = closed(
  { ticket_type_ids: SomeTypes, per_ticket: positive(100) },
  { title: 'AddOn', description: 'Can be booked only with tickets, so many for each.' },
);

const TierBody = closed(
  { ...Tier.properties, ends_at: Type.Optional(NullableTime), until_taken: Type.Optional(nullable(positive(CAPACITY_MAX))) },
  {
    title: 'NewTier',
    description: 'Tiers follow each other in this order, each until a time, or until so many tickets of the type are held or sold.',
  },
);

/** What a ticket type's price depends on, in the bodies that create and change one. */
export const priceRuleFields = {
  tiers: Type.Optional(Type.Array(TierBody, { maxItems: 10 })),
  add_on: Type.Optional(nullable(AddOn)),
  is_donation: Type.Optional(Type.Boolean({ description: 'Whether the buyer chooses the price; price_minor is the least.' })),
};

const OnFree = Type.Boolean({ description: 'Whether tickets that cost nothing bear it.' });
const FeeAmount = Type.Integer({ minimum: 0, maximum: FEE_MINOR_MAX });
const feeFields = {
  name: Name,
  ticket_type_ids: SomeTypes,
  on_free: OnFree,
};
export const Fee = Type.Union(
  [
    closed({ kind: Type.Literal('percent'), rate_ppm: Rate, ...feeFields }),
    closed({
      kind: Type.Enum(['per_ticket', 'per_booking']),
      amount_minor: FeeAmount,
      ...feeFields,
    }),
  ],
  { title: 'Fee' },
);
export const Tax = closed(
  {
    name: Name,
    rate_ppm: Rate,
    included: Type.Boolean({ description: 'Whether prices include it; else it is added to them.' }),
    on_fees: Type.Boolean(),
    ticket_type_ids: SomeTypes,
  },
  { title: 'Tax' },
);
export const Pricing = closed(
  {
    rounding: closed({
      mode: Type.Enum(['half_up', 'half_even', 'up', 'down']),
      per: Type.Enum(['ticket', 'line', 'booking'], { description: 'What fees and taxes are rounded for.' }),
    }),
    fees: Type.Array(Fee, { maxItems: 5 }),
    taxes: Type.Array(Tax, { maxItems: 5 }),
  },
  { title: 'Pricing', description: 'Fees and taxes of an event. Buyers pay fees on top of the tickets.' },
);
export type Pricing = Static<typeof Pricing>;

const FeeBody = closed(
  {
    kind: Type.Enum(['percent', 'per_ticket', 'per_booking']),
    name: Name,
    rate_ppm: Type.Optional(Rate),
    amount_minor: Type.Optional(FeeAmount),
    ticket_type_ids: Type.Optional(SomeTypes),
    on_free: Type.Optional(OnFree),
  },
  { title: 'NewFee', description: 'A percent fee has a rate_ppm, the others an amount_minor.' },
);
const TaxBody = closed(
  { ...Tax.properties, on_fees: Type.Optional(Type.Boolean()), ticket_type_ids: Type.Optional(SomeTypes) },
  { title: 'NewTax' },
);

/** As organizers send it: what is left out is for all tickets, and not for free ones or fees. */
export const PricingBody = closed(
  {
    rounding: Pricing.properties.rounding,
    fees: Type.Optional(Type.Array(FeeBody, { maxItems: 5 })),
    taxes: Type.Optional(Type.Array(TaxBody, { maxItems: 5 })),
  },
  { title: 'NewPricing', description: 'Fees and taxes of an event, all of them: what is not named is gone.' },
);
export type PricingBody = Static<typeof PricingBody>;
export type FeeBody = Static<typeof FeeBody>;

/** Codes are compared without regard to case. */
export const PromoCodeText = Type.String({ minLength: 1, maxLength: PROMO_CODE_CHARS_MAX, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' });
const promoTerms = {
  state: Type.Optional(Type.Enum(['active', 'paused'])),
  ticket_type_ids: Type.Optional(SomeTypes),
  starts_at: Type.Optional(NullableTime),
  ends_at: Type.Optional(NullableTime),
  uses_max: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: CAPACITY_MAX, description: 'Bookings that may use it.' }))),
  buyer_uses_max: Type.Optional(nullable(positive(CAPACITY_MAX))),
};
const promoValue = {
  kind: Type.Enum(['percent', 'amount']),
  value: Type.Integer({
    minimum: 1,
    maximum: AMOUNT_MINOR_MAX,
    description: 'Millionths of a ticket’s price, or minor units off each ticket.',
  }),
};

export const CreatePromoCodeBody = closed({ code: PromoCodeText, ...promoValue, ...promoTerms }, { title: 'CreatePromoCode' });
export const ChangePromoCodeBody = closed(promoTerms, { title: 'ChangePromoCode', minProperties: 1 });
export type CreatePromoCodeBody = Static<typeof CreatePromoCodeBody>;
export type ChangePromoCodeBody = Static<typeof ChangePromoCodeBody>;

export const PromoCodeAnswer = Type.Object(
  {
    code: Type.String(),
    ...promoValue,
    state: Type.Enum(['active', 'paused']),
    ticket_type_ids: SomeTypes,
    starts_at: NullableTime,
    ends_at: NullableTime,
    uses_max: nullable(Type.Integer()),
    buyer_uses_max: nullable(Type.Integer()),
    used: Type.Integer({ description: 'Bookings that are held or confirmed with it.' }),
  },
  { title: 'PromoCode' },
);
export type PromoCodeAnswer = Static<typeof PromoCodeAnswer>;
export const PromoCodeList = Type.Object({ data: Type.Array(PromoCodeAnswer), has_more: Type.Boolean() }, { title: 'PromoCodeList' });
export type PromoCodeList = Static<typeof PromoCodeList>;

/** What a booking or a quote costs beyond its lines, and how it came about. */
export const Charges = Type.Object(
  {
    discount_minor: Type.Integer({ minimum: 0 }),
    fees: Type.Array(Type.Object({ name: Type.String(), amount_minor: Type.Integer({ minimum: 0 }) })),
    taxes: Type.Array(
      Type.Object({ name: Type.String(), rate_ppm: Type.Integer(), included: Type.Boolean(), amount_minor: Type.Integer({ minimum: 0 }) }),
    ),
    lines: Type.Array(Type.Object({ list_price_minor: AmountMinor, tier: nullable(Type.String()) }), {
      description: 'For each line in its order: the price before a promo code, and the tier it is of.',
    }),
  },
  { title: 'Charges' },
);
export type Charges = Static<typeof Charges>;
