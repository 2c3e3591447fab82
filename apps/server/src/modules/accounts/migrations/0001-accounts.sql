-- People, and how they prove who they are. Home tables: plain, and nothing here refers to an event.
create schema accounts;

-- The key under which a person's values are sealed; itself sealed under the server's. Without this row what it sealed can
-- never be read again: erasing a person deletes it.
create table accounts.person_keys (
  person_id uuid not null,
  sealed_key bytea not null,
  constraint person_keys_pkey primary key (person_id)
);

create table accounts.people (
  id uuid not null,
  -- HMAC of the address: finds a person, and tells nothing. Null once the person is erased.
  email_lookup bytea,
  email_sealed bytea not null,
  name_sealed bytea not null,
  created_at timestamptz not null,
  constraint people_pkey primary key (id),
  constraint people_email_lookup_key unique (email_lookup)
);

-- Somebody who says that an address is theirs, until the mailed link is followed. Kept apart from people: an address may
-- have several, each with a password of its own, and the first that is proved becomes the person.
create table accounts.sign_ups (
  token_hash bytea not null,
  person_id uuid not null,
  sealed_key bytea not null,
  email_lookup bytea not null,
  email_sealed bytea not null,
  name_sealed bytea not null,
  phc text not null,
  expires_at timestamptz not null,
  constraint sign_ups_pkey primary key (token_hash)
);
create index sign_ups_by_end on accounts.sign_ups (expires_at);

create table accounts.passwords (
  person_id uuid not null,
  phc text not null,
  changed_at timestamptz not null,
  constraint passwords_pkey primary key (person_id)
);

create table accounts.sessions (
  id uuid not null,
  person_id uuid not null,
  -- What the browser said of itself, for the person's list of sessions.
  device_sealed bytea not null,
  created_at timestamptz not null,
  refreshed_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  constraint sessions_pkey primary key (id),
  constraint sessions_ended check ((ended_at is null) = (ended_by is null)),
  constraint sessions_ended_by check (ended_by in ('sign_out', 'reuse', 'password_change'))
);
create index sessions_by_person on accounts.sessions (person_id, created_at);
-- What every process asks twice a second.
create index sessions_by_end on accounts.sessions (ended_at) where ended_at is not null;

-- Secrets are kept as their SHA-256: they are random, so nothing slower is needed.
create table accounts.refresh_tokens (
  hash bytea not null,
  session_id uuid not null,
  issued_at timestamptz not null,
  used_at timestamptz,
  constraint refresh_tokens_pkey primary key (hash)
);
create index refresh_tokens_by_session on accounts.refresh_tokens (session_id);

create table accounts.password_resets (
  token_hash bytea not null,
  person_id uuid not null,
  expires_at timestamptz not null,
  constraint password_resets_pkey primary key (token_hash)
);
create index password_resets_by_person on accounts.password_resets (person_id);

-- Attempts in a window of time, by what is tried and by whom or on whom; both only as an HMAC.
create table accounts.attempts (
  subject bytea not null,
  window_ends_at timestamptz not null,
  count integer not null,
  constraint attempts_pkey primary key (subject)
) with (fillfactor = 50);
create index attempts_by_end on accounts.attempts (window_ends_at);
