export { findUnofferable, type Unofferable } from './find-unofferable.ts';
export { buildTicketsInLane, type TicketsBatch } from './lane/tickets-in-lane.ts';
