import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPending, isSold } from '../../booking-states.ts';
import { leftByLine, ticketsLeft, ticketTypeOf } from '../../booking-tickets.ts';
import type { Changes } from '../changes.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { NOW_MS } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';
import { arbitraryLife, asRead, commandsOf, type Life } from './lives-with-offers.ts';

/** What happened so far, as somebody notes it who sees every batch go by. */
type Notebook = {
  resold: Map<string, number[]>;
  paidBack: Map<string, number>;
  owedIds: Set<string>;
  revoked: Set<string>;
  issued: Set<string>;
};

const sellsOffersRight: Property<Life> = {
  cases: arbitraryLife,
  check: (decideOn, { state: first, batches }) => {
    const notes: Notebook = { resold: new Map(), paidBack: new Map(), owedIds: new Set(), revoked: new Set(), issued: new Set() };
    let [state, nowMs] = [first, NOW_MS];
    batches.forEach(({ afterMs, wishes }, index) => {
      nowMs += afterMs;
      const commands = commandsOf(state, wishes, index);
      const { changes } = decideOn(asRead(state, commands, nowMs), commands, nowMs);
      const after = applyChanges({ ...state, dueBookingIds: [] }, changes);
      note(notes, changes);
      assertInOrder(state, after, changes);
      assertSound(after);
      assertPaidOnce(notes, after);
      state = after;
    });
  },
};

function note(notes: Notebook, { revoked, owed, issued }: Changes): void {
  for (const { id } of issued) {
    assert.ok(!notes.issued.has(id), `${id} gets its tickets once`);
    notes.issued.add(id);
  }
  for (const { bookingId, numbers, reason } of revoked) {
    for (const number of numbers) {
      const ticket = `${bookingId} ${number}`;
      assert.ok(!notes.revoked.has(ticket), `${ticket} comes back once`);
      notes.revoked.add(ticket);
      if (reason === 'resold') notes.resold.set(bookingId, [...(notes.resold.get(bookingId) ?? []), number]);
    }
  }
  for (const { id, kind, bookingId, amountMinor, reason } of owed) {
    const key = `${kind} ${id}`;
    assert.ok(!notes.owedIds.has(key), `${key} is owed once`);
    notes.owedIds.add(key);
    if (reason === 'resold') notes.paidBack.set(bookingId, (notes.paidBack.get(bookingId) ?? 0) + amountMinor);
  }
}

/** What is sold again was offered, before all of its type that is still offered; and it is revoked in the batch that sells it. */
function assertInOrder(before: SaleState, after: SaleState, { endedOffers, newOffers, revoked }: Changes): void {
  const resold = revoked.filter(({ reason }) => reason === 'resold');
  const tickets = new Set(resold.flatMap(({ bookingId, numbers }) => numbers.map((number) => `${bookingId} ${number}`)));
  const made = [...[...before.offers.values()].flat(), ...newOffers];
  for (const type of after.ticketTypes.keys()) {
    const sold = endedOffers.filter((ended) => ended.ticketTypeId === type && tickets.has(`${ended.bookingId} ${ended.number}`));
    const [next] = after.offers.get(type) ?? [];
    for (const { seq, bookingId, number } of sold) {
      assert.ok(
        made.some((offer) => offer.bookingId === bookingId && offer.number === number),
        'it was offered',
      );
      assert.ok(!next || seq < next.seq, `${bookingId} ${number} is sold before ${next?.bookingId} offered`);
    }
  }
}

/** Counters, bookings and offers tell one story, and nothing is oversold. */
function assertSound({ ticketTypes, quotas, bookings, offers }: SaleState): void {
  for (const { id, capacity, held, sold, setAside, offered, taken } of ticketTypes.values()) {
    assert.ok(held >= 0 && sold >= 0 && setAside >= 0 && held + sold + setAside <= capacity, `${id} is oversold`);
    const all = [...bookings.values()];
    assert.equal(
      sold,
      sumOf(
        all.filter((each) => isSold(each.state)),
        id,
      ),
      `${id} has sold what bookings have`,
    );
    assert.equal(
      held + taken,
      sumOf(
        all.filter((each) => isPending(each.state)),
        id,
      ),
      `${id} holds what bookings hold`,
    );
    assert.equal(offered, offers.get(id)?.length ?? 0, `${id} counts its offers`);
  }
  for (const { id, capacity, held, sold, setAside } of quotas.values()) {
    assert.ok(held >= 0 && sold >= 0 && held + sold + setAside <= capacity, `${id} is oversold`);
  }
  const named = [...bookings.values()].flatMap((each) => offersOf(each));
  assert.deepEqual([...offers.values()].flat().map(textOf).sort(), named.sort(), 'bookings name their offers');
}

