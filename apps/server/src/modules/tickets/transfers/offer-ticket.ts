import { formatId, type TicketKey } from '../../../platform/ids/index.ts';
import { hashOfSecret } from '../../accounts/index.ts';
import { underHead } from '../../sales/index.ts';
import { readEventTitle } from '../../catalog/index.ts';
import type { TicketsContext } from '../context.ts';
import { readTicket, setOfferedUntil, type Ticket } from '../queries/tickets.ts';
import { putTransfer } from '../queries/transfers.ts';
import { offeredTicketMail } from './mails.ts';
import { sealAddress } from './sealed-address.ts';
import { newTransferToken } from './transfer-token.ts';

const OFFER_MS = 7 * 24 * 3_600_000;

export type OfferTicket = {
  key: TicketKey;
  buyerKeys: readonly string[];
  /** To whom the link is mailed; null if the holder hands it over. As `parseEmail` gives it. */
  email: string | null;
  /** Who asks, so that mails can be counted. */
  address: string;
};

export type Offer = { email: string | null; token: string; expiresAtMs: number };
type Refusal = 'unknown_ticket' | 'revoked' | 'offered_back' | 'admitted';
export type OfferOutcome = { kind: 'offered'; offer: Offer } | { kind: Refusal };

/**
 * Offers a ticket to whoever shows the token, for a week. An earlier offer of the ticket is void then. The ticket stays the holder's,
 * and its code good, until somebody takes it. Throws TOO_MANY_ATTEMPTS where it is to be mailed.
 */
export async function offerTicket(tickets: TicketsContext, { key, buyerKeys, email, address }: OfferTicket): Promise<OfferOutcome> {
  const { db, accounts, offerKey } = tickets;
  if (email !== null) await accounts.mailedLinks.limitMails({ email, address });
  const token = newTransferToken(key);
  const outcome = await underHead<OfferOutcome>(db, key.eventId, async (tx, nowMs) => {
    const ticket = await readTicket(tx, key);
    const refusal = whyNot(ticket, buyerKeys);
    if (refusal) return { result: { kind: refusal }, facts: [] };
    const expiresAtMs = nowMs + OFFER_MS;
    const emailSealed = email === null ? null : sealAddress(offerKey, key, email);
    await putTransfer(tx, { ...key, secretHash: hashOfSecret(token), emailSealed, nowMs, expiresAtMs });
    await setOfferedUntil(tx, key, expiresAtMs);
    return { result: { kind: 'offered', offer: { email, token, expiresAtMs } }, facts: [] };
  });
  if (outcome?.kind === 'offered' && email !== null) mailOffer(tickets, key, { email, token });
  return outcome ?? { kind: 'unknown_ticket' };
}

function whyNot(ticket: Ticket | null, buyerKeys: readonly string[]): Refusal | null {
  if (!ticket || !buyerKeys.includes(ticket.buyerKey)) return 'unknown_ticket';
  if (ticket.state === 'revoked') return 'revoked';
  if (ticket.resaleAt) return 'offered_back';
  return ticket.admittedAt ? 'admitted' : null;
}

/** After the answer: a mail server is not to be waited for. If it fails, the holder offers the ticket again. */
function mailOffer(
  { accounts, catalog, mailer, publicUrl }: TicketsContext,
  { eventId }: TicketKey,
  to: { email: string; token: string },
): void {
  accounts.mailedLinks.runErrand('Mailing an offered ticket', async () => {
    const title = await readEventTitle(catalog, eventId);
    await mailer.send(offeredTicketMail(to.email, { token: to.token, title: title ?? formatId('evt', eventId), publicUrl }));
  });
}
