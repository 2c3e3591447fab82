import type { TicketCode } from '@tessera/ticket-code';
import type { EventKeys } from '../keys/event-keys.ts';
import { signCode } from './sign-code.ts';

/** Some 500 bytes each. Too few cost signatures, 40 µs each; too many cost memory. */
const CODES_MAX = 20_000;

export type Coded = Omit<TicketCode, 'keyNo'>;

/** Signs codes when they are read, and remembers them by the ticket's secret, which a new issue replaces. */
export type CodeBook = {
  /** The codes of tickets of one event, in their order; null if there is no such event any more. */
  codesOf(eventId: string, tickets: readonly Coded[]): Promise<string[] | null>;
};

export function buildCodeBook(keys: EventKeys, codesMax = CODES_MAX): CodeBook {
  const codes = new Map<string, { keyNo: number; code: string }>();

  function remember(secret: string, keyNo: number, code: string): void {
    codes.delete(secret);
    codes.set(secret, { keyNo, code });
    if (codes.size > codesMax) codes.delete(codes.keys().next().value!);
  }

  return {
    codesOf: async (eventId, tickets) => {
      const key = await keys.signingKey(eventId);
      if (!key) return null;
      return tickets.map((ticket) => {
        const known = codes.get(ticket.secret);
        const code = known?.keyNo === key.keyNo ? known.code : signCode(key, ticket);
        // Also what was known is put behind the others: the oldest is forgotten first.
        remember(ticket.secret, key.keyNo, code);
        return code;
      });
    },
  };
}
