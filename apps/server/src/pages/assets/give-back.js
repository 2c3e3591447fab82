import { moveBooking, newKey } from '/assets/api.js';
import { element } from '/assets/dom.js';
import { carefulButton, note } from '/assets/note.js';
import { offerBack, readRefundPolicy, refundTickets } from '/assets/tickets-api.js';
import { dayText, ticketsText } from '/assets/times.js';

const HOUR_MS = 3_600_000;

/** What a buyer can do to be rid of tickets: by the event's policy, by selling them again, or, of what is free, at once. */
export async function giveBackSections({ view, tickets, redo }) {
  const { booking, event } = view;
  const own = tickets.filter(({ code, admitted_at: admitted }) => code !== null && admitted === null);
  if (own.length === 0) return [];
  const isFree = booking.total_minor === 0 && booking.paid_minor === 0;
  const back = isFree ? cancelPart(booking, redo) : await refundPart({ booking, event, own, redo });
  const again = !isFree && booking.offered_tickets !== undefined ? [offerPart({ booking, own, redo })] : [];
  return [element('details', { class: 'tickets' }, element('summary', {}, 'Give tickets back'), ...back, ...again)];
}

function cancelPart(booking, redo) {
  const told = element('div', { 'aria-live': 'polite' });
  const key = newKey();
  const button = carefulButton({
    label: 'Give the booking back',
    sure: 'Give all of it back',
    warning: 'All tickets of this booking become worth nothing, and others can take them. This cannot be undone.',
    act: async () => {
      await moveBooking(booking.id, 'cancel', key);
      await redo();
    },
    place: told,
  });
  return [element('p', { class: 'quiet' }, 'Others are glad of a place that you do not need.'), button, told];
}

async function refundPart({ booking, event, own, redo }) {
  const { policy } = await readRefundPolicy(booking.event_id).catch(() => ({ policy: null }));
  const words = policyWords(policy, event);
  const said = event?.refund_policy ? [element('p', { class: 'prose quiet' }, event.refund_policy)] : [];
  if (!words.isPossible) return [element('p', {}, words.text), ...said];
  const told = element('div', { 'aria-live': 'polite' });
  const choice = ticketBoxes(own, 'back');
  const button = carefulButton({
    label: 'Give the chosen tickets back',
    sure: 'Give back',
    warning: () => warningOf(choice.read().length, words),
    act: async () => {
      const numbers = choice.read();
      if (numbers.length === 0) return told.replaceChildren(note('Choose the tickets first.', 'wait'));
      await refundTickets(booking.id, numbers, newKeyFor(numbers));
      await redo();
    },
    place: told,
  });
  return [element('p', {}, words.text), ...said, choice.node, button, told];
}

function warningOf(count, { goesBack }) {
  if (count === 0) return 'Choose the tickets first.';
  return `${ticketsText(count)} ${count === 1 ? 'becomes' : 'become'} worth nothing, and ${goesBack}. This cannot be undone.`;
}

const keys = new Map();

/** The same choice is the same wish, however often it is clicked. */
function newKeyFor(numbers) {
  const name = numbers.join();
  if (!keys.has(name)) keys.set(name, newKey());
  return keys.get(name);
}

function policyWords(policy, event) {
  const ask = 'Buyers cannot give tickets of this event back by themselves. Ask the organizer.';
  if (policy === null) return { isPossible: false, text: ask };
  const endMs = event === null ? Number.POSITIVE_INFINITY : Date.parse(event.starts_at) - policy.until_hours_before * HOUR_MS;
  if (endMs < Date.now()) return { isPossible: false, text: 'It is too late to give tickets back by yourself. Ask the organizer.' };
  const share = policy.percent === 100 ? 'all of what they cost' : `${policy.percent} % of what they cost`;
  const goesBack = `${share} goes back to where you paid from${policy.keep_fees ? ', without fees' : ''}`;
  const until = Number.isFinite(endMs) ? ` until ${dayText(new Date(endMs).toISOString())}` : '';
  return { isPossible: true, goesBack, text: `You can give tickets back${until}: ${goesBack}.` };
}

function ticketBoxes(own, name) {
  const boxes = own.map(({ number }) => {
    const id = `${name}-${number}`;
    const box = element('input', { id, type: 'checkbox' });
    return { number, box, node: element('label', { class: 'box', for: id }, box, `Ticket ${number}`) };
  });
  return { node: element('div', { class: 'boxes' }, ...boxes.map(({ node }) => node)), read: () => boxes.filter(({ box }) => box.checked).map(({ number }) => number) };
}

function offerPart({ booking, own, redo }) {
  const told = element('div', { 'aria-live': 'polite' });
  const choice = ticketBoxes(own, 'offer');
  const act = (withdraw) => async () => {
    const numbers = choice.read().filter((number) => booking.offered_tickets.includes(number) === withdraw);
    if (numbers.length === 0) return told.replaceChildren(note(withdraw ? 'Choose tickets that are offered.' : 'Choose tickets that are not offered yet.', 'wait'));
    await offerBack(booking.id, { numbers, withdraw }, newKey());
    await redo();
  };
  const offer = carefulButton({
    label: 'Offer the chosen tickets',
    sure: 'Offer them',
    never: 'No',
    warning: 'Each stays yours and valid until somebody else pays for its place. Then it is worth nothing any more, and what it cost goes back to you, without fees.',
    act: act(false),
    place: told,
  });
  const withdraw = booking.offered_tickets.length === 0 ? [] : [carefulButton({ label: 'Keep offered tickets after all', sure: 'Keep them', never: 'No', warning: 'They are not for sale any more then.', act: act(true), place: told })];
  return element('div', { class: 'offer' }, element('h3', {}, 'Or let somebody else have them'), element('p', {}, 'Offered tickets are sold again when no free ones are left.'), choice.node, offer, ...withdraw, told);
}
