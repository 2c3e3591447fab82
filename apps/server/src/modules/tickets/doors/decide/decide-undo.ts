import type { UndoCommand } from '../commands.ts';
import type { UndoOutcome, UndoRefusal } from '../outcomes.ts';
import type { DoorDraft } from './draft.ts';
import { checkInUndoneFact } from './facts.ts';
import type { CheckIn, DoorTicket } from './state.ts';

/** Takes an admission back: the ticket can be admitted again. The scan stays, and says that it was undone, by whom and why. */
export function decideUndo(draft: DoorDraft, { scanId, by, reason }: UndoCommand): UndoOutcome {
  const before = draft.checkIn(scanId);
  if (before?.standing === 'undone') return { kind: 'undone', checkIn: before, replayed: true };
  const ticket = before && ticketOf(draft, before);
  const refusal = findRefusal(before, ticket);
  if (refusal || !before || !ticket) return { kind: 'not_undone', reason: refusal ?? 'unknown_scan' };
  const checkIn = draft.restand(before, { standing: 'undone', undone: { by, atMs: draft.nowMs, reason } });
  draft.admit(ticket, null);
  draft.changes.facts.push(checkInUndoneFact(checkIn));
  return { kind: 'undone', checkIn, replayed: false };
}

/** The ticket that a scan is the admission of; null where another scan is, or none. */
function ticketOf(draft: DoorDraft, { bookingId, number, scanId }: CheckIn): DoorTicket | null {
  const ticket = bookingId === null || number === null ? null : draft.ticket(bookingId, number);
  return ticket?.admission?.scanId === scanId ? ticket : null;
}

function findRefusal(checkIn: CheckIn | null, ticket: DoorTicket | null): UndoRefusal | null {
  if (!checkIn) return 'unknown_scan';
  if (checkIn.standing !== 'admitted') return 'not_admitted';
  // Somebody who was let in and has left was inside: there is nothing to take back.
  return ticket === null || ticket.leftAtMs !== null ? 'has_left' : null;
}
