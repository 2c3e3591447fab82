-- The outbox: past-tense messages, numbered from the event's head under its lock, dense, in commit order.
create schema facts;

-- `json`, not `jsonb`: it is written once in the lane and read by others; taking it apart here costs a third more.
create table facts.facts (
  event_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  type text not null,
  subject_id uuid not null,
  payload json not null,
  constraint facts_pkey primary key (event_id, seq)
);
