export { buildAttendees, clearAttendee, type Attendees, type ListedAttendee, type Missing, type OfBooking } from './attendees/index.ts';
export { buildTicketsInLane, type TicketsBatch } from './lane/tickets-in-lane.ts';
