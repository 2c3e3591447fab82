import type { Booking } from './decide/state.ts';
import type { BookingState } from './booking-states.ts';
import type { EventState } from './event-states.ts';

/** A command that was executed, now or before: the booking as it stands at `nowMs`, the batch's time. */
export type BookingOutcome = { kind: 'booking'; booking: Booking; replayed: boolean; nowMs: number };
/** `before` is what the command changed, as it was; null where it made something new, and for a repeat. */
export type ConfiguredOutcome = { kind: 'configured'; subjectId: string; replayed: boolean; before: ConfiguredBefore | null };
/** By the names of the terms; of set-aside tickets their number. */
export type ConfiguredBefore = Readonly<Record<string, unknown>>;
export type ExpiredOutcome = { kind: 'expired'; count: number; more: boolean };

/** An expected "no", returned and never thrown. Nothing was written for it, and it may be decided again. */
export type Refusal =
  | { kind: 'sold_out'; ticketTypeId: string; left: number }
  | { kind: 'limit'; limit: LimitName; ticketTypeId: string | null; allowed: number }
  | { kind: 'not_on_sale'; reason: NotOnSaleReason; ticketTypeId: string | null; opensInMs: number | null }
  | { kind: 'unknown_event' }
  | { kind: 'unknown_ticket_type'; ticketTypeId: string }
  | { kind: 'unknown_quota'; quotaId: string }
  | { kind: 'unknown_booking' }
  | { kind: 'key_reused' }
  | { kind: 'promo_refused'; reason: PromoRefusalReason }
  | { kind: 'wrong_price'; ticketTypeId: string; leastMinor: number | null }
  | { kind: 'price_changed'; totalMinor: number }
  | { kind: 'unknown_promo_code' }
  | { kind: 'promo_code_exists' }
  | { kind: 'payment_required'; totalMinor: number }
  | { kind: 'wrong_state'; state: BookingState; move: string }
  | { kind: 'already_extended' }
  | { kind: 'nothing_to_pay' }
  | { kind: 'refund_too_high'; possibleMinor: number }
  | { kind: 'unknown_ticket'; number: number }
  | { kind: 'ticket_returned'; number: number }
  | { kind: 'disputed' }
  | { kind: 'no_resale' }
  | { kind: 'offer_taken'; number: number }
  | { kind: 'nothing_to_refund' }
  | { kind: 'organizer_only'; move: string }
  | { kind: 'wrong_event_state'; from: EventState; to: EventState }
  | { kind: 'capacity_too_low'; possible: number; subjectId: string }
  | { kind: 'uses_too_low'; possible: number }
  | { kind: 'set_aside_too_low'; possible: number }
  | { kind: 'invalid_terms'; field: string; detail: string };

export type LimitName = 'booking_min' | 'booking_max' | 'buyer_max' | 'event_booking_max' | 'event_buyer_max' | 'add_on';
export type PromoRefusalReason = 'unknown' | 'not_started' | 'ended' | 'used_up' | 'buyer_limit' | 'not_applicable';
export type NotOnSaleReason = 'event_state' | 'ticket_type_paused' | 'not_started' | 'ended';

export type Outcome = BookingOutcome | ConfiguredOutcome | ExpiredOutcome | Refusal;
