-- The tables of the naive baseline: what a hold needs and nothing else.
create schema naive;

create table naive.ticket_types (
  event_id uuid not null,
  id uuid not null,
  price_minor bigint not null,
  capacity integer not null,
  held integer not null default 0,
  constraint ticket_types_pkey primary key (event_id, id)
) with (fillfactor = 20);

create table naive.bookings (
  event_id uuid not null,
  id uuid not null,
  buyer_key uuid not null,
  state text not null,
  quantity integer not null,
  total_minor bigint not null,
  held_at timestamptz not null,
  expires_at timestamptz not null,
  constraint bookings_pkey primary key (event_id, id)
);

create table naive.booking_lines (
  event_id uuid not null,
  booking_id uuid not null,
  ticket_type_id uuid not null,
  quantity integer not null,
  unit_price_minor bigint not null,
  constraint booking_lines_pkey primary key (event_id, booking_id, ticket_type_id)
);
