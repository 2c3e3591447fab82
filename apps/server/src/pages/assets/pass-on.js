import { element } from '/assets/dom.js';
import { actionButton, note } from '/assets/note.js';
import { keepTicket, passTicket } from '/assets/tickets-api.js';
import { dayText } from '/assets/times.js';

/** Passes a ticket to another person, by mail or by a link to hand over; or keeps one that nobody has taken yet. */
export function passOnBox(ticket, redo) {
  const told = element('div', { 'aria-live': 'polite' });
  if (ticket.offered_until !== null) {
    const keep = async () => {
      await keepTicket(ticket.id);
      await redo();
    };
    return element('div', { class: 'pass-on' }, actionButton({ label: 'Keep it after all', act: keep, place: told }), told);
  }
  const id = `pass-${ticket.number}`;
  const input = element('input', { id, type: 'email', maxlength: '254', autocomplete: 'off' });
  const mail = async () => {
    const email = input.value.trim();
    if (email === '' || !(input.reportValidity?.() ?? true)) return told.replaceChildren(note('Type in the address of who is to have it.', 'wait'));
    await passTicket(ticket.id, email);
    await redo();
  };
  const link = async () => told.replaceChildren(...linkNodes(await passTicket(ticket.id, null)));
  return element(
    'details',
    { class: 'pass-on' },
    element('summary', {}, 'Pass on to another person'),
    element('p', { class: 'quiet' }, 'They get a code of their own, and yours opens no door any more. What is refunded later goes to who paid.'),
    element('label', { for: id }, 'Their mail address'),
    element('div', { class: 'with-button' }, input, actionButton({ label: 'Mail it', act: mail, place: told })),
    actionButton({ label: 'Make a link to hand over', act: link, place: told }),
    told,
  );
}

function linkNodes({ token, expires_at: end }) {
  const address = `${location.origin}/accept-ticket#${token}`;
  const shown = element('input', { type: 'text', readonly: '', 'aria-label': 'Link that takes the ticket' });
  shown.value = address;
  shown.addEventListener('focus', () => shown.select());
  const copied = element('span', { class: 'quiet', role: 'status' });
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    copied.textContent = ' Copied.';
  };
  const button = element('button', { type: 'button', onclick: () => copy().catch(() => shown.select()) }, 'Copy');
  return [note(`Whoever opens this link first takes the ticket, until ${dayText(end)}. Until then it is yours.`, 'wait'), element('div', { class: 'with-button' }, shown, button), copied];
}
