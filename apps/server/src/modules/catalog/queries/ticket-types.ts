import type { Db, Tx } from '../../../platform/db/index.ts';
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

export type TicketTypeWordsChange = { eventId: string; ticketTypeId: string; words: Partial<TicketTypeWords> };

/** Changes what is named of a type's words, and raises the version of the event's; answers what they were, or null if there are none. */
export async function updateTicketTypeWords(
  tx: Tx,
  { eventId, ticketTypeId, words }: TicketTypeWordsChange,
): Promise<TicketTypeWords | null> {
  const text = 'select name, description from catalog.ticket_types where event_id = $1 and ticket_type_id = $2 for update';
  const [before] = await tx.query<TicketTypeWords>(text, [eventId, ticketTypeId]);
  if (!before) return null;
  const { name, description } = { ...before, ...words };
  await tx.query(
    `with changed as (update catalog.ticket_types set name = $3, description = $4 where event_id = $1 and ticket_type_id = $2)
     update catalog.events set words_version = words_version + 1 where event_id = $1`,
    [eventId, ticketTypeId, name, description],
  );
  return before;
}

/** The words of an event's ticket types, by id. */
export async function readTicketTypeWords(db: Db, eventId: string): Promise<Map<string, TicketTypeWords>> {
  const rows = await db.query<{ ticket_type_id: string; name: string; description: string }>(
    'select ticket_type_id, name, description from catalog.ticket_types where event_id = $1',
    [eventId],
  );
  return new Map(rows.map((row) => [row.ticket_type_id, { name: row.name, description: row.description }]));
}
