import type { EventSummary } from '@tessera/contract';
import { dateText, priceText } from './format.ts';
import { html, type Html } from './html.ts';
import { pictureOf } from './picture-of.ts';
import { placeInBrief } from './render-facts.ts';
import { stateNote } from './state-notes.ts';

export type EventListPage = { events: readonly EventSummary[]; hasMore: boolean };

/** The first page: what is coming, by date. */
export function renderEventList({ events, hasMore }: EventListPage): Html {
  const last = events.at(-1);
  return html`<h1>What is coming</h1>
${events.length === 0 ? html`<p class="quiet">No events are announced yet. Come back soon.</p>` : html`<ul class="events">${events.map(renderCard)}</ul>`}
${hasMore && last !== undefined && html`<p><a class="more" href="/?after=${last.id}">Later events</a></p>`}`;
}

function renderCard(event: EventSummary): Html {
  return html`<li class="card">
<img src="${pictureOf(event)}" alt="" width="640" height="240" loading="lazy">
<div class="words">
<h2><a href="/events/${event.id}">${event.title}</a></h2>
<p>${event.summary}</p>
<p class="facts"><time datetime="${event.starts_at}">${dateText(event.starts_at, event.time_zone)}</time><br>${placeInBrief(event)}</p>
<p class="price">${priceNote(event)}</p>
</div>
</li>`;
}

function priceNote(event: EventSummary): string {
  const note = stateNote(event.state);
  if (note !== null) return note;
  const from = event.price_from_minor;
  if (from === null) return '';
  return from === 0 ? 'Free tickets' : `From ${priceText(from, event.currency)}`;
}
