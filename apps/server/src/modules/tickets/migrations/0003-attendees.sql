-- Who comes with a ticket, and what buyers were asked. Everything is sealed under the key of the buyer who said it, which lies
-- in another home: without that key a row says nothing more than that there was something. No lane reads this.
create table tickets.attendees (
  event_id uuid not null,
  booking_id uuid not null,
  -- Of the ticket; 0 for what the booking as a whole was asked.
  number int not null,
  -- Who said it. It counts while this is who holds the ticket.
  buyer_key uuid not null,
  name_sealed bytea,
  email_sealed bytea,
  answers_sealed bytea,
  changed_at timestamptz not null,
  constraint attendees_pkey primary key (event_id, booking_id, number),
  constraint attendees_number_check check (number between 0 and 32767)
);
