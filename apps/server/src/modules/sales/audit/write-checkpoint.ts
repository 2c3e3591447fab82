import { bigintArray, uuidArray, type Tx } from '../../../platform/db/index.ts';
import type { AuditMode } from './audit-report.ts';
import { STATEMENT_MAX_MS } from '../keyed-reader.ts';
import type { StockSums } from './stock-sums.ts';

export type Checkpoint = { eventId: string; ledgerSeq: number; mode: AuditMode; sums: StockSums };

/**
 * Audits of several servers end in any order, and a later checkpoint must not be replaced by an earlier one; a full
 * audit owes nothing to the last checkpoint and always replaces it. The share of the head's key hinders no lane, and keeps a
 * checkpoint from outliving an event that is purged.
 */
const MOVE_CHECKPOINT = `
insert into sales.audit_checkpoints as c (event_id, ledger_seq, checked_at)
select event_id, $2::bigint, statement_timestamp() from sales.heads where event_id = $1 for key share
on conflict (event_id) do update set ledger_seq = excluded.ledger_seq, checked_at = excluded.checked_at
where c.ledger_seq <= excluded.ledger_seq or $3
returning c.event_id`;

const LIMIT_STATEMENTS = `set local statement_timeout = ${STATEMENT_MAX_MS}`;

const DELETE_SUMS = 'delete from sales.audit_sums where event_id = $1';

const INSERT_SUMS = `
insert into sales.audit_sums (event_id, subject_id, capacity, held, sold, set_aside, taken)
select $1, s.subject_id, s.capacity, s.held, s.sold, s.set_aside, s.taken
from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
  as s (subject_id, capacity, held, sold, set_aside, taken)`;

/** Keeps what a clean audit has verified. The checkpoint's row is locked first, so that its sums are never mixed. */
export async function writeCheckpoint(tx: Tx, checkpoint: Checkpoint): Promise<void> {
  const { eventId, ledgerSeq, mode, sums } = checkpoint;
  await tx.query(LIMIT_STATEMENTS);
  const moved = await tx.query(MOVE_CHECKPOINT, [eventId, ledgerSeq, mode === 'full']);
  if (moved.length === 0) return;
  const stocks = [...sums.values()];
  await tx.query(DELETE_SUMS, [eventId]);
  await tx.query(INSERT_SUMS, [
    eventId,
    uuidArray([...sums.keys()]),
    bigintArray(stocks.map((stock) => stock.capacity)),
    bigintArray(stocks.map((stock) => stock.held)),
    bigintArray(stocks.map((stock) => stock.sold)),
    bigintArray(stocks.map((stock) => stock.setAside)),
    bigintArray(stocks.map((stock) => stock.taken)),
  ]);
}
