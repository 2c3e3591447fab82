import { adviceOf } from '/assets/advice.js';
import { keepAccessCode, keepBookingId, moveBooking, newKey, placeBooking, quoteBasket, readBooking, readEvent, recallBookingId, Refused } from '/assets/api.js';
import { namesOf, readBasket } from '/assets/basket.js';
import { holdCountdown } from '/assets/countdown.js';
import { element, priceText } from '/assets/dom.js';
import { note } from '/assets/note.js';
import { priceTable } from '/assets/price.js';
import { hasNothingToChoose, isSoldOut, showStock } from '/assets/stock.js';
import { clockText, ticketsText } from '/assets/times.js';

const form = document.getElementById('booking');
const panel = document.getElementById('hold');
/** Not there while nothing can be held. */
const sums = document.getElementById('price');
const { event: eventId, accessCode, currency, digits } = form.dataset;
const money = { currency, digits: Number(digits) };
/** Whether the organizer asks something before the booking is confirmed: the booking's own page does. */
const isAsked = panel.dataset.asks !== undefined;
const rows = [...form.querySelectorAll('.type')];
const button = form.querySelector('button.action');
const soldOut = document.getElementById('sold-out');
const promoCode = form.querySelector('.promo-code');
const PAID_POLL_MS = 5_000;
const QUOTE_PAUSE_MS = 300;

/** The key of the present basket: it changes with the basket, so that a second click is the same booking. */
let key = newKey();
let stopCountdown = () => {};
let poll = 0;
let quoteTimer = 0;
/** The price of the present basket that is shown, or null. */
let shownQuote = null;
let isHeld = false;
/** What is shown below the form asks for another choice, and goes with the next one. */
let isAdvice = false;

function basket() {
  return readBasket(form, accessCode);
}

function tableOf(priced) {
  return priceTable(priced, namesOf(form), money);
}

function showPrice(...nodes) {
  clearTimeout(quoteTimer);
  shownQuote = null;
  sums?.classList.toggle('stale', false);
  sums?.replaceChildren(...nodes);
}

/** The basket has changed: its price is shown faintly until the new one is there, so that nothing jumps. */
function outdatePrice() {
  clearTimeout(quoteTimer);
  shownQuote = null;
  sums?.classList.toggle('stale', true);
}

/** Asks for the price of the basket and shows it. An answer that comes after the basket has changed counts for nothing. */
async function quote() {
  const asked = key;
  const answer = await quoteBasket(eventId, basket());
  if (asked !== key) return answer;
  showPrice(tableOf(answer));
  shownQuote = answer;
  return answer;
}

async function tryToQuote() {
  const asked = key;
  try {
    await quote();
  } catch (error) {
    if (asked === key) showPrice(note(adviceOf(error), 'wait'));
  }
}

function show(...nodes) {
  stopCountdown();
  clearInterval(poll);
  isAdvice = false;
  panel.replaceChildren(...nodes);
}

function advise(text, kind) {
  show(note(text, kind));
  isAdvice = true;
}

async function refreshLeft() {
  const event = await readEvent(eventId, accessCode).catch(() => null);
  if (!event) return;
  showStock(rows, event.ticket_types);
  offerHolding();
}

/** While something is held, or nothing can be chosen, nothing can be held. */
function offerHolding() {
  form.toggleAttribute('inert', isHeld);
  button?.toggleAttribute('disabled', isHeld || hasNothingToChoose(rows));
  soldOut?.toggleAttribute('hidden', isHeld || !isSoldOut(rows));
}

function bookedText(booking) {
  return `${ticketsText(booking.quantity)}, ${priceText(booking.total_minor, money)}`;
}

function showBooking(booking) {
  const { state } = booking;
  const isOpen = state === 'held' || state === 'awaiting_payment';
  keepBookingId(eventId, isOpen || state === 'confirmed' ? booking.id : null);
  isHeld = isOpen;
  offerHolding();
  if (state === 'held') showHold(booking);
  else if (state === 'awaiting_payment') show(note(`${bookedText(booking)}, held until ${clockText(booking.expires_at)}: waiting for your payment.`, 'wait'), bookingLink(booking, 'Go on to pay'));
  else if (state === 'confirmed') show(note(`Confirmed: ${bookedText(booking)}.`, 'good'), bookingLink(booking, 'Show my tickets'), again());
  else if (state === 'expired') show(note('The time is over and the tickets went back. Hold them again if there are any left.', 'wait'));
  else show(note('The tickets went back. Nothing was charged.', 'wait'));
  void refreshLeft();
}

