import type {
  AwaitPaymentCommand,
  BookingCommand,
  CancelCommand,
  ChangePromoCodeCommand,
  ChangeQuotaCommand,
  ChangeSaleCommand,
  ChangeTicketTypeCommand,
  Command,
  ConfirmCommand,
  CreatePromoCodeCommand,
  CreateQuotaCommand,
  CreateTicketTypeCommand,
  Desk,
  DisputeCommand,
  ExtendCommand,
  OfferCommand,
  PlaceCommand,
  ReceivePaymentCommand,
  RefundCommand,
  ReleaseCommand,
  SetAsideCommand,
  SettleOwedCommand,
} from '../../commands.ts';
import { OPEN_TYPE } from './build-state.ts';

/** Commands with everything that a test does not care about filled in. A fingerprint says what was asked, as the use cases' do. */
export function place(of: Partial<PlaceCommand> & Pick<PlaceCommand, 'bookingId'>): PlaceCommand {
  const lines = of.lines ?? [{ ticketTypeId: 'type-0', quantity: 1 }];
  const asked = { buyerKey: 'buyer-0', accessCode: null, promoCode: null, expectedTotalMinor: null, confirm: false, ...of, lines };
  return {
    ...asked,
    kind: 'place',
    fingerprint: of.fingerprint ?? fingerprint([asked.lines, asked.accessCode, asked.promoCode, asked.confirm, asked.desk ?? null]),
  };
}

/** A sale at a desk, at once. */
export function sellAtDesk(of: Partial<PlaceCommand> & Pick<PlaceCommand, 'bookingId'>, desk: Partial<Desk> = {}): PlaceCommand {
  return place({ buyerKey: 'desk-0', ...of, confirm: true, desk: { tender: 'cash', fromSetAside: false, ...desk } });
}

type OnBooking<Kind extends Command> = Partial<Kind> & { commandId: string; bookingId: string };

function onBooking<Of extends OnBooking<BookingCommand>>(of: Of) {
  return { actor: { kind: 'organizer' as const }, ...of, fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function release(of: OnBooking<ReleaseCommand>): ReleaseCommand {
  return { ...onBooking(of), kind: 'release' };
}

export function cancel(of: OnBooking<CancelCommand>): CancelCommand {
  return { ...onBooking(of), kind: 'cancel' };
}

export function confirm(of: OnBooking<ConfirmCommand>): ConfirmCommand {
  return { tender: null, ...onBooking(of), kind: 'confirm' };
}

export function extend(of: OnBooking<ExtendCommand>): ExtendCommand {
  return { extensionMs: null, ...onBooking(of), kind: 'extend' };
}

export function offer(of: Partial<OfferCommand> & { commandId: string; bookingId: string }): OfferCommand {
  const asked = { tickets: [1], isWithdrawn: false, actor: { kind: 'organizer' } as const, ...of };
  return { ...asked, kind: 'offer', fingerprint: of.fingerprint ?? fingerprint(asked) };
}

export function awaitPayment(of: OnBooking<AwaitPaymentCommand>): AwaitPaymentCommand {
  return { ...onBooking({ paymentRef: `pay-${of.bookingId}`, ...of }), kind: 'await-payment' };
}

export function receivePayment(of: OnBooking<ReceivePaymentCommand> & { receivedMinor: number }): ReceivePaymentCommand {
  return { ...onBooking({ paymentRef: `pay-${of.bookingId}`, currency: 'EUR', ...of }), kind: 'receive-payment' };
}

/** All tickets, for what they cost, unless it says otherwise. */
export function refund(of: OnBooking<RefundCommand>): RefundCommand {
  const whole = { tickets: 'all' as const, amountMinor: null, keepFees: false, restock: true, reason: 'asked' };
  return { ...onBooking({ ...whole, ...of }), kind: 'refund' };
}

export function settleOwed(of: OnBooking<SettleOwedCommand> & Pick<SettleOwedCommand, 'owed'>): SettleOwedCommand {
  return { ...onBooking({ isDone: true, ...of }), kind: 'settle-owed' };
}

export function dispute(of: OnBooking<DisputeCommand> & Pick<DisputeCommand, 'status' | 'amountMinor'>): DisputeCommand {
  return { ...onBooking({ currency: 'EUR', ...of }), kind: 'dispute' };
}

type Configuring<Kind extends Command> = Omit<Kind, 'kind' | 'fingerprint'> & { fingerprint?: string };

export function changeSale(of: Configuring<ChangeSaleCommand>): ChangeSaleCommand {
  return { ...of, kind: 'change-sale', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function createTicketType(
  of: Omit<Configuring<CreateTicketTypeCommand>, 'terms'> & { terms?: Partial<CreateTicketTypeCommand['terms']> },
): CreateTicketTypeCommand {
  return { ...of, kind: 'create-ticket-type', fingerprint: of.fingerprint ?? fingerprint(of), terms: { ...OPEN_TYPE, ...of.terms } };
}

export function changeTicketType(
  of: Partial<ChangeTicketTypeCommand> & { commandId: string; ticketTypeId: string },
): ChangeTicketTypeCommand {
  return { capacity: null, changes: {}, ...of, kind: 'change-ticket-type', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function setAside(of: Configuring<SetAsideCommand>): SetAsideCommand {
  return { ...of, kind: 'set-aside', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function createQuota(of: Configuring<CreateQuotaCommand>): CreateQuotaCommand {
  return { ...of, kind: 'create-quota', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function changeQuota(of: Partial<ChangeQuotaCommand> & { commandId: string; quotaId: string }): ChangeQuotaCommand {
  return { capacity: null, ticketTypeIds: null, ...of, kind: 'change-quota', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function createPromoCode(of: Configuring<CreatePromoCodeCommand>): CreatePromoCodeCommand {
  return { ...of, kind: 'create-promo-code', fingerprint: of.fingerprint ?? fingerprint(of) };
}

export function changePromoCode(of: Configuring<ChangePromoCodeCommand>): ChangePromoCodeCommand {
  return { ...of, kind: 'change-promo-code', fingerprint: of.fingerprint ?? fingerprint(of) };
}

/** Two commands have the same fingerprint exactly when they ask the same; their ids are no part of it. */
function fingerprint(asked: object): string {
  return JSON.stringify(asked, (key, value: unknown) => (key === 'commandId' ? undefined : value));
}
