import type { Booking } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { markAnswer } from '../../../platform/http/index.ts';
import { problemOfRefusal } from '../errors.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { presentBooking } from '../present-booking.ts';

/** The body of a command's answer: the booking as it stands; throws the problem of a refusal. */
export function answerBooking(reply: FastifyReply, eventId: string, outcome: BookingOutcome | Refusal, firstStatus: 200 | 201): Booking {
  if (outcome.kind !== 'booking') throw problemOfRefusal(eventId, outcome);
  markAnswer(reply, outcome.replayed, firstStatus);
  return presentBooking(eventId, outcome.booking, outcome.nowMs);
}
