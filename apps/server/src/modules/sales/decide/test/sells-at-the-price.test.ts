import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, PlaceCommand } from '../../commands.ts';
import type { PromoCode } from '../../prices.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState, TicketType } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import { arbitraryCase, arbitraryCaseWithoutOffers, type Case } from './arbitrary-commands.ts';
import { NOW_MS } from './build-state.ts';
import { assertCatches, assertHolds, type Decide, type Property } from './check-property.ts';

type Sold = { ticketTypeId: string; listMinor: number; priceMinor: number; tier: string | null };

/**
 * Prices as a clerk would give them out, one ticket after the other: each has the price of the first tier that has not
 * ended by then. Places come last in a batch, so that what was taken before the first of them is known. A place that is sold again
 * is not one more: tiers go by places, so this clerk counts where nobody offers any.
 */
const sellsAtThePrice: Property<Case> = {
  cases: arbitraryCaseWithoutOffers,
  check: (decideOn, { state, commands }) => {
    const { changes } = decideOn(state, commands, NOW_MS);
    const after = applyChanges(state, changes);
    const taken = new Map([...after.ticketTypes].map(([id, { held, sold }]) => [id, held + sold]));
    for (const each of changes.newBookings.flatMap(ticketsOf)) taken.set(each.ticketTypeId, (taken.get(each.ticketTypeId) ?? 0) - 1);
    for (const made of changes.newBookings) {
      const command = commands.find((each): each is PlaceCommand => each.kind === 'place' && isPlacing(each, made));
      assert.ok(command, `${made.id} was asked for`);
      for (const ticket of ticketsOf(made)) assertPrice(after, ticket, command, taken);
      assertCode(after, made, command);
    }
  },
};

function isPlacing(command: PlaceCommand, { id, fingerprint, buyerKey }: Booking): boolean {
  return command.bookingId === id && command.fingerprint === fingerprint && command.buyerKey === buyerKey;
}

/** Every ticket of a booking by itself. */
function ticketsOf({ lines, charges }: Booking): Sold[] {
  return lines.flatMap(({ ticketTypeId, quantity, unitPriceMinor }, index) => {
    const { listPriceMinor: listMinor = unitPriceMinor, tier = null } = charges?.lines[index] ?? {};
    return Array.from({ length: quantity }, () => ({ ticketTypeId, listMinor, priceMinor: unitPriceMinor, tier }));
  });
}

function assertPrice(after: SaleState, sold: Sold, command: PlaceCommand, taken: Map<string, number>): void {
  const type = after.ticketTypes.get(sold.ticketTypeId);
  const before = taken.get(sold.ticketTypeId) ?? 0;
  assert.ok(type);
  if (command.desk?.tender === 'none') {
    assert.equal(sold.priceMinor, 0, 'what is given away costs nothing');
    taken.set(type.id, before + 1);
    return;
  }
  const chosen = command.lines.find((line) => line.ticketTypeId === type.id)?.chosenPriceMinor;
  if (chosen !== undefined) assert.ok(type.terms.isDonation && chosen >= type.terms.priceMinor, `${chosen} was chosen for ${type.id}`);
  const tier = chosen === undefined ? tierAt(type, before) : null;
  assert.deepEqual(
    [sold.listMinor, sold.tier],
    [chosen ?? tier?.priceMinor ?? type.terms.priceMinor, tier?.name ?? null],
    `ticket ${before}`,
  );
  const promo = command.promoCode === null ? undefined : after.promoCodes.get(command.promoCode);
  assert.equal(sold.priceMinor, promo ? discounted(promo, sold) : sold.listMinor);
  taken.set(type.id, before + 1);
}

function tierAt({ terms }: TicketType, taken: number) {
  return terms.tiers.find(
    ({ endsAtMs, untilTaken }) => (endsAtMs === null || NOW_MS < endsAtMs) && (untilTaken === null || taken < untilTaken),
  );
}

function discounted({ kind, value, ticketTypeIds }: PromoCode, { ticketTypeId, listMinor }: Sold): number {
  if (ticketTypeIds && !ticketTypeIds.includes(ticketTypeId)) return listMinor;
  return kind === 'amount' ? Math.max(0, listMinor - value) : listMinor - Math.floor((2 * listMinor * value + 1_000_000) / 2_000_000);
}

