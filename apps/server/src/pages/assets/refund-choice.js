import { element } from '/assets/dom.js';
import { actionButton, carefulButton, note } from '/assets/note.js';
import { dayText } from '/assets/times.js';
import { chooseRefund, readRefundChoice } from '/assets/tickets-api.js';

/** Where the organizer asks whether a booking is kept, as when the event was moved; nothing where not. */
export async function refundChoiceSection(booking, redo) {
  const asked = await readRefundChoice(booking.id).catch(() => null);
  if (!asked?.may_choose) return [];
  const told = element('div', { 'aria-live': 'polite' });
  const choose = (choice) => async () => {
    await chooseRefund(booking.id, choice);
    await redo();
  };
  const otherwise = asked.default === 'keep' ? 'If you say nothing, you keep them.' : 'If you say nothing, they go back and so does your money.';
  const isKept = asked.state === 'kept';
  const keep = isKept ? note('You keep them.', 'good') : actionButton({ label: 'Keep my tickets', kind: 'action', act: choose('keep'), place: told });
  const back = carefulButton({
    label: 'Give them back',
    sure: 'Give all of them back',
    warning: 'All tickets of this booking become worth nothing, and your money goes back. This cannot be undone.',
    act: choose('refund'),
    place: told,
  });
  const text = element('p', {}, `The organizer asks whether you keep your tickets, until ${dayText(asked.decide_until)}. ${otherwise}`);
  return [element('section', { class: 'tickets' }, element('h2', {}, 'Do you still come?'), text, keep, back, told)];
}
