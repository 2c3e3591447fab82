-- Written by scripts/write-schema.ts from a migrated database. Do not edit: change a migration and write it again.

CREATE OR REPLACE FUNCTION accounts.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'accounts.operator_actions is only ever added to';
end
$function$;

CREATE OR REPLACE FUNCTION organizations.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'organizations.actions is only ever added to';
end
$function$;

create table accounts.api_keys (
  id uuid not null,
  owner_kind text not null,
  owner_id uuid not null,
  created_by uuid,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null,
  is_test boolean not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_owner_kind CHECK ((owner_kind = ANY (ARRAY['person'::text, 'organization'::text])))
);
CREATE INDEX api_keys_by_end ON accounts.api_keys USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX api_keys_by_owner ON accounts.api_keys USING btree (owner_id, created_at);

create table accounts.attempts (
  subject bytea not null,
  window_ends_at timestamp with time zone not null,
  count integer not null,
  constraint attempts_pkey PRIMARY KEY (subject)
) with (fillfactor=50);
CREATE INDEX attempts_by_end ON accounts.attempts USING btree (window_ends_at);

create table accounts.operator_actions (
  id uuid not null,
  person_id uuid,
  at timestamp with time zone not null,
  what text not null,
  subject_id uuid not null,
  before json,
  after json,
  constraint operator_actions_pkey PRIMARY KEY (id)
);
CREATE INDEX operator_actions_by_time ON accounts.operator_actions USING btree (at DESC, id DESC);
CREATE TRIGGER operator_actions_are_kept BEFORE DELETE OR UPDATE ON accounts.operator_actions FOR EACH ROW EXECUTE FUNCTION accounts.refuse_change();
CREATE TRIGGER operator_actions_are_kept_whole BEFORE TRUNCATE ON accounts.operator_actions FOR EACH STATEMENT EXECUTE FUNCTION accounts.refuse_change();

create table accounts.operators (
  person_id uuid not null,
  since timestamp with time zone not null,
  constraint operators_pkey PRIMARY KEY (person_id)
);

create table accounts.passkey_challenges (
  hash bytea not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  constraint passkey_challenges_pkey PRIMARY KEY (hash)
);
CREATE INDEX passkey_challenges_by_end ON accounts.passkey_challenges USING btree (expires_at);
CREATE INDEX passkey_challenges_by_person ON accounts.passkey_challenges USING btree (person_id) WHERE (person_id IS NOT NULL);

create table accounts.passkeys (
  id uuid not null,
  person_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  sign_count bigint not null,
  name_sealed bytea not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_credential_id_key UNIQUE (credential_id),
  constraint passkeys_pkey PRIMARY KEY (id)
);
CREATE INDEX passkeys_by_person ON accounts.passkeys USING btree (person_id, created_at);

