import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { ShopEvent, Wish } from '../shop.ts';
import { insist } from './buyer.ts';
import type { StepName, StoryName } from './points.ts';
import type { Stage } from './stage.ts';

export const TICKETS = 3;
export const PRICE_MINOR = 2_000;
export const CAPACITY = 10;

export type Ending = 'nothing' | 'confirmed' | 'expired' | 'refunded' | 'cancelled';

/** What buyer and organizer do, in turn, and how it may end. */
export type Story = { holdSeconds: number; card: string; steps: readonly StepName[]; endings: readonly Ending[] };

export const STORIES: Readonly<Record<StoryName, Story>> = {
  paid: { holdSeconds: 60, card: 'success', steps: ['hold', 'pay', 'payer', 'told', 'tickets'], endings: ['confirmed'] },
  // The buyer goes away when something is killed, and never comes back.
  left: { holdSeconds: 2, card: 'success', steps: ['hold', 'pay', 'payer'], endings: ['nothing', 'expired', 'confirmed'] },
  unpaid: { holdSeconds: 1, card: '', steps: ['hold', 'pay', 'end'], endings: ['expired'] },
  late: { holdSeconds: 2, card: 'processing', steps: ['hold', 'pay', 'payer', 'told'], endings: ['confirmed'] },
  returned: {
    holdSeconds: 60,
    card: 'processing',
    steps: ['hold', 'pay', 'payer', 'release'],
    // A release that has to be repeated may come when the payment has been kept.
    endings: ['refunded', 'confirmed'],
  },
  refunded: { holdSeconds: 60, card: 'success', steps: ['hold', 'pay', 'payer', 'told', 'tickets', 'refund'], endings: ['refunded'] },
  disputed: { holdSeconds: 60, card: 'dispute_lost', steps: ['hold', 'pay', 'payer', 'told', 'tickets', 'end'], endings: ['cancelled'] },
};

export type Told = {
  stage: Stage;
  story: StoryName;
  event: ShopEvent;
  wish: Wish;
  bookingId: string;
  intent: Intent | null;
  /** The buyer is gone, and asks nothing again. */
  hasLeft: boolean;
};
export type Intent = { ref: string; client_secret: string };

/** Whoever pays late begins to so long after the hold: the money comes when the hold is over. */
const LATE_MS = 1_600;
const TOLD_WITHIN_MS = 90_000;

export const STEPS: Readonly<Record<StepName, (told: Told) => Promise<void>>> = {
  hold: async (told) => {
    const { event, token, key } = told.wish;
    const body = { event_id: event.id, lines: [{ ticket_type_id: event.ticketTypeId, quantity: TICKETS }] };
    told.bookingId = String((await good(told, '/api/v1/bookings', { token, key, body }))['id']);
  },
  pay: async (told) => {
    const { intent } = await good(told, `/api/v1/bookings/${told.bookingId}/payment`, { token: told.wish.token });
    told.intent = intent as Intent;
  },
  payer: async (told) => {
    const { stage, story, intent } = told;
    assert.ok(intent, 'whoever pays was given something to pay');
    if (story === 'late') await pause(LATE_MS);
    const body = { client_secret: intent.client_secret, card: STORIES[story].card };
    const reply = await insist(() => [stage.payerUrl], `/v1/intents/${intent.ref}/pay`, {
      token: 'none',
      body,
      isOver: () => told.hasLeft,
    });
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
  },
  told: async (told) => {
    const endMs = performance.now() + TOLD_WITHIN_MS;
    for (;;) {
      const { state } = await good(told, `/api/v1/bookings/${told.bookingId}`, { method: 'GET', token: told.wish.token });
      if (state === 'confirmed') return;
      assert.ok(performance.now() < endMs, `whoever has paid is not told so: the booking is ${String(state)}`);
      await pause(50);
    }
  },
  tickets: async (told) => {
    const { data } = await good(told, `/api/v1/bookings/${told.bookingId}/tickets`, { method: 'GET', token: told.wish.token });
    const ids = new Set((data as { id: string }[]).map(({ id }) => id));
    assert.equal(ids.size, TICKETS);
  },
  release: async ({ stage, wish, bookingId }) => {
    const reply = await insist(stage.urls, `/api/v1/bookings/${bookingId}/release`, { token: wish.token });
    assert.ok(reply.status === 200 || reply.body['code'] === 'SALES_WRONG_STATE', JSON.stringify(reply.body));
  },
  refund: async (told) => {
    const { organizationId, id } = told.event;
    const path = `/api/v1/organizations/${organizationId}/events/${id}/bookings/${told.bookingId}/refund`;
    const { state } = await good(told, path, { token: told.stage.shop.organizerToken, body: {} });
    assert.equal(state, 'refunded');
  },
  // Time alone moves it on.
  end: async () => {},
};

async function good(
  told: Told,
  path: string,
  sent: { method?: 'GET' | 'POST'; token: string; key?: string; body?: unknown },
): Promise<Readonly<Record<string, unknown>>> {
  const reply = await insist(told.stage.urls, path, { ...sent, isOver: () => told.hasLeft });
  assert.ok(reply.status === 200 || reply.status === 201, `${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
