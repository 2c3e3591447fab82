import { html, type Html } from './html.ts';

/** What a visitor is told where there is no event. */
export function renderNotFound(): Html {
  return html`<h1>There is no such event</h1>
<p class="lead">It may not be published yet, or the address is not complete.</p>
<p><a class="more" href="/">See what is coming</a></p>`;
}
