import { isSold } from '../booking-states.ts';
import { ticketsLeft, ticketTypeOf } from '../booking-tickets.ts';
import type { OfferCommand } from '../commands.ts';
import { isToSell } from '../event-states.ts';
import type { Refusal } from '../outcomes.ts';
import { moveOffered, type Draft } from './draft.ts';
import { endOffers } from './end-offers.ts';
import { ticketFact } from './facts.ts';
import { findWrongTicket } from './refund.ts';
import type { Booking, Offer } from './state.ts';

/** The holder offers tickets, which stay valid and sold until their places are sold again; or keeps them after all. */
export function changeOffers(draft: Draft, booking: Booking, { tickets, isWithdrawn }: OfferCommand): Refusal | null {
  const numbers = [...new Set(tickets)].sort((a, b) => a - b);
  return isWithdrawn ? withdraw(draft, booking, numbers) : offer(draft, booking, numbers);
}

function offer(draft: Draft, booking: Booking, numbers: readonly number[]): Refusal | null {
  if (!isSold(booking.state)) return { kind: 'wrong_state', state: booking.state, move: 'offer' };
  const fresh = numbers.filter((number) => !booking.offers.some((offered) => offered.number === number));
  const refusal = findWrongTicket(booking, numbers, ticketsLeft(booking));
  if (refusal || fresh.length === 0) return refusal;
  const closed = findNoResale(draft, booking, fresh);
  if (closed) return closed;
  for (const number of fresh) openOffer(draft, booking, number);
  draft.changes.changedBookings.add(booking);
  return null;
}

/** Only money that goes back by itself is promised: what was paid at a desk, or elsewhere, its organizer gives back. */
function findNoResale(draft: Draft, booking: Booking, numbers: readonly number[]): Refusal | null {
  const { terms, nowMs } = draft;
  if (!terms.resale) return { kind: 'no_resale' };
  if (!isToSell(terms.state)) return { kind: 'not_on_sale', reason: 'event_state', ticketTypeId: null, opensInMs: null };
  const isOver = ({ salesEndMs }: { salesEndMs: number | null }): boolean => salesEndMs !== null && nowMs >= salesEndMs;
  if (isOver(terms)) return { kind: 'not_on_sale', reason: 'ended', ticketTypeId: null, opensInMs: null };
  for (const number of numbers) {
    const ticketTypeId = ticketTypeOf(booking.lines, number);
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    if (ticketType && isOver(ticketType.terms)) return { kind: 'not_on_sale', reason: 'ended', ticketTypeId, opensInMs: null };
  }
  if (booking.dispute === 'opened') return { kind: 'disputed' };
  const isByProvider = booking.tender === 'card' && booking.paymentRef !== null;
  return booking.paidMinor > 0 && !isByProvider ? { kind: 'organizer_only', move: 'refund' } : null;
}

/** Its number is that of its fact: the event has no two alike, and who offers first has the lower one. */
function openOffer(draft: Draft, booking: Booking, number: number): void {
  const ticketTypeId = ticketTypeOf(booking.lines, number);
  draft.changes.facts.push(ticketFact('ticket.offered', booking, { numbers: [number] }));
  const seq = draft.state.head.factSeq + draft.changes.facts.length;
  const opened: Offer = { ticketTypeId, seq, bookingId: booking.id, number };
  booking.offers = [...booking.offers, { number, seq }];
  draft.changes.newOffers.push(opened);
  const offers = draft.offers.get(ticketTypeId);
  if (offers) offers.push(opened);
  else draft.offers.set(ticketTypeId, [opened]);
  moveOffered(draft, ticketTypeId, { offered: 1, taken: 0 });
}

/** Which of a type's offers a hold will get is not known before it is confirmed: any may be withdrawn while enough are left for all holds. */
function withdraw(draft: Draft, booking: Booking, numbers: readonly number[]): Refusal | null {
  const open = numbers.filter((number) => booking.offers.some((offered) => offered.number === number));
  const needed = new Map<string, number>();
  for (const number of open) {
    const ticketTypeId = ticketTypeOf(booking.lines, number);
    const ticketType = draft.ticketTypes.get(ticketTypeId);
    const count = (needed.get(ticketTypeId) ?? 0) + 1;
    if (!ticketType || count > ticketType.offered - ticketType.taken) return { kind: 'offer_taken', number };
    needed.set(ticketTypeId, count);
  }
  for (const number of open) {
    endOffers(draft, booking, [number], { isWithdrawn: true });
    draft.changes.facts.push(ticketFact('ticket.offer_withdrawn', booking, { numbers: [number] }));
  }
  return null;
}
