-- What the audit has verified so far, per event: the ledger up to ledger_seq, and its sums. A broken audit
-- leaves both as they are. The lane neither reads nor writes these tables.
create table sales.audit_checkpoints (
  event_id uuid not null,
  ledger_seq bigint not null,
  checked_at timestamptz not null,
  constraint audit_checkpoints_pkey primary key (event_id),
  constraint audit_checkpoints_ledger_seq check (ledger_seq >= 0)
) with (fillfactor = 70);

-- The sums of the ledger up to the checkpoint, one row per ticket type or quota (subject).
create table sales.audit_sums (
  event_id uuid not null,
  subject_id uuid not null,
  capacity bigint not null,
  held bigint not null,
  sold bigint not null,
  set_aside bigint not null,
  constraint audit_sums_pkey primary key (event_id, subject_id)
) with (fillfactor = 70);
