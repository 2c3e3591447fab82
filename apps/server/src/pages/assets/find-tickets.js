import { openBookingLink, readAs, readEvent, Refused, requestBookingLink } from '/assets/api.js';
import { element } from '/assets/dom.js';
import { keepSessionFor } from '/assets/session.js';

const form = document.getElementById('find');
const found = document.getElementById('found');
const email = form.querySelector('input');
const button = form.querySelector('button');

const STATES = {
  held: 'Held, not confirmed yet',
  awaiting_payment: 'Waiting for the payment',
  confirmed: 'Confirmed',
  partially_refunded: 'Confirmed, partly given back',
  refunded: 'Refunded',
  cancelled: 'Cancelled',
  released: 'Given back',
  expired: 'Not paid in time',
};

function note(text, kind) {
  return element('p', { class: `note ${kind}`, ...(kind === 'stop' && { role: 'alert' }) }, text);
}

function show(...nodes) {
  found.replaceChildren(...nodes);
}

function adviceOf(error) {
  return error instanceof Refused ? error.message : 'The server could not be reached. Try again in a moment.';
}

/** The title of an event that everybody may see; of others a buyer still has the tickets. */
async function titleOf(eventId) {
  const event = await readEvent(eventId, '').catch(() => null);
  return event ? element('a', { href: `/events/${eventId}` }, event.title) : 'An event that is not public';
}

const TICKET_STATES = { valid: 'valid', transferred: 'passed on', revoked: 'given back' };

function ticketRow({ number, state }, names) {
  const name = names.get(number);
  return element('li', {}, `Ticket ${number}${name ? `: ${name}` : ''} (${TICKET_STATES[state] || state})`);
}

/** The tickets as they are; before a booking is confirmed, those that it is to have. */
function ticketRows(issued, attendees) {
  const names = new Map(attendees.map(({ number, name }) => [number, name]));
  const tickets = issued.length > 0 ? issued : attendees.map(({ number }) => ({ number, state: 'not confirmed yet' }));
  return tickets.map((ticket) => ticketRow(ticket, names));
}

async function bookingSection(session, bookingId) {
  const { token } = session;
  await keepSessionFor(bookingId, session);
  const [booking, attendees, issued] = await Promise.all([
    readAs(token, `/api/v1/bookings/${bookingId}`),
    readAs(token, `/api/v1/bookings/${bookingId}/attendees`),
    readAs(token, `/api/v1/bookings/${bookingId}/tickets`),
  ]);
  const heading = element('h3', {}, await titleOf(booking.event_id));
  const state = element('p', { class: 'quiet' }, `${STATES[booking.state] || booking.state} · ${bookingId}`);
  const open = element('p', {}, element('a', { class: 'button', href: `/bookings/${bookingId}` }, 'Open'));
  return element('section', {}, heading, state, element('ul', {}, ...ticketRows(issued.data, attendees.tickets)), open);
}

async function openLink(token) {
  const { data } = await openBookingLink(token);
  const sections = data.flatMap((buyer) => buyer.booking_ids.map((id) => bookingSection(buyer, id)));
  show(...(sections.length === 0 ? [note('Nothing was booked with this address.', 'wait')] : await Promise.all(sections)));
}

form.addEventListener('submit', async (submit) => {
  submit.preventDefault();
  button.disabled = true;
  try {
    // The answer is the same whether or not anything was booked with the address.
    const { detail } = await requestBookingLink(email.value);
    show(note(detail, 'good'));
  } catch (error) {
    show(note(adviceOf(error), 'stop'));
  }
  button.disabled = false;
});

/** A click opens it, so that what only looks at addresses does not use it up. */
function offerLink(token) {
  const open = element('button', {
    type: 'button',
    class: 'action',
    onclick: async () => {
      open.disabled = true;
      await openLink(token).catch((error) => show(note(adviceOf(error), 'stop')));
      found.focus();
    },
  }, 'Show my tickets');
  show(open);
}

const mailed = location.hash.slice(1);
if (mailed.startsWith('mlt_')) {
  // Out of the address line, from where it could be passed on by mistake.
  history.replaceState(null, '', location.pathname);
  offerLink(mailed);
}
