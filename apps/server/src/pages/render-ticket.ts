import type { EventDetail } from '@tessera/contract';
import { html, type Html } from './html.ts';
import { renderHeader } from './render-booking.ts';

export type TicketPage = { ticketId: string; event: EventDetail | null };

/** One ticket, large, to be held out at the door. What it is the script reads as its holder. */
export function renderTicket({ ticketId, event }: TicketPage): Html {
  return html`<article id="ticket-page" class="booking" data-ticket="${ticketId}">
${renderHeader(event, 'Your ticket')}
<div id="ticket" class="hold standing" tabindex="-1" aria-live="polite"><p class="quiet">Looking up your ticket…</p></div>
<noscript><p class="note">This page needs JavaScript: what it shows is kept in your browser alone.</p></noscript>
</article>`;
}
