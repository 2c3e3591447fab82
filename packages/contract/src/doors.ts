import { Type, type Static } from 'typebox';
import { closed, EventId, nullable, NullableTime, ONE_LINE, OrganizationId, TicketTypeId, Time } from './scalars.ts';
import { TicketId } from './tickets.ts';

/** What a camera takes for a code may be anything: it is kept as unreadable, and not refused. */
const CODE_CHARS_MAX = 2_000;
export const SCANS_MAX = 1_000;
export const DOOR_PAGE_DEFAULT = 100;
export const DOOR_PAGE_MAX = 1_000;

export const GateId = Type.String({ minLength: 4, maxLength: 60 });

const ScanId = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  maxLength: 36,
  description: 'A UUID that the device makes for each scan. The same scan, sent again, has the same outcome.',
});

const Direction = Type.Enum(['in', 'out']);

const scan = {
  scan_id: ScanId,
  code: Type.Optional(Type.String({ minLength: 1, maxLength: CODE_CHARS_MAX, description: 'What was scanned.' })),
  ticket_id: Type.Optional(Type.String({ minLength: 4, maxLength: 60, description: 'In place of a code: a ticket named by hand.' })),
  gate_id: Type.Optional(nullable(GateId)),
  direction: Type.Optional(Direction),
};

const Device = Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE, description: 'What the device is called.' });

export const CheckInBody = closed({ ...scan, device: Type.Optional(Device) }, { title: 'CheckInRequest' });

export const BulkCheckInBody = closed(
  {
    device: Type.Optional(Device),
    device_now: Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'What the clock of the device shows now: with it, it does not matter whether that clock is right.',
    }),
    scans: Type.Array(
      closed({ ...scan, scanned_at: Type.String({ format: 'date-time', maxLength: 40, description: 'By the clock of the device.' }) }),
      {
        minItems: 1,
        maxItems: SCANS_MAX,
      },
    ),
  },
  { title: 'BulkCheckInRequest' },
);

export type CheckInBody = Static<typeof CheckInBody>;
export type BulkCheckInBody = Static<typeof BulkCheckInBody>;

export const OUTCOME_NAMES = [
  'admitted',
  'already_admitted',
  'left',
  'not_inside',
  'revoked',
  'being_resold',
  'superseded',
  'altered',
  'unknown',
  'unreadable',
  'other_event',
  'wrong_gate',
  'unknown_gate',
  'gate_closed',
  'too_early',
  'too_late',
  'undone',
] as const;

const Admission = Type.Object({
  scan_id: Type.String(),
  gate_id: nullable(GateId),
  by: Type.String(),
  by_name: nullable(Type.String({ description: 'Of a person.' })),
  at: Time,
});

export const CheckIn = Type.Object(
  {
    scan_id: Type.String(),
    outcome: Type.Enum([...OUTCOME_NAMES], { description: 'Only `admitted` opens the door.' }),
    replayed: Type.Boolean({ description: 'Whether the scan was sent before.' }),
    ticket_id: nullable(TicketId),
    ticket_type_id: nullable(TicketTypeId),
    gate_id: nullable(GateId),
    direction: Direction,
    device: nullable(Type.String()),
    by: Type.String({ description: 'Who scanned: a person, a key, or `platform`.' }),
    by_hand: Type.Boolean(),
    offline: Type.Boolean(),
    scanned_at: Type.String({ format: 'date-time', description: 'By the clock of the server.' }),
    received_at: Time,
    standing: Type.Enum(['admitted', 'double', 'left', 'refused', 'undone'], {
      description: 'What the scan counts as now. An admission becomes a double when an earlier scan arrives late.',
    }),
    conflict: nullable(
      Type.Enum(['displaced', 'revoked_since'], {
        description:
          'A door without connection let somebody in before the `admission` that was known, or with a ticket that was revoked since.',
      }),
    ),
    admission: nullable(Admission),
    reason: nullable(Type.String({ description: 'Why the ticket was revoked.' })),
    revoked_at: NullableTime,
    other_event_id: nullable(EventId),
    opens_at: NullableTime,
    closes_at: NullableTime,
    undone: nullable(Type.Object({ by: Type.String(), at: Time, reason: Type.String() })),
  },
  { title: 'CheckIn' },
);
export type CheckIn = Static<typeof CheckIn>;

