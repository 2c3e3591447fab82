import type { CheckIn as CheckInAnswer } from '@tessera/contract';
import { formatCellId, formatId, formatTicketId } from '../../../platform/ids/index.ts';
import type { CheckIn } from './decide/state.ts';
import type { Admission, Verdict } from './verdicts.ts';
import type { WhoNames } from './who-names.ts';

/** Of which event, whether it was answered before, and the names of who let in before. */
export type Told = { eventId: string; replayed: boolean; names: WhoNames };

/** A scan as doors see it: one shape, whatever came of it. */
export function presentCheckIn(checkIn: CheckIn, { eventId, replayed, names }: Told): CheckInAnswer {
  const { bookingId, number, ticketTypeId, undone } = checkIn;
  return {
    scan_id: checkIn.scanId,
    outcome: undone ? 'undone' : checkIn.verdict.kind,
    replayed,
    ticket_id: bookingId === null || number === null ? null : formatTicketId({ eventId, bookingId, number }),
    ticket_type_id: ticketTypeId === null ? null : formatCellId('typ', eventId, ticketTypeId),
    gate_id: gateId(eventId, checkIn.gateId),
    direction: checkIn.direction,
    device: checkIn.device,
    by: checkIn.by,
    by_hand: checkIn.isByHand,
    offline: checkIn.isOffline,
    scanned_at: time(checkIn.scannedAtMs),
    received_at: time(checkIn.receivedAtMs),
    standing: checkIn.standing,
    ...detailOf(checkIn.verdict, { eventId, names }),
    undone: undone && { by: undone.by, at: time(undone.atMs), reason: undone.reason },
  };
}

type Detail = Pick<CheckInAnswer, 'conflict' | 'admission' | 'reason' | 'revoked_at' | 'other_event_id' | 'opens_at' | 'closes_at'>;

const NO_DETAIL: Detail = {
  ...{ conflict: null, admission: null, reason: null, revoked_at: null },
  ...{ other_event_id: null, opens_at: null, closes_at: null },
};

type Place = Pick<Told, 'eventId' | 'names'>;

function detailOf(verdict: Verdict, place: Place): Detail {
  switch (verdict.kind) {
    case 'admitted':
      return conflictOf(verdict, place);
    case 'already_admitted':
      return { ...NO_DETAIL, admission: presentAdmission(verdict.admission, place) };
    case 'revoked':
      return { ...NO_DETAIL, reason: verdict.reason, revoked_at: time(verdict.atMs) };
    case 'other_event':
      return { ...NO_DETAIL, other_event_id: formatId('evt', verdict.eventId) };
    case 'too_early':
      return { ...NO_DETAIL, opens_at: time(verdict.opensAtMs) };
    case 'too_late':
      return { ...NO_DETAIL, closes_at: time(verdict.closesAtMs) };
    default:
      return NO_DETAIL;
  }
}

function conflictOf({ conflict }: Extract<Verdict, { kind: 'admitted' }>, place: Place): Detail {
  if (conflict === null) return NO_DETAIL;
  if (conflict.kind === 'displaced') {
    return { ...NO_DETAIL, conflict: 'displaced', admission: presentAdmission(conflict.admission, place) };
  }
  return { ...NO_DETAIL, conflict: 'revoked_since', reason: conflict.reason, revoked_at: time(conflict.atMs) };
}

function presentAdmission({ scanId, gateId: gate, by, atMs }: Admission, { eventId, names }: Place) {
  return { scan_id: scanId, gate_id: gateId(eventId, gate), by, by_name: names.get(by) ?? null, at: time(atMs) };
}

function gateId(eventId: string, id: string | null): string | null {
  return id === null ? null : formatCellId('gat', eventId, id);
}

/** Doors answer thousands of times in the same millisecond. */
let lastMs = 0;
let lastTime = new Date(0).toISOString();

function time(atMs: number): string {
  if (atMs !== lastMs) {
    lastTime = new Date(atMs).toISOString();
    lastMs = atMs;
  }
  return lastTime;
}
