import assert from 'node:assert/strict';
import type { ShopEvent, Wish } from '../shop.ts';
import { insist } from './buyer.ts';
import type { Intent } from './story.ts';
import type { Stage } from './stage.ts';

/** A buyer who takes one ticket and pays for it, however often it has to be asked for. */
export async function sellOne(stage: Pick<Stage, 'shop' | 'urls' | 'payerUrl'>, event: ShopEvent): Promise<void> {
  const wish = stage.shop.newWish(event);
  const { token, key } = wish;
  const body = { event_id: event.id, lines: [{ ticket_type_id: event.ticketTypeId, quantity: 1 }] };
  const held = await insist(stage.urls, '/api/v1/bookings', { token, key, body });
  assert.ok(held.status === 200 || held.status === 201, JSON.stringify(held.body));
  await payFor(stage, wish, String(held.body['id']));
}

/** Goes to pay for what is held, and pays. */
export async function payFor({ urls, payerUrl }: Pick<Stage, 'urls' | 'payerUrl'>, { token }: Wish, bookingId: string): Promise<void> {
  const begun = await insist(urls, `/api/v1/bookings/${bookingId}/payment`, { token });
  assert.equal(begun.status, 200, JSON.stringify(begun.body));
  const intent = begun.body['intent'] as Intent;
  const card = { client_secret: intent.client_secret, card: 'success' };
  const paid = await insist(() => [payerUrl], `/v1/intents/${intent.ref}/pay`, { token: 'none', body: card });
  assert.equal(paid.status, 200, JSON.stringify(paid.body));
}
