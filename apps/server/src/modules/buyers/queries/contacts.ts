import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { EmailLookups, SealedContact } from '../contact-vault.ts';

export type ContactRow = SealedContact & { buyerKey: string };
export type NewContact = ContactRow & EmailLookups & { setAt: Date };

const COLUMNS = `c.buyer_key as "buyerKey", k.sealed_key as "sealedKey", c.email_sealed as "emailSealed"`;
const WITH_KEYS = 'buyers.contacts c join buyers.contact_keys k on k.buyer_key = c.buyer_key';

/** One after the other: a row that is not there yet cannot be locked, and key and address must come and go together. */
async function lockContact(tx: Tx, buyerKey: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('contact of ' || $1, 0))`, [buyerKey]);
}

/** Sets or replaces it, with its key: what was there before cannot be read any more. The same address stays verified. */
export async function upsertContact(tx: Tx, contact: NewContact): Promise<void> {
  const { buyerKey, sealedKey, emailLookup, mailboxLookup, emailSealed, setAt } = contact;
  await lockContact(tx, buyerKey);
  await tx.query(
    `insert into buyers.contact_keys (buyer_key, sealed_key) values ($1, $2)
     on conflict (buyer_key) do update set sealed_key = excluded.sealed_key`,
    [buyerKey, sealedKey],
  );
  await tx.query(
    `insert into buyers.contacts as c (buyer_key, email_lookup, mailbox_lookup, email_sealed, set_at) values ($1, $2, $3, $4, $5)
     on conflict (buyer_key) do update set email_lookup = excluded.email_lookup, mailbox_lookup = excluded.mailbox_lookup,
       email_sealed = excluded.email_sealed, set_at = excluded.set_at,
       verified_at = case when c.mailbox_lookup = excluded.mailbox_lookup then c.verified_at end`,
    [buyerKey, emailLookup, mailboxLookup, emailSealed, setAt],
  );
}

export async function readContactRow(on: Queryable, buyerKey: string): Promise<ContactRow | null> {
  const rows = await on.query<ContactRow>(`select ${COLUMNS} from ${WITH_KEYS} where c.buyer_key = $1`, [buyerKey]);
  return rows[0] ?? null;
}

export async function deleteContact(tx: Tx, buyerKey: string): Promise<void> {
  await lockContact(tx, buyerKey);
  await tx.query('delete from buyers.contact_keys where buyer_key = $1', [buyerKey]);
  await tx.query('delete from buyers.contacts where buyer_key = $1', [buyerKey]);
}

/** The contact that stands for an address: the very mailbox that was asked for, else the one that was given first. */
export async function findContact(
  on: Queryable,
  { emailLookup, mailboxLookup }: EmailLookups,
): Promise<(ContactRow & EmailLookups) | null> {
  const rows = await on.query<ContactRow & EmailLookups>(
    `select ${COLUMNS}, c.email_lookup as "emailLookup", c.mailbox_lookup as "mailboxLookup" from ${WITH_KEYS}
     where c.email_lookup = $1 order by (c.mailbox_lookup = $2) desc, c.set_at, c.buyer_key limit 1`,
    [emailLookup, mailboxLookup],
  );
  return rows[0] ?? null;
}

/**
 * Marks the buyers of a mailbox as verified and answers their keys: at most `limit`, those who have bookings first, so that
 * a stranger who gives the address to empty sessions does not crowd out who has something to find.
 */
export async function verifyContacts(
  tx: Tx,
  { emailLookup, mailboxLookup, nowMs, limit }: EmailLookups & { nowMs: number; limit: number },
): Promise<string[]> {
  // Two links of one mailbox would lock the same rows, each in an order of its own.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('mailbox ' || encode($1, 'hex'), 0))`, [mailboxLookup]);
  const rows = await tx.query<{ buyerKey: string }>(
    `update buyers.contacts set verified_at = coalesce(verified_at, $3)
     where buyer_key in (
       select c.buyer_key from ${WITH_KEYS} where c.email_lookup = $1 and c.mailbox_lookup = $2
       order by exists (select 1 from buyers.bookings b where b.buyer_key = c.buyer_key) desc, c.set_at desc, c.buyer_key limit $4)
     and mailbox_lookup = $2
     returning buyer_key as "buyerKey"`,
    [emailLookup, mailboxLookup, new Date(nowMs), limit],
  );
  return rows.map((row) => row.buyerKey);
}
