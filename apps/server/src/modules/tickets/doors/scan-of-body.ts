import type { BulkCheckInBody, CheckInBody } from '@tessera/contract';
import { parseCode } from '@tessera/ticket-code';
import { invalidField } from '../../../platform/http/index.ts';
import { parseCellId, parseTicketId, uuidFromText } from '../../../platform/ids/index.ts';
import { NIL_ID } from './lane/nil-id.ts';
import type { ScanCommand, Subject } from './commands.ts';

/** When a scan happened, where the door had not asked at once. */
export type ScanTime = { deviceAtMs: number; ageMs: number };

export type Scanned = {
  eventId: string;
  by: string;
  device: string | null;
  /** Null: now. */
  time: ScanTime | null;
  body: Omit<CheckInBody, 'device'> | BulkCheckInBody['scans'][number];
  /** Where in the request the scan stands. */
  field: string;
};

/** The command of a scan. A code that cannot be read is a scan like any other. Throws REQUEST_INVALID for no scan at all. */
export function scanOfBody({ eventId, by, device, time, body, field }: Scanned): ScanCommand {
  const { scan_id: scanId, code, ticket_id: ticketId, gate_id: gate = null, direction = 'in' } = body;
  return {
    kind: 'scan',
    scanId: scanId.toLowerCase(),
    fingerprint: uuidFromText(`scan\n${code ?? ''}\n${ticketId ?? ''}\n${gate ?? ''}\n${direction}`),
    subject: subjectOf(body, eventId, field),
    gateId: gate === null ? null : gateIdOf(gate, eventId),
    direction,
    device,
    by,
    isOffline: time !== null,
    deviceAtMs: time?.deviceAtMs ?? null,
    ageMs: time?.ageMs ?? 0,
  };
}

function subjectOf({ code, ticket_id: ticketId }: Scanned['body'], eventId: string, field: string): Subject {
  if (code !== undefined && ticketId === undefined) return subjectOfCode(code, eventId);
  if (code === undefined && ticketId !== undefined) return subjectOfId(ticketId, eventId);
  throw invalidField(`${field}/code`, 'or ticket_id must be there, and not both');
}

/** The signature is not verified: the secret is compared with the ticket's own, which no door without connection has. */
function subjectOfCode(code: string, eventId: string): Subject {
  const parsed = parseCode(code);
  if (!parsed) return { kind: 'unreadable' };
  const { ticket } = parsed;
  if (ticket.eventId !== eventId) return { kind: 'other_event', eventId: ticket.eventId };
  return { kind: 'ticket', bookingId: ticket.bookingId, number: ticket.number, shown: { secret: ticket.secret, issue: ticket.issue } };
}

function subjectOfId(text: string, eventId: string): Subject {
  const ticket = parseTicketId(text);
  if (!ticket) return { kind: 'unreadable' };
  if (ticket.eventId !== eventId) return { kind: 'other_event', eventId: ticket.eventId };
  return { kind: 'ticket', bookingId: ticket.bookingId, number: ticket.number, shown: null };
}

/** What is no gate of this event is none that is known. */
function gateIdOf(text: string, eventId: string): string {
  const ids = parseCellId('gat', text);
  return ids?.eventId === eventId ? ids.id : NIL_ID;
}
