import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { composeCode } from '@tessera/ticket-code';
import type { Db } from '../../apps/server/src/platform/db/index.ts';
import type { DoorEvent } from './hot-event.ts';

export type ScanRequests = { file: string; size: number };

type Ticket = { bookingId: string; number: number; secret: string };

/** Tickets of a booking; as many bookings as it takes. */
const OF_BOOKING = 2;
const AT_ONCE = 20_000;
/** A door that can look the ticket up does not verify it. */
const SIGNATURE = Buffer.alloc(64, 1);

/** Gives an event so many tickets, and writes a request for each that lets it in, each with a scan of its own. */
export async function writeScanRequests(
  db: Db,
  { event, token, count, folder }: { event: DoorEvent; token: string; count: number; folder: string },
): Promise<ScanRequests> {
  const file = join(folder, `scans-${randomUUID()}`);
  const descriptor = openSync(file, 'w');
  let size = 0;
  for (let made = 0; made < count; made += AT_ONCE) {
    const tickets = await insertTickets(db, event, Math.min(AT_ONCE, count - made));
    const requests = tickets.map((ticket) => requestOf(event, token, ticket));
    size = requests[0]!.length;
    writeSync(descriptor, requests.join(''), null, 'latin1');
  }
  closeSync(descriptor);
  return { file, size };
}

function insertTickets(db: Db, { eventId, ticketTypeId }: DoorEvent, count: number): Promise<Ticket[]> {
  return db.query<Ticket>(
    `insert into tickets.tickets (event_id, booking_id, number, ticket_type_id, buyer_key, secret, issued_at)
     select $1, b.id, n, $2, b.id, gen_random_uuid(), now()
     from (select gen_random_uuid() as id from generate_series(1, $3)) b, generate_series(1, ${OF_BOOKING}) n
     returning booking_id as "bookingId", number, secret`,
    [eventId, ticketTypeId, Math.ceil(count / OF_BOOKING)],
  );
}

function requestOf({ eventId, path }: DoorEvent, token: string, ticket: Ticket): string {
  const code = composeCode({ keyNo: 1, eventId, issue: 1, ...ticket }, SIGNATURE);
  const body = JSON.stringify({ scan_id: randomUUID(), code });
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
