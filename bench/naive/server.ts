import { Booking, PlaceBookingRequest } from '@tessera/contract';
import fastify from 'fastify';
import { Pool } from 'pg';
import { buildBuyerSessions } from '../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { formatCellId, parseCellId, uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { invariant } from '../../apps/server/src/platform/invariant.ts';
import { placeNaively } from './place-booking.ts';
import type { NaiveBooking } from './place-booking.ts';

/** The naive baseline as a server: arguments are port, database and key of the buyer sessions. It takes no repeats. */
const [port, databaseUrl, serverKeyHex] = process.argv.slice(2);
invariant(databaseUrl !== undefined && serverKeyHex !== undefined, 'naive/server.ts takes a port, a database and a key');

const POOL_MAX = 20;

const pool = new Pool({ connectionString: databaseUrl, max: POOL_MAX });
const accounts = buildBuyerSessions({ serverKey: Buffer.from(serverKeyHex, 'hex'), clock: systemClock });
const http = fastify({ logger: false });

http.get('/health/ready', async () => ({ ready: true }));

http.post<{ Body: PlaceBookingRequest }>(
  '/api/v1/bookings',
  { schema: { body: PlaceBookingRequest, response: { 201: Booking } } },
  async (request, reply) => {
    const buyerKey = accounts.requireBuyer(request);
    const { event_id, lines } = request.body;
    const line = lines[0];
    const ids = parseCellId('typ', line?.ticket_type_id ?? '');
    if (line === undefined || ids === null) return reply.code(400).send();
    const bookingId = uuidFromText(`${buyerKey}\n${String(request.headers['idempotency-key'])}`);
    const { quantity } = line;
    const booking = await placeNaively(pool, { eventId: ids.eventId, bookingId, buyerKey, ticketTypeId: ids.id, quantity });
    if (booking === null) return reply.code(409).send();
    reply.code(201);
    return { id: formatCellId('bkg', ids.eventId, bookingId), event_id, ...presentHold(line, booking) };
  },
);

await http.listen({ host: '127.0.0.1', port: Number(port) });
process.once('SIGTERM', () => process.exit());

function presentHold(
  line: PlaceBookingRequest['lines'][number],
  { priceMinor, heldAt, expiresAt }: NaiveBooking,
): Omit<Booking, 'id' | 'event_id'> {
  return {
    state: 'held',
    lines: [{ ticket_type_id: line.ticket_type_id, quantity: line.quantity, unit_price_minor: priceMinor }],
    quantity: line.quantity,
    total_minor: priceMinor * line.quantity,
    paid_minor: 0,
    refunded_minor: 0,
    returned_tickets: [],
    offered_tickets: [],
    promo_code: null,
    charges: null,
    currency: 'EUR',
    held_at: heldAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    expires_in_seconds: 86_399,
    extended: false,
    confirmed_at: null,
    closed_at: null,
  };
}