create table accounts.password_resets (
  token_hash bytea not null,
  person_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint password_resets_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX password_resets_by_end ON accounts.password_resets USING btree (expires_at);
CREATE INDEX password_resets_by_person ON accounts.password_resets USING btree (person_id);

create table accounts.passwords (
  person_id uuid not null,
  phc text not null,
  changed_at timestamp with time zone not null,
  constraint passwords_pkey PRIMARY KEY (person_id)
);

create table accounts.people (
  id uuid not null,
  email_lookup bytea,
  email_sealed bytea not null,
  name_sealed bytea not null,
  created_at timestamp with time zone not null,
  constraint people_email_lookup_key UNIQUE (email_lookup),
  constraint people_pkey PRIMARY KEY (id)
);

create table accounts.person_keys (
  person_id uuid not null,
  sealed_key bytea not null,
  constraint person_keys_pkey PRIMARY KEY (person_id)
);

create table accounts.recovery_codes (
  hash bytea not null,
  person_id uuid not null,
  constraint recovery_codes_pkey PRIMARY KEY (hash)
);
CREATE INDEX recovery_codes_by_person ON accounts.recovery_codes USING btree (person_id);

create table accounts.refresh_tokens (
  hash bytea not null,
  session_id uuid not null,
  issued_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint refresh_tokens_pkey PRIMARY KEY (hash)
);
CREATE INDEX refresh_tokens_by_session ON accounts.refresh_tokens USING btree (session_id);

create table accounts.second_factors (
  person_id uuid not null,
  secret_sealed bytea not null,
  confirmed_at timestamp with time zone,
  last_step bigint,
  constraint second_factors_pkey PRIMARY KEY (person_id)
);

create table accounts.sessions (
  id uuid not null,
  person_id uuid not null,
  device_sealed bytea not null,
  created_at timestamp with time zone not null,
  refreshed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  has_second_factor boolean not null default false,
  passkey_id uuid,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_ended CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint sessions_ended_by CHECK ((ended_by = ANY (ARRAY['sign_out'::text, 'reuse'::text, 'password_change'::text, 'too_many'::text])))
);
CREATE INDEX sessions_by_end ON accounts.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX sessions_by_expiry ON accounts.sessions USING btree (expires_at);
CREATE INDEX sessions_by_person ON accounts.sessions USING btree (person_id, created_at);

create table accounts.sign_ups (
  token_hash bytea not null,
  person_id uuid not null,
  sealed_key bytea not null,
  email_lookup bytea not null,
  email_sealed bytea not null,
  name_sealed bytea not null,
  phc text not null,
  expires_at timestamp with time zone not null,
  constraint sign_ups_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sign_ups_by_end ON accounts.sign_ups USING btree (expires_at);

create table buyers.bookings (
  buyer_key uuid not null,
  event_id uuid not null,
  booking_id uuid not null,
  at timestamp with time zone not null,
  constraint bookings_pkey PRIMARY KEY (event_id, booking_id, buyer_key)
);
CREATE INDEX bookings_by_time ON buyers.bookings USING btree (buyer_key, at, event_id, booking_id);

create table buyers.claims (
  buyer_key uuid not null,
  id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  constraint claims_id_key UNIQUE (id),
  constraint claims_pkey PRIMARY KEY (buyer_key)
);
CREATE INDEX claims_by_person ON buyers.claims USING btree (person_id, at);

create table buyers.contact_keys (
  buyer_key uuid not null,
  sealed_key bytea not null,
  constraint contact_keys_pkey PRIMARY KEY (buyer_key)
);

create table buyers.contacts (
  buyer_key uuid not null,
  email_lookup bytea not null,
  mailbox_lookup bytea not null,
  email_sealed bytea not null,
  set_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  constraint contacts_pkey PRIMARY KEY (buyer_key)
);
CREATE INDEX contacts_by_email ON buyers.contacts USING btree (email_lookup, mailbox_lookup, set_at);

create table buyers.links (
  token_hash bytea not null,
  email_lookup bytea not null,
  mailbox_lookup bytea not null,
  expires_at timestamp with time zone not null,
  constraint links_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX links_by_end ON buyers.links USING btree (expires_at);

create table buyers.offsets (
  event_id uuid not null,
  seq bigint not null,
  constraint offsets_pkey PRIMARY KEY (event_id)
) with (fillfactor=50);

create table buyers.personal_keys (
  buyer_key uuid not null,
  sealed_key bytea not null,
  constraint personal_keys_pkey PRIMARY KEY (buyer_key)
);

create table catalog.event_moves (
  event_id uuid not null,
  seq integer not null,
  at timestamp with time zone not null,
  before json not null,
  after json not null,
  reason text not null,
  constraint event_moves_pkey PRIMARY KEY (event_id, seq)
);

create table catalog.events (
  event_id uuid not null,
  organization_id uuid not null,
  title text not null,
  summary text not null,
  description text not null,
  venue_name text not null,
  venue_city text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  time_zone text not null,
  picture text,
  listed boolean not null default false,
  words_version bigint not null default 1,
  fingerprint uuid not null,
  created_at timestamp with time zone not null,
  category text,
  tags text[] not null default '{}'::text[],
  languages text[] not null default '{}'::text[],
  language_keys text[] not null default '{}'::text[],
  place text not null default 'venue'::text,
  venue_id uuid,
  address_lines text[] not null default '{}'::text[],
  postal_code text not null default ''::text,
  country text,
  latitude double precision,
  longitude double precision,
  online_url text,
  doors_at timestamp with time zone,
  days json not null default '[]'::json,
  terms text,
  refund_policy text,
  cancellation_reason text,
  moves integer not null default 0,
  questions integer not null default 0,
  is_test boolean not null default false,
  copying json,
  moves_told integer not null default 0,
  constraint events_pkey PRIMARY KEY (event_id),
  constraint events_coordinates CHECK (((latitude IS NULL) = (longitude IS NULL))),
  constraint events_dates CHECK ((ends_at >= starts_at)),
  constraint events_place CHECK ((place = ANY (ARRAY['venue'::text, 'online'::text, 'both'::text]))),
  constraint events_test CHECK ((NOT (is_test AND listed)))
);
CREATE INDEX events_by_category ON catalog.events USING btree (category, starts_at, event_id) WHERE listed;
CREATE INDEX events_by_city ON catalog.events USING btree (lower(venue_city), starts_at, event_id) WHERE listed;
CREATE INDEX events_by_language ON catalog.events USING gin (language_keys) WHERE listed;
CREATE INDEX events_by_organization ON catalog.events USING btree (organization_id, starts_at, event_id);
CREATE INDEX events_by_start ON catalog.events USING btree (starts_at, event_id) WHERE listed;
CREATE INDEX events_by_tag ON catalog.events USING gin (tags) WHERE listed;
CREATE INDEX events_by_test ON catalog.events USING btree (organization_id, event_id) WHERE is_test;

create table catalog.organization_profiles (
  organization_id uuid not null,
  imprint text,
  terms text,
  refund_policy text,
  privacy_url text,
  contact_email text,
  website text,
  accent_colour text,
  logo text,
  constraint organization_profiles_pkey PRIMARY KEY (organization_id)
);

create table catalog.organizations (
  id uuid not null,
  name text not null,
  slug text not null,
  fingerprint uuid not null,
  created_at timestamp with time zone not null,
  constraint organizations_slug_key UNIQUE (slug),
  constraint organizations_pkey PRIMARY KEY (id)
);

create table catalog.questions (
  event_id uuid not null,
  question_id uuid not null,
  label text not null,
  help text not null,
  kind text not null,
  options text[] not null,
  required boolean not null,
  asked_per text not null,
  ticket_type_ids uuid[] not null,
  position integer not null,
  fingerprint uuid not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint questions_pkey PRIMARY KEY (event_id, question_id),
  constraint questions_asked_per CHECK ((asked_per = ANY (ARRAY['booking'::text, 'ticket'::text]))),
  constraint questions_kind CHECK ((kind = ANY (ARRAY['text'::text, 'long_text'::text, 'number'::text, 'choice'::text, 'choices'::text, 'yes_no'::text, 'date'::text, 'email'::text, 'phone'::text, 'country'::text])))
);

create table catalog.quotas (
  event_id uuid not null,
  quota_id uuid not null,
  name text not null,
  constraint quotas_pkey PRIMARY KEY (event_id, quota_id)
);

create table catalog.ticket_types (
  event_id uuid not null,
  ticket_type_id uuid not null,
  name text not null,
  description text not null,
  constraint ticket_types_pkey PRIMARY KEY (event_id, ticket_type_id)
);

create table catalog.venues (
  id uuid not null,
  organization_id uuid not null,
  name text not null,
  city text not null,
  address_lines text[] not null,
  postal_code text not null,
  country text,
  latitude double precision,
  longitude double precision,
  time_zone text not null,
  fingerprint uuid not null,
  created_at timestamp with time zone not null,
  archived_at timestamp with time zone,
  constraint venues_pkey PRIMARY KEY (id),
  constraint venues_coordinates CHECK (((latitude IS NULL) = (longitude IS NULL)))
);
CREATE INDEX venues_by_organization ON catalog.venues USING btree (organization_id, name, id);

create table catalog.worded_commands (
  event_id uuid not null,
  command_id uuid not null,
  constraint worded_commands_pkey PRIMARY KEY (event_id, command_id)
);

create table facts.facts (
  event_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  type text not null,
  subject_id uuid not null,
  payload json not null,
  constraint facts_pkey PRIMARY KEY (event_id, seq)
);

create table organizations.actions (
  id uuid not null,
  organization_id uuid not null,
  person_id uuid,
  at timestamp with time zone not null,
  what text not null,
  subject_id uuid not null,
  before json,
  after json,
  actor_kind text not null,
  key_id uuid,
  client text,
  request_id text,
  constraint actions_pkey PRIMARY KEY (id),
  constraint actions_actor CHECK (
CASE actor_kind
    WHEN 'person'::text THEN ((person_id IS NOT NULL) AND (key_id IS NULL))
    WHEN 'key'::text THEN (key_id IS NOT NULL)
    WHEN 'platform'::text THEN ((person_id IS NULL) AND (key_id IS NULL))
    ELSE false
END)
);
CREATE INDEX actions_by_organization ON organizations.actions USING btree (organization_id, at DESC, id DESC);
CREATE TRIGGER actions_are_kept BEFORE DELETE OR UPDATE ON organizations.actions FOR EACH ROW EXECUTE FUNCTION organizations.refuse_change();
CREATE TRIGGER actions_are_kept_whole BEFORE TRUNCATE ON organizations.actions FOR EACH STATEMENT EXECUTE FUNCTION organizations.refuse_change();

create table organizations.invitations (
  id uuid not null,
  organization_id uuid not null,
  token_hash bytea not null,
  email_sealed bytea not null,
  role text not null,
  invited_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint invitations_token_hash_key UNIQUE (token_hash),
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_role CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'box_office'::text, 'scanner'::text, 'analyst'::text])))
);
CREATE INDEX invitations_by_organization ON organizations.invitations USING btree (organization_id, created_at);

