-- What a ticket costs: tiers, add-ons and donations of a ticket type, promo codes, fees and taxes of an event; and
-- when an event changes its state by itself.
alter table sales.heads
  -- Fees, taxes and rounding as data; null where there are none.
  add column pricing json,
  add column publish_at timestamptz,
  add column ends_at timestamptz,
  -- When the event is published or ends by itself: looked for by every server's sweep.
  add column next_change_at timestamptz,
  drop constraint heads_state,
  add constraint heads_state check (state in ('draft', 'scheduled', 'published', 'on_sale', 'paused', 'ended', 'cancelled', 'archived')),
  add constraint heads_scheduled check (state <> 'scheduled' or publish_at is not null);
create index heads_changing on sales.heads (next_change_at) where next_change_at is not null;

-- Tiers, add-on and donation of a ticket type; null where it simply has its price.
alter table sales.ticket_types add column rules json;

-- What a booking costs beyond its lines' prices, and how it came about; a null where nothing did.
alter table sales.bookings
  add column promo_code text,
  add column extra_minor bigint not null default 0,
  add column charges json,
  add constraint bookings_extra check (extra_minor >= 0);

create table sales.promo_codes (
  event_id uuid not null,
  -- In the order of its bytes, which every server and every reader agrees on.
  code text collate "C" not null,
  state text not null,
  kind text not null,
  -- Millionths of the price for `percent`, minor units off each ticket for `amount`.
  value bigint not null,
  ticket_type_ids uuid[],
  starts_at timestamptz,
  ends_at timestamptz,
  uses_max integer,
  buyer_uses_max integer,
  -- Bookings that are held or confirmed with it.
  used integer not null default 0,
  constraint promo_codes_pkey primary key (event_id, code),
  constraint promo_codes_state check (state in ('active', 'paused')),
  constraint promo_codes_value check ((kind = 'percent' and value between 1 and 1000000) or (kind = 'amount' and value between 1 and 100000000000)),
  constraint promo_codes_not_overused check (used >= 0 and (uses_max is null or used <= uses_max))
) with (fillfactor = 20);

-- How often a buyer uses a code, for codes that limit it.
create table sales.promo_uses (
  event_id uuid not null,
  buyer_key uuid not null,
  code text collate "C" not null,
  uses integer not null,
  constraint promo_uses_pkey primary key (event_id, buyer_key, code),
  constraint promo_uses_uses check (uses >= 0)
) with (fillfactor = 70);
