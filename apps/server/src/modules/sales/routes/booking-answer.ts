import type { Booking } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { markAnswer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../errors.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { presentBooking } from '../present-booking.ts';

/** The body of a command's answer: the booking as it stands; throws the problem of a refusal. */
export function answerBooking(reply: FastifyReply, eventId: string, outcome: BookingOutcome | Refusal, firstStatus: 200 | 201): Booking {
  if (outcome.kind !== 'booking') throw problemOfRefusal(eventId, firstStatus === 201 ? outcome : ofBooking(outcome));
  markAnswer(reply, outcome.replayed, firstStatus);
  return presentBooking(eventId, outcome.booking, outcome.nowMs);
}

/** Whoever names a booking hears that it is not there, whether or not its event is: of a draft nobody is to learn from that. */
function ofBooking(refusal: Refusal): Refusal {
  return refusal.kind === 'unknown_event' ? { kind: 'unknown_booking' } : refusal;
}
