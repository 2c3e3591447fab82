import { openLaneConnection, type Call, type Db, type LaneConnection } from '../../../../platform/db/index.ts';
import { newUuid } from '../../../../platform/ids/index.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import type { FillRandom, IssuedBooking, OfferedTicket, RevokedTickets } from '../tickets-in-lane.ts';
import { buildTicketsInLane } from '../tickets-in-lane.ts';

export const anId = (): string => newUuid(systemClock.nowMs());

/** Ones and twos and so on: random bytes that a test can foretell. */
export const countingBytes: FillRandom = (bytes) => {
  bytes.forEach((_, at) => {
    bytes[at] = (at >> 4) + 1;
  });
};

export type Batch = { eventId: string; nowMs?: number; issued?: readonly IssuedBooking[]; revoked?: readonly RevokedTickets[] } & {
  newOffers?: readonly OfferedTicket[];
  endedOffers?: readonly (OfferedTicket & { isWithdrawn: boolean })[];
};

/** The statements that the tickets send in a batch. */
export function callsOf(batch: Batch, fillRandom = countingBytes): Call[] {
  const { eventId, nowMs = 1_000, issued = [], revoked = [], newOffers = [], endedOffers = [] } = batch;
  const calls: Call[] = [];
  const add = (statement: Call['statement'], ...values: Call['values'][number][]): void => {
    calls.push({ statement, values: [eventId, ...values] });
  };
  buildTicketsInLane(fillRandom).write({ changes: { issued, revoked, newOffers, endedOffers }, nowMs, add });
  return calls;
}

export const BEGIN: Call = { statement: { name: 'test_begin', text: 'begin' }, values: [] };
export const COMMIT: Call = { statement: { name: 'test_commit', text: 'commit' }, values: [] };
export const ROLLBACK: Call = { statement: { name: 'test_rollback', text: 'rollback' }, values: [] };

/** Runs batches as a lane does, each in a transaction of its own. */
export async function openLane(url: string): Promise<{ connection: LaneConnection; run(batch: Batch): Promise<void> }> {
  const connection = await openLaneConnection(url);
  const run = async (batch: Batch): Promise<void> => {
    try {
      await connection.roundTrip([BEGIN, ...callsOf(batch), COMMIT]);
    } catch (error) {
      await connection.roundTrip([ROLLBACK]);
      throw error;
    }
  };
  return { connection, run };
}

/** A booking of so many tickets of each of some types. */
export function aBooking(quantities: readonly number[] = [1], buyerKey = anId()): IssuedBooking {
  return { id: anId(), buyerKey, lines: quantities.map((quantity) => ({ ticketTypeId: anId(), quantity })) };
}

export type TicketRow = { number: number; ticketTypeId: string; buyerKey: string; state: string; reason: string | null; secret: string };

export async function ticketsOf(db: Db, eventId: string, bookingId: string): Promise<TicketRow[]> {
  return db.query<TicketRow>(
    `select number, ticket_type_id as "ticketTypeId", buyer_key as "buyerKey", state, revoked_reason as reason, secret
     from tickets.tickets where event_id = $1 and booking_id = $2 order by number`,
    [eventId, bookingId],
  );
}
