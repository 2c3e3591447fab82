/** Ids are made of a prefix, the event's part, and their own: whose they are stands in them. */
const PREFIX_CHARS = 4;
const PART_CHARS = 26;

/** The event that a booking is of. */
export function eventIdOf(bookingId) {
  return `evt_${bookingId.slice(PREFIX_CHARS, PREFIX_CHARS + PART_CHARS)}`;
}

/** The booking that a ticket is of. */
export function bookingIdOf(ticketId) {
  return `bkg_${ticketId.slice(PREFIX_CHARS, PREFIX_CHARS + 2 * PART_CHARS)}`;
}
