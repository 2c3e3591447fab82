import { html, type Html } from './html.ts';

/** Where the link leads that passes a ticket on. What it brings stands behind the # of the address, which no server sees. */
export function renderAcceptTicket(): Html {
  return html`<article class="find">
<h1>A ticket for you</h1>
<p class="lead">Somebody passes you a ticket. Once you take it, it is yours, with a code of its own; theirs opens no door any more.</p>
<div id="accept" class="tickets" tabindex="-1" aria-live="polite"><p class="quiet">Looking at the link…</p></div>
<noscript><p class="note">This page needs JavaScript. The same is done by POST /api/v1/ticket-transfers/accept.</p></noscript>
</article>`;
}
