import { moveBooking, newKey } from '/assets/api.js';
import { isPage, sandboxNote } from '/assets/booking-hold.js';
import { paymentWords } from '/assets/booking-words.js';
import { holdCountdown } from '/assets/countdown.js';
import { element, priceText } from '/assets/dom.js';
import { carefulButton } from '/assets/note.js';
import { priceTable } from '/assets/price.js';
import { ticketsText } from '/assets/times.js';

/** A booking that awaits its payment: how that stands, and what there is to do. */
export function paymentView({ view, refresh, redo }) {
  const { booking, intent, names, money, isSandbox } = view;
  const words = paymentWords({ booking, intent });
  const time = holdCountdown(booking, refresh);
  const told = element('div', { 'aria-live': 'polite' });
  const isPayable = words.pay !== null && isPage(intent?.pay_url);
  const pay = isPayable ? [element('a', { class: 'button action', href: intent.pay_url }, `${words.pay}: ${priceText(booking.total_minor, money)}`)] : [];
  const key = newKey();
  const release = carefulButton({
    label: 'Give back',
    sure: 'Give back',
    warning: 'Others can take the tickets then. A payment that is under way goes back by itself.',
    act: async () => {
      await moveBooking(booking.id, 'release', key);
      await redo();
    },
    place: told,
  });
  const progress = words.isLive ? [element('div', { class: 'progress', role: 'progressbar', 'aria-label': words.heading }, element('i'))] : [];
  return {
    stop: time.stop,
    standing: [element('h2', { class: words.kind }, words.heading), element('p', {}, words.text), ...progress, ...time.nodes],
    parts: [
      element('section', { class: 'tickets' }, ...(isPayable ? sandboxNote(isSandbox) : []), ...pay, told, ...(words.pay === null ? [] : [release])),
      element('section', { class: 'tickets' }, element('h2', {}, ticketsText(booking.quantity)), priceTable(booking, names, money)),
    ],
  };
}
