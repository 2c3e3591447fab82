import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from '../../commands.ts';
import type { Refusal } from '../../outcomes.ts';
import { isEmpty } from '../changes.ts';
import { decide } from '../decide.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType, type StateParts } from './build-state.ts';

type Example = { name: string; state?: Partial<StateParts>; command: Command; refusal: Refusal };

const commandId = 'command-0';
const bookingId = 'booking-0';
const placing = build.place({ bookingId: 'new-0' });
const pair = [
  { ticketTypeId: 'type-0', quantity: 3 },
  { ticketTypeId: 'type-1', quantity: 3 },
];
const bought = (quantity: number) =>
  booking({ id: bookingId, state: 'confirmed', lines: [{ ticketTypeId: 'type-0', quantity, unitPriceMinor: 0 }] });
const paidFor = { lines: [{ ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 900 }] };
const closed = (
  reason: 'event_state' | 'ticket_type_paused' | 'not_started' | 'ended',
  ticketTypeId: string | null,
  opensInMs: number | null,
) => ({ kind: 'not_on_sale', reason, ticketTypeId, opensInMs }) as const;
const limited = (limit: Extract<Refusal, { kind: 'limit' }>['limit'], allowed: number, ticketTypeId: string | null = 'type-0') =>
  ({ kind: 'limit', limit, ticketTypeId, allowed }) as const;

const OF_PLACING: readonly Example[] = [
  {
    name: 'a type with one ticket left',
    state: { types: [ticketType({ id: 'type-0', sold: 9 })] },
    command: build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] }),
    refusal: { kind: 'sold_out', ticketTypeId: 'type-0', left: 1 },
  },
  {
    name: 'two lines that fit a quota alone and not together',
    state: {
      types: [ticketType({ id: 'type-0' }), ticketType({ id: 'type-1' })],
      quotas: [{ id: 'quota-0', ticketTypeIds: ['type-0', 'type-1'], capacity: 5 }],
    },
    command: build.place({ bookingId: 'new-0', lines: pair }),
    refusal: { kind: 'sold_out', ticketTypeId: 'type-1', left: 5 },
  },
  {
    name: 'fewer than a type’s least',
    state: { types: [ticketType({ id: 'type-0', terms: { bookingMin: 2 } })] },
    command: placing,
    refusal: limited('booking_min', 2),
  },
  {
    name: 'more than a type’s most',
    state: { types: [ticketType({ id: 'type-0', terms: { bookingMax: 1 } })] },
    command: build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] }),
    refusal: limited('booking_max', 1),
  },
  {
    name: 'more than a buyer may have of a type',
    state: { types: [ticketType({ id: 'type-0', terms: { buyerMax: 3 } })], bookings: [bought(2)] },
    command: build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-0', quantity: 2 }] }),
    refusal: limited('buyer_max', 1),
  },
  {
    name: 'a basket larger than the event allows',
    state: { terms: { bookingMax: 5 }, types: [ticketType({ id: 'type-0' }), ticketType({ id: 'type-1' })] },
    command: build.place({ bookingId: 'new-0', lines: pair }),
    refusal: limited('event_booking_max', 5, null),
  },
  {
    name: 'more than a buyer may have of the event',
    state: { terms: { buyerMax: 2 }, bookings: [bought(2)] },
    command: placing,
    refusal: limited('event_buyer_max', 0, null),
  },
  { name: 'an event that is not public', state: { terms: { state: 'draft' } }, command: placing, refusal: { kind: 'unknown_event' } },
  { name: 'an event that pauses', state: { terms: { state: 'paused' } }, command: placing, refusal: closed('event_state', null, null) },
  {
    name: 'a type that pauses',
    state: { types: [ticketType({ id: 'type-0', terms: { state: 'paused' } })] },
    command: placing,
    refusal: closed('ticket_type_paused', 'type-0', null),
  },
  {
    name: 'an event before its time',
    state: { terms: { salesStartMs: NOW_MS + 90 } },
    command: placing,
    refusal: closed('not_started', null, 90),
  },
  {
    name: 'a type after its time',
    state: { types: [ticketType({ id: 'type-0', terms: { salesEndMs: NOW_MS } })] },
    command: placing,
    refusal: closed('ended', 'type-0', null),
  },
  {
    name: 'a type that does not exist',
    command: build.place({ bookingId: 'new-0', lines: [{ ticketTypeId: 'type-9', quantity: 1 }] }),
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-9' },
  },
  {
    name: 'a type hidden by a code, also while nothing sells',
    state: { terms: { state: 'paused' }, types: [ticketType({ id: 'type-0', terms: { accessCode: 'friends' } })] },
    command: build.place({ bookingId: 'new-0', accessCode: 'fiends' }),
    refusal: { kind: 'unknown_ticket_type', ticketTypeId: 'type-0' },
  },
  {
    name: 'a key used for another basket',
    state: { bookings: [booking({ id: bookingId })] },
    command: build.place({ bookingId }),
    refusal: { kind: 'key_reused' },
  },
  {
    name: 'a basket with a price, to be confirmed at once',
    state: { types: [ticketType({ id: 'type-0', terms: { priceMinor: 700 } })] },
    command: build.place({ bookingId: 'new-0', confirm: true }),
    refusal: { kind: 'payment_required', totalMinor: 700 },
  },
];

