import { CATEGORIES } from '@tessera/contract';
import { invariant } from '../../../platform/invariant.ts';
import type { Address, EventDay, EventDetails, EventWords, ListedDetails, Place } from '../words.ts';

/** The columns of catalog.events, and how they become words. */
export type ListedRow = {
  event_id: string;
  organization_id: string;
  title: string;
  summary: string;
  venue_name: string;
  venue_city: string;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  picture: string | null;
  category: string | null;
  tags: string[];
  languages: string[];
  place: Place;
  doors_at: Date | null;
  days: { title: string; starts_at: string; ends_at: string }[];
} & AddressRow;

export type AddressRow = {
  address_lines: string[];
  postal_code: string;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
};

export type EventRow = ListedRow & {
  description: string;
  venue_id: string | null;
  online_url: string | null;
  terms: string | null;
  refund_policy: string | null;
  cancellation_reason: string | null;
  is_test: boolean;
  words_version: string;
  created_at: Date;
  listed: boolean;
  moves: number;
  moves_told: number;
  questions: number;
};

export const ADDRESS_COLUMNS = 'address_lines, postal_code, country, latitude, longitude';
export const LISTED_COLUMNS = `event_id, organization_id, title, summary, venue_name, venue_city, starts_at, ends_at, time_zone, picture,
  category, tags, languages, place, ${ADDRESS_COLUMNS}, doors_at, days`;
export const EVENT_COLUMNS = `${LISTED_COLUMNS}, description, venue_id, online_url, terms, refund_policy, cancellation_reason,
  is_test, words_version, created_at, listed, moves, moves_told, questions`;

export function toListedWords(row: ListedRow): Omit<EventWords, 'description'> & ListedDetails {
  return {
    organizationId: row.organization_id,
    title: row.title,
    summary: row.summary,
    venueName: row.venue_name,
    venueCity: row.venue_city,
    startsAtMs: row.starts_at.getTime(),
    endsAtMs: row.ends_at.getTime(),
    timeZone: row.time_zone,
    picture: row.picture,
    category: toCategory(row.category),
    tags: row.tags,
    languages: row.languages,
    place: row.place,
    address: toAddress(row),
    doorsAtMs: row.doors_at?.getTime() ?? null,
    days: row.days.map(toDay),
  };
}

export function toDetails(row: EventRow): Omit<EventDetails, keyof ListedDetails> {
  return {
    venueId: row.venue_id,
    onlineUrl: row.online_url,
    terms: row.terms,
    refundPolicy: row.refund_policy,
    cancellationReason: row.cancellation_reason,
  };
}

export function toAddress(row: AddressRow): Address {
  const { address_lines: lines, postal_code: postalCode, country, latitude, longitude } = row;
  return { lines, postalCode, country, latitude, longitude };
}

/** The values of the address columns, in their order. */
export function addressValues({ lines, postalCode, country, latitude, longitude }: Address) {
  return [lines, postalCode, country, latitude, longitude] as const;
}

function toDay(day: ListedRow['days'][number]): EventDay {
  return { title: day.title, startsAtMs: Date.parse(day.starts_at), endsAtMs: Date.parse(day.ends_at) };
}

function toCategory(text: string | null): ListedDetails['category'] {
  if (text === null) return null;
  const category = CATEGORIES.find((known) => known === text);
  invariant(category, `no such category: ${text}`);
  return category;
}
