import { randomUUID } from 'node:crypto';
import type { Movement, MovementPage } from '../engines/payments/index.ts';
import { parseCellId } from '../platform/ids/index.ts';
import { leftOf, PENDING, SOLD, spoils, type FakeAnswer, type FakeIntent, type FakeRequest, type Own, type Sale } from './fake-sale.ts';

/** When the money of a card comes, and when the sale hears of it, in holds; null: never by itself. */
const CARDS: Readonly<Record<string, { comes: number; told: number | null }>> = {
  success: { comes: 0, told: 0 },
  asks: { comes: 0, told: 0 },
  webhook_thrice: { comes: 0, told: 0 },
  failed_after_success: { comes: 0, told: 0 },
  processing: { comes: 0.2, told: 0 },
  late: { comes: 2.5, told: 0 },
  webhook_late: { comes: 0, told: 0.5 },
  webhook_lost: { comes: 0, told: null },
};

/** What the buyer's routes of payment answer: going to pay, looking how it stands, tickets, giving back. */
export function answerPayment(sale: Sale, own: Own, { method, path, body }: FakeRequest, url: string): FakeAnswer {
  if (path.endsWith('/tickets')) return tickets(sale, own);
  if (path.endsWith('/refund')) return refund(sale, own, body);
  if (method === 'POST' && !PENDING.includes(own.booking.state))
    return { status: 409, body: { code: 'SALES_WRONG_STATE', state: own.booking.state } };
  if (method === 'POST') goToPay(sale, own);
  else if (own.intent?.untold === true) hear(sale, own);
  const { intent } = own;
  const shown = intent && { ref: intent.ref, client_secret: intent.secret, pay_url: `${url}pay/${intent.ref}`, state: intent.state };
  return { status: 200, body: { booking: own.booking, intent: shown, is_sandbox: true } };
}

function goToPay(sale: Sale, own: Own): void {
  own.intent ??= { ref: own.booking.id, secret: randomUUID(), state: 'open', card: '', untold: false };
  if (own.booking.state === 'held') own.expiresMs += sale.holdMs;
  own.booking = { ...own.booking, state: 'awaiting_payment' };
}

/** What the payment provider answers to a payer. */
export function answerPayer(sale: Sale, { path, body }: FakeRequest): FakeAnswer {
  const [, , , ref = '', verb] = path.split('/');
  const own = sale.bookings.get(ref);
  const intent = own?.intent;
  if (!own || !intent || intent.secret !== body['client_secret']) return { status: 403, body: { code: 'wrong_secret' } };
  if (intent.state === 'cancelled') return { status: 409, body: { code: 'intent_cancelled' } };
  if (verb === 'action' && intent.state === 'requires_action') answerBank(sale, own, intent, body['outcome'] === 'approve');
  if (verb === 'pay' && (intent.state === 'open' || intent.state === 'requires_action')) tryCard(sale, own, intent, String(body['card']));
  return { status: 200, body: { state: intent.state } };
}

function answerBank(sale: Sale, own: Own, intent: FakeIntent, isApproved: boolean): void {
  if (isApproved) take(sale, own, intent);
  else intent.state = 'open';
}

function tryCard(sale: Sale, own: Own, intent: FakeIntent, card: string): void {
  intent.card = card;
  if (card.startsWith('asks')) intent.state = 'requires_action';
  else if (CARDS[card] === undefined) intent.state = 'open';
  else take(sale, own, intent);
}

function take(sale: Sale, own: Own, intent: FakeIntent): void {
  const { comes, told } = CARDS[intent.card] ?? { comes: 0, told: 0 };
  intent.state = 'processing';
  after(comes * sale.holdMs, () => {
    intent.state = 'succeeded';
    intent.untold = true;
    move(sale, own, 'payment', own.booking.total_minor);
    if (spoils(sale, 'charges twice')) move(sale, own, 'payment', own.booking.total_minor);
    if (spoils(sale, 'never tells')) own.isDeaf = true;
    if (told !== null) after(told * sale.holdMs, () => hear(sale, own));
  });
}

