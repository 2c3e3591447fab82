import { formatCellId } from '../../platform/ids/index.ts';
import { problem, type ProblemError } from '../../platform/http/index.ts';
import { EVENT_STATES } from './event-states.ts';
import { ClientGone, LaneBusy, OutcomeUnknown } from '../../platform/lane/index.ts';
import type { LimitName, NotOnSaleReason, PromoRefusalReason, Refusal } from './outcomes.ts';

/** What a refusal is called in the API. */
export function problemOfRefusal(eventId: string, refusal: Refusal): ProblemError {
  switch (refusal.kind) {
    case 'sold_out':
      return problem('SALES_SOLD_OUT', {
        detail: refusal.left === 0 ? 'These tickets are sold out.' : `Only ${refusal.left} of these tickets are left.`,
        extensions: { ticket_type_id: typeId(eventId, refusal.ticketTypeId), left: refusal.left },
      });
    case 'limit':
      return problem('SALES_LIMIT', {
        detail: limitDetails[refusal.limit](refusal.allowed),
        extensions: { limit: refusal.limit, allowed: refusal.allowed, ticket_type_id: typeId(eventId, refusal.ticketTypeId) },
      });
    case 'not_on_sale':
      return notOnSale(eventId, refusal);
    case 'unknown_event':
      return problem('NOT_FOUND', { detail: 'There is no such event.' });
    case 'unknown_ticket_type':
      return problem('NOT_FOUND', {
        detail: 'There is no such ticket type in this event.',
        extensions: { ticket_type_id: typeId(eventId, refusal.ticketTypeId) },
      });
    case 'unknown_quota':
      return problem('NOT_FOUND', {
        detail: 'There is no such quota in this event.',
        extensions: { quota_id: formatCellId('quo', eventId, refusal.quotaId) },
      });
    case 'unknown_booking':
      return problem('NOT_FOUND', { detail: 'There is no such booking.' });
    case 'key_reused':
      return problem('IDEMPOTENCY_KEY_REUSED', { detail: 'This Idempotency-Key came with another request before. Use a new one.' });
    case 'promo_refused':
      return problem('SALES_PROMO_REFUSED', { detail: promoDetails[refusal.reason], extensions: { reason: refusal.reason } });
    case 'wrong_price':
      return wrongPrice(eventId, refusal);
    case 'price_changed':
      return problem('SALES_PRICE_CHANGED', {
        detail: 'The total is another one now. Ask for a new quote and show it.',
        extensions: { total_minor: refusal.totalMinor },
      });
    case 'unknown_promo_code':
      return problem('NOT_FOUND', { detail: 'There is no such promo code in this event.' });
    case 'promo_code_exists':
      return problem('SALES_PROMO_CODE_EXISTS', {
        detail: 'The event has a promo code of this name. Change that one, or choose another name.',
      });
    case 'uses_too_low':
      return problem('SALES_USES_TOO_LOW', {
        detail: `The code is in use ${refusal.possible} times: that is the least possible.`,
        extensions: { possible: refusal.possible },
      });
    case 'payment_required':
      return problem('SALES_PAYMENT_REQUIRED', {
        detail: 'It costs something: it is confirmed by its payment.',
        extensions: { total_minor: refusal.totalMinor },
      });
    case 'wrong_state':
      return problem('SALES_WRONG_STATE', {
        detail: `The booking is ${refusal.state}: it cannot ${refusal.move}.`,
        extensions: { state: refusal.state, move: refusal.move },
      });
    case 'already_extended':
      return problem('SALES_ALREADY_EXTENDED', { detail: 'A hold can be extended once, and this one was.' });
    case 'organizer_only':
      return problem('SALES_ORGANIZER_ONLY', {
        detail: `Ask the organizer to ${refusal.move} this booking.`,
        extensions: { move: refusal.move },
      });
    case 'wrong_event_state':
      return wrongEventState(refusal);
    case 'capacity_too_low':
      return problem('SALES_CAPACITY_TOO_LOW', {
        detail: `The least that is possible is ${refusal.possible}.`,
        extensions: { possible: refusal.possible, subject_id: refusal.subjectId },
      });
    case 'set_aside_too_low':
      return problem('SALES_SET_ASIDE_TOO_LOW', { extensions: { possible: refusal.possible } });
    case 'invalid_terms':
      return invalidTerms(refusal);
    default:
      return problemOfMoney(refusal);
  }
}

type MoneyRefusal = Extract<
  Refusal,
  {
    kind:
      | 'nothing_to_pay'
      | 'refund_too_high'
      | 'unknown_ticket'
      | 'ticket_returned'
      | 'disputed'
      | 'nothing_to_refund'
      | 'no_resale'
      | 'offer_taken';
  }
>;

