import { Type, type Static } from 'typebox';
import { closed, EventId, QuotaId, TicketTypeId, Time } from './scalars.ts';

const count = (description: string) => Type.Integer({ description });
const whole = (description: string) => Type.Integer({ minimum: 0, description });

export const AUDIT_PROBLEMS_MAX = 100;
const SUBJECTS_MAX = 1_000;

/** Counters may be anything in an audit: below zero is one of the things it looks for. */
const counters = {
  capacity: count('Tickets there are.'),
  held: count('Tickets on hold.'),
  sold: count('Tickets sold.'),
  set_aside: count('Tickets kept from the public.'),
};

const Counted = Type.Object(counters, { description: 'What the ledger adds up to.' });

export const AuditedTicketType = Type.Object({
  id: TicketTypeId,
  ...counters,
  counted: Counted,
  in_bookings: Type.Union([Type.Object({ held: counters.held, sold: counters.sold }), Type.Null()], {
    description: 'What the bookings themselves add up to; null unless the audit was full.',
  }),
});

export const AuditedQuota = Type.Object({ id: QuotaId, ...counters, counted: Counted });

export const AUDIT_PROBLEM_CODES = [
  'counter_drift',
  'oversold',
  'negative',
  'counter_missing',
  'ledger_gap',
  'ledger_double',
  'ledger_beyond_head',
  'ledger_row_invalid',
  'checkpoint_ahead',
  'booking_missing',
  'booking_state',
  'booking_lines',
  'booking_total',
  'booking_ledger',
  'bookings_drift',
  'buyer_total_drift',
  'promo_uses_drift',
  'offers_drift',
] as const;

export const AuditProblem = Type.Object({
  code: Type.Enum([...AUDIT_PROBLEM_CODES]),
  subject_id: Type.String({
    maxLength: 64,
    description: 'The event, ticket type, quota or booking that it was found at. Buyers and promo codes are not named.',
  }),
  expected: Type.String(),
  found: Type.String(),
  detail: Type.String(),
});

export const Audit = Type.Object(
  {
    event_id: EventId,
    verdict: Type.Enum(['clean', 'broken']),
    checked_at: Time,
    ledger_seq: whole('The counters were compared as they stood after this entry of the ledger.'),
    mode: Type.Enum(['since_checkpoint', 'full'], {
      description: 'What was counted: everything since the last clean audit, or everything.',
    }),
    ticket_types: Type.Array(AuditedTicketType, { maxItems: SUBJECTS_MAX }),
    quotas: Type.Array(AuditedQuota, { maxItems: SUBJECTS_MAX }),
    bookings_checked: whole('Bookings compared with their lines and their entries in the ledger.'),
    ledger_checked: whole('Entries of the ledger that were read.'),
    problems: Type.Array(AuditProblem, { maxItems: AUDIT_PROBLEMS_MAX, description: 'The first that were found.' }),
    problems_total: whole('All that were found.'),
  },
  { title: 'Audit' },
);
export type Audit = Static<typeof Audit>;

export const AuditPath = Type.Object({ id: EventId });

export const ReadAuditQuery = closed({
  full: Type.Optional(Type.Boolean({ default: false, description: 'Counts every booking and every buyer again, from the beginning.' })),
});
