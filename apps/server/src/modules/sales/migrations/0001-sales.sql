-- Cell tables: event_id is part of every key, no foreign keys to other homes, no triggers.
-- Tables that the lane reads have no second index beginning with event_id: a plan cached while a
-- table is empty would choose it and read the whole event (see docs/decisions/0003).
create schema sales;

-- The head: the one row per event that a lane locks. Nobody refers to it by foreign key.
create table sales.heads (
  event_id uuid not null,
  state text not null,
  currency text not null,
  hold_length_ms integer not null,
  sales_start_at timestamptz,
  sales_end_at timestamptz,
  booking_max integer not null,
  buyer_max integer,
  fact_seq bigint not null default 0,
  ledger_seq bigint not null default 0,
  content_version bigint not null default 1,
  availability_version bigint not null default 1,
  expired_until timestamptz not null default '-infinity',
  constraint heads_pkey primary key (event_id),
  constraint heads_state check (state in ('draft', 'published', 'on_sale', 'paused', 'ended', 'cancelled')),
  constraint heads_hold_length check (hold_length_ms between 1000 and 86400000),
  constraint heads_limits check (booking_max between 1 and 10000 and (buyer_max is null or buyer_max >= 1))
) with (fillfactor = 20);

create table sales.ticket_types (
  event_id uuid not null,
  id uuid not null,
  state text not null,
  position integer not null,
  price_minor bigint not null,
  capacity integer not null,
  held integer not null default 0,
  sold integer not null default 0,
  set_aside integer not null default 0,
  sales_start_at timestamptz,
  sales_end_at timestamptz,
  booking_min integer not null,
  booking_max integer not null,
  buyer_max integer,
  access_code text,
  constraint ticket_types_pkey primary key (event_id, id),
  constraint ticket_types_state check (state in ('on_sale', 'paused')),
  constraint ticket_types_price check (price_minor between 0 and 100000000000),
  constraint ticket_types_capacity check (capacity between 0 and 100000000),
  constraint ticket_types_limits check (booking_min >= 1 and booking_max >= booking_min and (buyer_max is null or buyer_max >= 1)),
  -- The net behind decide: a bug there fails its command, it never oversells.
  constraint ticket_types_not_oversold check (held >= 0 and sold >= 0 and set_aside >= 0 and held + sold + set_aside <= capacity)
) with (fillfactor = 20);

create table sales.quotas (
  event_id uuid not null,
  id uuid not null,
  capacity integer not null,
  held integer not null default 0,
  sold integer not null default 0,
  set_aside integer not null default 0,
  constraint quotas_pkey primary key (event_id, id),
  constraint quotas_capacity check (capacity between 0 and 100000000),
  constraint quotas_not_oversold check (held >= 0 and sold >= 0 and set_aside >= 0 and held + sold + set_aside <= capacity)
) with (fillfactor = 20);

create table sales.quota_ticket_types (
  event_id uuid not null,
  quota_id uuid not null,
  ticket_type_id uuid not null,
  constraint quota_ticket_types_pkey primary key (event_id, quota_id, ticket_type_id)
);

create table sales.bookings (
  event_id uuid not null,
  id uuid not null,
  buyer_key uuid not null,
  fingerprint uuid not null,
  state text not null,
  quantity integer not null,
  total_minor bigint not null,
  currency text not null,
  held_at timestamptz not null,
  expires_at timestamptz not null,
  extended boolean not null default false,
  confirmed_at timestamptz,
  closed_at timestamptz,
  -- The ledger's number of the last change of this booking's stock; the audit recounts with it.
  ledger_seq bigint not null,
  constraint bookings_pkey primary key (event_id, id),
  constraint bookings_state check (state in ('held', 'confirmed', 'released', 'expired', 'cancelled')),
  constraint bookings_quantity check (quantity >= 1)
) with (fillfactor = 90);

-- What is due, in the order in which it falls due. It does not begin with event_id on purpose.
create index bookings_due on sales.bookings (expires_at, event_id, id) where state = 'held';

create table sales.booking_lines (
  event_id uuid not null,
  booking_id uuid not null,
  ticket_type_id uuid not null,
  quantity integer not null,
  unit_price_minor bigint not null,
  constraint booking_lines_pkey primary key (event_id, booking_id, ticket_type_id),
  constraint booking_lines_quantity check (quantity >= 1)
);

-- How many tickets of a type a buyer holds or has bought, for the per-buyer limits.
create table sales.buyer_totals (
  event_id uuid not null,
  buyer_key uuid not null,
  ticket_type_id uuid not null,
  quantity integer not null,
  constraint buyer_totals_pkey primary key (event_id, buyer_key, ticket_type_id),
  constraint buyer_totals_quantity check (quantity >= 0)
) with (fillfactor = 70);

-- Append-only. Every change of stock, dense from 1 per event, in commit order.
create table sales.ledger (
  event_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  booking_id uuid,
  ticket_type_id uuid,
  quota_id uuid,
  held_delta integer not null,
  sold_delta integer not null,
  set_aside_delta integer not null,
  capacity_delta integer not null,
  constraint ledger_pkey primary key (event_id, seq)
);

-- The ledger's register of commands: an id is executed once, for ever. A placed booking is registered
-- by its own row, since its id is derived from the command.
create table sales.ledger_commands (
  event_id uuid not null,
  command_id uuid not null,
  fingerprint uuid not null,
  kind text not null,
  subject_id uuid not null,
  at timestamptz not null,
  constraint ledger_commands_pkey primary key (event_id, command_id)
);