create table organizations.members (
  organization_id uuid not null,
  person_id uuid not null,
  role text not null,
  since timestamp with time zone not null,
  constraint members_pkey PRIMARY KEY (organization_id, person_id),
  constraint members_role CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'box_office'::text, 'scanner'::text, 'analyst'::text])))
);
CREATE INDEX members_by_person ON organizations.members USING btree (person_id);

create table payments.balances (
  event_id uuid not null,
  account text not null,
  currency text not null,
  debit_minor bigint not null,
  credit_minor bigint not null,
  constraint balances_pkey PRIMARY KEY (event_id, account, currency),
  constraint balances_amounts CHECK (((debit_minor >= 0) AND (credit_minor >= 0)))
) with (fillfactor=20);

create table payments.notices (
  event_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  reason text not null,
  booking text,
  payment_ref text not null,
  amount_minor bigint,
  currency text,
  detail text not null,
  constraint notices_pkey PRIMARY KEY (event_id, id)
);
CREATE INDEX notices_by_time ON payments.notices USING btree (at);

create table payments.owed (
  event_id uuid not null,
  id uuid not null,
  kind text not null,
  booking_id uuid not null,
  payment_ref text not null,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  created_at timestamp with time zone not null,
  next_try_at timestamp with time zone not null,
  tries integer not null default 0,
  last_error text,
  done_at timestamp with time zone,
  failed_at timestamp with time zone,
  provider_ref text,
  constraint owed_pkey PRIMARY KEY (event_id, id),
  constraint owed_amount CHECK ((amount_minor >= 0)),
  constraint owed_end CHECK (((done_at IS NULL) OR (failed_at IS NULL))),
  constraint owed_kind CHECK ((kind = ANY (ARRAY['refund'::text, 'void'::text])))
) with (fillfactor=70);
CREATE INDEX owed_due ON payments.owed USING btree (next_try_at, event_id, id) WHERE ((done_at IS NULL) AND (failed_at IS NULL));
CREATE INDEX owed_of_booking ON payments.owed USING btree (booking_id, event_id);

