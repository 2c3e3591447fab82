-- Passkeys (WebAuthn): what is kept of a key pair whose private half never leaves the person's device.
create table accounts.passkeys (
  id uuid not null,
  person_id uuid not null,
  -- What the device calls the pair: random, and the same wherever it is shown.
  credential_id bytea not null,
  -- COSE key (RFC 9052).
  public_key bytea not null,
  -- How often the device says that it has signed. Many say 0 for ever; one that counts never counts backwards.
  sign_count bigint not null,
  name_sealed bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint passkeys_pkey primary key (id),
  constraint passkeys_credential_id_key unique (credential_id)
);
create index passkeys_by_person on accounts.passkeys (person_id, created_at);

-- What a device was asked to sign, as its SHA-256, until it is used or five minutes old. To add a passkey only the person
-- who was asked may answer; who signs in is known by the answer alone.
create table accounts.passkey_challenges (
  hash bytea not null,
  person_id uuid,
  expires_at timestamptz not null,
  constraint passkey_challenges_pkey primary key (hash)
);
create index passkey_challenges_by_person on accounts.passkey_challenges (person_id) where person_id is not null;
create index passkey_challenges_by_end on accounts.passkey_challenges (expires_at);

-- Which passkey the session began with, if any: when it is removed, what the session has shown is worth nothing any more.
alter table accounts.sessions add column passkey_id uuid;
