-- Made by a test key: never in the public list, and purged together.
alter table catalog.events
  add column is_test boolean not null default false,
  add constraint events_test check (not (is_test and listed));
-- For who purges them. Few events are tests.
create index events_by_test on catalog.events (organization_id, event_id) where is_test;
