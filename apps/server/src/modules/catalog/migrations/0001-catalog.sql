-- Words and pictures of events. Capacity, price, limits, windows and states lie in sales.
create schema catalog;

-- Home table: who sells. The fingerprint is that of the request that made the row: a repeat with other
-- words under the same key is refused.
create table catalog.organizations (
  id uuid not null,
  name text not null,
  slug text not null,
  fingerprint uuid not null,
  created_at timestamptz not null,
  constraint organizations_pkey primary key (id),
  constraint organizations_slug_key unique (slug)
);

-- Cell tables from here on: event_id is part of every key, nothing refers to another home.
create table catalog.events (
  event_id uuid not null,
  organization_id uuid not null,
  title text not null,
  summary text not null,
  description text not null,
  venue_name text not null,
  venue_city text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  picture text,
  -- Raised before the event first becomes public and never lowered: it keeps drafts out of the walk over the
  -- list. Whether an event is shown is decided by the state of its sale alone.
  listed boolean not null default false,
  -- Raised with every change of words, those of ticket types included: one part of the page's validator.
  words_version bigint not null default 1,
  fingerprint uuid not null,
  created_at timestamptz not null,
  constraint events_pkey primary key (event_id),
  constraint events_dates check (ends_at >= starts_at)
);
create index events_by_start on catalog.events (starts_at, event_id) where listed;

create table catalog.ticket_types (
  event_id uuid not null,
  ticket_type_id uuid not null,
  name text not null,
  description text not null,
  constraint ticket_types_pkey primary key (event_id, ticket_type_id)
);

create table catalog.quotas (
  event_id uuid not null,
  quota_id uuid not null,
  name text not null,
  constraint quotas_pkey primary key (event_id, quota_id)
);