/** Of one scan of many: its check-in, or why there is none. */
export const BulkCheckIn = Type.Object(
  {
    scan_id: Type.String(),
    check_in: nullable(CheckIn),
    problem: nullable(
      Type.Object({
        code: Type.Enum(['CHECK_IN_SCAN_REUSED', 'LANE_BUSY', 'OUTCOME_UNKNOWN', 'INTERNAL']),
        retryable: Type.Boolean(),
      }),
    ),
  },
  { title: 'BulkCheckIn' },
);
export const BulkCheckInList = Type.Object({ data: Type.Array(BulkCheckIn) }, { title: 'BulkCheckInList' });
export type BulkCheckIn = Static<typeof BulkCheckIn>;

export const UndoCheckInBody = closed(
  { reason: Type.String({ minLength: 1, maxLength: 500, pattern: ONE_LINE }) },
  { title: 'UndoCheckIn' },
);

const ofEvent = { id: OrganizationId, event_id: EventId };
export const CheckInPath = closed({ ...ofEvent, scan_id: Type.String({ minLength: 1, maxLength: 36 }) });
export const GatePath = closed({ ...ofEvent, gate_id: GateId });

export const ListCheckInsQuery = closed({
  standing: Type.Optional(Type.Enum(['double', 'undone'], { default: 'double' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  starting_after: Type.Optional(Type.String({ minLength: 1, maxLength: 36, description: 'A scan_id.' })),
});
export const CheckInList = Type.Object({ data: Type.Array(CheckIn), has_more: Type.Boolean() }, { title: 'CheckInList' });

const GateTypes = nullable(
  Type.Array(TicketTypeId, { minItems: 1, maxItems: 1_000, uniqueItems: true, description: 'Who may go in here; null: everybody.' }),
);
const GateName = Type.String({ minLength: 1, maxLength: 100, pattern: ONE_LINE });
const GateState = Type.Enum(['open', 'closed', 'archived']);

const gateFields = {
  ticket_type_ids: Type.Optional(GateTypes),
  opens_at: Type.Optional(NullableTime),
  closes_at: Type.Optional(NullableTime),
};

export const CreateGateBody = closed({ name: GateName, ...gateFields }, { title: 'CreateGate' });
export const ChangeGateBody = closed(
  { name: Type.Optional(GateName), state: Type.Optional(Type.Enum(['open', 'closed'])), ...gateFields },
  { title: 'ChangeGate', minProperties: 1 },
);
export type ChangeGateBody = Static<typeof ChangeGateBody>;

export const Gate = Type.Object(
  {
    id: GateId,
    name: Type.String(),
    ticket_type_ids: nullable(Type.Array(TicketTypeId)),
    state: GateState,
    opens_at: NullableTime,
    closes_at: NullableTime,
  },
  { title: 'Gate' },
);
export type Gate = Static<typeof Gate>;
export const GateList = Type.Object({ data: Type.Array(Gate) }, { title: 'GateList' });

const counts = { admitted: Type.Integer(), left: Type.Integer(), doubles: Type.Integer(), refused: Type.Integer() };
const present = Type.Integer({ description: 'Admitted and not left again.' });

export const DoorCounts = Type.Object(
  {
    total: Type.Object({ ...counts, present, sold: Type.Integer() }),
    ticket_types: Type.Array(Type.Object({ ticket_type_id: TicketTypeId, ...counts, present, sold: Type.Integer() })),
    gates: Type.Array(Type.Object({ gate_id: nullable(GateId), ...counts })),
  },
  { title: 'DoorCounts' },
);
export type DoorCounts = Static<typeof DoorCounts>;

export const DoorListQuery = closed({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: DOOR_PAGE_MAX, default: DOOR_PAGE_DEFAULT })),
  starting_after: Type.Optional(TicketId),
  since: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,15}$', maxLength: 15, description: 'A `cursor`: only what has changed since then.' }),
  ),
});

export const DoorTicket = Type.Object(
  {
    id: TicketId,
    ticket_type_id: TicketTypeId,
    state: Type.Enum(['valid', 'revoked']),
    holder_name: nullable(Type.String()),
    issue: Type.Integer({ description: 'Codes with another one are out of date.' }),
    secret_check: Type.String({ description: 'The first 12 bytes of the SHA-256 of the secret (16 bytes) in the code, in base64url.' }),
    admitted_at: NullableTime,
    left_at: NullableTime,
    gate_id: nullable(GateId),
  },
  { title: 'DoorTicket' },
);
export type DoorTicket = Static<typeof DoorTicket>;

export const DoorList = Type.Object(
  {
    data: Type.Array(DoorTicket),
    has_more: Type.Boolean(),
    cursor: Type.String({
      description:
        'Of the first page: where to go on from with `since` once the whole list was read. Of changes: where the next ones begin.',
    }),
  },
  { title: 'DoorList' },
);
