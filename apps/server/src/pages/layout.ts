import { html, type Html } from './html.ts';

export type Page = {
  title: string;
  /** For search engines and links. */
  summary: string;
  body: Html;
  /** Address of the page’s script; the page can be read without it. */
  script: string | null;
};

/** A whole document around a page's body. */
export function renderDocument({ title, summary, body, script }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${summary}">
<title>${title}</title>
<link rel="stylesheet" href="/assets/tessera.css">
<link rel="stylesheet" href="/assets/events.css">
<link rel="stylesheet" href="/assets/booking.css">
<link rel="stylesheet" href="/assets/tickets.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${script !== null && html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><a class="brand" href="/">Tessera</a><nav><a href="/find-tickets">Find my tickets</a> <a href="/docs">API</a></nav></header>
<main id="main">
${body}
</main>
<footer class="foot">Every ticket is counted twice: each event has an audit that anyone can run.</footer>
</body>
</html>
`.markup;
}
