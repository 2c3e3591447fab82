-- What machines show instead of an access token. The secret is random, so its SHA-256 is enough to know it again.
create table accounts.api_keys (
  id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  -- Null: the platform made it.
  created_by uuid,
  name text not null,
  -- The beginning of the token, by which people know it again.
  prefix text not null,
  hash bytea not null,
  -- Names of permissions; what they mean is known where they are asked for.
  scopes text[] not null,
  is_test boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  -- Written once a minute at most.
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_pkey primary key (id),
  constraint api_keys_hash_key unique (hash),
  constraint api_keys_owner_kind check (owner_kind in ('person', 'organization'))
);
create index api_keys_by_owner on accounts.api_keys (owner_id, created_at);
-- For who removes what was revoked long ago.
create index api_keys_by_end on accounts.api_keys (revoked_at) where revoked_at is not null;
