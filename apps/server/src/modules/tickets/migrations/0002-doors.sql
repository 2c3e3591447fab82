-- Doors: who was let in where, by which scan. A lane of its own writes here, under the lock of the event's head.
alter table tickets.tickets
  add column admitted_scan uuid,
  -- When its holder left after that admission; null while inside.
  add column left_at timestamptz,
  add constraint tickets_admitted_check check ((admitted_at is null) = (admitted_scan is null) and (left_at is null or admitted_at is not null));

create table tickets.gates (
  event_id uuid not null,
  id uuid not null,
  name text not null,
  -- Who may go in here; null: everybody.
  ticket_type_ids uuid[],
  state text not null default 'open',
  opens_at timestamptz,
  closes_at timestamptz,
  -- Of the request that made it.
  fingerprint uuid not null,
  created_at timestamptz not null,
  constraint gates_pkey primary key (event_id, id),
  constraint gates_state check (state in ('open', 'closed', 'archived')),
  constraint gates_times check (opens_at < closes_at)
);

-- Every scan that was taken in. Rows are added and never removed; of a row only its standing changes, when an earlier scan
-- arrives late or somebody undoes it.
create table tickets.check_ins (
  event_id uuid not null,
  -- Made by the device: the same scan, sent again, is found by it.
  scan_id uuid not null,
  fingerprint uuid not null,
  booking_id uuid,
  number int,
  ticket_type_id uuid,
  gate_id uuid,
  direction text not null,
  device text,
  by text not null,
  is_offline boolean not null,
  is_by_hand boolean not null,
  -- By the server's clock, whatever the device's shows.
  scanned_at timestamptz not null,
  device_at timestamptz,
  received_at timestamptz not null,
  -- What was answered, with what else was said.
  outcome text not null,
  detail json,
  standing text not null,
  undone_at timestamptz,
  undone_by text,
  undone_reason text,
  constraint check_ins_pkey primary key (event_id, scan_id),
  constraint check_ins_direction check (direction in ('in', 'out')),
  constraint check_ins_standing check (standing in ('admitted', 'double', 'left', 'refused', 'undone')),
  constraint check_ins_ticket check ((booking_id is null) = (number is null)),
  constraint check_ins_undone check ((standing = 'undone') = (undone_at is not null))
) with (fillfactor = 95);
-- What organizers look at again. It does not begin with event_id on purpose.
create index check_ins_noted on tickets.check_ins (standing, event_id, received_at, scan_id) where standing in ('double', 'undone');

-- How many scans stand as what, by gate and ticket type; the nil UUID where there is none. Moved by deltas with every batch.
create table tickets.gate_counts (
  event_id uuid not null,
  gate_id uuid not null,
  ticket_type_id uuid not null,
  admitted integer not null default 0,
  left_again integer not null default 0,
  doubles integer not null default 0,
  refused integer not null default 0,
  constraint gate_counts_pkey primary key (event_id, gate_id, ticket_type_id),
  constraint gate_counts_check check (admitted >= 0 and left_again >= 0 and doubles >= 0 and refused >= 0)
) with (fillfactor = 20);

-- Bookings that were sold at a desk or given away: to whom, by whom, and why.
create table tickets.desk_bookings (
  event_id uuid not null,
  booking_id uuid not null,
  kind text not null,
  -- Whose name it is, sealed: it lies with what nobody but this event's team reads.
  name_sealed bytea,
  note text,
  by text not null,
  at timestamptz not null,
  constraint desk_bookings_pkey primary key (event_id, booking_id),
  constraint desk_bookings_kind check (kind in ('sale', 'complimentary', 'guest')),
  constraint desk_bookings_guest check (kind <> 'guest' or name_sealed is not null)
);
