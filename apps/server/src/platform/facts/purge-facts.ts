import { deletePage, type Tx } from '../db/index.ts';

/** Deletes a page of an event's facts; false if there are none. */
export function purgeFacts(tx: Tx, eventId: string): Promise<boolean> {
  return deletePage(tx, ['facts.facts'], eventId);
}
