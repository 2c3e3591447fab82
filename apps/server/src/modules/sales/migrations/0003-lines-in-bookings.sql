-- The lines of a booking, one element each, in the order of their ticket types. They never change, so they need no
-- table and no index of their own (docs/decisions/0012).
alter table sales.bookings
  add column line_ticket_type_ids uuid[],
  add column line_quantities integer[],
  add column line_unit_prices_minor bigint[];

update sales.bookings b
set (line_ticket_type_ids, line_quantities, line_unit_prices_minor) = (
  select array_agg(l.ticket_type_id order by l.ticket_type_id),
    array_agg(l.quantity order by l.ticket_type_id),
    array_agg(l.unit_price_minor order by l.ticket_type_id)
  from sales.booking_lines l where l.event_id = b.event_id and l.booking_id = b.id);

alter table sales.bookings
  alter column line_ticket_type_ids set not null,
  alter column line_quantities set not null,
  alter column line_unit_prices_minor set not null,
  add constraint bookings_lines check (cardinality(line_ticket_type_ids) >= 1 and 1 <= all (line_quantities)
    and cardinality(line_quantities) = cardinality(line_ticket_type_ids)
    and cardinality(line_unit_prices_minor) = cardinality(line_ticket_type_ids));

drop table sales.booking_lines;

-- The same lines as rows, for whoever counts.
create view sales.booking_lines as
  select b.event_id, b.id as booking_id, l.ticket_type_id, l.quantity, l.unit_price_minor
  from sales.bookings b,
    unnest(b.line_ticket_type_ids, b.line_quantities, b.line_unit_prices_minor) as l (ticket_type_id, quantity, unit_price_minor);
