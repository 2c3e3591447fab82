-- A booking knows what was paid for it, what of that went back, and which of its tickets were given back.
alter table sales.bookings
  add column payment_ref text,
  add column tender text,
  add column paid_minor bigint not null default 0,
  add column refunded_minor bigint not null default 0,
  add column refunded_extra_minor bigint not null default 0,
  add column disputed_minor bigint not null default 0,
  add column dispute text,
  add column returned integer[];

alter table sales.bookings drop constraint bookings_state;
alter table sales.bookings
  add constraint bookings_state check (state in (
    'held', 'awaiting_payment', 'confirmed', 'partially_refunded', 'released', 'expired', 'refunded', 'cancelled')),
  add constraint bookings_tender check (tender in ('card', 'cash', 'card_at_door', 'external', 'none')),
  add constraint bookings_dispute check (dispute in ('opened', 'won', 'lost')),
  -- Behind decide: nobody gets back more than was paid.
  add constraint bookings_money check (
    paid_minor >= 0 and disputed_minor >= 0 and refunded_extra_minor >= 0
    and refunded_minor >= refunded_extra_minor and refunded_minor <= paid_minor);

-- What awaits its payment falls due like a hold.
drop index sales.bookings_due;
create index bookings_due on sales.bookings (expires_at, event_id, id) where state in ('held', 'awaiting_payment');

alter table sales.heads add column transfer_seq bigint not null default 0;
