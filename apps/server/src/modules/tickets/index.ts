export { buildDoors, openDoorLanes, type DoorLanes, type DoorsModule } from './doors/index.ts';
export { buildTicketsInLane, type TicketsBatch } from './lane/tickets-in-lane.ts';
