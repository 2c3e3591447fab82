create schema catalog;

-- Home table: who sells.
create table catalog.organizations (
  id uuid not null,
  name text not null,
  slug text not null,
  created_at timestamptz not null,
  constraint organizations_pkey primary key (id),
  constraint organizations_slug_key unique (slug)
);

-- Cell tables: words and pictures of an event. Capacity, price, limits, windows and states lie in sales.
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
  picture text not null,
  created_at timestamptz not null,
  constraint events_pkey primary key (event_id),
  constraint events_dates check (ends_at >= starts_at)
);
create index events_by_start on catalog.events (starts_at, event_id);

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
