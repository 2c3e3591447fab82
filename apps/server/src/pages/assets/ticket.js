import { adviceOf } from '/assets/advice.js';
import { newKey, readEvent, recallAccessCode, Refused } from '/assets/api.js';
import { element } from '/assets/dom.js';
import { bookingIdOf, eventIdOf } from '/assets/ids.js';
import { carefulButton, note } from '/assets/note.js';
import { paperButtons, ticketPapers } from '/assets/papers.js';
import { passOnBox } from '/assets/pass-on.js';
import { qrSvg } from '/assets/qr-svg.js';
import { ticketWords } from '/assets/ticket-card.js';
import { readAttendees, readTicket, reissueTicket } from '/assets/tickets-api.js';

const page = document.getElementById('ticket-page');
const place = document.getElementById('ticket');
const { ticket: ticketId } = page.dataset;
const bookingId = bookingIdOf(ticketId);
const eventId = eventIdOf(bookingId);
/** Somebody may be let in, or the ticket given back, while it is shown. */
const LOOK_MS = 20_000;

let shown = '';
let typeNames = new Map();
let person = null;

async function refresh() {
  try {
    show(await readTicket(ticketId));
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) return showUnknown();
    // What is shown stays: a ticket that is held out needs no server.
    if (shown === '') place.replaceChildren(note(`${adviceOf(error)} This page tries again by itself.`, 'wait'));
  }
  setTimeout(refresh, LOOK_MS);
}

function show(ticket) {
  const face = JSON.stringify(ticket);
  if (face === shown) return;
  shown = face;
  const words = ticketWords(ticket);
  const told = element('div', { 'aria-live': 'polite' });
  const code = ticket.code === null ? [] : [qrSvg(ticket.code, `QR code of ticket ${ticket.number}`)];
  const heading = element('h2', {}, typeNames.get(ticket.ticket_type_id) ?? 'Ticket');
  const who = element('p', { class: 'quiet' }, `Ticket ${ticket.number}${person ? ` · ${person}` : ''}`);
  const state = element('p', { class: `state ${words.kind}` }, words.text);
  place.replaceChildren(element('div', { class: 'ticket large' }, ...code, element('div', { class: 'ticket-words' }, heading, who, state)), ...actions(ticket, told), told);
}

function actions(ticket, told) {
  const back = element('p', {}, element('a', { href: `/bookings/${bookingId}` }, 'The whole booking'));
  if (ticket.code === null) return [back];
  const key = newKey();
  const reissue = carefulButton({
    label: 'Make a new code',
    sure: 'Make a new code',
    never: 'No',
    warning: 'The code above, and every PDF of it, opens no door any more: for when somebody else has seen it.',
    act: async () => show(await reissueTicket(ticketId, key)),
    place: told,
  });
  const pass = ticket.admitted_at === null ? [passOnBox(ticket, async () => show(await readTicket(ticketId)))] : [];
  return [paperButtons([ticketId, bookingId], ticketPapers(ticketId, bookingId), told), ...pass, reissue, back];
}

function showUnknown() {
  const find = element('a', { class: 'button', href: '/find-tickets' }, 'Find my tickets');
  const text = 'This browser does not have this ticket. Open it in the browser in which you booked or took it, or have a link mailed to the address that you gave.';
  place.replaceChildren(note(text, 'wait'), find);
}

/** The screen stays on while a ticket is held out, where the browser lets it. */
async function stayAwake() {
  if (document.visibilityState === 'visible') await navigator.wakeLock?.request('screen').catch(() => null);
}

document.addEventListener?.('visibilitychange', stayAwake);
const [event, attendees] = await Promise.all([readEvent(eventId, recallAccessCode(eventId)).catch(() => null), readAttendees(bookingId).catch(() => null)]);
typeNames = new Map((event?.ticket_types ?? []).map(({ id, name }) => [id, name]));
const number = (ticket) => attendees?.tickets.find((one) => one.number === ticket)?.name ?? null;
const first = await readTicket(ticketId).catch(() => null);
person = first && number(first.number);
await refresh();
void stayAwake();
