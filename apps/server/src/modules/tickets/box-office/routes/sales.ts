import { ComplimentaryBody, DeskBooking, DeskSaleBody, OwnEventPath, problemResponses } from '@tessera/contract';
import { replayed, type HttpServer } from '../../../../platform/http/index.ts';
import { parseLines } from '../../../sales/index.ts';
import type { BoxOfficeRoutes } from '../context.ts';
import { answerSale } from './answer-sale.ts';
import { common, deskProblems } from './documents.ts';

const sellSchema = {
  ...common,
  operationId: 'sellAtDesk',
  summary: 'Sell at the desk, for cash or by a card at the door',
  description: 'It is sold at once, whatever sales windows, access codes and limits say to buyers.',
  params: OwnEventPath,
  body: DeskSaleBody,
  response: {
    200: replayed(DeskBooking),
    201: DeskBooking,
    ...problemResponses(...deskProblems, 'SALES_PRICE_CHANGED', 'SALES_PRICE_INVALID', 'SALES_LIMIT'),
  },
};

const giveSchema = {
  ...common,
  operationId: 'giveTickets',
  summary: 'Give tickets away',
  params: OwnEventPath,
  body: ComplimentaryBody,
  response: { 200: replayed(DeskBooking), 201: DeskBooking, ...problemResponses(...deskProblems) },
};

const SALES = '/api/v1/organizations/:id/events/:event_id/box-office/sales';
const GIFTS = '/api/v1/organizations/:id/events/:event_id/complimentary';

export function deskSaleRoutes(http: HttpServer, parts: BoxOfficeRoutes): void {
  const config = { permission: 'box_office.sell' } as const;
  http.post(SALES, { schema: sellSchema, config }, async (request, reply) => {
    const { lines, tender, stock = 'public', buyer_name: name = null, expected_total_minor: expectedTotalMinor = null } = request.body;
    return answerSale(parts, { request, reply }, (eventId) => {
      return { kind: 'sale', lines: parseLines(lines, eventId), tender, stock, name, note: null, expectedTotalMinor };
    });
  });
  http.post(GIFTS, { schema: giveSchema, config }, async (request, reply) => {
    const { lines, stock = 'public', name = null, reason: note } = request.body;
    return answerSale(parts, { request, reply }, (eventId) => {
      return { kind: 'complimentary', lines: parseLines(lines, eventId), tender: 'none', stock, name, note, expectedTotalMinor: null };
    });
  });
}
