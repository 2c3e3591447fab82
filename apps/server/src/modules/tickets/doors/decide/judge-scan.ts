import type { ScanCommand, ShownCode } from '../commands.ts';
import type { Conflict, Verdict } from '../verdicts.ts';
import type { DoorTicket, Gate } from './state.ts';

/** A scan at its time, and what there is of what it names. */
export type Sighting = {
  scan: ScanCommand;
  atMs: number;
  ticket: DoorTicket | null;
  gate: Gate | null;
  /** How many offered tickets of its type may be let in: the places of the others are waited for. */
  spareOffers: number;
};

/**
 * What a scan is answered with, the first of these that is so: nothing of this event, no ticket of ours, no door for it, not
 * valid, in already. Doors without connection have decided on the spot: what was let in before it was revoked was let in.
 */
export function judgeScan(sighting: Sighting): Verdict {
  const { scan, ticket } = sighting;
  const { subject } = scan;
  if (subject.kind !== 'ticket') return subject;
  if (!ticket) return { kind: 'unknown' };
  const refusal = judgeCode(ticket, subject.shown) ?? judgeGate(sighting);
  if (refusal) return refusal;
  return scan.direction === 'out' ? judgeOut(ticket, sighting.atMs) : (judgeDoor(sighting) ?? judgeIn(ticket, sighting));
}

function judgeCode(ticket: DoorTicket, shown: ShownCode | null): Verdict | null {
  if (shown === null || (isSameSecret(shown.secret, ticket.secret) && shown.issue === ticket.issue)) return null;
  return shown.issue < ticket.issue ? { kind: 'superseded', issue: ticket.issue } : { kind: 'altered' };
}

/** In the same time, wherever they differ: how long an answer takes tells nothing of the secret. */
function isSameSecret(shown: string, secret: string): boolean {
  let difference = shown.length ^ secret.length;
  for (let at = 0; at < secret.length; at += 1) difference |= shown.charCodeAt(at) ^ secret.charCodeAt(at);
  return difference === 0;
}

/** Whether the gate is there. What a door did without connection is not undone by closing it since. */
function judgeGate({ scan, gate }: Sighting): Verdict | null {
  if (scan.gateId === null) return null;
  if (!gate) return { kind: 'unknown_gate' };
  return gate.state === 'open' || scan.isOffline ? null : { kind: 'gate_closed' };
}

/** Whether this ticket may go in here, at this time. */
function judgeDoor({ ticket, gate, atMs }: Sighting): Verdict | null {
  if (!gate || !ticket) return null;
  const { ticketTypeIds, opensAtMs, closesAtMs } = gate;
  if (ticketTypeIds !== null && !ticketTypeIds.includes(ticket.ticketTypeId)) return { kind: 'wrong_gate' };
  if (opensAtMs !== null && atMs < opensAtMs) return { kind: 'too_early', opensAtMs };
  if (closesAtMs !== null && atMs >= closesAtMs) return { kind: 'too_late', closesAtMs };
  return null;
}

function judgeOut({ admission, leftAtMs }: DoorTicket, atMs: number): Verdict {
  const isInside = admission !== null && leftAtMs === null && atMs >= admission.atMs;
  return { kind: isInside ? 'left' : 'not_inside' };
}

function judgeIn(ticket: DoorTicket, { scan, atMs, spareOffers }: Sighting): Verdict {
  const { revoked, admission, leftAtMs } = ticket;
  const wasRevoked = revoked !== null && !(scan.isOffline && atMs < revoked.atMs);
  if (wasRevoked) return { kind: 'revoked', ...revoked };
  const sinceRevoked: Conflict | null = revoked && { kind: 'revoked_since', ...revoked };
  // Also where a door without connection has let somebody in: whoever waits for the place is not to pay for nothing.
  if (ticket.isOffered && spareOffers <= 0) return { kind: 'being_resold' };
  if (admission === null) return { kind: 'admitted', conflict: sinceRevoked };
  // Whoever left may come again; a scan from before that is of the time when somebody was inside.
  if (leftAtMs !== null) return atMs >= leftAtMs ? { kind: 'admitted', conflict: sinceRevoked } : { kind: 'already_admitted', admission };
  if (scan.isOffline && atMs < admission.atMs) return { kind: 'admitted', conflict: { kind: 'displaced', admission } };
  return { kind: 'already_admitted', admission };
}