/** The page of a booking, where its buyer says who comes, pays, and finds the tickets. */
function bookingLink({ id }, label) {
  return element('p', {}, element('a', { class: 'button action', href: `/bookings/${id}` }, label));
}

/** Shows what a click has led to; the keyboard and the eye go there. */
function showOutcome(booking) {
  showBooking(booking);
  panel.focus();
}

function again() {
  return element('button', { type: 'button', onclick: startAgain }, 'Book more');
}

function startAgain() {
  form.reset();
  forget();
  rows
    .map((row) => row.querySelector('.quantity'))
    .find((quantity) => !quantity.disabled)
    ?.focus();
}

function forget() {
  keepBookingId(eventId, null);
  key = newKey();
  show();
}

function showHold(booking) {
  const time = holdCountdown(booking, () => follow(booking.id));
  const isFree = booking.total_minor === 0;
  const buttons = element('div', { class: 'buttons' });
  if (isFree && !isAsked) buttons.append(moveButton(booking, 'confirm', 'Confirm', 'action'));
  if (!booking.extended) buttons.append(moveButton(booking, 'extend', 'More time'));
  buttons.append(moveButton(booking, 'release', 'Give back'));
  const heading = element('h3', {}, `Held for you until ${clockText(booking.expires_at)}`);
  const goOn = isFree ? (isAsked ? [bookingLink(booking, 'Say who comes')] : []) : [bookingLink(booking, 'Go on to pay')];
  show(heading, bookedText(booking), ...(booking.charges ? [tableOf(booking)] : []), ...time.nodes, ...goOn, buttons);
  stopCountdown = time.stop;
  if (!isFree) poll = setInterval(() => lookIfPaid(booking.id), PAID_POLL_MS);
}

async function lookIfPaid(id) {
  const booking = await readBooking(id).catch(() => null);
  if (booking && booking.state !== 'held') showBooking(booking);
}

function moveButton(booking, move, label, kind = '') {
  const moveKey = newKey();
  const act = async (click) => {
    const clicked = click.currentTarget;
    clicked.disabled = true;
    try {
      showOutcome(await moveBooking(booking.id, move, moveKey));
    } catch (error) {
      clicked.disabled = false;
      panel.querySelector('.note')?.remove();
      panel.append(note(adviceOf(error), 'stop'));
    }
  };
  return element('button', { type: 'button', class: kind, onclick: act }, label);
}

/** Shows a booking as it stands. At the end of a hold the server may need a moment to give the tickets back. */
async function follow(id, attempts = 5) {
  try {
    const booking = await readBooking(id);
    const isEnding = booking.state === 'held' && booking.expires_in_seconds === 0;
    if (isEnding && attempts > 0) setTimeout(() => follow(id, attempts - 1), 500);
    else showBooking(booking);
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) forget();
    else show(note(adviceOf(error), 'stop'));
  }
}

form.addEventListener('input', ({ target }) => {
  key = newKey();
  if (isAdvice) show();
  if (basket().lines.length === 0) return showPrice();
  outdatePrice();
  // Half a promo code is a wrong one: it is asked about when it is complete.
  if (target !== promoCode) quoteTimer = setTimeout(tryToQuote, QUOTE_PAUSE_MS);
});

function applyPromoCode() {
  if (basket().lines.length === 0) advise('Choose how many tickets you want first; the code then changes their price.', 'wait');
  else if (!shownQuote) void tryToQuote();
}

promoCode?.addEventListener('change', () => basket().lines.length > 0 && applyPromoCode());
promoCode?.addEventListener('keydown', (press) => {
  if (press.key !== 'Enter') return;
  // Enter asks for the price with the code. It must not hold.
  press.preventDefault();
  applyPromoCode();
});
form.querySelector('button.apply')?.addEventListener('click', applyPromoCode);

form.addEventListener('submit', async (submit) => {
  submit.preventDefault();
  const wanted = basket();
  if (wanted.lines.length === 0) return advise('Choose how many tickets you want first.', 'wait');
  clearTimeout(quoteTimer);
  button.disabled = true;
  try {
    const { total_minor: total } = shownQuote ?? (await quote());
    const booking = await placeBooking({ event_id: eventId, ...wanted, expected_total_minor: total }, key);
    if (accessCode) keepAccessCode(eventId, accessCode);
    showPrice();
    // The next click on the same basket is a new wish.
    key = newKey();
    showOutcome(booking);
  } catch (error) {
    if (!shownQuote) showPrice();
    advise(adviceOf(error), 'stop');
    button.disabled = false;
    void refreshLeft();
    if (error instanceof Refused && error.problem.code === 'SALES_PRICE_CHANGED') void tryToQuote();
  }
});

const known = recallBookingId(eventId);
if (known) void follow(known);