const OF_BOOKINGS: readonly Example[] = [
  { name: 'a booking that does not exist', command: build.release({ commandId, bookingId }), refusal: { kind: 'unknown_booking' } },
  {
    name: 'another buyer’s booking',
    state: { bookings: [booking({ id: bookingId })] },
    command: build.release({ commandId, bookingId, actor: { kind: 'buyer', buyerKey: 'buyer-1' } }),
    refusal: { kind: 'unknown_booking' },
  },
  {
    name: 'confirming without the money',
    state: { bookings: [booking({ id: bookingId, ...paidFor })] },
    command: build.confirm({ commandId, bookingId }),
    refusal: { kind: 'payment_required', totalMinor: 1_800 },
  },
  {
    name: 'confirming for an event that is cancelled',
    state: { terms: { state: 'cancelled' }, bookings: [booking({ id: bookingId })] },
    command: build.confirm({ commandId, bookingId }),
    refusal: closed('event_state', null, null),
  },
  {
    name: 'confirming what has expired, without a payment',
    state: { bookings: [booking({ id: bookingId, state: 'expired' })] },
    command: build.confirm({ commandId, bookingId }),
    refusal: { kind: 'wrong_state', state: 'expired', move: 'confirm' },
  },
  {
    name: 'paying late for what others have by now',
    state: { types: [ticketType({ id: 'type-0', sold: 9 })], bookings: [booking({ id: bookingId, state: 'expired', ...paidFor })] },
    command: build.confirm({ commandId, bookingId, tender: 'external' }),
    refusal: { kind: 'sold_out', ticketTypeId: 'type-0', left: 1 },
  },
  {
    name: 'releasing what is sold',
    state: { bookings: [bought(1)] },
    command: build.release({ commandId, bookingId }),
    refusal: { kind: 'wrong_state', state: 'confirmed', move: 'release' },
  },
  {
    name: 'extending what is sold',
    state: { bookings: [bought(1)] },
    command: build.extend({ commandId, bookingId }),
    refusal: { kind: 'wrong_state', state: 'confirmed', move: 'extend' },
  },
  {
    name: 'extending twice',
    state: { bookings: [booking({ id: bookingId, extended: true })] },
    command: build.extend({ commandId, bookingId }),
    refusal: { kind: 'already_extended' },
  },
  {
    name: 'cancelling what is only held',
    state: { bookings: [booking({ id: bookingId })] },
    command: build.cancel({ commandId, bookingId }),
    refusal: { kind: 'wrong_state', state: 'held', move: 'cancel' },
  },
  {
    name: 'a buyer cancelling what was paid',
    state: { bookings: [booking({ id: bookingId, state: 'confirmed', ...paidFor })] },
    command: build.cancel({ commandId, bookingId, actor: { kind: 'buyer', buyerKey: 'buyer-0' } }),
    refusal: { kind: 'organizer_only', move: 'cancel' },
  },
];

for (const { name, state, command, refusal } of [...OF_PLACING, ...OF_BOOKINGS]) {
  test(`${name}: ${refusal.kind}, and nothing is written`, () => {
    const before = buildState({ types: [ticketType({ id: 'type-0' })], ...state });
    const { outcomes, changes } = decide(before, [command], NOW_MS);
    assert.deepEqual(outcomes, [refusal]);
    assert.ok(isEmpty(changes));
  });
}