/** Whoever used a code could, and has something of it; whoever was shown a total pays it. */
function assertCode(after: SaleState, made: Booking, { promoCode, expectedTotalMinor }: PlaceCommand): void {
  assert.equal(made.promoCode, promoCode);
  if (expectedTotalMinor !== null) assert.equal(made.totalMinor, expectedTotalMinor);
  if (promoCode === null) return;
  const promo = after.promoCodes.get(promoCode);
  assert.ok(
    promo?.state === 'active' && (promo.startsAtMs ?? NOW_MS) <= NOW_MS && NOW_MS < (promo.endsAtMs ?? NOW_MS + 1),
    `${promoCode} was open`,
  );
  assert.ok((made.charges?.discountMinor ?? 0) > 0, `${made.id} is cheaper for its code`);
  const uses = after.promoUses.get(made.buyerKey)?.get(promoCode) ?? 0;
  assert.ok(uses <= (promo.buyerUsesMax ?? uses), `${made.buyerKey} uses ${promoCode} ${uses} times`);
}

test('every ticket is sold at the price of its moment: tier, choice and code', () => assertHolds(sellsAtThePrice));

/** Decides as if ticket types, or codes, had other terms. */
function misread(type: (of: TicketType) => TicketType, promo: (of: PromoCode) => PromoCode): Decide {
  return (state, commands, nowMs) => {
    const ticketTypes = new Map([...state.ticketTypes].map(([id, each]) => [id, type(each)]));
    const promoCodes = new Map([...state.promoCodes].map(([code, each]) => [code, promo(each)]));
    return decide({ ...state, ticketTypes, promoCodes }, commands, nowMs);
  };
}

const asItIs = <Of>(of: Of): Of => of;

test('decisions that misread prices, tiers or codes are caught', () => {
  const broken = [
    misread((type) => ({ ...type, held: 0 }), asItIs),
    misread(
      (type) => ({ ...type, terms: { ...type.terms, tiers: type.terms.tiers.map((tier) => ({ ...tier, endsAtMs: null })) } }),
      asItIs,
    ),
    misread((type) => ({ ...type, terms: { ...type.terms, isDonation: true, tiers: [] } }), asItIs),
    misread(asItIs, (promo) => ({ ...promo, ticketTypeIds: null })),
    misread(asItIs, (promo) => ({ ...promo, value: 1 })),
    misread(asItIs, (promo) => ({ ...promo, endsAtMs: null })),
    misread(asItIs, (promo) => ({ ...promo, buyerUsesMax: promo.buyerUsesMax && 9 })),
  ];
  const dearer: Decide = (state, commands, nowMs) =>
    decide(
      state,
      commands.map((command) => (command.kind === 'place' ? { ...command, expectedTotalMinor: null } : command)),
      nowMs,
    );
  for (const each of [...broken, dearer]) assertCatches(sellsAtThePrice, each);
});

/** A lane reads the codes and uses that its commands can need, and no others. */
const readsWhatItNeeds: Property<Case> = {
  cases: arbitraryCase,
  check: (decideOn, { state, commands }) => {
    const { outcomes, changes } = decide(state, commands, NOW_MS);
    assert.deepEqual(decideOn(asRead(state, commands), commands, NOW_MS), { outcomes, changes });
  },
};

function asRead(state: SaleState, commands: readonly Command[], withPayers = true): SaleState {
  const codes = new Set<string | null>();
  const pairs = new Set<string>();
  for (const command of commands) {
    if ('code' in command) codes.add(command.code);
    if (command.kind === 'place') codes.add(command.promoCode);
    if (command.kind === 'place') pairs.add(`${command.buyerKey} ${command.promoCode}`);
    const mayReclaim = command.kind === 'receive-payment' || (command.kind === 'confirm' && command.tender !== null);
    const paid = mayReclaim && withPayers ? state.bookings.get(command.bookingId) : undefined;
    if (paid) codes.add(paid.promoCode);
    if (paid) pairs.add(`${paid.buyerKey} ${paid.promoCode}`);
  }
  const uses = [...state.promoUses].map(
    ([buyer, of]) => [buyer, new Map([...of].filter(([code]) => pairs.has(`${buyer} ${code}`)))] as const,
  );
  return { ...state, promoCodes: new Map([...state.promoCodes].filter(([code]) => codes.has(code))), promoUses: new Map(uses) };
}

test('codes that no command of the batch names need not be read', () => assertHolds(readsWhatItNeeds));

test('without the codes of late payments decisions differ', () => {
  assertCatches(readsWhatItNeeds, (state, commands, nowMs) => decide(asRead(state, commands, false), commands, nowMs));
});
