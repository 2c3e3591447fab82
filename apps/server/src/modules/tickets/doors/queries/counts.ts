import type { Queryable } from '../../../../platform/db/index.ts';
import { NIL_ID } from '../lane/nil-id.ts';

export type GateCount = {
  /** Null: at no gate. */
  gateId: string | null;
  /** Null: of no ticket that there is. */
  ticketTypeId: string | null;
  admitted: number;
  left: number;
  doubles: number;
  refused: number;
};

/** How many scans of an event stand as what, by gate and ticket type. */
export async function readCounts(on: Queryable, eventId: string): Promise<GateCount[]> {
  return on.query<GateCount>(
    `select nullif(gate_id, $2) as "gateId", nullif(ticket_type_id, $2) as "ticketTypeId", admitted, left_again as left, doubles, refused
     from tickets.gate_counts where event_id = $1 order by gate_id, ticket_type_id`,
    [eventId, NIL_ID],
  );
}
