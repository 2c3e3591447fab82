import type { Booking } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { problemOfRefusal } from '../errors.ts';
import type { BookingOutcome, Refusal } from '../outcomes.ts';
import { presentBooking } from '../present-booking.ts';

/**
 * The body of a command's answer: the booking as it stands; throws the problem of a refusal. What was executed
 * before is marked `Idempotency-Replayed: true` and answered with 200; `firstStatus` is that of the first time.
 */
export function answerBooking(reply: FastifyReply, eventId: string, outcome: BookingOutcome | Refusal, firstStatus: 200 | 201): Booking {
  if (outcome.kind !== 'booking') throw problemOfRefusal(eventId, outcome);
  reply.code(outcome.replayed ? 200 : firstStatus).header('cache-control', 'private, no-store');
  if (outcome.replayed) reply.header('idempotency-replayed', 'true');
  return presentBooking(eventId, outcome.booking, outcome.nowMs);
}
