-- What is still to be copied into an event that duplicates another: written with the row, taken away when all of it is there,
-- so that a repeat goes on where the first request broke off, with what the event was then.
alter table catalog.events add column copying json;
