import { refundLines, standingWords } from '/assets/booking-words.js';
import { element } from '/assets/dom.js';
import { note } from '/assets/note.js';
import { priceTable } from '/assets/price.js';
import { ticketsText } from '/assets/times.js';

/** What is said above everything of a booking that is neither held nor awaits its payment. */
export function standingNodes(view) {
  const words = standingWords(view);
  const refunds = refundLines(view.refunds, view.moneyIn).map(({ text, kind }) => note(text, kind));
  return [element('h2', { class: words.kind }, words.heading), element('p', {}, words.text), ...refunds];
}

/** A booking that has no tickets any more, or never had. */
export function overView({ view }) {
  const { booking, event, names, money } = view;
  const again = event ? [element('p', {}, element('a', { class: 'button', href: `/events/${booking.event_id}` }, 'To the event'))] : [];
  const prices = element('section', { class: 'tickets' }, element('h2', {}, ticketsText(booking.quantity)), priceTable(booking, names, money));
  return { stop: () => {}, standing: standingNodes(view), parts: [...again, ...(booking.paid_minor > 0 ? [prices] : [])] };
}
