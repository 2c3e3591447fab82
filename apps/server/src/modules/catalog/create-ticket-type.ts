import { configure } from '../sales/index.ts';
import type { Refusal, TicketTypeTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, createdId, fingerprintOf } from './organizer-keys.ts';
import { insertTicketTypeWords } from './queries/ticket-types.ts';
import type { TicketTypeWords } from './words.ts';

export type CreateTicketType = {
  eventId: string;
  words: TicketTypeWords;
  capacity: number;
  terms: TicketTypeTerms;
  idempotencyKey: string;
};

export type TicketTypeCreated = { kind: 'created'; ticketTypeId: string; replayed: boolean };

/**
 * Creates a ticket type: its stock through the lane, then its words. A crash in between leaves a type without
 * words, which nobody is shown; the repeat of the request writes them.
 */
export async function createTicketType(catalog: Catalog, request: CreateTicketType): Promise<TicketTypeCreated | Refusal> {
  const { eventId, words, capacity, terms, idempotencyKey } = request;
  const ticketTypeId = createdId(`${eventId}/ticket-type`, idempotencyKey);
  const outcome = await configure(catalog.sales, eventId, {
    kind: 'create-ticket-type',
    commandId: commandId(eventId, idempotencyKey),
    fingerprint: fingerprintOf({ kind: 'create-ticket-type', words, capacity, terms }),
    ticketTypeId,
    capacity,
    terms,
  });
  if (outcome.kind !== 'configured') return outcome;
  await insertTicketTypeWords(catalog.db, { eventId, ticketTypeId, ...words });
  return { kind: 'created', ticketTypeId, replayed: outcome.replayed };
}
