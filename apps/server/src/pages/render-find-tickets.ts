import { html, type Html } from './html.ts';

/**
 * Where a mailed link leads, and where one is asked for. What the mail brings stands behind the # of the address, which no
 * browser sends to a server and no log keeps.
 */
export function renderFindTickets(): Html {
  return html`<article class="find">
<h1>Find my tickets</h1>
<p class="lead">We mail a link to your address. It opens everything that was booked with it.</p>
<section class="tickets">
<form id="find" class="code">
<label for="email">Mail address</label>
<div class="with-button"><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required><button class="action">Mail me a link</button></div>
</form>
<div id="found" class="hold" aria-live="polite" tabindex="-1"></div>
</section>
<noscript><p class="note">This page needs JavaScript. The same is done by POST /api/v1/booking-links.</p></noscript>
</article>`;
}
