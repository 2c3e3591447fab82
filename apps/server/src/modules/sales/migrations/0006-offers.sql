-- Tickets that their holders offer: valid and counted as sold until their places are sold again. Who offered first is served
-- first: `seq` is the number of the fact that told of the offer. A lane reads the first few of a ticket type, by their key.
create table sales.offers (
  event_id uuid not null,
  ticket_type_id uuid not null,
  seq bigint not null,
  booking_id uuid not null,
  number integer not null,
  constraint offers_pkey primary key (event_id, ticket_type_id, seq)
);

-- How many tickets of a type are offered, and how many of its held ones wait for a place of these. What waits does not stand
-- in `held`: its place stands in `sold`, until the hold is confirmed and a ticket that is offered comes back with it.
alter table sales.ticket_types
  add column offered integer not null default 0,
  add column taken integer not null default 0,
  add constraint ticket_types_offered check (taken >= 0 and taken <= offered and offered <= sold);

alter table sales.heads add column resale boolean not null default true;

-- What a booking offers, the numbers of its tickets and those of the offers; and what it will get back for tickets that were
-- sold again while a bank disputes its payment.
alter table sales.bookings
  add column offered integer[],
  add column offer_seqs bigint[],
  add column resale_due_minor bigint not null default 0,
  add constraint bookings_offered check (cardinality(offered) = cardinality(offer_seqs)),
  add constraint bookings_resale_due check (resale_due_minor >= 0 and refunded_minor + resale_due_minor <= paid_minor);

-- Of what is held more or fewer, how much waits for offered places: it is not in held_delta.
alter table sales.ledger add column taken_delta integer not null default 0;
alter table sales.audit_sums add column taken bigint not null default 0;
