-- Besides people, keys and the platform act for an organization; and it is known where an action came from.
alter table organizations.actions
  alter column person_id drop not null,
  add column actor_kind text not null default 'person',
  add column key_id uuid,
  -- The network of the request, not the address: /24 or /48. Null where it was not kept.
  add column client text,
  add column request_id text,
  -- Of a key that belongs to a person, the person is kept too.
  add constraint actions_actor check (
    case actor_kind
      when 'person' then person_id is not null and key_id is null
      when 'key' then key_id is not null
      when 'platform' then person_id is null and key_id is null
      else false
    end
  );
alter table organizations.actions alter column actor_kind drop default;

-- Null: the platform invites, into an organization that may have nobody yet.
alter table organizations.invitations alter column invited_by drop not null;
