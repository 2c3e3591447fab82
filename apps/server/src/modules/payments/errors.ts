import { problem, type ProblemError } from '../../platform/http/index.ts';
import { problemOfRefusal } from '../sales/index.ts';
import type { BeginRefusal } from './begin-payment.ts';
import type { Unavailable } from './provider-gate.ts';

/** What a refusal to begin a payment is called in the API. */
export function problemOfBeginRefusal(eventId: string, refusal: BeginRefusal): ProblemError {
  switch (refusal.kind) {
    case 'unavailable':
      return paymentsUnavailable(refusal);
    case 'not_possible':
      return problem('PAYMENTS_NOT_POSSIBLE', { detail: 'The payment provider does not take this payment.' });
    // Whoever names a booking hears that it is not there, whether or not its event is.
    case 'unknown_event':
      return problemOfRefusal(eventId, { kind: 'unknown_booking' });
    default:
      return problemOfRefusal(eventId, refusal);
  }
}

function paymentsUnavailable({ retryAfterSeconds, cause }: Unavailable): ProblemError {
  return problem('PAYMENTS_UNAVAILABLE', {
    detail: 'The payment provider does not answer. The tickets are still held: send the same request again.',
    headers: { 'retry-after': String(retryAfterSeconds) },
    extensions: { retry_after_seconds: retryAfterSeconds },
    cause,
  });
}