function sumOf(bookings: readonly Booking[], ticketTypeId: string): number {
  return bookings.reduce((sum, each) => {
    const left = leftByLine(each);
    return sum + each.lines.reduce((count, line, index) => count + (line.ticketTypeId === ticketTypeId ? (left[index] ?? 0) : 0), 0);
  }, 0);
}

const textOf = (offer: { bookingId: string; number: number; seq: number }): string => `${offer.bookingId} ${offer.number} ${offer.seq}`;

function offersOf(booking: Booking): string[] {
  const left = ticketsLeft(booking);
  return booking.offers.map((offer) => {
    assert.ok(isSold(booking.state) && left.includes(offer.number), `${booking.id} has the ticket that it offers`);
    return textOf({ ...offer, bookingId: booking.id });
  });
}

/** Sellers get what their tickets cost, once; while a bank has the payment it is due, and never if the bank gave it back. */
function assertPaidOnce({ resold, paidBack }: Notebook, { bookings }: SaleState): void {
  for (const booking of bookings.values()) {
    const { id, lines, paidMinor, refundedMinor, resaleDueMinor, dispute } = booking;
    assert.ok(refundedMinor + resaleDueMinor <= paidMinor, `${id} gets back ${refundedMinor} and ${resaleDueMinor} of ${paidMinor}`);
    const numbers = resold.get(id) ?? [];
    const costMinor = paidMinor === 0 ? 0 : numbers.reduce((sum, number) => sum + priceOf(lines, number), 0);
    const backMinor = (paidBack.get(id) ?? 0) + resaleDueMinor;
    if (dispute !== 'lost') assert.equal(backMinor, costMinor, `${id} gets what its tickets ${numbers} cost`);
    assert.ok(backMinor <= costMinor, `${id} gets no more than they cost`);
  }
}

function priceOf(lines: Booking['lines'], number: number): number {
  const typeId = ticketTypeOf(lines, number);
  return lines.find((line) => line.ticketTypeId === typeId)?.unitPriceMinor ?? 0;
}

test('through all times and orders offers are sold once each, the first first, and their sellers paid once', () =>
  assertHolds(sellsOffersRight));

const spoil =
  (spoiled: (changes: Changes, state: SaleState) => void): Decide =>
  (state, commands, nowMs) => {
    const decision = decide(state, commands, nowMs);
    spoiled(decision.changes, state);
    return decision;
  };

const SABOTAGES: Readonly<Record<string, Decide>> = {
  'the last offered is sold first': (state, commands, nowMs) => {
    const reversed = [...state.offers].map(([id, offers]) => [id, [...offers].reverse()] as const);
    return decide({ ...state, offers: new Map(reversed) }, commands, nowMs);
  },
  'a ticket that is sold again is not revoked': spoil((changes) => {
    for (const revoked of changes.revoked) if (revoked.reason === 'resold') revoked.numbers = [];
  }),
  'a seller is paid twice': spoil((changes) => {
    const owed = changes.owed.find(({ reason }) => reason === 'resold');
    if (owed) changes.owed.push({ ...owed, id: `${owed.id} again` });
  }),
  'a seller is not paid': spoil((changes) => {
    changes.owed = changes.owed.filter(({ reason }) => reason !== 'resold');
  }),
  'what is sold stays offered': spoil((changes) => {
    changes.endedOffers = changes.endedOffers.filter(({ isWithdrawn }) => isWithdrawn);
  }),
  'holds on offers are held as well': spoil((changes, state) => {
    for (const [id, { taken }] of changes.offeredDeltas) {
      const type = changes.ticketTypeDeltas.get(id);
      if (type && taken > 0 && state.ticketTypes.has(id)) type.held += taken;
    }
  }),
  'a bank’s dispute is overlooked': (state, commands, nowMs) => {
    const blind = [...state.bookings].map(([id, each]) => [id, { ...each, resaleDueMinor: 0 }] as const);
    return decide({ ...state, bookings: new Map(blind) }, commands, nowMs);
  },
};

for (const [name, broken] of Object.entries(SABOTAGES)) {
  test(`caught: ${name}`, () => assertCatches(sellsOffersRight, broken));
}
