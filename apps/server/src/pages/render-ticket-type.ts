import type { EventDetail, EventTicketType } from '@tessera/contract';
import { countText, priceText } from './format.ts';
import { html, type Html } from './html.ts';
import { typeNote } from './state-notes.ts';

export type TicketTypeContext = { event: EventDetail; isClosed: boolean; nowMs: number };

/** A ticket type with its price, what is left and how many to take. The input keeps its place also when nothing can be taken. */
export function renderTicketType(type: EventTicketType, { event, isClosed, nowMs }: TicketTypeContext): Html {
  const note = typeNote(type, event.time_zone, nowMs);
  const most = Math.min(type.booking_max, type.buyer_max ?? type.booking_max, event.sale.booking_max);
  const left = note ?? `${countText(type.left)} left`;
  return html`<li class="type" data-type="${type.id}" data-price="${type.price_minor}">
<div class="what"><label for="${type.id}">${type.name}</label>${type.description !== '' && html`<p class="quiet">${type.description}</p>`}</div>
<div class="price">${priceText(type.price_minor, type.currency)}</div>
<div class="left" data-left="${type.left}">${left}</div>
<input id="${type.id}" type="number" inputmode="numeric" min="0" max="${most}" step="1" value="0" ${(isClosed || note !== null) && html`disabled`}>
</li>`;
}
