-- What members did is added to and nothing else, whoever has the database's password in a program of ours.
create function organizations.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'organizations.actions is only ever added to';
end
$$;
create trigger actions_are_kept before update or delete on organizations.actions
  for each row execute function organizations.refuse_change();
create trigger actions_are_kept_whole before truncate on organizations.actions
  for each statement execute function organizations.refuse_change();