create table payments.policies (
  event_id uuid not null,
  until_hours_before integer not null,
  percent integer not null,
  keep_fees boolean not null,
  constraint policies_pkey PRIMARY KEY (event_id),
  constraint policies_percent CHECK (((percent >= 0) AND (percent <= 100))),
  constraint policies_until CHECK (((until_hours_before >= 0) AND (until_hours_before <= 8784)))
);

create table payments.refund_run_bookings (
  event_id uuid not null,
  run_id uuid not null,
  booking_id uuid not null,
  state text not null,
  detail text,
  decided_at timestamp with time zone,
  constraint refund_run_bookings_pkey PRIMARY KEY (event_id, run_id, booking_id),
  constraint refund_run_bookings_state CHECK ((state = ANY (ARRAY['asked'::text, 'kept'::text, 'pending'::text, 'refunded'::text, 'failed'::text])))
) with (fillfactor=70);

create table payments.refund_runs (
  event_id uuid not null,
  id uuid not null,
  fingerprint uuid not null,
  state text not null,
  choice text not null,
  by_default text not null,
  decide_until timestamp with time zone,
  keep_fees boolean not null,
  restock boolean not null,
  cursor bigint not null default 0,
  created_by text not null,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  lease_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint refund_runs_pkey PRIMARY KEY (event_id, id),
  constraint refund_runs_choice CHECK ((choice = ANY (ARRAY['refund_all'::text, 'keep_or_refund'::text]))),
  constraint refund_runs_default CHECK ((by_default = ANY (ARRAY['keep'::text, 'refund'::text]))),
  constraint refund_runs_state CHECK ((state = ANY (ARRAY['gathering'::text, 'asking'::text, 'refunding'::text, 'done'::text]))),
  constraint refund_runs_until CHECK (((choice = 'keep_or_refund'::text) = (decide_until IS NOT NULL)))
) with (fillfactor=50);
CREATE INDEX refund_runs_due ON payments.refund_runs USING btree (lease_until) WHERE (state <> 'done'::text);
CREATE UNIQUE INDEX refund_runs_open ON payments.refund_runs USING btree (event_id) WHERE (state <> 'done'::text);

