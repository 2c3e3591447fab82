import type { EventDetail } from '@tessera/contract';
import { presentEvent, readEvent, type Catalog } from '../../modules/catalog/index.ts';

/** The event of a booking as everybody may see it; null where it is shown to nobody, or to few: the id of a booking tells nothing of it. */
export async function readShownEvent(catalog: Catalog, eventId: string): Promise<EventDetail | null> {
  const shown = await readEvent(catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } });
  return shown && presentEvent(shown);
}
