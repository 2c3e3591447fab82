import type { Db } from '../../../platform/db/index.ts';
import type { TicketTypeWords } from '../words.ts';

export type NewTicketTypeWords = TicketTypeWords & { eventId: string; ticketTypeId: string };

/** Inserts the words of a ticket type, unless they are there, and raises the version of the event's words. */
export async function insertTicketTypeWords(db: Db, words: NewTicketTypeWords): Promise<void> {
  await db.query(
    `with inserted as (
       insert into catalog.ticket_types (event_id, ticket_type_id, name, description)
       values ($1, $2, $3, $4) on conflict (event_id, ticket_type_id) do nothing returning event_id
     )
     update catalog.events set words_version = words_version + 1
     where event_id = $1 and exists (select from inserted)`,
    [words.eventId, words.ticketTypeId, words.name, words.description],
  );
}

/** The words of an event's ticket types, by id. */
export async function readTicketTypeWords(db: Db, eventId: string): Promise<Map<string, TicketTypeWords>> {
  const rows = await db.query<{ ticket_type_id: string; name: string; description: string }>(
    'select ticket_type_id, name, description from catalog.ticket_types where event_id = $1',
    [eventId],
  );
  return new Map(rows.map((row) => [row.ticket_type_id, { name: row.name, description: row.description }]));
}
