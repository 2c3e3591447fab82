import type { HttpServer } from '../../../platform/http/index.ts';
import type { TicketsRoutes } from '../context.ts';
import { listBookingTicketsRoute } from './list-booking-tickets.ts';
import { organizerTicketRoutes } from './organizer-tickets.ts';
import { ticketKeyRoutes } from './ticket-keys.ts';
import { ticketRoutes } from './tickets.ts';
import { transferRoutes } from './transfers.ts';

/** The routes of tickets: for who holds them, for organizers, and the keys for everybody. */
export function ticketsRoutes(http: HttpServer, parts: TicketsRoutes): void {
  listBookingTicketsRoute(http, parts);
  ticketRoutes(http, parts);
  transferRoutes(http, parts);
  organizerTicketRoutes(http, parts);
  ticketKeyRoutes(http, parts);
}
