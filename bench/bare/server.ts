import { Booking, PlaceBookingRequest } from '@tessera/contract';
import fastify from 'fastify';

/** The physical limit: a Fastify POST with the schemas of a booking and no work. The argument is the port. */
const http = fastify({ logger: false });

const booking = {
  id: `bkg_${'0'.repeat(52)}`,
  event_id: `evt_${'0'.repeat(26)}`,
  state: 'held',
  lines: [{ ticket_type_id: `typ_${'0'.repeat(52)}`, quantity: 1, unit_price_minor: 4500 }],
  quantity: 1,
  total_minor: 4500,
  paid_minor: 0,
  refunded_minor: 0,
  returned_tickets: [],
  offered_tickets: [],
  promo_code: null,
  charges: null,
  currency: 'EUR',
  held_at: '2031-06-01T18:00:00.000Z',
  expires_at: '2031-06-01T18:10:00.000Z',
  expires_in_seconds: 599,
  extended: false,
  confirmed_at: null,
  closed_at: null,
};

http.get('/health/ready', async () => ({ ready: true }));

http.post('/api/v1/bookings', { schema: { body: PlaceBookingRequest, response: { 201: Booking } } }, async (_request, reply) => {
  reply.code(201);
  return booking;
});

await http.listen({ host: '127.0.0.1', port: Number(process.argv[2]) });
process.once('SIGTERM', () => process.exit());
