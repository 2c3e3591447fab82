import type { EventDetail } from '@tessera/contract';
import { minorDigits } from '../platform/money/index.ts';
import { minutesText } from './format.ts';
import { html, type Html } from './html.ts';
import { pictureOf } from './picture-of.ts';
import { renderFacts, renderLegal, renderNews } from './render-facts.ts';
import { renderTicketType } from './render-ticket-type.ts';
import { saleNote, SOLD_OUT, typeNote } from './state-notes.ts';

export type EventPage = {
  event: EventDetail;
  /** The code that came with the request, or null. */
  accessCode: string | null;
  nowMs: number;
};

/** An event: what it is, where, when, and what a ticket costs; the form books by script. */
export function renderEvent(page: EventPage): Html {
  const { event } = page;
  return html`<article class="event">
<img class="picture" src="${pictureOf(event)}" alt="" width="640" height="240">
<div class="columns">
<header>
<p class="organizer">${event.organization.name}</p>
<h1 class="title">${event.title}</h1>
<p class="lead">${event.summary}</p>
${renderNews(event)}
${renderFacts(event)}
</header>
${renderTickets(page)}
<section class="words" aria-label="About the event">${paragraphs(event.description)}</section>
</div>
${renderLegal(event)}
<p class="quiet"><a href="/events/${event.id}/audit">Audit of this sale</a></p>
</article>`;
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p>${part.trim()}</p>`);
}

function renderTickets(page: EventPage): Html {
  const { event, accessCode } = page;
  const note = saleNote(event, page.nowMs);
  return html`<section class="tickets" aria-labelledby="tickets">
<h2 id="tickets">Tickets</h2>
${note !== null && html`<p class="note">${note}</p>`}
<form id="booking" data-event="${event.id}" data-access-code="${accessCode ?? ''}" data-currency="${event.currency}" data-digits="${minorDigits(event.currency)}">
<ul class="types">${event.ticket_types.map((type) => renderTicketType(type, { event, isClosed: note !== null, nowMs: page.nowMs }))}</ul>
${note === null && renderHoldButton(event, page.nowMs)}
</form>
<div id="hold" class="hold" tabindex="-1" aria-live="polite" ${event.questions.length > 0 && html`data-asks`}></div>
${event.sale.takes_access_code && renderAccessCode(event, accessCode)}
</section>`;
}

function renderHoldButton(event: EventDetail, nowMs: number): Html {
  const { ticket_types: types, time_zone: timeZone } = event;
  const hasNothing = types.every((type) => typeNote(type, timeZone, nowMs) !== null);
  const isSoldOut = types.length > 0 && types.every((type) => typeNote(type, timeZone, nowMs) === SOLD_OUT);
  return html`${types.some((type) => type.to_pay_minor > 0 || type.is_donation) && renderPromoCode()}
<div id="price" class="sums" aria-live="polite"></div>
<p id="sold-out" class="note" ${!isSoldOut && html`hidden`}>Sold out for now. Tickets that others give back, or do not take in time, are sold again: look in a few minutes.</p>
<button class="action" type="submit" ${hasNothing && html`disabled`}>Hold tickets</button>
<p class="quiet terms">Held for you for ${minutesText(event.sale.hold_seconds)}. Nothing is charged now.</p>
<noscript><p class="note">Booking on this page needs JavaScript. The <a href="/docs">API</a> books without it.</p></noscript>`;
}

/** The price with a code is asked for before anything is held. */
function renderPromoCode(): Html {
  return html`<details class="promo"><summary>Promo code</summary>
<div class="with-button"><input id="promo_code" class="promo-code" type="text" aria-label="Promo code" maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false">
<button class="apply" type="button">Apply</button></div></details>`;
}

function renderAccessCode(event: EventDetail, accessCode: string | null): Html {
  const isWrong = accessCode !== null && !event.ticket_types.some((type) => type.needs_access_code);
  return html`<form class="code" method="get">
<label for="access_code">Access code</label>
<div class="with-button"><input id="access_code" name="access_code" maxlength="64" autocomplete="off" value="${accessCode ?? ''}" required>
<button type="submit">Show its tickets</button></div>
${isWrong && html`<p class="note" role="status">No tickets are behind this code. Check how it is written: capital and small letters differ.</p>`}
</form>`;
}