create table payments.transfers (
  event_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  booking_id uuid not null,
  debit text not null,
  credit text not null,
  amount_minor bigint not null,
  currency text not null,
  constraint transfers_pkey PRIMARY KEY (event_id, seq),
  constraint transfers_amount CHECK ((amount_minor > 0)),
  constraint transfers_sides CHECK ((debit <> credit))
);
CREATE INDEX transfers_of_booking ON payments.transfers USING btree (event_id, booking_id, seq);

create table platform.migrations (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table sales.audit_checkpoints (
  event_id uuid not null,
  ledger_seq bigint not null,
  checked_at timestamp with time zone not null,
  constraint audit_checkpoints_pkey PRIMARY KEY (event_id),
  constraint audit_checkpoints_ledger_seq CHECK ((ledger_seq >= 0))
) with (fillfactor=70);

create table sales.audit_sums (
  event_id uuid not null,
  subject_id uuid not null,
  capacity bigint not null,
  held bigint not null,
  sold bigint not null,
  set_aside bigint not null,
  taken bigint not null default 0,
  constraint audit_sums_pkey PRIMARY KEY (event_id, subject_id)
) with (fillfactor=70);

create table sales.bookings (
  event_id uuid not null,
  id uuid not null,
  buyer_key uuid not null,
  fingerprint uuid not null,
  state text not null,
  quantity integer not null,
  total_minor bigint not null,
  currency text not null,
  held_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  extended boolean not null default false,
  confirmed_at timestamp with time zone,
  closed_at timestamp with time zone,
  ledger_seq bigint not null,
  line_ticket_type_ids uuid[] not null,
  line_quantities integer[] not null,
  line_unit_prices_minor bigint[] not null,
  promo_code text,
  extra_minor bigint not null default 0,
  charges json,
  payment_ref text,
  tender text,
  paid_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  refunded_extra_minor bigint not null default 0,
  disputed_minor bigint not null default 0,
  dispute text,
  returned integer[],
  offered integer[],
  offer_seqs bigint[],
  resale_due_minor bigint not null default 0,
  constraint bookings_pkey PRIMARY KEY (event_id, id),
  constraint bookings_dispute CHECK ((dispute = ANY (ARRAY['opened'::text, 'won'::text, 'lost'::text]))),
  constraint bookings_extra CHECK ((extra_minor >= 0)),
  constraint bookings_lines CHECK (((cardinality(line_ticket_type_ids) >= 1) AND (1 <= ALL (line_quantities)) AND (cardinality(line_quantities) = cardinality(line_ticket_type_ids)) AND (cardinality(line_unit_prices_minor) = cardinality(line_ticket_type_ids)))),
  constraint bookings_money CHECK (((paid_minor >= 0) AND (disputed_minor >= 0) AND (refunded_extra_minor >= 0) AND (refunded_minor >= refunded_extra_minor) AND (refunded_minor <= paid_minor))),
  constraint bookings_offered CHECK ((cardinality(offered) = cardinality(offer_seqs))),
  constraint bookings_quantity CHECK ((quantity >= 1)),
  constraint bookings_resale_due CHECK (((resale_due_minor >= 0) AND ((refunded_minor + resale_due_minor) <= paid_minor))),
  constraint bookings_state CHECK ((state = ANY (ARRAY['held'::text, 'awaiting_payment'::text, 'confirmed'::text, 'partially_refunded'::text, 'released'::text, 'expired'::text, 'refunded'::text, 'cancelled'::text]))),
  constraint bookings_tender CHECK ((tender = ANY (ARRAY['card'::text, 'cash'::text, 'card_at_door'::text, 'external'::text, 'none'::text])))
) with (fillfactor=90);
CREATE INDEX bookings_due ON sales.bookings USING btree (expires_at, event_id, id) WHERE (state = ANY (ARRAY['held'::text, 'awaiting_payment'::text]));

create table sales.buyer_totals (
  event_id uuid not null,
  buyer_key uuid not null,
  ticket_type_id uuid not null,
  quantity integer not null,
  constraint buyer_totals_pkey PRIMARY KEY (event_id, buyer_key, ticket_type_id),
  constraint buyer_totals_quantity CHECK ((quantity >= 0))
) with (fillfactor=70);

create table sales.heads (
  event_id uuid not null,
  state text not null,
  currency text not null,
  hold_length_ms integer not null,
  sales_start_at timestamp with time zone,
  sales_end_at timestamp with time zone,
  booking_max integer not null,
  buyer_max integer,
  fact_seq bigint not null default 0,
  ledger_seq bigint not null default 0,
  content_version bigint not null default 1,
  availability_version bigint not null default 1,
  expired_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  pricing json,
  publish_at timestamp with time zone,
  ends_at timestamp with time zone,
  next_change_at timestamp with time zone,
  transfer_seq bigint not null default 0,
  resale boolean not null default true,
  constraint heads_pkey PRIMARY KEY (event_id),
  constraint heads_hold_length CHECK (((hold_length_ms >= 1000) AND (hold_length_ms <= 86400000))),
  constraint heads_limits CHECK ((((booking_max >= 1) AND (booking_max <= 10000)) AND ((buyer_max IS NULL) OR (buyer_max >= 1)))),
  constraint heads_scheduled CHECK (((state <> 'scheduled'::text) OR (publish_at IS NOT NULL))),
  constraint heads_state CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text, 'on_sale'::text, 'paused'::text, 'ended'::text, 'cancelled'::text, 'archived'::text])))
) with (fillfactor=20);
CREATE INDEX heads_changing ON sales.heads USING btree (next_change_at) WHERE (next_change_at IS NOT NULL);

