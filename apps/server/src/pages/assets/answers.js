import { answerField } from '/assets/answer-field.js';
import { element } from '/assets/dom.js';

/**
 * The form of who comes with a booking: a name for each ticket, and whatever the organizer asks. `read` gives the body to be sent,
 * `isChanged` tells whether there is anything to be sent.
 */
export function answersForm({ questions, attendees, names }) {
  let isChanged = false;
  const onChange = () => {
    isChanged = true;
  };
  const typeIds = new Set(attendees.tickets.map(({ ticket_type_id: id }) => id));
  const about = questions.filter((one) => one.asked_per === 'booking' && reaches(one, [...typeIds]));
  const booking = attendees.booking && about.length > 0 ? fieldsOf(about, { id: 'booking', answers: attendees.booking.answers, onChange }) : null;
  const tickets = attendees.tickets.map((ticket) => ticketFields(ticket, { questions, names, onChange, isOnly: attendees.tickets.length === 1 }));
  const groups = [...(booking ? [group('About your booking', booking.map(({ node }) => node))] : []), ...tickets.map(({ node }) => node)];
  const node = element('form', { class: 'answers', onsubmit: (submit) => submit.preventDefault() }, ...groups);
  return {
    node,
    isAsked: questions.length > 0,
    isChanged: () => isChanged,
    /** Shows where something required is missing; true where nothing is. */
    check: () => node.reportValidity?.() ?? true,
    read: () => ({ ...(booking && { booking: { answers: readAll(booking) } }), tickets: tickets.map((ticket) => ticket.read()) }),
    kept: () => {
      isChanged = false;
    },
  };
}

function ticketFields(ticket, { questions, names, onChange, isOnly }) {
  const { number, ticket_type_id: typeId, email, answers } = ticket;
  const id = `ticket-${number}`;
  const input = element('input', { id, type: 'text', maxlength: '200', autocomplete: isOnly ? 'name' : 'off' });
  input.value = ticket.name ?? '';
  input.addEventListener('change', onChange);
  const asked = questions.filter((one) => one.asked_per === 'ticket' && reaches(one, [typeId]));
  const fields = fieldsOf(asked, { id, answers, onChange });
  const name = element('div', { class: 'field' }, element('label', { for: id }, 'Name, if you like'), input);
  const node = group(`Ticket ${number}: ${names.get(typeId) ?? 'Ticket'}`, [name, ...fields.map((field) => field.node)]);
  // The address of who comes is said elsewhere: it stays as it is.
  return { node, read: () => ({ number, name: input.value.trim() || null, email, answers: readAll(fields) }) };
}

/** A question without ticket types is for all of them. */
function reaches({ ticket_type_ids: ids }, typeIds) {
  return ids.length === 0 || typeIds.some((id) => ids.includes(id));
}

function fieldsOf(questions, { id, answers, onChange }) {
  return questions.map((question) => {
    const value = answers.find((answer) => answer.question_id === question.id)?.value;
    return { question, ...answerField(question, { id: `${id}-${question.id}`, value, onChange }) };
  });
}

function readAll(fields) {
  return fields.map(({ question, read }) => ({ question_id: question.id, value: read() })).filter(({ value }) => value !== undefined);
}

function group(title, nodes) {
  return element('fieldset', {}, element('legend', {}, title), ...nodes);
}
