import type { ScanCommand } from '../commands.ts';
import type { ScanOutcome } from '../outcomes.ts';
import type { Verdict } from '../verdicts.ts';
import type { DoorDraft } from './draft.ts';
import { checkedInFact, checkedOutFact } from './facts.ts';
import { judgeScan } from './judge-scan.ts';
import type { CheckIn, DoorTicket, Standing } from './state.ts';

/** Decides one scan, once for ever: what was answered to its id is answered again. All of them are kept. */
export function decideScan(draft: DoorDraft, scan: ScanCommand): ScanOutcome {
  const before = draft.checkIn(scan.scanId);
  if (before)
    return before.fingerprint === scan.fingerprint ? { kind: 'scanned', checkIn: before, replayed: true } : { kind: 'scan_id_reused' };
  const { subject } = scan;
  const ticket = subject.kind === 'ticket' ? draft.ticket(subject.bookingId, subject.number) : null;
  const gate = scan.gateId === null ? null : draft.gate(scan.gateId);
  const atMs = scannedAt(draft, scan);
  const spareOffers = ticket ? draft.spareOffersOf(ticket.ticketTypeId) : 0;
  const verdict = judgeScan({ scan, atMs, ticket, gate, spareOffers });
  const checkIn = checkInOf({ draft, scan, ticket, verdict, gateId: gate?.id ?? null });
  draft.add(checkIn);
  if (ticket) apply(draft, ticket, checkIn);
  return { kind: 'scanned', checkIn, replayed: false };
}

/** When a scan happened, by the batch's time: a device's own clock tells how long ago, and never when. */
export function scannedAt({ nowMs }: { nowMs: number }, { ageMs }: ScanCommand): number {
  return nowMs - ageMs;
}

type Decided = { draft: DoorDraft; scan: ScanCommand; ticket: DoorTicket | null; verdict: Verdict; gateId: string | null };

function checkInOf({ draft, scan, ticket, verdict, gateId }: Decided): CheckIn {
  const { scanId, fingerprint, direction, device, by, isOffline, deviceAtMs, subject } = scan;
  return {
    ...{ scanId, fingerprint, gateId, direction, device, by, isOffline, deviceAtMs, verdict },
    bookingId: subject.kind === 'ticket' ? subject.bookingId : null,
    number: subject.kind === 'ticket' ? subject.number : null,
    ticketTypeId: ticket?.ticketTypeId ?? null,
    isByHand: subject.kind === 'ticket' && subject.shown === null,
    scannedAtMs: scannedAt(draft, scan),
    receivedAtMs: draft.nowMs,
    standing: standingOf(verdict),
    undone: null,
  };
}

function standingOf({ kind }: Verdict): Standing {
  switch (kind) {
    case 'admitted':
    case 'left':
      return kind;
    case 'already_admitted':
      return 'double';
    default:
      return 'refused';
  }
}

/** What a scan changes beyond itself: the ticket, and the admission whose place it takes. */
function apply(draft: DoorDraft, ticket: DoorTicket, checkIn: CheckIn): void {
  const { verdict, scanId, gateId, by, scannedAtMs: atMs } = checkIn;
  if (verdict.kind === 'left') {
    draft.leave(ticket, atMs);
    draft.changes.facts.push(checkedOutFact(checkIn));
  }
  if (verdict.kind !== 'admitted') return;
  if (verdict.conflict?.kind === 'displaced') {
    const displaced = draft.checkIn(verdict.conflict.admission.scanId);
    if (displaced) draft.restand(displaced, { standing: 'double' });
  }
  draft.admit(ticket, { scanId, gateId, by, atMs });
  draft.changes.facts.push(checkedInFact(checkIn));
}
