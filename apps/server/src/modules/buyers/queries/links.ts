import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { EmailLookups } from '../contact-vault.ts';

export async function insertLink(on: Queryable, link: EmailLookups & { tokenHash: Buffer; expiresAtMs: number }): Promise<void> {
  await on.query('insert into buyers.links (token_hash, email_lookup, mailbox_lookup, expires_at) values ($1, $2, $3, $4)', [
    link.tokenHash,
    link.emailLookup,
    link.mailboxLookup,
    new Date(link.expiresAtMs),
  ]);
}

/** Uses a link up; null if it was used, has run out or never was. Of two at once one gets it. */
export async function takeLink(tx: Tx, tokenHash: Buffer, nowMs: number): Promise<EmailLookups | null> {
  const rows = await tx.query<EmailLookups>(
    `delete from buyers.links where token_hash = $1 and expires_at > $2
     returning email_lookup as "emailLookup", mailbox_lookup as "mailboxLookup"`,
    [tokenHash, new Date(nowMs)],
  );
  return rows[0] ?? null;
}

const PURGED_MAX = 1_000;

/** Removes what has run out, a bounded number; answers whether there may be more. */
export async function purgeLinks(on: Queryable, nowMs: number): Promise<boolean> {
  const rows = await on.query(
    `delete from buyers.links where token_hash in (
       select token_hash from buyers.links where expires_at < $1 limit ${PURGED_MAX} for update skip locked) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === PURGED_MAX;
}
