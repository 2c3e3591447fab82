import { formatCellId, parseCellId } from '../../../platform/ids/index.ts';

/** A ticket: the event and the booking, and its number in it. */
export type TicketKey = { eventId: string; bookingId: string; number: number };

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const NUMBER_CHARS = 3;

/** `tkt_…`: event and booking as in the booking's id, then the number in three characters of base 32. */
export function formatTicketId({ eventId, bookingId, number }: TicketKey): string {
  const digits = [number >>> 10, (number >>> 5) & 31, number & 31].map((value) => ALPHABET[value]);
  return `tkt_${formatCellId('bkg', eventId, bookingId).slice(4)}${digits.join('')}`;
}

/** Null if the text is no well-formed id of a ticket. */
export function parseTicketId(text: string): TicketKey | null {
  if (!text.startsWith('tkt_')) return null;
  const booking = parseCellId('bkg', `bkg_${text.slice(4, -NUMBER_CHARS)}`);
  const values = [...text.slice(-NUMBER_CHARS)].map((digit) => ALPHABET.indexOf(digit));
  const number = values.reduce((sum, value) => sum * 32 + value, 0);
  if (booking === null || values.includes(-1) || number < 1) return null;
  return { eventId: booking.eventId, bookingId: booking.id, number };
}
