import { noDoorChanges, type CountDelta, type DoorChanges } from './changes.ts';
import { ticketKey, type CheckIn, type DoorState, type DoorTicket, type Gate, type Standing } from './state.ts';
import type { Admission } from '../verdicts.ts';

type Counter = 'admitted' | 'left' | 'doubles' | 'refused';

/** Under which counter a scan stands; what was undone under none. */
const COUNTERS: Readonly<Record<Standing, Counter | null>> = {
  admitted: 'admitted',
  left: 'left',
  double: 'doubles',
  refused: 'refused',
  undone: null,
};

/** The state while a batch is decided: each scan sees what those before it in the batch have done. */
export class DoorDraft {
  readonly changes: DoorChanges = noDoorChanges();
  readonly eventId: string;
  readonly nowMs: number;
  readonly #state: DoorState;
  readonly #tickets = new Map<string, DoorTicket>();
  readonly #checkIns = new Map<string, CheckIn>();
  readonly #new = new Set<CheckIn>();
  readonly #offersUsed = new Map<string, number>();

  constructor(state: DoorState, nowMs: number) {
    this.#state = state;
    this.eventId = state.eventId;
    this.nowMs = nowMs;
  }

  ticket(bookingId: string, number: number): DoorTicket | null {
    const key = ticketKey(bookingId, number);
    return this.#tickets.get(key) ?? this.#state.tickets.get(key) ?? null;
  }

  gate(id: string): Gate | null {
    return this.#state.gates.get(id) ?? null;
  }

  checkIn(scanId: string): CheckIn | null {
    return this.#checkIns.get(scanId) ?? this.#state.checkIns.get(scanId) ?? null;
  }

  /** How many offered tickets of a type may still be let in: the places of the others are waited for. */
  spareOffersOf(ticketTypeId: string): number {
    return (this.#state.spareOffers.get(ticketTypeId) ?? 0) - (this.#offersUsed.get(ticketTypeId) ?? 0);
  }

  add(checkIn: CheckIn): void {
    this.#checkIns.set(checkIn.scanId, checkIn);
    this.#new.add(checkIn);
    this.changes.newCheckIns.push(checkIn);
    this.#count(checkIn, 1);
  }

  /** Lets a scan count as something else from now on. */
  restand(checkIn: CheckIn, change: Pick<CheckIn, 'standing'> & Partial<Pick<CheckIn, 'undone'>>): CheckIn {
    const changed = { ...checkIn, ...change };
    this.#count(checkIn, -1);
    this.#count(changed, 1);
    this.#checkIns.set(changed.scanId, changed);
    this.#replace(checkIn, changed);
    return changed;
  }

  admit(ticket: DoorTicket, admission: Admission | null): void {
    if (ticket.isOffered) this.#endOffer(ticket);
    this.#changeTicket(ticket, { ...ticket, admission, leftAtMs: null, isOffered: false });
  }

  leave(ticket: DoorTicket, leftAtMs: number): void {
    this.#changeTicket(ticket, { ...ticket, leftAtMs });
  }

  #endOffer(ticket: DoorTicket): void {
    this.#offersUsed.set(ticket.ticketTypeId, (this.#offersUsed.get(ticket.ticketTypeId) ?? 0) + 1);
    this.changes.admittedOffers.push(ticket);
  }

  #changeTicket(before: DoorTicket, after: DoorTicket): void {
    this.#tickets.set(ticketKey(after.bookingId, after.number), after);
    this.changes.changedTickets.delete(before);
    this.changes.changedTickets.add(after);
  }

  #replace(before: CheckIn, after: CheckIn): void {
    if (this.#new.delete(before)) {
      this.#new.add(after);
      this.changes.newCheckIns[this.changes.newCheckIns.indexOf(before)] = after;
      return;
    }
    this.changes.changedCheckIns.delete(before);
    this.changes.changedCheckIns.add(after);
  }

  #count({ gateId, ticketTypeId, standing }: CheckIn, by: number): void {
    const counter = COUNTERS[standing];
    if (counter !== null) this.#countOf(gateId, ticketTypeId)[counter] += by;
  }

  #countOf(gateId: string | null, ticketTypeId: string | null): CountDelta {
    const key = `${gateId}/${ticketTypeId}`;
    const known = this.changes.counts.get(key);
    if (known) return known;
    const fresh = { gateId, ticketTypeId, admitted: 0, left: 0, doubles: 0, refused: 0 };
    this.changes.counts.set(key, fresh);
    return fresh;
  }
}
