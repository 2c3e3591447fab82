-- What holders show at the door. Tickets are cell rows: lanes of the sale issue and revoke them.
create schema tickets;

-- Tickets of a booking are numbered from 1 through its lines, in their order. A lane reads and writes them by their full key.
create table tickets.tickets (
  event_id uuid not null,
  booking_id uuid not null,
  number int not null,
  ticket_type_id uuid not null,
  -- Whose it is now.
  buyer_key uuid not null,
  -- Who booked it, once it was passed on to another; null while it never was.
  booked_by uuid,
  state text not null default 'valid',
  revoked_at timestamptz,
  revoked_reason text,
  -- What a code must show. It is replaced when the ticket is issued again or passed on: the codes before are worth nothing then.
  secret uuid not null,
  issue int not null default 1,
  issued_at timestamptz not null,
  -- Until when somebody may take the ticket over; what is offered to whom lies in tickets.transfers.
  offered_until timestamptz,
  admitted_at timestamptz,
  admitted_gate text,
  admitted_by text,
  constraint tickets_pkey primary key (event_id, booking_id, number),
  constraint tickets_number_check check (number between 1 and 32767),
  constraint tickets_issue_check check (issue between 1 and 65535),
  constraint tickets_state_check check (state in ('valid', 'revoked')),
  constraint tickets_revoked_check check ((state = 'revoked') = (revoked_at is not null) and (revoked_at is null) = (revoked_reason is null))
) with (fillfactor = 85);

-- Keys that sign an event's codes. The newest that is neither retired nor revoked signs; a retired one verifies still, a
-- revoked one does not. The private halves are sealed under a key of the server.
create table tickets.event_keys (
  event_id uuid not null,
  key_no int not null,
  public_key bytea not null,
  private_sealed bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  revoked_at timestamptz,
  constraint event_keys_pkey primary key (event_id, key_no),
  constraint event_keys_key_no_check check (key_no between 1 and 65535),
  constraint event_keys_revoked_check check (revoked_at is null or retired_at is not null)
);

-- What is offered to a person, at most once for each ticket. Who shows the secret takes the ticket over; it is kept as its SHA-256.
create table tickets.transfers (
  event_id uuid not null,
  booking_id uuid not null,
  number int not null,
  secret_hash bytea not null,
  -- To whom it was mailed, sealed; null where the holder hands the link over.
  email_sealed bytea,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  -- When somebody took it. The row stays for whoever did and has not heard of it.
  accepted_at timestamptz,
  constraint transfers_pkey primary key (event_id, booking_id, number)
);
-- What has run out is removed, address and all.
create index transfers_by_end on tickets.transfers (expires_at);

-- What was sold before there were tickets.
insert into tickets.tickets (event_id, booking_id, number, ticket_type_id, buyer_key, secret, issued_at)
select b.event_id, b.id, row_number() over (partition by b.event_id, b.id order by l.place, n), l.ticket_type_id, b.buyer_key,
  gen_random_uuid(), b.confirmed_at
from sales.bookings b,
  unnest(b.line_ticket_type_ids, b.line_quantities) with ordinality as l (ticket_type_id, quantity, place),
  generate_series(1, l.quantity) as n
where b.state = 'confirmed';
