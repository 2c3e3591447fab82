import type { Db } from '../../platform/db/index.ts';
import { Lanes, type LaneSettings } from '../../platform/lane/index.ts';
import type { Random } from '../../platform/random.ts';
import type { LaneTelemetry, Log } from '../../platform/telemetry/index.ts';
import type { Sales } from './context.ts';
import type { LanePart } from './lane/lane-part.ts';
import { startExpirySweeper, type Sweeper } from './expiry-sweeper.ts';
import { buildHeads } from './lane/heads.ts';
import { buildSalePurpose } from './lane/sale-purpose.ts';

export type SalesOptions = {
  db: Db;
  /** A direct URL of PostgreSQL: a lane keeps settings and prepared statements on its connections. */
  laneUrl: string;
  settings: LaneSettings;
  random: Random;
  telemetry: LaneTelemetry;
  log: Log;
  /** What other modules write in the lanes' transactions. */
  parts?: readonly LanePart[];
};

export type SalesModule = Sales & {
  /** Begins to give back what falls due. */
  start(): void;
  /** Finishes what has begun, for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
};

/** The sale of every event: holding, confirming and giving back tickets, and what may be sold. */
export function buildSales({ db, laneUrl, settings, random, telemetry, log, parts = [] }: SalesOptions): SalesModule {
  const lanes = new Lanes({ purpose: buildSalePurpose(parts), heads: buildHeads(db), url: laneUrl, db, settings, telemetry, log });
  const sales = { db, lanes };
  let sweeper: Sweeper | null = null;
  return {
    ...sales,
    start: () => {
      sweeper ??= startExpirySweeper(sales, { random, log });
    },
    close: async (graceMs) => {
      const swept = sweeper?.stop();
      await lanes.close(graceMs);
      await swept;
    },
  };
}

export { bookingOfFact } from './booking-of-fact.ts';
export type { Sales } from './context.ts';
export type { SaleTerms, TicketTypeTerms } from './commands.ts';
export { PLAIN_PRICE, type PriceRules, type Pricing, type PromoCode, type PromoTerms, type Tier } from './prices.ts';
export { priceTags, type PriceTag } from './price-tags.ts';
export { listPromoCodes, readPromoCode } from './promo-codes.ts';
export type { Booking } from './decide/state.ts';
export type { Changes } from './decide/changes.ts';
export type { LanePart, LanePartBatch } from './lane/lane-part.ts';
export type { Account, Money, Owed, Tender, Transfer, TransferKind } from './money.ts';
export { parseBookingId, parseLines } from './routes/parse-ids.ts';
export { answerBooking } from './routes/booking-answer.ts';
export { awaitPayment, receivePayment, refundBooking, settleDispute, settleOwed } from './move-money.ts';
export type { BookingOutcome, ConfiguredOutcome, Refusal } from './outcomes.ts';
export type { SaleView } from './read-sale.ts';
export type { LaneSettings } from '../../platform/lane/index.ts';
export { canBecome, isPublic, isToBePublic } from './event-states.ts';
export { cancelBooking, confirmBooking, extendBooking, releaseBooking } from './change-booking.ts';
export { offerTickets, withdrawOffers } from './offer-tickets.ts';
export { parseSpareOffers, readSpareOffers, withdrawAtDoor, type AdmittedOffer } from './lane/withdraw-at-door.ts';
export { commandIdOf } from './command-id.ts';
export { configure } from './configure.ts';
export { findInvalidSale } from './decide/terms.ts';
export { createSale } from './create-sale.ts';
export { expireDueEvents } from './expiry-sweeper.ts';
export { parseFactNumbers, readFactNumbers, writeNumberedFacts } from './lane/fact-numbers.ts';
export { buildHeads } from './lane/heads.ts';
export { readFactPositions, type FactPosition } from './fact-positions.ts';
export { ClientGone, CommandFailed, LaneBusy, OutcomeUnknown } from '../../platform/lane/index.ts';
export { placeBooking } from './place-booking.ts';
export { purgeSale } from './purge-event.ts';
export { presentBooking } from './present-booking.ts';
export { underHead, type HeadWork } from './under-head.ts';
export { readBooking, readBookings } from './read-booking.ts';
export { readSale, readSales } from './read-sale.ts';
export { problemOfLaneError, problemOfRefusal } from './errors.ts';
export { bookingRoutes, internalBookingRoutes } from './routes/index.ts';
export { sellAtDesk, type DeskSale } from './sell-at-desk.ts';
export { sumBookings, type BookingSum, type BookingSums } from './sum-bookings.ts';
export type { AuditDesk } from './audit/index.ts';
export { auditedEventIds, auditEvent, buildAuditDesk, presentAudit, startContinuousAudit } from './audit/index.ts';
export { isEventPublic } from './is-event-public.ts';
export { buildKeyedReader, type KeyedReader } from './keyed-reader.ts';
export { readAuditRoute } from './routes/read-audit.ts';
