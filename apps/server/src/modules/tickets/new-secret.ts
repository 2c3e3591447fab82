import { randomFillSync } from 'node:crypto';
import { dashed } from '../../platform/ids/index.ts';

const SECRET_BYTES = 16;

/** What a ticket's code must show: 128 random bits, in the form of a UUID. */
export function newTicketSecret(): string {
  return dashed(randomFillSync(Buffer.alloc(SECRET_BYTES)).toString('hex'));
}
