import type { Catalog } from './catalog.ts';
import { readTitle } from './queries/events.ts';

/** What an event is called, whether or not it is public; null if there is none. */
export function readEventTitle({ db }: Catalog, eventId: string): Promise<string | null> {
  return readTitle(db, eventId);
}
