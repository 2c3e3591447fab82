import type { EventDetail } from '@tessera/contract';
import { html, type Html } from './html.ts';
import { renderFacts, renderNews } from './render-facts.ts';
import { UNCOMMON_DIGITS } from './uncommon-digits.ts';

export type BookingPage = {
  bookingId: string;
  /** Null where the event is shown to nobody, or to few. */
  event: EventDetail | null;
};

/**
 * A booking. The page itself knows of none and is the same for everybody who asks for it: what the booking is, the script reads as
 * the buyer that the browser is.
 */
export function renderBooking({ bookingId, event }: BookingPage): Html {
  return html`<article id="booking-page" class="booking" data-booking="${bookingId}" data-digits="${UNCOMMON_DIGITS}">
${renderHeader(event, 'Your booking')}
<div id="standing" class="hold standing" tabindex="-1" aria-live="polite"><p class="quiet">Looking up your booking…</p></div>
<div id="parts" class="parts"></div>
<noscript><p class="note">This page needs JavaScript: what it shows is kept in your browser alone. The <a href="/docs">API</a> tells the same without it.</p></noscript>
<p class="quiet ref">${bookingId}</p>
</article>`;
}

/** Of which event something is. */
export function renderHeader(event: EventDetail | null, otherwise: string): Html {
  if (event === null) return html`<h1>${otherwise}</h1>`;
  return html`<header>
<p class="organizer">${event.organization.name}</p>
<h1 class="title"><a href="/events/${event.id}">${event.title}</a></h1>
${renderNews(event)}
${renderFacts(event)}
</header>`;
}
