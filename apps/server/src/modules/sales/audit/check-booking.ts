import type { AuditProblem, AuditProblemCode } from './audit-report.ts';
import { changeBetween, isOfPart, moveOf, type StockChange } from './ledger-moves.ts';
import type { AuditedBooking } from './read-bookings.ts';
import type { LedgerRow } from './read-ledger.ts';

type Finding = { code: AuditProblemCode; expected: string; found: string; detail: string };

/** What of a booking does not agree with its lines and with the ledger entries of its last move. */
export function checkBooking(booking: AuditedBooking): AuditProblem[] {
  const finding = checkLines(booking) ?? checkTotal(booking) ?? checkOffers(booking) ?? checkLastMove(booking);
  return finding ? [{ ...finding, subject: { kind: 'booking', id: booking.id } }] : [];
}

function checkLines(booking: AuditedBooking): Finding | null {
  const sum = booking.lines.reduce((total, [, quantity]) => total + quantity, 0);
  if (sum === booking.quantity) return null;
  const detail = 'The lines of the booking do not add up to its quantity.';
  return { code: 'booking_lines', expected: String(booking.quantity), found: String(sum), detail };
}

function checkTotal({ totalMinor, addedUpMinor }: AuditedBooking): Finding | null {
  if (totalMinor === addedUpMinor) return null;
  const detail = 'The lines of the booking, with what comes on top of them, do not add up to its total.';
  return { code: 'booking_total', expected: String(addedUpMinor), found: String(totalMinor), detail };
}

/** What is offered is left in a booking that is sold, and stands among the offers. */
function checkOffers({ state, quantity, returned, offered, offeredAtAll }: AuditedBooking): Finding | null {
  if (offered.length === 0) return null;
  const isSoldNow = state === 'confirmed' || state === 'partially_refunded';
  const left = offered.filter((number) => isSoldNow && number <= quantity && !returned.includes(number));
  const sound = left.filter((number) => offeredAtAll.includes(number));
  if (sound.length === offered.length) return null;
  const detail = 'The booking offers tickets that it does not have, or whose offers are not there.';
  return { code: 'offers_drift', expected: String(offered.length), found: String(sound.length), detail };
}

/** Tickets by their type: where a tier ended within them, those of one type stand in several lines. */
function quantitiesOf({ lines }: AuditedBooking): Map<string, number> {
  const quantities = new Map<string, number>();
  for (const [ticketTypeId, quantity] of lines) quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity);
  return quantities;
}

function checkLastMove(booking: AuditedBooking): Finding | null {
  const kind = booking.lastMove.at(-1)?.[1] ?? 'none';
  const move = moveOf(kind);
  const isOwn = booking.lastMove.every(([bookingId, itsKind]) => bookingId === booking.id && itsKind === kind);
  if (!move || !isOwn || booking.lastMove.length !== booking.lines.length) {
    const detail = `Entry ${booking.ledgerSeq} of the ledger and those before it are not the last move of this booking.`;
    return {
      code: 'booking_ledger',
      expected: `${booking.lines.length} of its own`,
      found: `${booking.lastMove.length} of ${kind}`,
      detail,
    };
  }
  const states: readonly string[] = [move.to, ...move.on];
  if (!states.includes(booking.state)) {
    const detail = `The last entry of the ledger for this booking is ${kind}.`;
    return { code: 'booking_state', expected: states.join(' or '), found: booking.state, detail };
  }
  // What came back before is not told from what comes back now.
  if (isOfPart(kind) || booking.returned.length > 0) return null;
  const changes = booking.lastMove.map(([, , ticketTypeId, held, sold]) => ({ ticketTypeId, held, sold }));
  return checkChanges(booking, kind, changes);
}

function checkChanges(booking: AuditedBooking, kind: string, changes: (StockChange & { ticketTypeId: string | null })[]): Finding | null {
  const move = moveOf(kind);
  for (const [ticketTypeId, quantity] of quantitiesOf(booking)) {
    const found = sumOf(changes.filter((change) => change.ticketTypeId === ticketTypeId));
    const expected = move ? changeBetween(move.from, move.to, quantity) : { held: 0, sold: 0 };
    if (expected.held !== found.held || expected.sold !== found.sold) return disagreement(expected, found, ticketTypeId);
  }
  return null;
}

function sumOf(changes: readonly StockChange[]): StockChange {
  return changes.reduce((sum, { held, sold }) => ({ held: sum.held + held, sold: sum.sold + sold }), { held: 0, sold: 0 });
}

function disagreement(expected: StockChange, found: StockChange, ticketTypeId: string): Finding {
  const show = (change: StockChange) => `held ${change.held}, sold ${change.sold}`;
  const detail = `The ledger's entries of this booking for ticket type ${ticketTypeId} do not add up to its lines.`;
  return { code: 'booking_lines', expected: show(expected), found: show(found), detail };
}

/**
 * What of a booking's entries in one window of the ledger does not add up to its lines: the entries of a ticket type
 * lead from the state before the first of them to the state after the last. Of a booking whose tickets came back one by one
 * the counters tell: what it still has is counted there.
 */
export function checkEntries(booking: AuditedBooking, entries: readonly LedgerRow[]): AuditProblem[] {
  if (booking.returned.length > 0) return [];
  const problems: AuditProblem[] = [];
  const quantities = quantitiesOf(booking);
  for (const [ticketTypeId, ofType] of Map.groupBy(entries, (entry) => entry.ticketTypeId)) {
    const first = moveOf(ofType[0]?.kind ?? '');
    const last = moveOf(ofType.at(-1)?.kind ?? '');
    if (!first || !last || ticketTypeId === null) continue;
    const expected = changeBetween(first.from, last.to, quantities.get(ticketTypeId) ?? 0);
    const found = sumOf(ofType.map(({ held, taken, sold }) => ({ held: held + taken, sold })));
    if (expected.held === found.held && expected.sold === found.sold) continue;
    problems.push({ ...disagreement(expected, found, ticketTypeId), subject: { kind: 'booking', id: booking.id } });
  }
  return problems;
}
