import { element } from '/assets/dom.js';
import { passOnBox } from '/assets/pass-on.js';
import { qrSvg } from '/assets/qr-svg.js';
import { dayText } from '/assets/times.js';

const REVOKED = {
  refund: 'Given back. It opens no door any more.',
  cancel: 'Cancelled. It opens no door any more.',
  dispute: 'Your bank took the payment back. It opens no door any more.',
  resold: 'Sold again: somebody else has its place now. What it cost goes back to you.',
};

/** What a ticket is good for now, in a sentence. */
export function ticketWords(ticket, isOfferedBack = false) {
  if (ticket.state === 'transferred') return { text: 'Passed on: somebody else has it now.', kind: 'quiet' };
  if (ticket.state === 'revoked') return { text: REVOKED[ticket.revoked_reason] ?? REVOKED.cancel, kind: 'stop' };
  if (ticket.admitted_at !== null) return { text: `Let in on ${dayText(ticket.admitted_at)}.`, kind: 'good' };
  if (ticket.offered_until !== null) return { text: `Offered${ticket.offered_to ? ` to ${ticket.offered_to}` : ''} until ${dayText(ticket.offered_until)}. Until somebody takes it, it is yours and valid.`, kind: 'wait' };
  if (isOfferedBack) return { text: 'Offered for sale. Until somebody else pays for its place, it is yours and valid.', kind: 'wait' };
  return { text: 'Valid', kind: 'good' };
}

/** A ticket of a booking, with its code where it has one. */
export function ticketCard(ticket, { typeName, person, isShown, booking, redo }) {
  const isOfferedBack = (booking.offered_tickets ?? []).includes(ticket.number);
  const words = ticketWords(ticket, isOfferedBack);
  const label = `QR code of ticket ${ticket.number}`;
  const code = isShown && ticket.code !== null ? [element('a', { href: `/tickets/${ticket.id}`, class: 'code-link' }, qrSvg(ticket.code, label))] : [];
  const open = ticket.code === null ? [] : [element('a', { class: 'button', href: `/tickets/${ticket.id}` }, 'Show at the door')];
  const canPass = ticket.code !== null && ticket.admitted_at === null && !isOfferedBack;
  const pass = canPass ? [passOnBox(ticket, redo)] : [];
  const head = element('div', { class: 'ticket-head' }, element('h3', {}, typeName), element('p', { class: 'quiet' }, `Ticket ${ticket.number}${person ? ` · ${person}` : ''}`));
  const state = element('p', { class: `state ${words.kind}` }, words.text);
  return element('li', { class: `ticket ${ticket.code === null ? 'void' : ''}` }, ...code, element('div', { class: 'ticket-words' }, head, state, ...open, ...pass));
}
