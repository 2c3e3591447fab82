-- Of how many of its moves the sale has heard: what is missing is told by whoever changes the words next.
alter table catalog.events add column moves_told integer not null default 0;
update catalog.events set moves_told = moves;

-- Commands of the lane whose words are written: names of ticket types and quotas are changed once for each command, so that a late repeat
-- brings no old name back.
create table catalog.worded_commands (
  event_id uuid not null,
  command_id uuid not null,
  constraint worded_commands_pkey primary key (event_id, command_id)
);