create table sales.ledger (
  event_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  kind text not null,
  booking_id uuid,
  ticket_type_id uuid,
  quota_id uuid,
  held_delta integer not null,
  sold_delta integer not null,
  set_aside_delta integer not null,
  capacity_delta integer not null,
  taken_delta integer not null default 0,
  constraint ledger_pkey PRIMARY KEY (event_id, seq)
);

create table sales.ledger_commands (
  event_id uuid not null,
  command_id uuid not null,
  fingerprint uuid not null,
  kind text not null,
  subject_id uuid not null,
  at timestamp with time zone not null,
  constraint ledger_commands_pkey PRIMARY KEY (event_id, command_id)
);

create table sales.offers (
  event_id uuid not null,
  ticket_type_id uuid not null,
  seq bigint not null,
  booking_id uuid not null,
  number integer not null,
  constraint offers_pkey PRIMARY KEY (event_id, ticket_type_id, seq)
);

create table sales.promo_codes (
  event_id uuid not null,
  code text not null,
  state text not null,
  kind text not null,
  value bigint not null,
  ticket_type_ids uuid[],
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  uses_max integer,
  buyer_uses_max integer,
  used integer not null default 0,
  constraint promo_codes_pkey PRIMARY KEY (event_id, code),
  constraint promo_codes_not_overused CHECK (((used >= 0) AND ((uses_max IS NULL) OR (used <= uses_max)))),
  constraint promo_codes_state CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text]))),
  constraint promo_codes_value CHECK ((((kind = 'percent'::text) AND ((value >= 1) AND (value <= 1000000))) OR ((kind = 'amount'::text) AND ((value >= 1) AND (value <= '100000000000'::bigint)))))
) with (fillfactor=20);

create table sales.promo_uses (
  event_id uuid not null,
  buyer_key uuid not null,
  code text not null,
  uses integer not null,
  constraint promo_uses_pkey PRIMARY KEY (event_id, buyer_key, code),
  constraint promo_uses_uses CHECK ((uses >= 0))
) with (fillfactor=70);