function problemOfMoney(refusal: MoneyRefusal): ProblemError {
  switch (refusal.kind) {
    case 'nothing_to_pay':
      return problem('SALES_NOTHING_TO_PAY', { detail: 'This booking costs nothing. Confirm it.' });
    case 'refund_too_high':
      return problem('SALES_REFUND_TOO_HIGH', {
        detail: 'That is more than is left of what was paid.',
        extensions: { possible_minor: refusal.possibleMinor },
      });
    case 'unknown_ticket':
      return problem('NOT_FOUND', { detail: 'The booking has no such ticket.', extensions: { ticket_number: refusal.number } });
    case 'ticket_returned':
      return problem('SALES_TICKET_RETURNED', {
        detail: 'This ticket was given back before.',
        extensions: { ticket_number: refusal.number },
      });
    case 'disputed':
      return problem('SALES_DISPUTED', { detail: 'The bank has taken this payment back for now. Wait for what it decides.' });
    case 'no_resale':
      return problem('SALES_NO_RESALE', { detail: 'The organizer does not have tickets of this event sold again.' });
    case 'offer_taken':
      return problem('SALES_OFFER_TAKEN', {
        detail: 'Somebody holds its place and may pay for it. It can be kept if they do not.',
        extensions: { ticket_number: refusal.number },
      });
    case 'nothing_to_refund':
      return problem('SALES_NOTHING_TO_REFUND', { detail: 'Name tickets that come back, or an amount.' });
  }
}

/** The lane's own refusals: it is full, or does not know yet how a commit ended. Null for any other error. */
export function problemOfLaneError(error: unknown): ProblemError | null {
  if (error instanceof LaneBusy) return retryLater('LANE_BUSY', error.retryAfterSeconds, error);
  if (error instanceof OutcomeUnknown) return retryLater('OUTCOME_UNKNOWN', error.retryAfterSeconds, error);
  // Nobody reads this answer; as a refusal it is no line in the log.
  if (error instanceof ClientGone) return problem('REQUEST_TIMEOUT', { cause: error });
  return null;
}

function retryLater(code: 'LANE_BUSY' | 'OUTCOME_UNKNOWN', seconds: number, cause: Error): ProblemError {
  return problem(code, {
    detail: 'Send the same request with the same Idempotency-Key again.',
    headers: { 'retry-after': String(seconds) },
    extensions: { retry_after_seconds: seconds },
    cause,
  });
}

/** What a buyer has already is counted: `allowed` is how many more it can be. */
const buyerDetail = (allowed: number, tickets: string): string =>
  allowed === 0 ? `You have as many ${tickets} as one buyer can have.` : `You can take at most ${allowed} more ${tickets}.`;

const limitDetails: Readonly<Record<LimitName, (allowed: number) => string>> = {
  booking_min: (allowed) => `At least ${allowed} of these tickets must be booked together.`,
  booking_max: (allowed) => `At most ${allowed} of these tickets can be booked together.`,
  buyer_max: (allowed) => buyerDetail(allowed, 'of these tickets'),
  event_booking_max: (allowed) => `At most ${allowed} tickets of this event can be booked together.`,
  event_buyer_max: (allowed) => buyerDetail(allowed, 'tickets of this event'),
  add_on: (allowed) =>
    allowed === 0 ? 'This can be booked only together with other tickets.' : `With these tickets at most ${allowed} of this can be booked.`,
};

const promoDetails: Readonly<Record<PromoRefusalReason, string>> = {
  unknown: 'There is no such promo code.',
  not_started: 'The promo code cannot be used yet.',
  ended: 'The promo code cannot be used any more.',
  used_up: 'The promo code has been used as often as it can be.',
  buyer_limit: 'You have used the promo code as often as you can.',
  not_applicable: 'The promo code is for other tickets.',
};

const notOnSaleDetails: Readonly<Record<NotOnSaleReason, string>> = {
  event_state: 'This event is not on sale.',
  ticket_type_paused: 'The sale of these tickets is paused.',
  not_started: 'The sale of these tickets has not begun.',
  ended: 'The sale of these tickets has ended.',
};

function notOnSale(eventId: string, refusal: Extract<Refusal, { kind: 'not_on_sale' }>): ProblemError {
  const opensInSeconds = refusal.opensInMs === null ? null : Math.ceil(refusal.opensInMs / 1000);
  return problem('SALES_NOT_ON_SALE', {
    detail: notOnSaleDetails[refusal.reason],
    ...(opensInSeconds !== null && { headers: { 'retry-after': String(opensInSeconds) } }),
    extensions: { reason: refusal.reason, ticket_type_id: typeId(eventId, refusal.ticketTypeId), opens_in_seconds: opensInSeconds },
  });
}

type Of<Kind extends Refusal['kind']> = Extract<Refusal, { kind: Kind }>;

function wrongPrice(eventId: string, { ticketTypeId, leastMinor }: Of<'wrong_price'>): ProblemError {
  const fixed = 'The price of these tickets is fixed: leave unit_price_minor out.';
  return problem('SALES_PRICE_INVALID', {
    detail: leastMinor === null ? fixed : `The least that can be given for each is ${leastMinor}.`,
    extensions: { ticket_type_id: typeId(eventId, ticketTypeId), least_minor: leastMinor },
  });
}

function wrongEventState({ from, to }: Of<'wrong_event_state'>): ProblemError {
  const { next } = EVENT_STATES[from];
  const possible = next.length === 0 ? '' : `, only ${next.join(', ')}`;
  return problem('SALES_WRONG_EVENT_STATE', {
    detail: `An event that is ${from} cannot become ${to}${possible}.`,
    extensions: { from, to },
  });
}

function invalidTerms({ field, detail }: Of<'invalid_terms'>): ProblemError {
  return problem('SALES_TERMS_INVALID', { detail: `/${field} ${detail}.`, errors: [{ field: `/${field}`, detail }] });
}

function typeId(eventId: string, ticketTypeId: string | null): string | null {
  return ticketTypeId === null ? null : formatCellId('typ', eventId, ticketTypeId);
}
