import type { Catalog } from '../catalog.ts';
import { etagOfWords } from '../etag.ts';
import { noSuchEvent } from '../parse-ids.ts';
import { readEvent, type EventView } from '../read-event.ts';

/** An event of one's own as it stands. Only a test event ever ceases to be: it is being purged. */
export async function requireEventView(catalog: Catalog, eventId: string): Promise<EventView> {
  const event = await readEvent(catalog, { eventId, viewer: { kind: 'organizer' } });
  if (!event) throw noSuchEvent();
  return event;
}

/** With the validator of its words, for who changes them. */
export function headersOfWords({ record }: EventView): Record<string, string> {
  return { etag: etagOfWords(record), 'cache-control': 'private, no-store' };
}