create table sales.quota_ticket_types (
  event_id uuid not null,
  quota_id uuid not null,
  ticket_type_id uuid not null,
  constraint quota_ticket_types_pkey PRIMARY KEY (event_id, quota_id, ticket_type_id)
);

create table sales.quotas (
  event_id uuid not null,
  id uuid not null,
  capacity integer not null,
  held integer not null default 0,
  sold integer not null default 0,
  set_aside integer not null default 0,
  constraint quotas_pkey PRIMARY KEY (event_id, id),
  constraint quotas_capacity CHECK (((capacity >= 0) AND (capacity <= 100000000))),
  constraint quotas_not_oversold CHECK (((held >= 0) AND (sold >= 0) AND (set_aside >= 0) AND (((held + sold) + set_aside) <= capacity)))
) with (fillfactor=20);

create table sales.ticket_types (
  event_id uuid not null,
  id uuid not null,
  state text not null,
  position integer not null,
  price_minor bigint not null,
  capacity integer not null,
  held integer not null default 0,
  sold integer not null default 0,
  set_aside integer not null default 0,
  sales_start_at timestamp with time zone,
  sales_end_at timestamp with time zone,
  booking_min integer not null,
  booking_max integer not null,
  buyer_max integer,
  access_code text,
  rules json,
  offered integer not null default 0,
  taken integer not null default 0,
  constraint ticket_types_pkey PRIMARY KEY (event_id, id),
  constraint ticket_types_capacity CHECK (((capacity >= 0) AND (capacity <= 100000000))),
  constraint ticket_types_limits CHECK (((booking_min >= 1) AND (booking_max >= booking_min) AND ((buyer_max IS NULL) OR (buyer_max >= 1)))),
  constraint ticket_types_not_oversold CHECK (((held >= 0) AND (sold >= 0) AND (set_aside >= 0) AND (((held + sold) + set_aside) <= capacity))),
  constraint ticket_types_offered CHECK (((taken >= 0) AND (taken <= offered) AND (offered <= sold))),
  constraint ticket_types_price CHECK (((price_minor >= 0) AND (price_minor <= '100000000000'::bigint))),
  constraint ticket_types_state CHECK ((state = ANY (ARRAY['on_sale'::text, 'paused'::text])))
) with (fillfactor=20);

create table tickets.attendees (
  event_id uuid not null,
  booking_id uuid not null,
  number integer not null,
  buyer_key uuid not null,
  name_sealed bytea,
  email_sealed bytea,
  answers_sealed bytea,
  changed_at timestamp with time zone not null,
  constraint attendees_pkey PRIMARY KEY (event_id, booking_id, number),
  constraint attendees_number_check CHECK (((number >= 0) AND (number <= 32767)))
);

create table tickets.check_ins (
  event_id uuid not null,
  scan_id uuid not null,
  fingerprint uuid not null,
  booking_id uuid,
  number integer,
  ticket_type_id uuid,
  gate_id uuid,
  direction text not null,
  device text,
  by text not null,
  is_offline boolean not null,
  is_by_hand boolean not null,
  scanned_at timestamp with time zone not null,
  device_at timestamp with time zone,
  received_at timestamp with time zone not null,
  outcome text not null,
  detail json,
  standing text not null,
  undone_at timestamp with time zone,
  undone_by text,
  undone_reason text,
  constraint check_ins_pkey PRIMARY KEY (event_id, scan_id),
  constraint check_ins_direction CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint check_ins_standing CHECK ((standing = ANY (ARRAY['admitted'::text, 'double'::text, 'left'::text, 'refused'::text, 'undone'::text]))),
  constraint check_ins_ticket CHECK (((booking_id IS NULL) = (number IS NULL))),
  constraint check_ins_undone CHECK (((standing = 'undone'::text) = (undone_at IS NOT NULL)))
) with (fillfactor=95);
CREATE INDEX check_ins_noted ON tickets.check_ins USING btree (standing, event_id, received_at, scan_id) WHERE (standing = ANY (ARRAY['double'::text, 'undone'::text]));

