import type { Tx } from '../../../platform/db/index.ts';

/**
 * Takes up the words of a lane command, for the transaction that writes them; false if they were written before, or the event is gone.
 * The event's row is held: whoever purges it waits.
 */
export async function takeUpWords(tx: Tx, eventId: string, commandId: string): Promise<boolean> {
  const events = await tx.query('select 1 from catalog.events where event_id = $1 for update', [eventId]);
  if (events.length === 0) return false;
  const rows = await tx.query(
    'insert into catalog.worded_commands (event_id, command_id) values ($1, $2) on conflict (event_id, command_id) do nothing returning 1',
    [eventId, commandId],
  );
  return rows.length === 1;
}
