import type { EventDetail } from '@tessera/contract';
import { countryName } from '../modules/catalog/index.ts';
import { dateText, languageText } from './format.ts';
import { html, type Html } from './html.ts';

/** When and where an event is, and in which languages. */
export function renderFacts(event: EventDetail): Html {
  const { languages, doors_at: doors, days } = event;
  return html`<p class="facts"><time datetime="${event.starts_at}">${dateText(event.starts_at, event.time_zone)}</time><br>${placeText(event)}
${doors !== null && html`<br>Doors open: <time datetime="${doors}">${dateText(doors, event.time_zone)}</time>`}
${languages.length > 0 && html`<br>In ${languages.map(languageText).join(', ')}`}</p>
${days.length > 0 && html`<ul class="days">${days.map((day) => renderDay(day, event.time_zone))}</ul>`}`;
}

type PlaceInBrief = { place: EventDetail['place']; venue: { name: string; city: string } };

/** In a list: the name and the city are enough. */
export function placeInBrief({ place, venue }: PlaceInBrief): string {
  const at = [venue.name, venue.city].join(', ');
  return place === 'online' ? 'Online' : place === 'both' ? `${at}, and online` : at;
}

function placeText(event: EventDetail): string {
  const { address_lines: lines, postal_code: code, country, city, name } = event.venue;
  if (event.place === 'online') return 'Online';
  const town = code === '' ? city : `${code} ${city}`;
  const parts = [name, ...lines, town, ...(country === null ? [] : [countryName(country)])];
  return event.place === 'both' ? `${parts.join(', ')}, and online` : parts.join(', ');
}

function renderDay(day: EventDetail['days'][number], timeZone: string): Html {
  return html`<li><time datetime="${day.starts_at}">${dateText(day.starts_at, timeZone)}</time>${day.title !== '' && html` · ${day.title}`}</li>`;
}

/** What has happened to an event that whoever holds a ticket must know. */
export function renderNews(event: EventDetail): Html {
  const { cancellation_reason: reason, moves, state } = event;
  return html`${state === 'cancelled' && reason !== null && html`<p class="note">Cancelled: ${reason}</p>`}
${moves.slice(0, 3).map((move) => html`<p class="note">${moveText(move, event.time_zone)} ${move.reason}</p>`)}`;
}

function moveText({ before, after }: EventDetail['moves'][number], timeZone: string): string {
  const [was, is] = [dateText(before.starts_at, timeZone), dateText(after.starts_at, timeZone)];
  if (was !== is) return `Moved from ${was} to ${is}.`;
  const [from, to] = [placeInBrief(before), placeInBrief(after)];
  return from === to ? 'Moved.' : `Moved from ${from} to ${to}.`;
}

/** What whoever buys agrees to, and who sells. */
export function renderLegal({ terms, refund_policy: refunds, organizer }: EventDetail): Html {
  const { imprint, privacy_url: privacy, website, contact_email: mail } = organizer;
  return html`<section class="legal" aria-label="Terms and imprint">
${folded('Terms', terms)}${folded('Refunds', refunds)}${folded('Imprint', imprint)}
<p class="quiet">${website !== null && html`<a href="${website}" rel="noopener nofollow">Website of the organizer</a> `}
${privacy !== null && html`<a href="${privacy}" rel="noopener nofollow">Privacy</a> `}
${mail !== null && html`<a href="mailto:${encodeURIComponent(mail).replace('%40', '@')}">Contact</a>`}</p>
</section>`;
}

function folded(title: string, text: string | null): Html | false {
  return text !== null && html`<details><summary>${title}</summary><p class="prose">${text}</p></details>`;
}
