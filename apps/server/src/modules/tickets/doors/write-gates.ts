import { invariant } from '../../../platform/invariant.ts';
import { newUuid, uuidFromText } from '../../../platform/ids/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import type { Member, Organizations } from '../../organizations/index.ts';
import type { Doors } from './context.ts';
import type { Gate } from './decide/state.ts';
import { presentGate } from './present-gate.ts';
import { countGates, insertGate, isGateOf, lockGate, updateGate } from './queries/gates.ts';

/** With those that were archived: scans name them. A lane reads all of them with every batch. */
export const GATES_MAX = 200;

export type Asking = { organizations: Organizations; member: Member; eventId: string };

export type CreateGateOutcome = { kind: 'gate'; gate: Gate; replayed: boolean } | { kind: 'key_reused' } | { kind: 'too_many' };

/** Makes a gate, once per key; without a key, once per call. Two who make the last ones at once may make one too many. */
export async function createGate(
  { db, clock }: Doors,
  { organizations, member, eventId }: Asking,
  { wanted, idempotencyKey }: { wanted: Omit<Gate, 'id'>; idempotencyKey: string | null },
): Promise<CreateGateOutcome> {
  const nowMs = clock.nowMs();
  const id = idempotencyKey === null ? newUuid(nowMs) : uuidFromText(`gate\n${eventId}\n${idempotencyKey}`);
  const fingerprint = uuidFromText(JSON.stringify(wanted));
  const gate = { id, ...wanted };
  return db.transaction<CreateGateOutcome>(async (tx) => {
    const before = await lockGate(tx, eventId, id);
    if (before) return repeatOf(tx, { eventId, before, fingerprint });
    if ((await countGates(tx, eventId)) >= GATES_MAX) return { kind: 'too_many' };
    if (!(await insertGate(tx, { eventId, gate, fingerprint, createdAt: new Date(nowMs) }))) {
      const made = await lockGate(tx, eventId, id);
      invariant(made, 'a gate that is in the way is there');
      return repeatOf(tx, { eventId, before: made, fingerprint });
    }
    await organizations.recordAction(tx, member, { what: 'gate.created', subjectId: id, before: null, after: presentGate(eventId, gate) });
    return { kind: 'gate', gate, replayed: false };
  });
}

type Repeat = { eventId: string; before: Gate; fingerprint: string };

async function repeatOf(tx: Tx, { eventId, before, fingerprint }: Repeat): Promise<CreateGateOutcome> {
  const isSame = await isGateOf(tx, { eventId, id: before.id, fingerprint });
  return isSame ? { kind: 'gate', gate: before, replayed: true } : { kind: 'key_reused' };
}

export type GateChange = { gateId: string; what: 'gate.changed' | 'gate.archived'; change: (before: Gate) => Gate };

/** Changes a gate; scans that are decided from then on know it so. Null if there is no such gate, or no more. */
export async function changeGate(
  { db }: Doors,
  { organizations, member, eventId }: Asking,
  { gateId, what, change }: GateChange,
): Promise<Gate | null> {
  return db.transaction(async (tx) => {
    const before = await lockGate(tx, eventId, gateId);
    if (!before || before.state === 'archived') return null;
    const after = change(before);
    await updateGate(tx, eventId, after);
    const recorded = { before: presentGate(eventId, before), after: presentGate(eventId, after) };
    await organizations.recordAction(tx, member, { what, subjectId: gateId, ...recorded });
    return after;
  });
}
