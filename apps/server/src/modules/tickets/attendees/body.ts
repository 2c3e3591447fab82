import type { Answer as AnswerBody, BookingAttendees, SetAttendeesBody } from '@tessera/contract';
import { formatCellId, parseCellId } from '../../../platform/ids/index.ts';
import { invalidField } from '../../../platform/http/index.ts';
import { parseEmail } from '../../accounts/index.ts';
import type { Answer } from '../../catalog/index.ts';
import { presentMissing } from './errors.ts';
import type { AttendeesView } from './read-attendees.ts';
import type { Saying } from './write-attendees.ts';

/** What a body says, by number. Throws REQUEST_INVALID, naming the field. */
export function sayingsOf({ booking, tickets = [] }: SetAttendeesBody, eventId: string): Saying[] {
  const ofTickets = tickets.map(({ number, name = null, email = null, answers = [] }, index): Saying => {
    const pointer = `/tickets/${index}`;
    return { number, pointer, name, email: email === null ? null : emailOf(email, pointer), answers: answersOf(answers, eventId, pointer) };
  });
  if (!booking) return ofTickets;
  const pointer = '/booking';
  return [{ number: 0, pointer, name: null, email: null, answers: answersOf(booking.answers, eventId, pointer) }, ...ofTickets];
}

type AnswerBodies = NonNullable<SetAttendeesBody['booking']>['answers'];

function answersOf(bodies: AnswerBodies, eventId: string, pointer: string): Answer[] {
  return bodies.map(({ question_id: text, value }, index) => {
    const ids = parseCellId('que', text);
    if (ids?.eventId === eventId) return { questionId: ids.id, value };
    throw invalidField(`${pointer}/answers/${index}/question_id`, 'must be the id of a question of this event');
  });
}

function emailOf(text: string, pointer: string): string {
  try {
    return parseEmail(text);
  } catch {
    throw invalidField(`${pointer}/email`, 'is no mail address');
  }
}

export function presentAttendees(eventId: string, { bookingId, isOpen, booking, tickets, missing }: AttendeesView): BookingAttendees {
  return {
    booking_id: formatCellId('bkg', eventId, bookingId),
    is_open: isOpen,
    booking: booking && { answers: presentAnswers(eventId, booking.answers) },
    tickets: tickets.map(({ number, ticketTypeId, name, email, answers }) => ({
      number,
      ticket_type_id: formatCellId('typ', eventId, ticketTypeId),
      name,
      email,
      answers: presentAnswers(eventId, answers),
    })),
    missing: presentMissing(eventId, missing),
  };
}

export function presentAnswers(eventId: string, answers: readonly Answer[]): AnswerBody[] {
  return answers.map(({ questionId, value }) => ({
    question_id: formatCellId('que', eventId, questionId),
    value: typeof value === 'object' ? [...value] : value,
  }));
}
