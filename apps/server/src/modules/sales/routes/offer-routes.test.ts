import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildServer, closeServer, type HttpServer } from '../../../platform/http/index.ts';
import { formatCellId } from '../../../platform/ids/index.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { anId, bookingIn, hold } from '../test/buyers.ts';
import { openEvent, openSales, type SalesUnderTest } from '../test/support.ts';
import { offerTicketsRoute } from './offer-tickets.ts';
import { withdrawOffersRoute } from './withdraw-offers.ts';

const BUYER = anId();
let sales: SalesUnderTest;
let http: HttpServer;
let asked: unknown[] = [];

before(async () => {
  sales = await openSales();
  http = buildServer({ telemetry: buildTelemetry(buildLog('silent')), translators: [] });
  // Number 2 is somebody else's by now, as far as the tickets know.
  const findUnofferable = async (of: { numbers: readonly number[] }) => {
    asked.push(of);
    return of.numbers.includes(2) ? ({ number: 2, reason: 'passed_on' } as const) : null;
  };
  const context = { sales, requireBuyer: () => BUYER, findUnofferable };
  offerTicketsRoute(http, context);
  withdrawOffersRoute(http, context);
});
after(async () => {
  await closeServer(http, 1_000);
  await sales.closeAll();
});

test('what the tickets object to is refused by its number, and nothing of the request is offered', async () => {
  const event = await openEvent(sales, [{ capacity: 3 }]);
  const { id: bookingId } = bookingIn(await hold(sales, event, { quantity: 3, confirm: true, buyerKey: BUYER }));
  const url = `/api/v1/bookings/${formatCellId('bkg', event.eventId, bookingId)}/offers`;
  const send = (to: string, numbers: number[]) =>
    http.inject({ method: 'POST', url: to, headers: { 'idempotency-key': anId() }, payload: { ticket_numbers: numbers } });
  asked = [];
  const refused = await send(url, [1, 2]);
  const { code, ticket_number, reason } = refused.json();
  assert.deepEqual([refused.statusCode, code, ticket_number, reason], [409, 'SALES_NOT_OFFERABLE', 2, 'passed_on']);
  assert.deepEqual(asked, [{ eventId: event.eventId, bookingId, buyerKey: BUYER, numbers: [1, 2] }]);
  const offered = await send(url, [3, 1, 3]);
  assert.deepEqual([offered.statusCode, offered.json().offered_tickets], [200, [1, 3]]);
  // To keep a ticket nobody is asked.
  const kept = await send(`${url}/withdraw`, [1, 2]);
  assert.deepEqual([kept.statusCode, kept.json().offered_tickets, asked.length], [200, [3], 2]);
});
