import { checkAnswers, type Answer, type QuestionRecord } from '../../catalog/index.ts';
import { unsealSaid } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { readAttendees } from './queries/attendees.ts';
import { numberTickets, type NumberedTicket } from './reach.ts';

/** A required question without an answer that fits; 0 is the booking as a whole. */
export type Missing = { number: number; questionId: string };

export type OfBooking = {
  eventId: string;
  bookingId: string;
  /** What the booking has, which tells the types of its tickets. */
  lines: readonly { ticketTypeId: string; quantity: number }[];
};

/**
 * Required questions of a booking that nobody has answered. For who begins a payment: an event that requires nothing costs
 * no statement, but once a second.
 */
export async function findMissingAnswers(attendees: AttendeesContext, { eventId, bookingId, lines }: OfBooking): Promise<Missing[]> {
  const required = (await attendees.asked.of(eventId)).filter((question) => question.required);
  if (required.length === 0) return [];
  const tickets = numberTickets(lines);
  const answers = await readAnswers(attendees, { eventId, bookingId });
  return missingIn({ questions: required, tickets, isBooker: true, lines, answersOf: (number) => answers.get(number) ?? [] });
}

export type MissingIn = {
  questions: readonly QuestionRecord[];
  tickets: readonly NumberedTicket[];
  isBooker: boolean;
  lines: OfBooking['lines'];
  answersOf(number: number): readonly Answer[];
};

/** The booking's own first, then those of the tickets by number. */
export function missingIn({ questions, tickets, isBooker, lines, answersOf }: MissingIn): Missing[] {
  const ofBooking = { per: 'booking', ticketTypeIds: lines.map(({ ticketTypeId }) => ticketTypeId) } as const;
  const respondents = [
    ...(isBooker ? [{ number: 0, respondent: ofBooking }] : []),
    ...tickets.map(({ number, ticketTypeId }) => ({ number, respondent: { per: 'ticket', ticketTypeId } as const })),
  ];
  return respondents.flatMap(({ number, respondent }) =>
    checkAnswers({ questions, respondent, answers: answersOf(number) }).missing.map(({ id }) => ({ number, questionId: id })),
  );
}

async function readAnswers(
  { db, personalKeys }: AttendeesContext,
  booking: { eventId: string; bookingId: string },
): Promise<ReadonlyMap<number, readonly Answer[]>> {
  const rows = await readAttendees(db, booking);
  const keys = await personalKeys.open(rows.map(({ buyerKey }) => buyerKey));
  return new Map(rows.map((row) => [row.number, unsealSaid(keys.get(row.buyerKey), { ...booking, ...row }, row).answers]));
}
