-- What a buyer has across events. Reader and home tables: keyed by the buyer, and nothing here is in a lane's way.
create schema buyers;

-- Made from facts. `at` is the time of the first fact of the booking.
create table buyers.bookings (
  buyer_key uuid not null,
  event_id uuid not null,
  booking_id uuid not null,
  at timestamptz not null,
  -- Not the buyer first: one index is enough that begins so.
  constraint bookings_pkey primary key (event_id, booking_id, buyer_key)
);
-- A buyer's bookings, newest first, a page at a time.
create index bookings_by_time on buyers.bookings (buyer_key, at, event_id, booking_id);

-- Up to which fact of an event the bookings above are made.
create table buyers.offsets (
  event_id uuid not null,
  seq bigint not null,
  constraint offsets_pkey primary key (event_id)
) with (fillfactor = 50);

-- The key under which a buyer's address is sealed; itself sealed under the server's. Without this row the address can never
-- be read again.
create table buyers.contact_keys (
  buyer_key uuid not null,
  sealed_key bytea not null,
  constraint contact_keys_pkey primary key (buyer_key)
);

-- Where a buyer's links go. Anybody may say that an address is theirs: it is mailed to, and nothing else follows from it.
create table buyers.contacts (
  buyer_key uuid not null,
  -- HMACs of the address: in lower case, as people ask for it, and to the letter, as a mailbox is told from another.
  email_lookup bytea not null,
  mailbox_lookup bytea not null,
  email_sealed bytea not null,
  set_at timestamptz not null,
  -- When a link that was mailed to it was followed.
  verified_at timestamptz,
  constraint contacts_pkey primary key (buyer_key)
);
create index contacts_by_email on buyers.contacts (email_lookup, mailbox_lookup, set_at);

-- Mailed links to the bookings of an address, each good once. Secrets are kept as their SHA-256.
create table buyers.links (
  token_hash bytea not null,
  email_lookup bytea not null,
  mailbox_lookup bytea not null,
  expires_at timestamptz not null,
  constraint links_pkey primary key (token_hash)
);
create index links_by_end on buyers.links (expires_at);

-- Buyers whose bookings a person has taken into an account.
create table buyers.claims (
  buyer_key uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  constraint claims_pkey primary key (buyer_key),
  constraint claims_id_key unique (id)
);
create index claims_by_person on buyers.claims (person_id, at);
