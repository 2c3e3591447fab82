import { answersForm } from '/assets/answers.js';
import { standingNodes } from '/assets/booking-over.js';
import { contactSection } from '/assets/contact.js';
import { element } from '/assets/dom.js';
import { giveBackSections } from '/assets/give-back.js';
import { actionButton } from '/assets/note.js';
import { bookingPapers, paperButtons } from '/assets/papers.js';
import { priceTable } from '/assets/price.js';
import { refundChoiceSection } from '/assets/refund-choice.js';
import { ticketCard } from '/assets/ticket-card.js';
import { listTickets, readAttendees, writeAttendees } from '/assets/tickets-api.js';
import { ticketsText } from '/assets/times.js';

/** So many codes are drawn at once; of more tickets each code is a click away. */
const CODES_SHOWN = 6;

/** A booking that has tickets: the tickets first, then what can be done with them. */
export async function ticketsView({ view, redo }) {
  const { booking, event, names, money } = view;
  const ids = [booking.id];
  const [page, attendees] = await Promise.all([listTickets(booking.id), readAttendees(booking.id)]);
  const told = element('div', { 'aria-live': 'polite' });
  const prices = element('section', { class: 'tickets' }, element('h2', {}, 'What you paid'), priceTable(booking, names, money));
  return {
    stop: () => {},
    standing: standingNodes(view),
    parts: [
      ...(await refundChoiceSection(booking, redo)),
      cardsSection({ page, booking, attendees, names, redo }),
      element('section', { class: 'tickets' }, element('h2', {}, 'Keep them'), paperButtons(ids, bookingPapers(booking.id, true), told), told),
      await contactSection(ids),
      ...changeNames({ booking, event, attendees, names, redo }),
      ...(await giveBackSections({ view, tickets: page.data, redo })),
      prices,
    ],
  };
}

/** The tickets that somebody holds of another's booking. */
export async function heldTicketsView(bookingId, { names, redo }) {
  const page = await listTickets(bookingId);
  const attendees = await readAttendees(bookingId);
  const told = element('div', { 'aria-live': 'polite' });
  return {
    stop: () => {},
    standing: [element('h2', { class: 'good' }, `You have ${ticketsText(page.data.length)}`), element('p', {}, 'Passed on to you from another’s booking.')],
    parts: [
      cardsSection({ page, booking: { id: bookingId, offered_tickets: [] }, attendees, names, redo }),
      element('section', { class: 'tickets' }, element('h2', {}, 'Keep them'), paperButtons([bookingId], bookingPapers(bookingId, false), told), told),
    ],
  };
}

function cardsSection({ page, booking, attendees, names, redo }) {
  const people = new Map(attendees.tickets.map(({ number, name }) => [number, name]));
  const cards = element('ol', { class: 'cards' });
  const more = element('div', { 'aria-live': 'polite' });
  const add = ({ data, has_more: hasMore }) => {
    const shown = data.filter(({ code }) => code !== null).length <= CODES_SHOWN && !hasMore;
    for (const ticket of data) {
      cards.append(ticketCard(ticket, { typeName: names.get(ticket.ticket_type_id) ?? 'Ticket', person: people.get(ticket.number), isShown: shown, booking, redo }));
    }
    more.replaceChildren(...(hasMore ? [moreButton(data.at(-1).id)] : []));
  };
  const moreButton = (after) => {
    const place = element('div');
    const act = async () => add(await listTickets(booking.id, after));
    return element('div', {}, actionButton({ label: 'More tickets', act, place }), place);
  };
  add(page);
  return element('section', { 'aria-label': 'Tickets' }, cards, more);
}

/** Names and answers may be changed until the event begins. */
function changeNames({ booking, event, attendees, names, redo }) {
  if (!attendees.is_open || attendees.tickets.length === 0) return [];
  const form = answersForm({ questions: event?.questions ?? [], attendees, names });
  const told = element('div', { 'aria-live': 'polite' });
  const save = async () => {
    if (!form.check()) return;
    await writeAttendees(booking.id, form.read());
    form.kept();
    await redo();
  };
  const section = element('details', { class: 'tickets' }, element('summary', {}, 'Change names and answers'), form.node);
  section.append(element('div', { class: 'buttons' }, actionButton({ label: 'Save', kind: 'action', act: save, place: told })), told);
  return [section];
}
