-- Who runs the platform: a role of people, apart from organizations.
create table accounts.operators (
  person_id uuid not null,
  since timestamptz not null,
  constraint operators_pkey primary key (person_id)
);

-- What operators did, and what was done to their role: only ever added to.
create table accounts.operator_actions (
  id uuid not null,
  -- Null: somebody at the command line of the machine.
  person_id uuid,
  at timestamptz not null,
  what text not null,
  subject_id uuid not null,
  before json,
  after json,
  constraint operator_actions_pkey primary key (id)
);
create index operator_actions_by_time on accounts.operator_actions (at desc, id desc);
