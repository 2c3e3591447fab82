import type { EventDetail, EventTicketType } from '@tessera/contract';
import { decimalText, minorDigits } from '../platform/money/index.ts';
import { countText, priceText } from './format.ts';
import { html, type Html } from './html.ts';
import { hasExtras, priceNotes } from './price-notes.ts';
import { SOLD_OUT, typeNote } from './state-notes.ts';

export type TicketTypeContext = { event: EventDetail; isClosed: boolean; nowMs: number };

/** A ticket type with what one costs all in, what is left and how many to take. The input keeps its place also when nothing can be taken. */
export function renderTicketType(type: EventTicketType, { event, isClosed, nowMs }: TicketTypeContext): Html {
  const note = typeNote(type, event.time_zone, nowMs);
  const most = Math.min(type.booking_max, type.buyer_max ?? type.booking_max, event.sale.booking_max);
  // What is left tells nothing where nothing is sold.
  const left = isClosed ? '' : (note ?? `${countText(type.left)} left`);
  // The page's script keeps what is left up to date where nothing but stock decides whether there is any.
  const isLive = !isClosed && (note === null || note === SOLD_OUT);
  const disabled = (isClosed || note !== null) && html`disabled`;
  return html`<li class="type" data-type="${type.id}" data-name="${type.name}">
<label for="${type.id}">${type.name}</label>
<p class="price">${type.is_donation && html`<span class="extras">from</span> `}<span>${priceText(type.to_pay_minor, type.currency)}</span>${hasExtras(type) && html` <span class="extras">incl. fees and taxes</span>`}
<span class="left" ${isLive && html`data-left="${type.left}"`}>${left}</span></p>
<input id="${type.id}" class="quantity" type="number" inputmode="numeric" min="0" max="${most}" step="1" value="0" ${disabled}>
<div class="notes">${type.description !== '' && html`<p class="quiet">${type.description}</p>`}
${priceNotes(type, event).map((text) => html`<p class="quiet">${text}</p>`)}${type.is_donation && renderGift(type, disabled)}</div>
</li>`;
}

/** What the buyer gives for each, in the currency's own unit. */
function renderGift({ id, price_minor: least, currency }: EventTicketType, disabled: Html | false): Html {
  const digits = minorDigits(currency);
  const amount = (minor: number) => decimalText(minor, digits);
  return html`<p class="gift"><label for="gift-${id}">${currency} for each</label>
<input id="gift-${id}" class="gift" type="number" inputmode="decimal" min="${amount(least)}" step="${amount(1)}" value="${amount(least)}" data-digits="${digits}" ${disabled}></p>`;
}
