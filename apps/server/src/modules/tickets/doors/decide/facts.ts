import type { Fact } from '../../../../platform/facts/index.ts';
import { invariant } from '../../../../platform/invariant.ts';
import type { CheckIn } from './state.ts';

/** Somebody was let in. Where an earlier scan arrived late, it names the admission that is a double now. */
export function checkedInFact(checkIn: CheckIn): Fact {
  const { verdict } = checkIn;
  const displaced = verdict.kind === 'admitted' && verdict.conflict?.kind === 'displaced' ? verdict.conflict.admission.scanId : undefined;
  return factOf('ticket.checked_in', { checkIn, more: displaced === undefined ? {} : { displaced_scan_id: displaced } });
}

export function checkedOutFact(checkIn: CheckIn): Fact {
  return factOf('ticket.checked_out', { checkIn, more: {} });
}

export function checkInUndoneFact(checkIn: CheckIn): Fact {
  return factOf('ticket.check_in_undone', { checkIn, more: { undone_by: checkIn.undone?.by, reason: checkIn.undone?.reason } });
}

type Told = { checkIn: CheckIn; more: Readonly<Record<string, unknown>> };

/** Of a ticket; the subject is its booking. */
function factOf(type: string, { checkIn, more }: Told): Fact {
  const { bookingId, number, ticketTypeId, gateId, scanId, by, scannedAtMs } = checkIn;
  invariant(bookingId !== null, 'only a ticket is let in');
  const payload = { number, ticket_type_id: ticketTypeId, gate_id: gateId, scan_id: scanId, by, scanned_at_ms: scannedAtMs, ...more };
  return { type, subjectId: bookingId, payload: JSON.stringify(payload) };
}
