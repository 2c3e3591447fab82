import type { Command, RefundCommand } from '../../commands.ts';
import { decide } from '../decide.ts';
import type { Booking, SaleState } from '../state.ts';
import { applyChanges } from './apply-changes.ts';
import * as build from './build-commands.ts';
import { booking, buildState, NOW_MS, ticketType } from './build-state.ts';
import { asRead } from './lives-with-offers.ts';

export const LINE = { ticketTypeId: 'type-0', quantity: 2, unitPriceMinor: 900 };
const PAID = { tender: 'card', paymentRef: 'pay-0', extraMinor: 50, totalMinor: 1_850, paidMinor: 1_850 } as const;

/** Two sellers with two tickets each, who offered in the order first 2, then 1; and a hold on the last place. */
export function fullHouse(
  of: { sellers?: readonly Partial<Booking>[]; taken?: number; terms?: Parameters<typeof buildState>[0]['terms'] } = {},
): SaleState {
  const [first = {}, second = {}] = of.sellers ?? [];
  const bookings = [
    booking({
      id: 'booking-0',
      state: 'confirmed',
      lines: [LINE],
      ...PAID,
      offers: [
        { number: 2, seq: -2 },
        { number: 1, seq: -1 },
      ],
      ...first,
    }),
    booking({ id: 'booking-1', buyerKey: 'buyer-1', state: 'confirmed', lines: [LINE], ...PAID, paymentRef: 'pay-1', ...second }),
    booking({ id: 'booking-2', buyerKey: 'buyer-2', lines: [{ ...LINE, quantity: 1 }], totalMinor: 900 }),
  ];
  const { taken = 1, terms = {} } = of;
  return buildState({
    terms,
    types: [ticketType({ id: 'type-0', capacity: taken === 0 ? 5 : 4, taken, terms: { priceMinor: 900 } })],
    bookings,
  });
}

export type Step = { state: SaleState; revoked: unknown; owed: unknown; kinds: string[] };

/** Decides on what a batch would read, and writes it. */
export function step(state: SaleState, ...commands: Command[]): Step {
  const { outcomes, changes } = decide(asRead(state, commands, NOW_MS), commands, NOW_MS);
  const owed = changes.owed.map(({ bookingId, kind, amountMinor, reason }) => ({ bookingId, kind, amountMinor, reason }));
  return { state: applyChanges(state, changes), revoked: changes.revoked, owed, kinds: outcomes.map((outcome) => outcome.kind) };
}

export const pay = (bookingId: string, receivedMinor = 900): Command => {
  const commandId = `paid ${bookingId}`;
  const actor = { kind: 'organizer' } as const;
  return {
    kind: 'receive-payment',
    commandId,
    fingerprint: commandId,
    bookingId,
    actor,
    paymentRef: `for ${bookingId}`,
    receivedMinor,
    currency: 'EUR',
  };
};
export const refund = (of: Partial<RefundCommand> = {}): Command => {
  const asked = {
    commandId: 'refund',
    bookingId: 'booking-0',
    tickets: [2],
    amountMinor: null,
    keepFees: false,
    restock: true,
    reason: 'asked',
    ...of,
  };
  return { kind: 'refund', fingerprint: 'refund', actor: { kind: 'organizer' }, ...asked };
};
export const dispute = (status: 'opened' | 'won' | 'lost'): Command => {
  const ids = { commandId: `dispute ${status}`, fingerprint: status, bookingId: 'booking-0', actor: { kind: 'organizer' } as const };
  return { kind: 'dispute', ...ids, status, amountMinor: 1_850, currency: 'EUR' };
};
export const offer = (tickets: readonly number[] = [1], of: { bookingId?: string; isWithdrawn?: boolean } = {}) =>
  build.offer({ commandId: `offer ${tickets} ${of.isWithdrawn}`, bookingId: 'booking-1', tickets, ...of });
export const typeOf = ({ ticketTypes }: SaleState) => {
  const { held, sold, setAside, offered, taken } = ticketTypes.get('type-0') ?? ticketType({ id: 'none' });
  return { held, sold, setAside, offered, taken };
};
