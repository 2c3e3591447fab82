import { isPending, isSold, stockOf } from '../../booking-states.ts';
import { NO_MONEY } from '../../money.ts';
import type { SaleTerms, TicketTypeTerms } from '../../commands.ts';
import { PLAIN_PRICE, type PromoCode } from '../../prices.ts';
import { leftByLine, ticketTypeOf } from '../../booking-tickets.ts';
import type { Booking, BookingLine, Offer, Quota, SaleState, TicketType } from '../state.ts';

/** The batch's time in these tests; every other time is given relative to it. */
export const NOW_MS = 1_800_000_000_000;

export const OPEN_SALE: SaleTerms = {
  state: 'on_sale',
  holdLengthMs: 600_000,
  salesStartMs: null,
  salesEndMs: null,
  bookingMax: 100,
  buyerMax: null,
  pricing: null,
  publishAtMs: null,
  endsAtMs: null,
  resale: true,
};

export const OPEN_TYPE: TicketTypeTerms = {
  state: 'on_sale',
  position: 0,
  priceMinor: 0,
  salesStartMs: null,
  salesEndMs: null,
  bookingMin: 1,
  bookingMax: 100,
  buyerMax: null,
  accessCode: null,
  ...PLAIN_PRICE,
};

/** A ticket type; what is not said is an open type of ten free tickets. */
export function ticketType(of: { id: string; terms?: Partial<TicketTypeTerms> } & Partial<Omit<TicketType, 'terms'>>): TicketType {
  const { terms, ...rest } = of;
  return { capacity: 10, held: 0, sold: 0, setAside: 0, offered: 0, taken: 0, ...rest, terms: { ...OPEN_TYPE, ...terms } };
}

/** A booking in the given state; its lines' prices say what it costs. Times fit the state. */
export function booking(of: { id: string } & Partial<Booking>): Booking {
  const state = of.state ?? 'held';
  const lines: readonly BookingLine[] = of.lines ?? [{ ticketTypeId: 'type-0', quantity: 1, unitPriceMinor: 0 }];
  const isClosed = stockOf(state) === null;
  return {
    ...NO_MONEY,
    returned: [],
    offers: [],
    buyerKey: 'buyer-0',
    fingerprint: 'as-placed',
    state,
    lines,
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    extraMinor: 0,
    charges: null,
    promoCode: null,
    currency: 'EUR',
    heldAtMs: NOW_MS - 60_000,
    expiresAtMs: state === 'expired' ? NOW_MS - 1_000 : NOW_MS + 60_000,
    extended: false,
    confirmedAtMs: isSold(state) ? NOW_MS - 30_000 : null,
    closedAtMs: isClosed ? NOW_MS - 1_000 : null,
    ledgerSeq: 1,
    ...of,
  };
}

export type StateParts = {
  terms?: Partial<SaleTerms>;
  /**
   * Counters of types: what others than the named bookings hold, have bought or have had set aside. What is taken of the named
   * bookings' offers is held by these bookings, too.
   */
  types: readonly TicketType[];
  quotas?: readonly { id: string; ticketTypeIds: readonly string[]; capacity: number }[];
  bookings?: readonly Booking[];
  moreDue?: boolean;
  /** `used`: by others than the named bookings. */
  promoCodes?: readonly PromoCode[];
};

/**
 * A state in which everything agrees: the counters of types and codes are what is given and what the bookings keep,
 * those of quotas are the sums over their types, and the buyers' totals and uses are the sums of their bookings.
 */
