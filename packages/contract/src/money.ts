import { Type, type Static } from 'typebox';
import { closed, Currency, EventId, nullable, OrganizationId, Time } from './scalars.ts';

export const MONEY_PROBLEM_CODES = [
  'transfer_gap',
  'balance_drift',
  'owed_drift',
  'booking_paid',
  'booking_refunded',
  'booking_disputed',
  'booking_unpaid',
  'booking_missing',
] as const;
const PROBLEMS_MAX = 100;

const whole = (description: string) => Type.Integer({ minimum: 0, description });

const audited = {
  event_id: EventId,
  verdict: Type.Enum(['clean', 'broken']),
  checked_at: Time,
  transfers_checked: whole('Transfers of the money ledger that were added up.'),
  bookings_checked: whole('Bookings compared with their transfers.'),
  problems_total: whole('All that were found.'),
};

const problem = {
  code: Type.Enum([...MONEY_PROBLEM_CODES]),
  subject_id: Type.String({ maxLength: 64, description: 'The event, the account or the booking that it was found at.' }),
  detail: Type.String(),
};

export const MoneyAudit = Type.Object(
  { ...audited, problems: Type.Array(Type.Object(problem), { maxItems: PROBLEMS_MAX, description: 'The first that were found.' }) },
  { title: 'MoneyAudit' },
);
export type MoneyAudit = Static<typeof MoneyAudit>;

export const AccountBalance = Type.Object({
  account: Type.String({
    description:
      'Where money lies (provider, cash, card_at_door, external), whom it is due to (sales, fees, taxes), what is to go back to buyers (owed), and what banks have taken back (disputed).',
  }),
  currency: Currency,
  debit_minor: whole('What the account gained.'),
  credit_minor: whole('What it lost.'),
});

export const OwnMoneyAudit = Type.Object(
  {
    ...audited,
    balances: Type.Array(AccountBalance),
    problems: Type.Array(Type.Object({ ...problem, expected: Type.String(), found: Type.String() }), { maxItems: PROBLEMS_MAX }),
  },
  { title: 'OwnMoneyAudit' },
);
export type OwnMoneyAudit = Static<typeof OwnMoneyAudit>;

export const PAYOUT_PAGE_DEFAULT = 20;

export const PayoutsQuery = closed({
  from: Type.Optional(Time),
  until: Type.Optional(Time),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: PAYOUT_PAGE_DEFAULT })),
  starting_after: Type.Optional(EventId),
});

const amount = (description: string) => Type.Integer({ description });

export const Payouts = Type.Object(
  {
    organization_id: OrganizationId,
    from: nullable(Time),
    until: nullable(Time),
    data: Type.Array(
      Type.Object({
        event_id: EventId,
        title: Type.String(),
        currency: Currency,
        gross_sales_minor: amount('What the tickets cost before discounts.'),
        discounts_minor: amount('What promo codes took off.'),
        fees_minor: amount('Fees that buyers paid on top.'),
        taxes_minor: amount('Taxes that buyers paid on top.'),
        refunds_minor: amount('What was given back of all these.'),
        disputes_minor: amount('What banks have taken back, for now or for good.'),
        net_due_minor: amount('gross_sales - discounts + fees + taxes - refunds - disputes.'),
        lies_with: Type.Object({
          provider_minor: amount('At the payment provider.'),
          cash_minor: amount('In the till.'),
          card_at_door_minor: amount('At the terminal.'),
          external_minor: amount('Elsewhere.'),
          owed_minor: amount('Of all that, what is still to go back to buyers.'),
        }),
      }),
    ),
    has_more: Type.Boolean(),
  },
  { title: 'Payouts' },
);
export type Payouts = Static<typeof Payouts>;