function after(ms: number, then: () => void): void {
  if (ms === 0) then();
  else setTimeout(then, ms).unref();
}

/** The sale hears that a booking is paid. */
function hear(sale: Sale, own: Own): void {
  if (own.intent?.untold !== true || own.isDeaf) return;
  own.intent.untold = false;
  const paid = { ...own.booking, paid_minor: own.booking.total_minor };
  const isKept = PENDING.includes(paid.state) || (paid.state === 'expired' && leftOf(sale) >= paid.quantity);
  if (isKept && !spoilsMoney(sale)) own.booking = { ...paid, state: 'confirmed' };
  else {
    own.booking = { ...paid, state: 'refunded', refunded_minor: paid.paid_minor };
    if (!isKept) move(sale, own, 'refund', paid.paid_minor);
  }
  if (spoils(sale, 'loses a booking')) sale.bookings.delete(paid.id);
}

function spoilsMoney(sale: Sale): boolean {
  return spoils(sale, 'keeps the money');
}

/** The tickets of a booking are given to others, unless its money has come. */
export function expire(sale: Sale, own: Own): void {
  hear(sale, own);
  if (!PENDING.includes(own.booking.state)) return;
  const isGift = own.booking.state === 'awaiting_payment' && own.intent?.state === 'open' && spoils(sale, 'gives tickets for nothing');
  own.booking = { ...own.booking, state: isGift ? 'confirmed' : 'expired' };
  if (own.intent?.state === 'open' || own.intent?.state === 'requires_action') own.intent.state = 'cancelled';
}

function tickets(sale: Sale, { booking }: Own): FakeAnswer {
  const isValid = (number: number): boolean => SOLD.includes(booking.state) && !booking.returned_tickets.includes(number);
  const data = Array.from({ length: booking.quantity }, (_, index) => index + 1).map((number) => {
    return { number, state: isValid(number) ? 'valid' : 'revoked', code: isValid(number) ? 'code' : null };
  });
  return { status: 200, body: { data: spoils(sale, 'forgets a ticket') ? data.slice(1) : data } };
}

function refund(sale: Sale, own: Own, body: Record<string, unknown>): FakeAnswer {
  const { booking } = own;
  const all = Array.from({ length: booking.quantity }, (_, index) => index + 1);
  const asked = Array.isArray(body['tickets']) ? body['tickets'].map(Number) : all;
  const returned = new Set([...booking.returned_tickets, ...asked]);
  const prices = booking.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line.unit_price_minor));
  const dueMinor = [...returned].reduce((sum, number) => sum + (prices[number - 1] ?? 0), 0) - booking.refunded_minor;
  if (dueMinor > 0) move(sale, own, 'refund', dueMinor);
  own.booking = {
    ...booking,
    state: returned.size === booking.quantity ? 'refunded' : 'partially_refunded',
    returned_tickets: [...returned],
    refunded_minor: booking.refunded_minor + dueMinor,
  };
  return { status: 200, body: own.booking };
}

function move(sale: Sale, { booking }: Own, kind: 'payment' | 'refund', amountMinor: number): void {
  const { eventId = '', id: bookingId = '' } = parseCellId('bkg', booking.id) ?? {};
  const of = { kind, ref: booking.id, refundKey: null, intentRef: booking.id, amountMinor, currency: 'EUR', atMs: 0 };
  sale.movements.push({ cursor: String(sale.movements.length + 1), ...of, eventId, bookingId });
}

/** What the provider says that moved. */
export function listMovements({ movements }: Sale, { after: cursor, limit }: { after: string | null; limit: number }): MovementPage {
  const from = Number(cursor ?? 0);
  const page: Movement[] = movements.slice(from, from + limit);
  return { movements: page, next: from + page.length < movements.length ? String(from + page.length) : null };
}
