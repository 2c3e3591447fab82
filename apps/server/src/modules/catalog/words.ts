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

/** An event in a list: its words without the long ones. */
export type ListedWords = { eventId: string } & Omit<EventWords, 'description'>;

export type TicketTypeWords = { name: string; description: string };