export function buildState(parts: StateParts): SaleState {
  const { terms, types, quotas = [], bookings = [], moreDue = false } = parts;
  const counted = new Map(types.map((type) => [type.id, { ...type }]));
  const buyerTotals = new Map<string, Map<string, number>>();
  const promoCodes = new Map(parts.promoCodes?.map((promo) => [promo.code, { ...promo }]));
  const promoUses = new Map<string, Map<string, number>>();
  for (const each of bookings) {
    countBooking(each, counted, buyerTotals);
    countUse(each, promoCodes, promoUses);
  }
  const offers = countOffers(bookings, counted);
  const due = bookings.filter((each) => isPending(each.state) && each.expiresAtMs <= NOW_MS).map((each) => each.id);
  return {
    eventId: 'event-0',
    head: { currency: 'EUR', terms: { ...OPEN_SALE, ...terms }, factSeq: 7, ledgerSeq: 20, transferSeq: 5 },
    ticketTypes: counted,
    quotas: new Map(quotas.map((quota) => [quota.id, { ...quota, ...sumOver(counted, quota.ticketTypeIds) }])),
    buyerTotals,
    promoCodes,
    promoUses,
    bookings: new Map(bookings.map((each) => [each.id, each])),
    offers,
    // More were due than were read: then the last of them is not in the list.
    dueBookingIds: moreDue ? due.slice(0, -1) : due,
    moreDue,
    executed: new Map(),
  };
}

function countBooking(each: Booking, types: Map<string, TicketType>, buyerTotals: Map<string, Map<string, number>>): void {
  const stock = stockOf(each.state);
  if (stock === null) return;
  const left = leftByLine(each);
  const ofBuyer = buyerTotals.get(each.buyerKey) ?? new Map<string, number>();
  buyerTotals.set(each.buyerKey, ofBuyer);
  for (const [index, { ticketTypeId }] of each.lines.entries()) {
    const quantity = left[index] ?? 0;
    const type = types.get(ticketTypeId);
    if (type) type[stock] += quantity;
    ofBuyer.set(ticketTypeId, (ofBuyer.get(ticketTypeId) ?? 0) + quantity);
  }
}

/** What waits for an offered place does not count as held. */
function countOffers(bookings: readonly Booking[], types: Map<string, TicketType>): Map<string, Offer[]> {
  const offers = bookings
    .flatMap(({ id, lines, offers: open }) =>
      open.map((each) => ({ ...each, bookingId: id, ticketTypeId: ticketTypeOf(lines, each.number) })),
    )
    .sort((a, b) => a.seq - b.seq);
  for (const { ticketTypeId } of offers) {
    const type = types.get(ticketTypeId);
    if (type) type.offered += 1;
  }
  for (const type of types.values()) type.held -= type.taken;
  return Map.groupBy(offers, (each) => each.ticketTypeId);
}

function countUse({ state, promoCode, buyerKey }: Booking, codes: Map<string, PromoCode>, uses: Map<string, Map<string, number>>): void {
  const promo = promoCode === null ? undefined : codes.get(promoCode);
  if (!promo || stockOf(state) === null) return;
  promo.used += 1;
  if (promo.buyerUsesMax === null) return;
  const ofBuyer = uses.get(buyerKey) ?? new Map<string, number>();
  uses.set(buyerKey, ofBuyer.set(promo.code, (ofBuyer.get(promo.code) ?? 0) + 1));
}

/** A code for half the price that anyone may use; what is not said is without limits. */
export function promoCode(of: { code: string } & Partial<PromoCode>): PromoCode {
  const open = { state: 'active', kind: 'percent', value: 500_000, ticketTypeIds: null, startsAtMs: null, endsAtMs: null } as const;
  return { ...open, usesMax: null, buyerUsesMax: null, used: 0, ...of };
}

/** The counters of a quota over the given types. */
export function sumOver(types: ReadonlyMap<string, TicketType>, ids: readonly string[]): Pick<Quota, 'held' | 'sold' | 'setAside'> {
  const sum = { held: 0, sold: 0, setAside: 0 };
  for (const id of ids) {
    const type = types.get(id);
    sum.held += type?.held ?? 0;
    sum.sold += type?.sold ?? 0;
    sum.setAside += type?.setAside ?? 0;
  }
  return sum;
}
