const CHARS = 16;
const GROUP = /.{4}/g;

/**
 * The number of a booking's receipt: always the same for a booking, and no other's. It is not one of a series without gaps, as laws
 * ask for invoices, and does not claim to be: bookings of one event are decided in one place and those of an organization in many,
 * so a number that counts them all would be a lock that every sale waits for. Who must number invoices does so in the books, where
 * they are made out; this number leads back to the booking, whose short form is its end.
 */
export function receiptNumber(publicBookingId: string): string {
  const end = publicBookingId.slice(-CHARS).toUpperCase();
  return `R-${(end.match(GROUP) ?? []).join('-')}`;
}
