import type { EventDetail } from '@tessera/contract';
import { presentEvent, readEvent, type Catalog } from '../../modules/catalog/index.ts';

export type ShownEvent = { event: EventDetail | null; currency: string };

/** Beyond what currencies there are, so that no amount is shown wrongly where nothing is known. */
const UNKNOWN_CURRENCY = 'EUR';

/**
 * The event of a booking as everybody may see it. Of one that is not shown any more, or to few, the currency alone is told:
 * bookings of it are still looked at.
 */
export async function readShownEvent(catalog: Catalog, eventId: string): Promise<ShownEvent> {
  const shown = await readEvent(catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } });
  if (shown) {
    const event = presentEvent(shown);
    return { event, currency: event.currency };
  }
  const hidden = await readEvent(catalog, { eventId, viewer: { kind: 'organizer' } });
  return { event: null, currency: hidden ? presentEvent(hidden).currency : UNKNOWN_CURRENCY };
}
