import { countryName, type EventView } from '../../catalog/index.ts';

/** Where an event takes place, as an address is written; nothing for what is online alone. */
export function placeLinesOf({ record }: Pick<EventView, 'record'>): string[] {
  const { place, venueName, venueCity, address } = record.words;
  if (place === 'online') return [];
  const city = `${address.postalCode} ${venueCity}`.trim();
  return [venueName, ...address.lines, city, ...(address.country === null ? [] : [countryName(address.country)])];
}

/** Where it is joined: for members and holders alone. */
export function onlineUrlOf({ record }: Pick<EventView, 'record'>): string | null {
  const { place, onlineUrl } = record.words;
  return place === 'venue' ? null : onlineUrl;
}
