import type { EventVenue, Venue as VenueJson } from '@tessera/contract';
import { formatId } from '../../platform/ids/index.ts';
import type { Address, EventWords, Venue } from './words.ts';

/** The place in the words of an event. */
export function presentPlace({
  venueName,
  venueCity,
  address,
}: Pick<EventWords, 'venueName' | 'venueCity'> & { address: Address }): EventVenue {
  return { name: venueName, city: venueCity, ...presentAddress(address) };
}

export function presentVenue({ id, name, city, address, timeZone, createdAt, archivedAt }: Venue): VenueJson {
  return {
    id: formatId('ven', id),
    name,
    city,
    ...presentAddress(address),
    time_zone: timeZone,
    created_at: createdAt.toISOString(),
    archived_at: archivedAt?.toISOString() ?? null,
  };
}

function presentAddress({ lines, postalCode, country, latitude, longitude }: Address): Omit<EventVenue, 'name' | 'city'> {
  return { address_lines: [...lines], postal_code: postalCode, country, latitude, longitude };
}
