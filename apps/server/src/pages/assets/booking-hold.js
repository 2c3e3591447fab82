import { answersForm } from '/assets/answers.js';
import { moveBooking, newKey } from '/assets/api.js';
import { holdCountdown } from '/assets/countdown.js';
import { element, priceText } from '/assets/dom.js';
import { actionButton, carefulButton } from '/assets/note.js';
import { priceTable } from '/assets/price.js';
import { beginPayment, readAttendees, writeAttendees } from '/assets/tickets-api.js';
import { clockText, ticketsText } from '/assets/times.js';

/** What it says of a provider in which no money moves; nothing of others. */
export function sandboxNote(isSandbox) {
  if (!isSandbox) return [];
  return [element('p', { class: 'note wait' }, 'This is a payment sandbox: no money moves. Never type in a real card; the payment page lists test cards.')];
}

/** A booking that is held: who comes, and on to pay, or to confirm what is free. */
export async function holdView({ view, refresh, redo }) {
  const { booking, event, names, money, isSandbox } = view;
  const attendees = await readAttendees(booking.id);
  const form = answersForm({ questions: event?.questions ?? [], attendees, names });
  const told = element('div', { 'aria-live': 'polite' });
  const time = holdCountdown(booking, refresh);
  const isFree = booking.total_minor === 0;
  const keys = { go: newKey(), extend: newKey(), release: newKey() };
  const saveAnswers = async () => {
    if (!form.isChanged()) return;
    await writeAttendees(booking.id, form.read());
    form.kept();
  };
  const go = async () => {
    if (!form.check()) return;
    await saveAnswers();
    if (!isFree) return goToPay(await beginPayment(booking.id, keys.go), redo);
    await moveBooking(booking.id, 'confirm', keys.go);
    await redo();
  };
  const label = isFree ? 'Confirm' : `Go to pay ${priceText(booking.total_minor, money)}`;
  const buttons = element('div', { class: 'buttons' }, actionButton({ label, kind: 'action', act: go, place: told }));
  if (!booking.extended) {
    const extend = async () => {
      await saveAnswers();
      await moveBooking(booking.id, 'extend', keys.extend);
      await redo();
    };
    buttons.append(actionButton({ label: 'More time', act: extend, place: told }));
  }
  const release = carefulButton({
    label: 'Give back',
    sure: 'Give back',
    warning: 'Others can take the tickets then.',
    act: async () => {
      await moveBooking(booking.id, 'release', keys.release);
      await redo();
    },
    place: told,
  });
  return {
    stop: time.stop,
    standing: [element('h2', {}, `Held for you until ${clockText(booking.expires_at)}`), ...time.nodes],
    parts: [
      element('section', { class: 'tickets' }, element('h2', {}, ticketsText(booking.quantity)), priceTable(booking, names, money)),
      whoSection(form),
      element('section', { class: 'tickets' }, ...(isFree ? [] : sandboxNote(isSandbox)), buttons, told, release),
    ],
  };
}

/** Open where the organizer asks something, folded where names are all there is to say. */
export function whoSection(form) {
  const more = form.isAsked ? [element('p', { class: 'quiet' }, 'The organizer asks this of who comes. What has a * is needed.')] : [];
  if (form.isAsked) return element('section', { class: 'tickets' }, element('h2', {}, 'Who comes'), ...more, form.node);
  return element('details', { class: 'tickets' }, element('summary', {}, 'Names on the tickets'), form.node);
}

/** To the provider's own page; where nothing is to be paid any more, the booking says so. */
export function goToPay({ intent }, redo) {
  if (isPage(intent?.pay_url)) location.assign(intent.pay_url);
  else return redo();
}

/** Nothing but a page is gone to, whatever a provider answers. */
export function isPage(address) {
  return typeof address === 'string' && /^https?:\/\//.test(address);
}
