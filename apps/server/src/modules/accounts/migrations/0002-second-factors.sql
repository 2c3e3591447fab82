-- The second factor of a person: codes by time (RFC 6238), and codes on paper for who has lost the telephone.
create table accounts.second_factors (
  person_id uuid not null,
  -- Under the person's key: codes must be computed from it, so a hash will not do.
  secret_sealed bytea not null,
  -- Null until a right code has shown that an app has taken the secret over. Only then is it asked for.
  confirmed_at timestamptz,
  -- The step of the last code that was taken. No code of this step or an earlier one is good any more.
  last_step bigint,
  constraint second_factors_pkey primary key (person_id)
);

create table accounts.recovery_codes (
  hash bytea not null,
  person_id uuid not null,
  constraint recovery_codes_pkey primary key (hash)
);
create index recovery_codes_by_person on accounts.recovery_codes (person_id);

-- Whether the session began with a code: its access tokens say so as long as it is refreshed.
alter table accounts.sessions add column has_second_factor boolean not null default false;
