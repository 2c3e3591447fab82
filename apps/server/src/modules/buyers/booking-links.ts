import { hashOfSecret, newSecret, type BuyerSession } from '../accounts/index.ts';
import type { BuyersContext } from './context.ts';
import { bookingLinkMail } from './mails.ts';
import { readNewestOfEach } from './queries/bookings.ts';
import { findContact, verifyContacts } from './queries/contacts.ts';
import { insertLink, takeLink } from './queries/links.ts';

const LINK_MS = 3_600_000;
const BUYERS_MAX = 50;
/** Of each buyer; the rest is listed with the session. */
const BOOKINGS_SHOWN = 20;

export type RequestLink = { email: string; address: string };

/**
 * Mails a link to the bookings of an address, if a buyer has given it. The answer and its time are the same if nobody has.
 * Throws TOO_MANY_ATTEMPTS, by what was asked for and by whom alone.
 */
export async function requestBookingLink(buyers: BuyersContext, { email, address }: RequestLink): Promise<void> {
  const { db, vault, clock, mailer, accounts, publicUrl } = buyers;
  await accounts.mailedLinks.limitMails({ email, address });
  accounts.mailedLinks.runErrand('Mailing a link to bookings', async () => {
    const contact = await findContact(db, vault.lookups(email));
    if (!contact) return;
    const token = newSecret('mlt');
    const { emailLookup, mailboxLookup } = contact;
    await insertLink(db, { tokenHash: hashOfSecret(token), emailLookup, mailboxLookup, expiresAtMs: clock.nowMs() + LINK_MS });
    // To the mailbox that a buyer gave, not to what was typed: providers may tell apart what is one address here. For the
    // same reason the link opens what was booked with this very mailbox.
    await mailer.send(bookingLinkMail(vault.unseal(contact.buyerKey, contact), { token, publicUrl }));
  });
}

export type OpenedBuyer = { session: BuyerSession; bookings: { eventId: string; bookingId: string }[] };
export type OpenOutcome = { kind: 'opened'; buyers: OpenedBuyer[] } | { kind: 'link_invalid' };

/** Sessions of the buyers whose links go to the mailbox that the token was mailed to. Throws TOO_MANY_ATTEMPTS. */
export async function openBookingLink(
  { db, clock, accounts }: BuyersContext,
  { token, address }: { token: string; address: string },
): Promise<OpenOutcome> {
  await accounts.mailedLinks.limitSecrets(address);
  const nowMs = clock.nowMs();
  const buyerKeys = await db.transaction(async (tx) => {
    const link = await takeLink(tx, hashOfSecret(token), nowMs);
    return link && verifyContacts(tx, { ...link, nowMs, limit: BUYERS_MAX });
  });
  if (!buyerKeys) return { kind: 'link_invalid' };
  const rows = Map.groupBy(await readNewestOfEach(db, buyerKeys, BOOKINGS_SHOWN), (row) => row.buyerKey);
  const buyers = buyerKeys.map((key) => ({ session: accounts.renewBuyerSession(key), bookings: rows.get(key) ?? [] }));
  // Those with something in them first.
  return { kind: 'opened', buyers: buyers.sort((one, other) => other.bookings.length - one.bookings.length) };
}
