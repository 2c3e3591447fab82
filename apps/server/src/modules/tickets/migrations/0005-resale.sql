-- Since when its holder offers a ticket back: it is valid until its place is sold again. Lanes of the sale write it. Whoever admits
-- such a ticket ends the offer with it, and nothing that was passed on is offered by who booked it: else one place is sold twice.
alter table tickets.tickets
  add column resale_at timestamptz,
  add constraint tickets_resale_check check (resale_at is null or (state = 'valid' and booked_by is null and admitted_at is null));
