import type { Queryable, Tx } from '../../../../platform/db/index.ts';
import type { Gate } from '../decide/state.ts';

type GateRow = { id: string; name: string; types: string[] | null; state: Gate['state']; opensAt: Date | null; closesAt: Date | null };

const COLUMNS = `id, name, ticket_type_ids::text[] as types, state, opens_at as "opensAt", closes_at as "closesAt"`;

/** The gates of an event in the order in which they were made. */
export async function readGates(on: Queryable, eventId: string, { archived }: { archived: boolean }): Promise<Gate[]> {
  const text = `select ${COLUMNS} from tickets.gates where event_id = $1 and ($2 or state <> 'archived') order by created_at, id`;
  return (await on.query<GateRow>(text, [eventId, archived])).map(gateOf);
}

export async function readGate(on: Queryable, eventId: string, id: string): Promise<Gate | null> {
  const rows = await on.query<GateRow>(`select ${COLUMNS} from tickets.gates where event_id = $1 and id = $2`, [eventId, id]);
  return rows[0] ? gateOf(rows[0]) : null;
}

export async function countGates(on: Queryable, eventId: string): Promise<number> {
  const rows = await on.query<{ count: number }>('select count(*)::int as count from tickets.gates where event_id = $1', [eventId]);
  return rows[0]?.count ?? 0;
}

export type NewGate = { eventId: string; gate: Gate; fingerprint: string; createdAt: Date };

export async function insertGate(tx: Tx, { eventId, gate, fingerprint, createdAt }: NewGate): Promise<void> {
  await tx.query(
    `insert into tickets.gates (event_id, id, name, ticket_type_ids, state, opens_at, closes_at, fingerprint, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [eventId, ...valuesOf(gate), fingerprint, createdAt],
  );
}

/** Whether this request made the gate of that id. */
export async function isGateOf(on: Queryable, { eventId, id, fingerprint }: { eventId: string; id: string; fingerprint: string }) {
  const text = 'select id from tickets.gates where event_id = $1 and id = $2 and fingerprint = $3';
  return (await on.query(text, [eventId, id, fingerprint])).length === 1;
}

export async function updateGate(tx: Tx, eventId: string, gate: Gate): Promise<void> {
  await tx.query(
    `update tickets.gates set name = $3, ticket_type_ids = $4, state = $5, opens_at = $6, closes_at = $7 where event_id = $1 and id = $2`,
    [eventId, ...valuesOf(gate)],
  );
}

function valuesOf({ id, name, ticketTypeIds, state, opensAtMs, closesAtMs }: Gate) {
  return [id, name, ticketTypeIds, state, dateOf(opensAtMs), dateOf(closesAtMs)] as const;
}

function gateOf({ id, name, types, state, opensAt, closesAt }: GateRow): Gate {
  return { id, name, ticketTypeIds: types, state, opensAtMs: opensAt?.getTime() ?? null, closesAtMs: closesAt?.getTime() ?? null };
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
