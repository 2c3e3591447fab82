import { formatTicketId, type TicketKey } from '../../../platform/ids/index.ts';
import { seal, unseal } from '../../../platform/seal/index.ts';

/**
 * The address of an offer lies sealed for as long as the offer is open. Who is to get a ticket has no key of their own here: the
 * row itself goes, or loses the address, when the ticket was taken, the offer withdrawn or its time is over.
 */
export function sealAddress(offerKey: Buffer, key: TicketKey, email: string): Buffer {
  return seal(offerKey, email, contextOf(key));
}

/** Null for what was not sealed for this ticket with the key of this server. */
export function openAddress(offerKey: Buffer, key: TicketKey, sealed: Buffer): string | null {
  return unseal(offerKey, sealed, contextOf(key));
}

function contextOf(key: TicketKey): string {
  return `address of the offer of ${formatTicketId(key)}`;
}
