import { problem } from '../../../platform/http/index.ts';
import { noSuchTicket } from './ids-of-path.ts';

export type TicketRefusal = 'unknown_ticket' | 'revoked' | 'offered_back' | 'admitted' | 'too_often' | 'own_ticket' | 'invalid';

/** Why something cannot be done with a ticket. */
export function problemOfTicket(refusal: TicketRefusal): Error {
  switch (refusal) {
    case 'unknown_ticket':
      return noSuchTicket();
    case 'revoked':
      return problem('TICKETS_REVOKED', { detail: 'It was given back, or its booking was cancelled.' });
    case 'offered_back':
      return problem('TICKETS_OFFERED_BACK', { detail: 'Whoever wants to keep it or to pass it on withdraws the offer first.' });
    case 'admitted':
      return problem('TICKETS_ALREADY_ADMITTED', { detail: 'What was used cannot be passed on.' });
    case 'too_often':
      return problem('TICKETS_ISSUED_TOO_OFTEN', { detail: 'Ask the organizer for help.' });
    case 'own_ticket':
      return problem('TICKETS_OWN', { detail: 'Whoever is to have it takes it with a buyer session of their own.' });
    case 'invalid':
      return problem('TICKETS_TRANSFER_INVALID', {
        detail: 'Ask who offered it for another link: it was used, withdrawn or is older than a week.',
      });
  }
}
