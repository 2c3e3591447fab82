import { deletePage, type Queryable, type Tx } from '../../../platform/db/index.ts';

/** What catalog knows of an event besides its row. */
const TABLES = ['catalog.ticket_types', 'catalog.quotas', 'catalog.questions', 'catalog.event_moves', 'catalog.worded_commands'];

/** Test events of an organization, a page. */
export async function readTestEvents(on: Queryable, organizationId: string, limit: number): Promise<string[]> {
  const rows = await on.query<{ event_id: string }>(
    'select event_id from catalog.events where organization_id = $1 and is_test order by event_id limit $2',
    [organizationId, limit],
  );
  return rows.map((row) => row.event_id);
}

/** Whether it is a test event of this organization, until the transaction ends. */
export async function lockTestEvent(tx: Tx, organizationId: string, eventId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from catalog.events where event_id = $1 and organization_id = $2 and is_test for update', [
    eventId,
    organizationId,
  ]);
  return rows.length === 1;
}

/** Deletes a page of the words of an event's parts; false if none are left. */
export function purgeWords(tx: Tx, eventId: string): Promise<boolean> {
  return deletePage(tx, TABLES, eventId);
}

/** Deletes the row of an event, and only of a test event. */
export async function deleteTestEvent(tx: Tx, eventId: string): Promise<void> {
  await tx.query('delete from catalog.events where event_id = $1 and is_test', [eventId]);
}
