import { html, type Html } from './html.ts';

export type NotFound = { heading: string; why: string };

/** What a visitor is told where there is nothing. */
export function renderNotFound({ heading, why }: NotFound): Html {
  return html`<h1>${heading}</h1>
<p class="lead">${why}</p>
<p><a class="more" href="/">See what is coming</a> <a class="more" href="/find-tickets">Find my tickets</a></p>`;
}
