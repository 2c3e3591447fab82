import { formatAmount } from '../../../platform/money/index.ts';
import { CARDS } from './cards.ts';
import type { Answer } from './answers.ts';
import type { IntentRecord } from './records.ts';
import { currencyOf } from './standing.ts';

const PAGE_HEADERS = [
  'content-type',
  'text/html; charset=utf-8',
  'cache-control',
  'no-store',
  // The address holds the secret: no page that is opened from here may hear of it.
  'referrer-policy',
  'no-referrer',
  'x-content-type-options',
  'nosniff',
  'content-security-policy',
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
];

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
.notice{border:2px solid #b45309;background:#fffbeb;padding:.5rem 1rem;border-radius:.5rem}
label{display:block;margin:1rem 0}input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem}
button{font:inherit;padding:.6rem 1.2rem;margin:0 .5rem .5rem 0}td{padding:.1rem .8rem .1rem 0;vertical-align:top}`;

/** The page where a person pays, or sees what has become of it. It works without JavaScript: it has none. */
export function renderPayPage(intent: IntentRecord): Answer {
  return page(200, `${orderOf(intent)}${bodyOf(intent)}${wayBack(intent)}`);
}

/** The page of the person's bank, which asks whether it is really them. */
export function renderBankPage(intent: IntentRecord): Answer {
  const isAsked = intent.state === 'requires_action';
  return page(200, `${orderOf(intent)}${isAsked ? bankForm(intent) : bodyOf(intent)}${wayBack(intent)}`);
}

export function renderProblemPage(status: number, message: string): Answer {
  return page(status, `<p>${escapeHtml(message)}</p>`);
}

function bodyOf(intent: IntentRecord): string {
  const holder = intent.holderName ? ` by <b>${escapeHtml(intent.holderName)}</b>` : '';
  switch (intent.state) {
    case 'open':
      return payForm(intent);
    case 'requires_action':
      return `<p>Your bank asks whether it is you. <a href="/pay/${intent.ref}/action?secret=${intent.secret}">Go to the bank</a></p>${payForm(intent)}`;
    case 'processing':
      return `<p role="status">The payment${holder} is being processed.</p>`;
    case 'succeeded':
      return `<p role="status"><b>Paid</b>${holder}: ${money(intent.receivedMinor, currencyOf(intent))}.</p>`;
    case 'cancelled':
      return '<p role="status">This payment was cancelled. Nothing was paid.</p>';
  }
}

function payForm(intent: IntentRecord): string {
  const declined = intent.declineCode === null ? '' : `<p role="alert">The card was declined: ${escapeHtml(intent.declineCode)}.</p>`;
  const rows = CARDS.map((card) => `<tr><td><code>${card.number}</code></td><td>${escapeHtml(card.meaning)}</td></tr>`).join('');
  return `${declined}<form method="post" action="/pay/${intent.ref}">
<input type="hidden" name="client_secret" value="${intent.secret}">
<label>Card number <input name="card" inputmode="numeric" autocomplete="off" required value="${CARDS[0]?.number ?? ''}"></label>
<label>Name on the card <input name="holder_name" autocomplete="off" value="${escapeHtml(intent.holderName ?? '')}"></label>
<button>Pay ${money(intent.amountMinor, intent.currency)}</button></form>
<details><summary>Test cards</summary><table>${rows}</table></details>`;
}

function bankForm(intent: IntentRecord): string {
  return `<h2>Your bank asks</h2><p>Is it you who pays ${money(intent.amountMinor, intent.currency)}?</p>
<form method="post" action="/pay/${intent.ref}/action"><input type="hidden" name="client_secret" value="${intent.secret}">
<button name="outcome" value="approve">Yes, approve</button><button name="outcome" value="reject">No, reject</button></form>`;
}

function orderOf(intent: IntentRecord): string {
  return `<h1>${money(intent.amountMinor, intent.currency)}</h1><p>${escapeHtml(intent.description)}</p>`;
}

function wayBack({ returnUrl }: IntentRecord): string {
  return returnUrl === null ? '' : `<p><a href="${escapeHtml(returnUrl)}">Back to the tickets</a></p>`;
}

function page(status: number, body: string): Answer {
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Payment sandbox: no money moves</title><style>${STYLE}</style></head><body>
<p class="notice"><b>Payment sandbox.</b> No money moves. Never type in a real card.</p>
<main>${body}</main></body></html>`;
  return { status, headers: PAGE_HEADERS, text };
}

function money(amountMinor: number, currency: string): string {
  return escapeHtml(formatAmount(amountMinor, currency, 'en'));
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
