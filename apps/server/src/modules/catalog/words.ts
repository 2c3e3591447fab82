import type { CATEGORIES } from '@tessera/contract';

/** The words of an organization. */
export type Organization = { id: string; name: string; slug: string };

/** The words of an event, as its organizer writes them. Times in milliseconds since 1970. */
export type EventWords = {
  organizationId: string;
  title: string;
  summary: string;
  description: string;
  venueName: string;
  venueCity: string;
  startsAtMs: number;
  endsAtMs: number;
  /** An IANA name: the zone in which the times are shown. */
  timeZone: string;
  /** A path on this server or an https address; null where there is none. */
  picture: string | null;
};

/** Where a place is, beside its name and its city. The coordinates are both there or neither. */
export type Address = {
  lines: readonly string[];
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  latitude: number | null;
  longitude: number | null;
};

/** A part of an event of several days. */
export type EventDay = { title: string; startsAtMs: number; endsAtMs: number };

export type Category = (typeof CATEGORIES)[number];
/** Where it takes place. */
export type Place = 'venue' | 'online' | 'both';

/** What an organizer says of an event once it is made, and lists show. */
export type ListedDetails = {
  category: Category | null;
  tags: readonly string[];
  /** BCP 47, in their canonical spelling. */
  languages: readonly string[];
  place: Place;
  address: Address;
  doorsAtMs: number | null;
  days: readonly EventDay[];
};

/** What an event's own page shows besides; `onlineUrl` is for members and holders alone. */
export type EventDetails = ListedDetails & {
  venueId: string | null;
  onlineUrl: string | null;
  /** Null: its organizer's. */
  terms: string | null;
  refundPolicy: string | null;
  cancellationReason: string | null;
};

/** All words of an event. */
export type FullWords = EventWords & EventDetails;

/** An event in a list: its words without the long ones. */
export type ListedWords = { eventId: string } & Omit<EventWords, 'description'> & ListedDetails;

/** What a move changes: what stands on tickets that are sold. */
export type EventDates = { starts_at: string; ends_at: string; place: Place; venue: { name: string; city: string } };
export type EventMove = { at: Date; before: EventDates; after: EventDates; reason: string };

/** A venue of an organization. */
export type Venue = {
  id: string;
  name: string;
  city: string;
  address: Address;
  timeZone: string;
  createdAt: Date;
  archivedAt: Date | null;
};

/** What an organization says wherever it sells; null where it says nothing. */
export type ProfileTexts = {
  imprint: string | null;
  terms: string | null;
  refundPolicy: string | null;
  privacyUrl: string | null;
  contactEmail: string | null;
  website: string | null;
  accentColour: string | null;
  logo: string | null;
};
export type Profile = Organization & ProfileTexts;

export type TicketTypeWords = { name: string; description: string };
