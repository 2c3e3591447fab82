-- What buyers may give back by themselves, event by event; where there is no row they may not. The words of it lie in the catalog.
create table payments.policies (
  event_id uuid not null,
  until_hours_before integer not null,
  percent integer not null,
  keep_fees boolean not null,
  constraint policies_pkey primary key (event_id),
  constraint policies_until check (until_hours_before between 0 and 8784),
  constraint policies_percent check (percent between 0 and 100)
);
