-- Who may act for an organization, and what they did. Its words lie in catalog.
create schema organizations;

create table organizations.members (
  organization_id uuid not null,
  person_id uuid not null,
  role text not null,
  since timestamptz not null,
  constraint members_pkey primary key (organization_id, person_id),
  constraint members_role check (role in ('owner', 'admin', 'manager', 'box_office', 'scanner', 'analyst'))
);
create index members_by_person on organizations.members (person_id);

-- Deleted when it is accepted, withdrawn or a week old; the address is sealed until then.
create table organizations.invitations (
  id uuid not null,
  organization_id uuid not null,
  token_hash bytea not null,
  email_sealed bytea not null,
  role text not null,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint invitations_pkey primary key (id),
  constraint invitations_token_hash_key unique (token_hash),
  constraint invitations_role check (role in ('owner', 'admin', 'manager', 'box_office', 'scanner', 'analyst'))
);
create index invitations_by_organization on organizations.invitations (organization_id, created_at);

-- What organizers did: only ever added to.
create table organizations.actions (
  id uuid not null,
  organization_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  what text not null,
  subject_id uuid not null,
  before json,
  after json,
  constraint actions_pkey primary key (id)
);
create index actions_by_organization on organizations.actions (organization_id, at desc, id desc);
