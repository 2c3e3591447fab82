const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The event that stands for none of ours. */
export const NO_EVENT = '00000000-0000-0000-0000-000000000000';

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The booking that a provider's object is for, as we named it when it was made; null where these are no ids of ours. */
export function parseOrderIds({
  eventId,
  bookingId,
}: {
  eventId: string;
  bookingId: string;
}): { eventId: string; bookingId: string } | null {
  return isUuid(eventId) && isUuid(bookingId) && eventId !== NO_EVENT ? { eventId, bookingId } : null;
}
