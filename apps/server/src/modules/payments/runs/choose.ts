import { readBookings } from '../../sales/index.ts';
import type { Payments } from '../context.ts';
import { chooseForBooking, readQuestion, type Question } from '../queries/refund-run-bookings.ts';
import type { BuyersChoice } from './refund-run.ts';

export type Asked = { eventId: string; bookingId: string; buyerKey: string };
export type Chosen = { kind: 'question'; question: Question } | { kind: 'not_asked' } | { kind: 'decided' };

/** What a buyer is asked about a booking of theirs; `not_asked` also where there is no such booking. */
export async function readBuyersQuestion(payments: Payments, { eventId, bookingId, buyerKey }: Asked): Promise<Question | null> {
  const { bookings } = await readBookings(payments.sales, { eventId, bookingIds: [bookingId] });
  return bookings[0]?.buyerKey === buyerKey ? readQuestion(payments.db, eventId, bookingId) : null;
}

/** Keeps a booking, or gives it back. Whoever says the same again is answered the same. */
export async function choose(payments: Payments, asked: Asked, choice: BuyersChoice): Promise<Chosen> {
  const { eventId, bookingId } = asked;
  const question = await readBuyersQuestion(payments, asked);
  if (!question) return { kind: 'not_asked' };
  const wanted = choice === 'keep' ? 'kept' : 'pending';
  const isSo = question.state === wanted || (wanted === 'pending' && question.state === 'refunded');
  if (!isSo && !(await chooseForBooking(payments.db, { eventId, runId: question.runId, bookingId }, wanted))) return { kind: 'decided' };
  return { kind: 'question', question: (await readQuestion(payments.db, eventId, bookingId)) ?? question };
}
