/** What a ticket tells its holder and the door. Plain data: whoever renders it needs no database. */
export type TicketDocument = {
  title: string;
  startsAtMs: number;
  endsAtMs: number;
  doorsAtMs: number | null;
  /** IANA, as Europe/Berlin: times are shown as clocks at the event show them. */
  timeZone: string;
  placeLines: readonly string[];
  onlineUrl: string | null;
  ticketType: string;
  holderName: string | null;
  /** The booking's id or a short form of it; long ones are shown short. */
  bookingRef: string;
  number: number;
  of: number;
  /** Null where it is nobody's business: who was given a ticket is not told what it cost. */
  priceMinor: number | null;
  currency: string;
  /** What the QR code says. */
  code: string;
  organizer: { name: string; contact: string | null };
  /** `#rrggbb`. */
  accentColour: string | null;
  /** A ticket of the sandbox: marked so that nobody takes it for one that was paid. */
  isTest: boolean;
  /** Words of the organizer: what to bring, terms in short. */
  notes?: readonly string[];
};

export type DocumentLocale = 'en' | 'de';
export type TicketFormat = 'a4' | 'phone';

/** PNG or JPEG; what cannot be read is left out. */
export type TicketPictures = { picture?: Uint8Array | null; logo?: Uint8Array | null };
export type TicketOptions = TicketPictures & { format: TicketFormat; locale: DocumentLocale };
