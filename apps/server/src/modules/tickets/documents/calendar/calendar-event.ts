/** An event as calendars take it. Several days are several times: each is an entry of its own. */
export type CalendarEvent = {
  /** The event's public id: entries of the same event are found again by it, so it must not change. */
  id: string;
  /** Raised whenever times, place or status change; calendars ignore what is not newer than what they have. */
  sequence: number;
  status: 'confirmed' | 'cancelled';
  changedAtMs: number;
  title: string;
  times: readonly { startsAtMs: number; endsAtMs: number }[];
  placeLines: readonly string[];
  onlineUrl: string | null;
  description: string | null;
  /** The event's page. */
  url: string | null;
  organizer: { name: string; email: string | null };
};