create table tickets.desk_bookings (
  event_id uuid not null,
  booking_id uuid not null,
  kind text not null,
  name_sealed bytea,
  note text,
  by text not null,
  at timestamp with time zone not null,
  constraint desk_bookings_pkey PRIMARY KEY (event_id, booking_id),
  constraint desk_bookings_guest CHECK (((kind <> 'guest'::text) OR (name_sealed IS NOT NULL))),
  constraint desk_bookings_kind CHECK ((kind = ANY (ARRAY['sale'::text, 'complimentary'::text, 'guest'::text])))
);

create table tickets.event_keys (
  event_id uuid not null,
  key_no integer not null,
  public_key bytea not null,
  private_sealed bytea not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  revoked_at timestamp with time zone,
  command_id uuid,
  constraint event_keys_pkey PRIMARY KEY (event_id, key_no),
  constraint event_keys_key_no_check CHECK (((key_no >= 1) AND (key_no <= 65535))),
  constraint event_keys_revoked_check CHECK (((revoked_at IS NULL) OR (retired_at IS NOT NULL)))
);

create table tickets.gate_counts (
  event_id uuid not null,
  gate_id uuid not null,
  ticket_type_id uuid not null,
  admitted integer not null default 0,
  left_again integer not null default 0,
  doubles integer not null default 0,
  refused integer not null default 0,
  constraint gate_counts_pkey PRIMARY KEY (event_id, gate_id, ticket_type_id),
  constraint gate_counts_check CHECK (((admitted >= 0) AND (left_again >= 0) AND (doubles >= 0) AND (refused >= 0)))
) with (fillfactor=20);

create table tickets.gates (
  event_id uuid not null,
  id uuid not null,
  name text not null,
  ticket_type_ids uuid[],
  state text not null default 'open'::text,
  opens_at timestamp with time zone,
  closes_at timestamp with time zone,
  fingerprint uuid not null,
  created_at timestamp with time zone not null,
  constraint gates_pkey PRIMARY KEY (event_id, id),
  constraint gates_state CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'archived'::text]))),
  constraint gates_times CHECK ((opens_at < closes_at))
);

create table tickets.tickets (
  event_id uuid not null,
  booking_id uuid not null,
  number integer not null,
  ticket_type_id uuid not null,
  buyer_key uuid not null,
  booked_by uuid,
  state text not null default 'valid'::text,
  revoked_at timestamp with time zone,
  revoked_reason text,
  secret uuid not null,
  issue integer not null default 1,
  issued_at timestamp with time zone not null,
  offered_until timestamp with time zone,
  admitted_at timestamp with time zone,
  admitted_gate text,
  admitted_by text,
  admitted_scan uuid,
  left_at timestamp with time zone,
  resale_at timestamp with time zone,
  constraint tickets_pkey PRIMARY KEY (event_id, booking_id, number),
  constraint tickets_admitted_check CHECK ((((admitted_at IS NULL) = (admitted_scan IS NULL)) AND ((left_at IS NULL) OR (admitted_at IS NOT NULL)))),
  constraint tickets_issue_check CHECK (((issue >= 1) AND (issue <= 65535))),
  constraint tickets_number_check CHECK (((number >= 1) AND (number <= 32767))),
  constraint tickets_resale_check CHECK (((resale_at IS NULL) OR ((state = 'valid'::text) AND (booked_by IS NULL) AND (admitted_at IS NULL)))),
  constraint tickets_revoked_check CHECK ((((state = 'revoked'::text) = (revoked_at IS NOT NULL)) AND ((revoked_at IS NULL) = (revoked_reason IS NULL)))),
  constraint tickets_state_check CHECK ((state = ANY (ARRAY['valid'::text, 'revoked'::text])))
) with (fillfactor=85);

create table tickets.transfers (
  event_id uuid not null,
  booking_id uuid not null,
  number integer not null,
  secret_hash bytea not null,
  email_sealed bytea,
  offered_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  constraint transfers_pkey PRIMARY KEY (event_id, booking_id, number)
);
CREATE INDEX transfers_by_end ON tickets.transfers USING btree (expires_at);

create view sales.booking_lines as
 SELECT b.event_id,
    b.id AS booking_id,
    l.ticket_type_id,
    l.quantity,
    l.unit_price_minor
   FROM sales.bookings b,
    LATERAL UNNEST(b.line_ticket_type_ids, b.line_quantities, b.line_unit_prices_minor) l(ticket_type_id, quantity, unit_price_minor);
