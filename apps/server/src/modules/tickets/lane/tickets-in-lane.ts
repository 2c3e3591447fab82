import { integerArray, textArray, uuidArray, uuidArrayOfBytes, type Statement } from '../../../platform/db/index.ts';
import { INSERT_TICKETS, OFFER_TICKETS, REVOKE_TICKETS } from './statements.ts';

/** A booking that became confirmed: its tickets come to be, numbered from 1 through its lines. */
export type IssuedBooking = {
  readonly id: string;
  readonly buyerKey: string;
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
};

export type RevokedTickets = { readonly bookingId: string; readonly numbers: readonly number[]; readonly reason: string };

export type OfferedTicket = { readonly bookingId: string; readonly number: number };

/** What a batch of the sale tells of tickets, as a lane hands it to its parts. */
export type TicketsBatch = {
  readonly changes: {
    readonly issued: readonly IssuedBooking[];
    readonly revoked: readonly RevokedTickets[];
    readonly newOffers: readonly OfferedTicket[];
    /** Those that came back are among the revoked. */
    readonly endedOffers: readonly (OfferedTicket & { readonly isWithdrawn: boolean })[];
  };
  readonly nowMs: number;
  /** Adds a statement about the batch's event, whose id is its first value. */
  add(statement: Statement, ...values: (string | number | Buffer | null)[]): void;
};

/** Fills a buffer with random bytes: `randomFillSync`, save in tests. */
export type FillRandom = (bytes: Buffer) => void;

const SECRET_BYTES = 16;

/**
 * The tickets' part in a batch of the sale: one statement issues, one revokes, one marks what is offered and one what is kept after all; none is sent without rows. A booking's tickets are
 * issued once: a second time breaks the primary key, and with it the command that tried. What one batch both confirms and
 * cancels is issued first, and so revoked.
 */
export function buildTicketsInLane(fillRandom: FillRandom): { write(batch: TicketsBatch): void } {
  return {
    write: ({ changes, nowMs, add }) => {
      issue(changes.issued, fillRandom, (...values) => add(INSERT_TICKETS, nowMs, ...values));
      offer(changes.newOffers, (...values) => add(OFFER_TICKETS, nowMs, ...values));
      const kept = changes.endedOffers.filter((ended) => ended.isWithdrawn);
      offer(kept, (...values) => add(OFFER_TICKETS, null, ...values));
      revoke(changes.revoked, (...values) => add(REVOKE_TICKETS, nowMs, ...values));
    },
  };
}

type Send = (...arrays: Buffer[]) => void;

function issue(bookings: readonly IssuedBooking[], fillRandom: FillRandom, send: Send): void {
  if (bookings.length === 0) return;
  const bookingIds: string[] = [];
  const numbers: number[] = [];
  const ticketTypeIds: string[] = [];
  const buyerKeys: string[] = [];
  for (const { id, buyerKey, lines } of bookings) {
    let number = 0;
    for (const line of lines) {
      for (const last = number + line.quantity; number < last; ) {
        number += 1;
        bookingIds.push(id);
        numbers.push(number);
        ticketTypeIds.push(line.ticketTypeId);
        buyerKeys.push(buyerKey);
      }
    }
  }
  const secrets = Buffer.allocUnsafe(numbers.length * SECRET_BYTES);
  fillRandom(secrets);
  send(uuidArray(bookingIds), integerArray(numbers), uuidArray(ticketTypeIds), uuidArray(buyerKeys), uuidArrayOfBytes(secrets));
}

function offer(tickets: readonly OfferedTicket[], send: Send): void {
  if (tickets.length === 0) return;
  send(uuidArray(tickets.map((ticket) => ticket.bookingId)), integerArray(tickets.map((ticket) => ticket.number)));
}

function revoke(revoked: readonly RevokedTickets[], send: Send): void {
  if (revoked.length === 0) return;
  const rows = revoked.flatMap(({ bookingId, numbers, reason }) => numbers.map((number) => ({ bookingId, number, reason })));
  if (rows.length === 0) return;
  send(uuidArray(rows.map((row) => row.bookingId)), integerArray(rows.map((row) => row.number)), textArray(rows.map((row) => row.reason)));
}
