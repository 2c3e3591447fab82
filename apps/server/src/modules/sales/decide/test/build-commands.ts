import type {
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
  ExtendCommand,
  OfferCommand,
  PlaceCommand,
  ReleaseCommand,
  SetAsideCommand,
} from '../../commands.ts';
import { OPEN_TYPE } from './build-state.ts';

/** Commands with everything that a test does not care about filled in. A fingerprint says what was asked, as the use cases' do. */
export function place(of: Partial<PlaceCommand> & Pick<PlaceCommand, 'bookingId'>): PlaceCommand {
  const lines = of.lines ?? [{ ticketTypeId: 'type-0', quantity: 1 }];
  const asked = { buyerKey: 'buyer-0', accessCode: null, promoCode: null, expectedTotalMinor: null, confirm: false, ...of, lines };
  return {
    ...asked,
    kind: 'place',
    fingerprint: of.fingerprint ?? fingerprint([asked.lines, asked.accessCode, asked.promoCode, asked.confirm]),
  };
}

type OnBooking<Kind extends Command> = Partial<Kind> & { commandId: string; bookingId: string };

function onBooking(of: OnBooking<ReleaseCommand | ExtendCommand | ConfirmCommand | CancelCommand>) {
  return { actor: { kind: 'organizer' }, ...of, fingerprint: of.fingerprint ?? fingerprint(of) } as const;
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
