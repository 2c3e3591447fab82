export { buildTicketsInLane, type TicketsBatch } from './lane/tickets-in-lane.ts';
