-- Which command made a key, so that a repeat of it makes no other; null where none was named.
alter table tickets.event_keys add column command_id uuid;
