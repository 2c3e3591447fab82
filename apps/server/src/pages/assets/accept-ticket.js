import { element } from '/assets/dom.js';
import { actionButton, note } from '/assets/note.js';
import { acceptTicket } from '/assets/tickets-api.js';

const place = document.getElementById('accept');
const token = location.hash.slice(1);

function linkTo(id) {
  return element('a', { class: 'button action', href: `/tickets/${id}` }, 'Show my ticket');
}

async function take() {
  const ticket = await acceptTicket(token);
  const keep = element('p', { class: 'quiet' }, 'This browser has it now. Save the PDF on the next page: it is valid on any device.');
  place.replaceChildren(note('It is yours.', 'good'), keep, linkTo(ticket.id));
  place.focus();
}

if (token.startsWith('tft_')) {
  // Out of the address line, from where it could be passed on by mistake.
  history.replaceState(null, '', location.pathname);
  const told = element('div', { 'aria-live': 'polite' });
  // A click takes it, so that what only looks at addresses takes nothing.
  place.replaceChildren(actionButton({ label: 'Take the ticket', kind: 'action', act: take, place: told }), told);
} else {
  const text = 'The link is not whole, or was opened here before. Open it from the mail again, or ask who sent it for another.';
  place.replaceChildren(note(text, 'wait'));
}
