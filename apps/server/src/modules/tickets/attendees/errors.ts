import { formatCellId } from '../../../platform/ids/index.ts';
import { problem, type ProblemError } from '../../../platform/http/index.ts';
import type { Missing } from './find-missing.ts';
import type { WriteOutcome } from './write-attendees.ts';

/** An answer of some kilobytes tells enough. */
const MISSING_SHOWN = 100;

/** What a refusal to write is called in the API. */
export function problemOfWrite(outcome: Exclude<WriteOutcome, { kind: 'written' }>): ProblemError {
  switch (outcome.kind) {
    case 'unknown_booking':
      return noSuchBooking();
    case 'invalid': {
      const [first] = outcome.errors;
      return problem('REQUEST_INVALID', { detail: `${first?.field} ${first?.detail}.`, errors: outcome.errors });
    }
    case 'closed':
      return problem('ATTENDEES_CLOSED', {
        detail: outcome.by === 'start' ? 'The event has begun: ask its organizer.' : `The booking is ${outcome.state}.`,
        extensions: { reason: outcome.by === 'start' ? 'event_begun' : 'booking_state', state: outcome.state },
      });
  }
}

/** For who begins a payment, or confirms what is free. */
export function problemOfMissing(eventId: string, missing: readonly Missing[]): ProblemError {
  return problem('ATTENDEES_INCOMPLETE', {
    detail: `${missing.length === 1 ? 'A required answer is' : `${missing.length} required answers are`} missing: PUT …/attendees of the booking.`,
    extensions: { missing: presentMissing(eventId, missing.slice(0, MISSING_SHOWN)), missing_count: missing.length },
  });
}

export function presentMissing(eventId: string, missing: readonly Missing[]): { number: number; question_id: string }[] {
  return missing.map(({ number, questionId }) => ({ number, question_id: formatCellId('que', eventId, questionId) }));
}

export function noSuchBooking(): ProblemError {
  return problem('NOT_FOUND', { detail: 'There is no such booking.' });
}
