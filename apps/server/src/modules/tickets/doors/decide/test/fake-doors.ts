import type { DoorCommand, ScanCommand } from '../../commands.ts';
import type { DoorOutcome } from '../../outcomes.ts';
import type { DoorChanges } from '../changes.ts';
import { decideDoors } from '../decide-doors.ts';
import { ticketKey, type CheckIn, type DoorState, type DoorTicket, type Gate } from '../state.ts';

export const EVENT = 'e0000000-0000-4000-8000-000000000000';
export const BOOKING = 'b0000000-0000-4000-8000-000000000000';
export const TYPE = '10000000-0000-4000-8000-000000000000';
export const BUYER = 'b1000000-0000-4000-8000-000000000000';
export const SECRET = '5ec00000-0000-4000-8000-000000000000';
export const START_MS = 1_800_000_000_000;

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export function ticketOf(change: Partial<DoorTicket> = {}): DoorTicket {
  return {
    ...{ bookingId: BOOKING, number: 1, ticketTypeId: TYPE, buyerKey: BUYER, isOffered: false, secret: SECRET, issue: 1 },
    ...{ revoked: null, admission: null, leftAtMs: null },
    ...change,
  };
}

export function gateOf(change: Partial<Gate> = {}): Gate {
  return { id: uuid(900), name: 'North', ticketTypeIds: null, state: 'open', opensAtMs: null, closesAtMs: null, ...change };
}

/** A scan that asks at once, with the code of ticket 1. */
export function scanOf(number: number, change: Partial<ScanCommand> = {}): ScanCommand {
  return {
    ...{ kind: 'scan', scanId: uuid(number), fingerprint: uuid(1), gateId: null, direction: 'in', device: null, by: `per_${number}` },
    ...{ isOffline: false, deviceAtMs: null, ageMs: 0 },
    subject: { kind: 'ticket', bookingId: BOOKING, number: 1, shown: { secret: SECRET, issue: 1 } },
    ...change,
  } as ScanCommand;
}

/** A scan of a door without connection, as old as that when it is taken in. */
export function offlineScan(number: number, ageMs: number, change: Partial<ScanCommand> = {}): ScanCommand {
  return scanOf(number, { isOffline: true, deviceAtMs: START_MS - ageMs, ageMs, ...change });
}

type Counts = { admitted: number; left: number; doubles: number; refused: number };

/** Tables in memory that take in what batches decide, as PostgreSQL would. */
export class FakeDoors {
  readonly tickets = new Map<string, DoorTicket>();
  readonly gates = new Map<string, Gate>();
  readonly checkIns = new Map<string, CheckIn>();
  readonly spareOffers = new Map<string, number>();
  readonly counts = new Map<string, Counts>();
  nowMs = START_MS;
  facts: string[] = [];

  constructor(tickets: readonly DoorTicket[], gates: readonly Gate[] = []) {
    for (const ticket of tickets) this.tickets.set(ticketKey(ticket.bookingId, ticket.number), ticket);
    for (const gate of gates) this.gates.set(gate.id, gate);
  }

  run(...commands: readonly DoorCommand[]): DoorOutcome[] {
    const { tickets, gates, checkIns, spareOffers } = this;
    const state: DoorState = { eventId: EVENT, tickets, gates, checkIns, spareOffers };
    const { outcomes, changes } = decideDoors(state, commands, this.nowMs);
    this.#write(changes);
    return outcomes;
  }

  verdicts(...commands: readonly DoorCommand[]): string[] {
    return this.run(...commands).map((outcome) => (outcome.kind === 'scanned' ? outcome.checkIn.verdict.kind : outcome.kind));
  }

  standings(): Record<string, string> {
    return Object.fromEntries([...this.checkIns].map(([id, { standing }]) => [String(Number(id.slice(-12))), standing]));
  }

  #write({ newCheckIns, changedCheckIns, changedTickets, admittedOffers, counts, facts }: DoorChanges): void {
    for (const checkIn of [...newCheckIns, ...changedCheckIns]) this.checkIns.set(checkIn.scanId, checkIn);
    for (const ticket of changedTickets) this.tickets.set(ticketKey(ticket.bookingId, ticket.number), ticket);
    for (const { ticketTypeId } of admittedOffers) this.spareOffers.set(ticketTypeId, (this.spareOffers.get(ticketTypeId) ?? 0) - 1);
    for (const [key, { admitted, left, doubles, refused }] of counts) {
      const before = this.counts.get(key) ?? { admitted: 0, left: 0, doubles: 0, refused: 0 };
      this.counts.set(key, {
        admitted: before.admitted + admitted,
        left: before.left + left,
        doubles: before.doubles + doubles,
        refused: before.refused + refused,
      });
    }
    this.facts.push(...facts.map((fact) => fact.type));
  }
}

/** The counters, made anew from the scans. */
export function recount(checkIns: Iterable<CheckIn>): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const { gateId, ticketTypeId, standing } of checkIns) {
    const key = `${gateId}/${ticketTypeId}`;
    const known = counts.get(key) ?? { admitted: 0, left: 0, doubles: 0, refused: 0 };
    counts.set(key, known);
    if (standing === 'double') known.doubles += 1;
    else if (standing !== 'undone') known[standing] += 1;
  }
  return counts;
}
