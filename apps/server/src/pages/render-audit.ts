import type { EventDetail } from '@tessera/contract';
import { html, type Html } from './html.ts';

/** The audit of an event: its verdict and figures are fetched by script, so that the page itself costs nothing. */
export function renderAudit(event: EventDetail): Html {
  return html`<article class="audit">
<p class="organizer"><a href="/events/${event.id}">${event.title}</a></p>
<h1>Audit</h1>
<p class="lead">The audit counts every booking and every change of stock again, and compares the sums with the counters that sell.</p>
<div id="audit" class="verdict" data-event="${event.id}" aria-live="polite"><p class="quiet">Counting…</p></div>
<noscript><p class="note">The result as data: <a href="/api/v1/events/${event.id}/audit">audit of this event</a>.</p></noscript>
</article>`;
}
