-- Home table: places of an organization. Archived, never deleted: events name them.
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
  created_at timestamptz not null,
  archived_at timestamptz,
  constraint venues_pkey primary key (id),
  constraint venues_coordinates check ((latitude is null) = (longitude is null))
);
create index venues_by_organization on catalog.venues (organization_id, name, id);

-- Home table: the texts that stand beside everything an organization sells. No row: none of them.
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
  constraint organization_profiles_pkey primary key (organization_id)
);

-- The place is a copy of the venue's words, so that a page joins nothing across homes and a venue's later words
-- change no event by themselves.
alter table catalog.events
  add column category text,
  add column tags text[] not null default '{}',
  add column languages text[] not null default '{}',
  -- Each language, and the languages it is a kind of: what the list is asked for.
  add column language_keys text[] not null default '{}',
  add column place text not null default 'venue',
  add column venue_id uuid,
  add column address_lines text[] not null default '{}',
  add column postal_code text not null default '',
  add column country text,
  add column latitude double precision,
  add column longitude double precision,
  -- Shown to members and to holders alone.
  add column online_url text,
  add column doors_at timestamptz,
  add column days json not null default '[]',
  add column terms text,
  add column refund_policy text,
  add column cancellation_reason text,
  -- How many rows there are of each, so that a page asks for none where there are none.
  add column moves integer not null default 0,
  add column questions integer not null default 0,
  add constraint events_place check (place in ('venue', 'online', 'both')),
  add constraint events_coordinates check ((latitude is null) = (longitude is null));

create index events_by_organization on catalog.events (organization_id, starts_at, event_id);
create index events_by_category on catalog.events (category, starts_at, event_id) where listed;
create index events_by_city on catalog.events (lower(venue_city), starts_at, event_id) where listed;
create index events_by_tag on catalog.events using gin (tags) where listed;
create index events_by_language on catalog.events using gin (language_keys) where listed;

-- How a public event was moved: only ever added to.
create table catalog.event_moves (
  event_id uuid not null,
  seq integer not null,
  at timestamptz not null,
  before json not null,
  after json not null,
  reason text not null,
  constraint event_moves_pkey primary key (event_id, seq)
);

-- What buyers are asked. Archived, never deleted: answers name them. No ticket types: whatever the type.
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
  created_at timestamptz not null,
  archived_at timestamptz,
  constraint questions_pkey primary key (event_id, question_id),
  constraint questions_kind check (kind in ('text', 'long_text', 'number', 'choice', 'choices', 'yes_no', 'date', 'email', 'phone', 'country')),
  constraint questions_asked_per check (asked_per in ('booking', 'ticket'))
);
