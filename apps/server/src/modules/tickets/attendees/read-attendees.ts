import { invariant } from '../../../platform/invariant.ts';
import { questionsFor, readEventStart, readQuestions, type Answer, type QuestionRecord, type Respondent } from '../../catalog/index.ts';
import { readBookings, type Booking } from '../../sales/index.ts';
import { NOTHING_SAID, unsealSaid, type Said } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { missingIn, type Missing } from './find-missing.ts';
import { readAttendees, type AttendeeRow } from './queries/attendees.ts';
import { readHolders } from './queries/holders.ts';
import { reachOf, type HeldTicket, type Reach } from './reach.ts';

/** A booking, and the buyers for whom somebody acts: one by a session, or all that an account has claimed. */
export type OwnBooking = { eventId: string; bookingId: string; buyerKeys: readonly string[] };

/** What can be said of a booking, and by whom: all that is not yet about what was said. */
export type Sheet = Reach & {
  of: OwnBooking;
  booking: Booking;
  /** Archived ones too. */
  questions: readonly QuestionRecord[];
  closedBy: 'state' | 'start' | null;
};

/** While a booking can still come to something, or has. */
const OPEN_STATES: readonly string[] = ['held', 'awaiting_payment', 'confirmed', 'partially_refunded'];

/** Null if nothing of the booking is theirs, as if there were no such booking. */
export async function readSheet({ db, sales, clock }: AttendeesContext, of: OwnBooking): Promise<Sheet | null> {
  const { eventId, bookingId } = of;
  const [booking] = (await readBookings(sales, { eventId, bookingIds: [bookingId] })).bookings;
  if (!booking) return null;
  const reach = reachOf(booking, await readHolders(db, of), of.buyerKeys);
  if (!reach) return null;
  const start = await readEventStart(db, eventId);
  const questions = await readQuestions(db, eventId, { archived: true });
  const hasBegun = start === null || clock.nowMs() >= start.startsAtMs;
  const closedBy = OPEN_STATES.includes(booking.state) ? (hasBegun ? 'start' : null) : 'state';
  return { ...reach, of, booking, questions, closedBy };
}

/** Of whom is asked: of the booking as a whole, which is number 0, or of one of its tickets. */
export function respondentOf({ booking, tickets }: Pick<Sheet, 'booking' | 'tickets'>, number: number): Respondent {
  if (number === 0) return { per: 'booking', ticketTypeIds: booking.lines.map(({ ticketTypeId }) => ticketTypeId) };
  const ticket = tickets.find((one) => one.number === number);
  invariant(ticket, 'only what is in reach is asked about');
  return { per: 'ticket', ticketTypeId: ticket.ticketTypeId };
}

/** Who speaks for a number: who booked, for the booking; who holds it, for a ticket. */
export function speakerFor({ booking, tickets }: Pick<Sheet, 'booking' | 'tickets'>, number: number): string | undefined {
  return number === 0 ? booking.buyerKey : tickets.find((one) => one.number === number)?.buyerKey;
}

export type Keys = ReadonlyMap<string, Buffer>;

/** What was said by who speaks for it, by number. What another said of a ticket before it was passed on is left out. */
export function wordsOf(sheet: Sheet, rows: readonly AttendeeRow[], keys: Keys): Map<number, Said> {
  const speakers = new Map([[0, sheet.booking.buyerKey], ...sheet.tickets.map(({ number, buyerKey }) => [number, buyerKey] as const)]);
  const valid = rows.filter(({ number, buyerKey }) => speakers.get(number) === buyerKey);
  return new Map(valid.map((row) => [row.number, unsealSaid(keys.get(row.buyerKey), { ...sheet.of, ...row }, row)]));
}

export type SaidOfTicket = HeldTicket & Said;
export type AttendeesView = {
  bookingId: string;
  isOpen: boolean;
  /** Null where the booking is another's. */
  booking: { answers: readonly Answer[] } | null;
  tickets: SaidOfTicket[];
  missing: Missing[];
};

export async function viewSheet({ db, personalKeys }: AttendeesContext, sheet: Sheet): Promise<AttendeesView> {
  const { of, booking, isBooker, tickets } = sheet;
  const rows = await readAttendees(db, of);
  const words = wordsOf(sheet, rows, await personalKeys.open(rows.map(({ buyerKey }) => buyerKey)));
  const saidOf = (number: number): Said => {
    const said = words.get(number) ?? NOTHING_SAID;
    return { ...said, answers: askedNow(sheet, number, said.answers) };
  };
  const questions = sheet.questions.filter((question) => question.archivedAt === null);
  return {
    bookingId: booking.id,
    isOpen: sheet.closedBy === null,
    booking: isBooker ? { answers: saidOf(0).answers } : null,
    tickets: tickets.map((ticket) => ({ ...ticket, ...saidOf(ticket.number) })),
    missing: missingIn({ questions, tickets, isBooker, lines: booking.lines, answersOf: (number) => saidOf(number).answers }),
  };
}

/** The answers to what is asked at present: what a buyer may send again as it is. The others stay, unshown. */
export function askedNow(sheet: Pick<Sheet, 'booking' | 'tickets' | 'questions'>, number: number, answers: readonly Answer[]): Answer[] {
  const asked = new Set(questionsFor(sheet.questions, respondentOf(sheet, number)).map(({ id }) => id));
  return answers.filter(({ questionId }) => asked.has(questionId));
}
