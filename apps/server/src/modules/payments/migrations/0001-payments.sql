-- Cell tables of money: event_id is part of every key, no foreign keys to other homes, no triggers.
create schema payments;

-- Append-only, double-entry: each row moves an amount from the account `credit` to the account `debit`, dense from 1 for
-- each event, in commit order. No statement changes a row; the audit looks at the density and adds everything up again.
create table payments.transfers (
  event_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  booking_id uuid not null,
  debit text not null,
  credit text not null,
  amount_minor bigint not null,
  currency text not null,
  constraint transfers_pkey primary key (event_id, seq),
  constraint transfers_amount check (amount_minor > 0),
  constraint transfers_sides check (debit <> credit)
);

-- The bookings that money moved for, and the history of each. No lane reads the table, so an index may begin with event_id.
create index transfers_of_booking on payments.transfers (event_id, booking_id, seq);

-- What stands on each account of an event, moved by deltas in the transaction of the transfers.
create table payments.balances (
  event_id uuid not null,
  account text not null,
  currency text not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  constraint balances_pkey primary key (event_id, account, currency),
  constraint balances_amounts check (debit_minor >= 0 and credit_minor >= 0)
) with (fillfactor = 20);

-- What is still to be done at the provider: money to be given back (refund), or a payment that must not come in any more (void).
create table payments.owed (
  event_id uuid not null,
  id uuid not null,
  kind text not null,
  booking_id uuid not null,
  payment_ref text not null,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  created_at timestamptz not null,
  next_try_at timestamptz not null,
  tries integer not null default 0,
  last_error text,
  done_at timestamptz,
  -- The provider has said that it never will be done: a person has to see to it.
  failed_at timestamptz,
  provider_ref text,
  constraint owed_pkey primary key (event_id, id),
  constraint owed_kind check (kind in ('refund', 'void')),
  constraint owed_amount check (amount_minor >= 0),
  constraint owed_end check (done_at is null or failed_at is null)
) with (fillfactor = 70);

-- What is due, for every server's sweep. It does not begin with event_id on purpose.
create index owed_due on payments.owed (next_try_at, event_id, id) where done_at is null and failed_at is null;

-- What is owed for a booking, for its organizer. It does not begin with event_id on purpose: a lane finds rows of this table by key.
create index owed_of_booking on payments.owed (booking_id, event_id);

-- What the provider said and could not be used, for a person to look at. The event is what the provider named; where it named
-- none of ours it is all zeros.
create table payments.notices (
  event_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  reason text not null,
  -- As the provider wrote it: it may be no booking of ours.
  booking text,
  payment_ref text not null,
  amount_minor bigint,
  currency text,
  detail text not null,
  constraint notices_pkey primary key (event_id, id)
);

create index notices_by_time on payments.notices (at);
