-- What operators did is added to and nothing else.
create function accounts.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'accounts.operator_actions is only ever added to';
end
$$;
create trigger operator_actions_are_kept before update or delete on accounts.operator_actions
  for each row execute function accounts.refuse_change();
create trigger operator_actions_are_kept_whole before truncate on accounts.operator_actions
  for each statement execute function accounts.refuse_change();
