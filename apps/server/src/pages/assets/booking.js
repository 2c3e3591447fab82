import { adviceOf } from '/assets/advice.js';
import { keepBookingId, readEvent, recallAccessCode, Refused } from '/assets/api.js';
import { holdView } from '/assets/booking-hold.js';
import { overView } from '/assets/booking-over.js';
import { paymentView } from '/assets/booking-payment.js';
import { heldTicketsView, ticketsView } from '/assets/booking-tickets.js';
import { element } from '/assets/dom.js';
import { eventIdOf } from '/assets/ids.js';
import { note } from '/assets/note.js';
import { readPayment } from '/assets/tickets-api.js';

const page = document.getElementById('booking-page');
const standing = document.getElementById('standing');
const parts = document.getElementById('parts');
const { booking: bookingId, digits } = page.dataset;
const eventId = eventIdOf(bookingId);
/** Of the currencies that have not two digits behind the point. */
const uncommonDigits = new Map(digits.split(' ').map((pair) => pair.split(':')));

/** A payment is looked after closely at first, then calmly; a late one, and money that goes back, more calmly still. */
const SOON_MS = 2_000;
const CALM_MS = 5_000;
const SLOW_MS = 15_000;
const SOON_TIMES = 30;
/** At the end of a hold the server may need a moment to give the tickets back. */
const ENDING_MS = 500;

let event = null;
let shown = '';
let stop = () => {};
let timer = 0;
let looks = 0;
/** The newest look at the booking: what an older one brings counts for nothing. */
let turn = 0;
let isStale = false;

const VIEWS = { held: holdView, awaiting_payment: paymentView, confirmed: ticketsView, partially_refunded: ticketsView };

function namesOf() {
  return new Map((event?.ticket_types ?? []).map(({ id, name }) => [id, name]));
}

/** What decides what the page looks like; seconds that pass do not. */
function faceOf({ booking, intent, refunds }) {
  const { expires_in_seconds: _passing, ...lasting } = booking;
  return JSON.stringify([lasting, intent?.state, intent?.decline_code, intent === null, refunds]);
}

/** How long until the booking is looked at again; null where nothing more comes by itself. */
function pauseOf({ booking, refunds }) {
  const isEnding = booking.expires_in_seconds === 0;
  if (booking.state === 'held') return isEnding ? ENDING_MS : null;
  if (booking.state === 'awaiting_payment') return looks < SOON_TIMES ? SOON_MS : CALM_MS;
  if (booking.state === 'expired' && booking.total_minor > 0) return SLOW_MS;
  return refunds.some(({ state }) => state === 'open') ? CALM_MS : null;
}

async function showView(view, ownTurn) {
  const face = faceOf(view);
  if (face === shown && !isStale) return;
  const { state, event_id: bookedEvent } = view.booking;
  const isAnswer = isStale;
  const built = await (VIEWS[state] ?? overView)({ view, refresh, redo });
  if (ownTurn !== turn) return built.stop();
  stop();
  ({ stop } = built);
  [shown, isStale] = [face, false];
  standing.replaceChildren(...built.standing);
  parts.replaceChildren(...built.parts);
  keepBookingId(bookedEvent, ['held', 'awaiting_payment', 'confirmed', 'partially_refunded'].includes(state) ? bookingId : null);
  // After a click the eye and the keyboard go to what it has led to; what comes by itself takes nobody's focus away.
  if (isAnswer) standing.focus();
}

function moneyIn(currency) {
  return { currency, digits: Number(uncommonDigits.get(currency) ?? 2) };
}

function viewOf({ booking, intent, refunds, is_sandbox: isSandbox }) {
  return { booking, intent, refunds, isSandbox, event, names: namesOf(), money: moneyIn(booking.currency), moneyIn };
}

/** Reads how the booking stands, and shows it where it has changed. */
async function refresh() {
  clearTimeout(timer);
  looks += 1;
  turn += 1;
  const ownTurn = turn;
  try {
    const view = viewOf(await readPayment(bookingId));
    if (ownTurn === turn) await showView(view, ownTurn);
    if (ownTurn === turn) again(pauseOf(view));
  } catch (error) {
    if (ownTurn === turn) await showTrouble(error);
  }
}

/** After a click that has changed something, perhaps of a ticket: everything is shown anew. */
function redo() {
  isStale = true;
  return refresh();
}

function again(pauseMs) {
  if (pauseMs !== null) timer = setTimeout(refresh, pauseMs);
}

async function showTrouble(error) {
  if (error instanceof Refused && error.problem.status === 404) return showUnknown();
  if (shown === '') standing.replaceChildren(note(`${adviceOf(error)} This page tries again by itself.`, 'wait'));
  again(CALM_MS);
}

/** Somebody else booked it: what is left are tickets that were passed on, if there are any. */
async function showUnknown() {
  try {
    const built = await heldTicketsView(bookingId, { event, names: namesOf(), redo: showUnknown });
    standing.replaceChildren(...built.standing);
    parts.replaceChildren(...built.parts);
  } catch {
    const find = element('a', { class: 'button', href: '/find-tickets' }, 'Find my tickets');
    const text = 'This browser does not know this booking. Open it in the browser in which you booked, or have a link mailed to the address that you gave.';
    standing.replaceChildren(note(text, 'wait'), find);
    parts.replaceChildren();
  }
}

document.addEventListener?.('visibilitychange', () => {
  // Whoever comes back from the payment page wants to know now.
  if (document.visibilityState === 'visible' && shown !== '') void refresh();
});
// A page that the browser had put aside is shown as it was then.
globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && void refresh());

event = await readEvent(eventId, recallAccessCode(eventId)).catch(() => null);
await refresh();
