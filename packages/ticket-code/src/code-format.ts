import { decodeBase41, encodeBase41 } from './base41.ts';
import { readUuid, UUID_BYTES, writeUuid } from './uuid-bytes.ts';

/**
 * The code of a ticket, 178 characters:
 *
 *   T | base 41 of: key number 2 bytes | event 16 | booking 16 | number 2 | issue 2 | secret 16 | signature 64
 *
 * Numbers are big-endian. `T` is this format, with its version: another one begins with another letter. The signature is Ed25519
 * (RFC 8032) over the text of CONTEXT and the 54 bytes before it.
 *
 * Why not base64url: these 118 bytes would be 158 characters outside a QR code's alphanumeric mode, 8 bits each, which needs version
 * 9 (53 × 53 modules, correction M). In alphanumeric mode the 178 characters fill version 7 (45 × 45) to its last bit:
 * modules are a sixth larger on the same paper. Base 45 (RFC 9285) is as short, and has characters that get lost, see base41.ts.
 */
const PREFIX = 'T';
const CONTEXT = new TextEncoder().encode('tessera ticket T\n');
const KEY_NO_AT = 0;
const EVENT_AT = 2;
const BOOKING_AT = EVENT_AT + UUID_BYTES;
const NUMBER_AT = BOOKING_AT + UUID_BYTES;
const ISSUE_AT = NUMBER_AT + 2;
const SECRET_AT = ISSUE_AT + 2;
const PAYLOAD_BYTES = SECRET_AT + UUID_BYTES;
const SIGNATURE_BYTES = 64;
const CODE_BYTES = PAYLOAD_BYTES + SIGNATURE_BYTES;

export const CODE_CHARS = PREFIX.length + (CODE_BYTES / 2) * 3;
const NUMBER_MAX = 0x7fff;
const UINT16_MAX = 0xffff;

/** What a code says. Event, booking and secret are UUIDs in lower-case text; the key's number is within its event. */
export type TicketCode = { keyNo: number; eventId: string; bookingId: string; number: number; issue: number; secret: string };

export type ParsedCode = { ticket: TicketCode; signature: Uint8Array<ArrayBuffer> };

/** What the signature of a ticket's code is made over. Throws RangeError for what fits in no code. */
export function signedBytes(ticket: TicketCode): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CONTEXT.length + PAYLOAD_BYTES);
  bytes.set(CONTEXT);
  bytes.set(payloadOf(ticket), CONTEXT.length);
  return bytes;
}

/** The code's text. It is as good as the signature: whoever has none to verify, or no right one, writes a worthless code. */
export function composeCode(ticket: TicketCode, signature: Uint8Array): string {
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError(`a signature has ${SIGNATURE_BYTES} bytes`);
  const bytes = new Uint8Array(CODE_BYTES);
  bytes.set(payloadOf(ticket));
  bytes.set(signature, PAYLOAD_BYTES);
  return PREFIX + encodeBase41(bytes);
}

/**
 * What a text says as a code, or null if it is none: only what `composeCode` writes is one, to the letter. Nothing is verified: who
 * trusts it verifies the signature, or compares the secret with the ticket's own.
 */
export function parseCode(text: string): ParsedCode | null {
  if (text.length !== CODE_CHARS || !text.startsWith(PREFIX)) return null;
  const bytes = decodeBase41(text.slice(PREFIX.length));
  if (bytes === null) return null;
  const ticket: TicketCode = {
    keyNo: readUint16(bytes, KEY_NO_AT),
    eventId: readUuid(bytes, EVENT_AT),
    bookingId: readUuid(bytes, BOOKING_AT),
    number: readUint16(bytes, NUMBER_AT),
    issue: readUint16(bytes, ISSUE_AT),
    secret: readUuid(bytes, SECRET_AT),
  };
  return hasNumbers(ticket) ? { ticket, signature: bytes.slice(PAYLOAD_BYTES) } : null;
}

function payloadOf(ticket: TicketCode): Uint8Array {
  if (!hasNumbers(ticket)) throw new RangeError('a number of the ticket does not fit in a code');
  const bytes = new Uint8Array(PAYLOAD_BYTES);
  writeUint16(bytes, ticket.keyNo, KEY_NO_AT);
  writeUuid(bytes, ticket.eventId, EVENT_AT);
  writeUuid(bytes, ticket.bookingId, BOOKING_AT);
  writeUint16(bytes, ticket.number, NUMBER_AT);
  writeUint16(bytes, ticket.issue, ISSUE_AT);
  writeUuid(bytes, ticket.secret, SECRET_AT);
  return bytes;
}

/** All are counted from one. */
function hasNumbers({ keyNo, number, issue }: TicketCode): boolean {
  return isWithin(keyNo, UINT16_MAX) && isWithin(number, NUMBER_MAX) && isWithin(issue, UINT16_MAX);
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function readUint16(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 256 + bytes[at + 1]!;
}

function writeUint16(bytes: Uint8Array, value: number, at: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value & 0xff;
}
