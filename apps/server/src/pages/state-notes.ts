import type { EventDetail, EventTicketType } from '@tessera/contract';
import { dateText } from './format.ts';

const NOTES: Readonly<Record<EventDetail['state'], string | null>> = {
  draft: 'Not published',
  scheduled: 'Not published',
  published: 'Not on sale yet',
  on_sale: null,
  paused: 'The sale is paused. Please try again later.',
  ended: 'The sale has ended.',
  cancelled: 'This event is cancelled.',
  archived: 'Not published',
};

/** Why nothing of an event can be held now by its state, or null where it is on sale. */
export function stateNote(state: EventDetail['state']): string | null {
  return NOTES[state];
}

export const SOLD_OUT = 'Sold out';

type Window = { sales_start_at: string | null; sales_end_at: string | null };

/** Why nothing of an event can be held at this time, or null. */
export function saleNote(event: EventDetail, nowMs: number): string | null {
  return stateNote(event.state) ?? windowNote(event.sale, event.time_zone, nowMs);
}

/** Why tickets of a type cannot be held at this time, or null. */
export function typeNote(type: EventTicketType, timeZone: string, nowMs: number): string | null {
  if (type.state === 'paused') return 'Paused';
  const closed = windowNote(type, timeZone, nowMs);
  if (closed !== null) return closed;
  return type.left === 0 ? SOLD_OUT : null;
}

function windowNote({ sales_start_at: start, sales_end_at: end }: Window, timeZone: string, nowMs: number): string | null {
  if (start !== null && nowMs < Date.parse(start)) return `On sale from ${dateText(start, timeZone)}.`;
  return end !== null && nowMs >= Date.parse(end) ? 'The sale has ended.' : null;
}
