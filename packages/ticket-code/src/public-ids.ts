import type { TicketCode } from './code-format.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID_CHARS = 26;
const NUMBER_CHARS = 3;

/** The ticket's id as the API writes it: `tkt_`, event, booking, and the number in three characters of Crockford's base 32. */
export function ticketIdOf({ eventId, bookingId, number }: Pick<TicketCode, 'eventId' | 'bookingId' | 'number'>): string {
  return `tkt_${encode(uuidValue(eventId), UUID_CHARS)}${encode(uuidValue(bookingId), UUID_CHARS)}${encode(BigInt(number), NUMBER_CHARS)}`;
}

/** The event's id as the API writes it. */
export function eventIdOf({ eventId }: Pick<TicketCode, 'eventId'>): string {
  return `evt_${encode(uuidValue(eventId), UUID_CHARS)}`;
}

function uuidValue(uuid: string): bigint {
  return BigInt(`0x${uuid.replaceAll('-', '')}`);
}

function encode(value: bigint, chars: number): string {
  let text = '';
  for (let place = chars - 1; place >= 0; place -= 1) text += ALPHABET.charAt(Number((value >> BigInt(5 * place)) & 31n));
  return text;
}
