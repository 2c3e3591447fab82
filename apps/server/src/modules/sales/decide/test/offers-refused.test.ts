import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventState } from '../../event-states.ts';
import type { Booking } from '../state.ts';
import * as build from './build-commands.ts';
import { NOW_MS } from './build-state.ts';
import { fullHouse, offer, step } from './full-house.ts';

const REFUSED: readonly {
  name: string;
  of?: Partial<Booking>;
  terms?: { state?: EventState; salesEndMs?: number };
  tickets?: number[];
  kind: string;
}[] = [
  { name: 'a ticket that it does not have', tickets: [3], kind: 'unknown_ticket' },
  { name: 'a ticket that came back', of: { returned: [1], state: 'partially_refunded' }, kind: 'ticket_returned' },
  { name: 'a booking that is not sold', of: { state: 'released' }, kind: 'wrong_state' },
  { name: 'a disputed payment', of: { dispute: 'opened' }, kind: 'disputed' },
  { name: 'what was paid at the door', of: { tender: 'cash', paymentRef: null }, kind: 'organizer_only' },
  { name: 'what was paid elsewhere', of: { tender: 'external', paymentRef: null }, kind: 'organizer_only' },
  { name: 'an event that has ended', terms: { state: 'ended' }, kind: 'not_on_sale' },
  { name: 'a cancelled event', terms: { state: 'cancelled' }, kind: 'not_on_sale' },
  { name: 'an archived event', terms: { state: 'archived' }, kind: 'not_on_sale' },
  { name: 'a sale that is over', terms: { salesEndMs: NOW_MS }, kind: 'not_on_sale' },
];

for (const { name, of = {}, terms = {}, tickets = [1], kind } of REFUSED) {
  test(`not offered: ${name}`, () => {
    assert.deepEqual(step(fullHouse({ sellers: [{}, of], taken: 0, terms }), offer(tickets)).kinds, [kind]);
  });
}

for (const state of ['draft', 'published', 'on_sale', 'paused'] as const) {
  test(`offered while the event is ${state}`, () => {
    assert.deepEqual(step(fullHouse({ terms: { state } }), offer()).kinds, ['booking']);
  });
}

test('another buyer’s tickets are not there to be offered', () => {
  const actor = { kind: 'buyer', buyerKey: 'buyer-9' } as const;
  const stranger = build.offer({ commandId: 'command', bookingId: 'booking-0', actor });
  assert.deepEqual(step(fullHouse(), stranger).kinds, ['unknown_booking']);
});
