import { configure } from '../sales/index.ts';
import type { ConfiguredOutcome, Refusal, TicketTypeTerms } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { commandId, fingerprintOf } from './organizer-keys.ts';
import { updateTicketTypeWords } from './queries/ticket-types.ts';
import { takeUpWords } from './queries/worded-commands.ts';
import type { TicketTypeWords } from './words.ts';

export type ChangeTicketType = {
  eventId: string;
  ticketTypeId: string;
  /** Null leaves it as it is. */
  capacity: number | null;
  changes: Partial<TicketTypeTerms>;
  /** Those that change. */
  words: Partial<TicketTypeWords>;
  idempotencyKey: string;
};

/**
 * Changes the price, capacity, limits, window, access code, state or words of a ticket type. Prices of holds stay. Through the lane,
 * then in words, once for each command: broken off in between the repeat writes the words, and a late one brings no old words back.
 */
export async function changeTicketType(catalog: Catalog, request: ChangeTicketType): Promise<ConfiguredOutcome | Refusal> {
  const { eventId, ticketTypeId, capacity, changes, words, idempotencyKey } = request;
  const isWorded = Object.keys(words).length > 0;
  const id = commandId(eventId, idempotencyKey);
  const outcome = await configure(catalog.sales, eventId, {
    kind: 'change-ticket-type',
    commandId: id,
    fingerprint: fingerprintOf({ kind: 'change-ticket-type', ticketTypeId, capacity, changes, ...(isWorded && { words }) }),
    ticketTypeId,
    capacity,
    changes,
  });
  if (outcome.kind !== 'configured' || !isWorded) return outcome;
  const before = await catalog.db.transaction(async (tx) =>
    (await takeUpWords(tx, eventId, id)) ? updateTicketTypeWords(tx, { eventId, ticketTypeId, words }) : null,
  );
  const were = before && Object.fromEntries(Object.entries(before).filter(([name]) => Object.hasOwn(words, name)));
  return { ...outcome, before: outcome.before && { ...outcome.before, ...were } };
}
