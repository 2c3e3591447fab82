-- Mass refunds. What a run has done is in its rows: any server picks it up where another has left it.
create table payments.refund_runs (
  event_id uuid not null,
  id uuid not null,
  fingerprint uuid not null,
  -- gathering (its bookings) → asking (their buyers, until decide_until) → refunding → done; refund_all asks nobody.
  state text not null,
  choice text not null,
  -- What becomes of those whose buyers say nothing.
  by_default text not null,
  decide_until timestamptz,
  keep_fees boolean not null,
  restock boolean not null,
  -- The last fact of the event whose booking was gathered.
  cursor bigint not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  -- Until then it belongs to the server that took it.
  lease_until timestamptz not null default '-infinity',
  constraint refund_runs_pkey primary key (event_id, id),
  constraint refund_runs_state check (state in ('gathering', 'asking', 'refunding', 'done')),
  constraint refund_runs_choice check (choice in ('refund_all', 'keep_or_refund')),
  constraint refund_runs_default check (by_default in ('keep', 'refund')),
  constraint refund_runs_until check ((choice = 'keep_or_refund') = (decide_until is not null))
) with (fillfactor = 50);

-- One at a time for an event.
create unique index refund_runs_open on payments.refund_runs (event_id) where state <> 'done';
-- What servers look for.
create index refund_runs_due on payments.refund_runs (lease_until) where state <> 'done';

create table payments.refund_run_bookings (
  event_id uuid not null,
  run_id uuid not null,
  booking_id uuid not null,
  -- asked (the buyer may choose) → kept or pending (to be refunded) → refunded or failed.
  state text not null,
  detail text,
  decided_at timestamptz,
  constraint refund_run_bookings_pkey primary key (event_id, run_id, booking_id),
  constraint refund_run_bookings_state check (state in ('asked', 'kept', 'pending', 'refunded', 'failed'))
) with (fillfactor = 70);
