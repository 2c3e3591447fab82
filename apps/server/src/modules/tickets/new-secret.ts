import { randomFillSync } from 'node:crypto';
import { dashed, formatTicketId, type TicketKey } from '../../platform/ids/index.ts';
import { lookupHash } from '../../platform/seal/index.ts';

const SECRET_BYTES = 16;

/** What a ticket's code must show: 128 random bits, in the form of a UUID. */
export function newTicketSecret(): string {
  return dashed(randomFillSync(Buffer.alloc(SECRET_BYTES)).toString('hex'));
}

/**
 * The secret of a command that is named: the same for its repeat, so that it is known for one by the ticket it made. Nobody
 * foretells it who does not have the server's key.
 */
export function secretOfCommand(commandKey: Buffer, ticket: TicketKey, command: string): string {
  const hash = lookupHash(commandKey, `${formatTicketId(ticket)}\n${command}`);
  return dashed(hash.toString('hex', 0, SECRET_BYTES));
}
