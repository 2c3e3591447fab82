-- The outbox: past-tense messages, numbered from the event's head under its lock, dense, in commit order.
create schema facts;

create table facts.facts (
  event_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  subject_id uuid not null,
  payload jsonb not null,
  constraint facts_pkey primary key (event_id, seq)
);
