import type { CountedStock } from './stock-sums.ts';

/** `since_checkpoint` verifies what has happened since the last clean audit, `full` counts everything again. */
export type AuditMode = 'since_checkpoint' | 'full';

/** What stands in the counters, what the ledger sums up to, and what the bookings themselves say (full audits only): there what waits for
 * offered places is held. */
export type AuditedTicketType = CountedStock & {
  id: string;
  offered: number;
  counted: CountedStock;
  inBookings: { held: number; sold: number } | null;
};

/** `counted`: the capacity by the ledger, the rest as the sums over the quota's ticket types. */
export type AuditedQuota = CountedStock & { id: string; counted: CountedStock };

export type AuditSubject = { kind: 'event' | 'ticket_type' | 'quota' | 'booking' | 'buyer' | 'promo_code'; id: string };

export type AuditProblemCode =
  | 'counter_drift'
  | 'oversold'
  | 'negative'
  | 'counter_missing'
  | 'ledger_gap'
  | 'ledger_double'
  | 'ledger_beyond_head'
  | 'ledger_row_invalid'
  | 'checkpoint_ahead'
  | 'booking_missing'
  | 'booking_state'
  | 'booking_lines'
  | 'booking_total'
  | 'booking_ledger'
  | 'bookings_drift'
  | 'buyer_total_drift'
  | 'promo_uses_drift'
  | 'offers_drift';

/** One thing that does not agree. `expected` is what the stronger witness says, the ledger before all. */
export type AuditProblem = { code: AuditProblemCode; subject: AuditSubject; expected: string; found: string; detail: string };

export type AuditReport = {
  eventId: string;
  verdict: 'clean' | 'broken';
  checkedAtMs: number;
  /** The counters were compared as they stood after this entry of the ledger. */
  ledgerSeq: number;
  mode: AuditMode;
  ticketTypes: AuditedTicketType[];
  quotas: AuditedQuota[];
  bookingsChecked: number;
  ledgerChecked: number;
  /** The first of them; `problemsTotal` counts all. */
  problems: AuditProblem[];
  problemsTotal: number;
};
