import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal, TicketTypeTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';

export type ChangeTicketType = {
  eventId: string;
  ticketTypeId: string;
  /** Null leaves it as it is. */
  capacity: number | null;
  changes: Partial<TicketTypeTerms>;
  idempotencyKey: string;
};

/** Changes the price, capacity, limits, window, access code or state of a ticket type. Prices of holds stay. */
export async function changeTicketType(catalog: Catalog, request: ChangeTicketType): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, ticketTypeId, capacity, changes, idempotencyKey } = request;
  return configure(catalog.sales, eventId, {
    kind: 'change-ticket-type',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'change-ticket-type', ticketTypeId, capacity, changes }),
    ticketTypeId,
    capacity,
    changes,
  });
}
