import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { TicketKey } from '../../../platform/ids/index.ts';

export type Transfer = { secretHash: Buffer; emailSealed: Buffer | null; expiresAt: Date; acceptedAt: Date | null };

const COLUMNS = 'secret_hash as "secretHash", email_sealed as "emailSealed", expires_at as "expiresAt", accepted_at as "acceptedAt"';

export async function readTransfer(on: Queryable, { eventId, bookingId, number }: TicketKey): Promise<Transfer | null> {
  const rows = await on.query<Transfer>(
    `select ${COLUMNS} from tickets.transfers where event_id = $1 and booking_id = $2 and number = $3`,
    [eventId, bookingId, number],
  );
  return rows[0] ?? null;
}

export type NewTransfer = TicketKey & { secretHash: Buffer; emailSealed: Buffer | null; nowMs: number; expiresAtMs: number };

/** In place of what was offered before. */
export async function putTransfer(tx: Tx, offer: NewTransfer): Promise<void> {
  const { eventId, bookingId, number, secretHash, emailSealed, nowMs, expiresAtMs } = offer;
  await tx.query(
    `insert into tickets.transfers (event_id, booking_id, number, secret_hash, email_sealed, offered_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (event_id, booking_id, number) do update set secret_hash = excluded.secret_hash, email_sealed = excluded.email_sealed,
       offered_at = excluded.offered_at, expires_at = excluded.expires_at, accepted_at = null`,
    [eventId, bookingId, number, secretHash, emailSealed, new Date(nowMs), new Date(expiresAtMs)],
  );
}

/** The address is needed no more; the secret is known for a while, so that who took the ticket may ask again. */
export async function markAccepted(tx: Tx, { eventId, bookingId, number }: TicketKey, nowMs: number): Promise<void> {
  await tx.query(
    `update tickets.transfers set accepted_at = $4, email_sealed = null where event_id = $1 and booking_id = $2 and number = $3`,
    [eventId, bookingId, number, new Date(nowMs)],
  );
}

/** False if nothing was offered, or it was taken. */
export async function deleteOffer(tx: Tx, { eventId, bookingId, number }: TicketKey): Promise<boolean> {
  const rows = await tx.query(
    `delete from tickets.transfers where event_id = $1 and booking_id = $2 and number = $3 and accepted_at is null returning 1`,
    [eventId, bookingId, number],
  );
  return rows.length === 1;
}

const PURGED_MAX = 1_000;

/** Removes what has run out, a bounded number; answers whether there may be more. */
export async function purgeTransfers(on: Queryable, nowMs: number): Promise<boolean> {
  const rows = await on.query(
    `delete from tickets.transfers where ctid = any(array(
       select ctid from tickets.transfers where expires_at < $1 limit ${PURGED_MAX} for update skip locked)) returning 1`,
    [new Date(nowMs)],
  );
  return rows.length === PURGED_MAX;
}
